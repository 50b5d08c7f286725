"""What a reader gets wrong: exit status 2, one plain sentence, no traceback; with `--json` the one error shape."""

import json

import pytest

pytestmark = pytest.mark.django_db

WRONG = {
    "an unknown code": (["show", "nothing-such"], 'There is no thing called "nothing-such"; look for it with: iqf'),
    "an ambiguous title": (["show", "Schools as organisations"], "is the name of 2 things; give one of these codes:"),
    "an unknown qualification": (["overlap", "Q001", "Q999"], 'There is no qualification called "Q999"'),
    "an unknown framework": (["coverage", "common-core-1999"], 'There is no framework called "common-core-1999"'),
    "no date": (["show", "playworker", "--on", "yesterday"], '"yesterday" is not a date; write it like 2026-11-21.'),
    "a day that does not exist": (["quality", "--on", "2026-02-30"], '"2026-02-30" is not a date'),
    "an unknown source": (["ingest", "astrology", "x.csv"], 'There is no source "astrology"; the sources are:'),
    "no path": (["ingest", "early-years"], "Give the path of the file: iqf ingest early-years PATH"),
    "an unknown user": (["ingest", "starter", "--as", "nobody"], 'There is no user "nobody"; add one with: iqf user'),
    "an unknown unit held": (["rules", "--held", "U-NO", "--for", "Q001"], 'no unit or qualification called "U-NO"'),
    "an unknown target": (
        ["rules", "--held", "Q001", "--for", "U-SHC31"],
        "There is no qualification or role called",
    ),
    "a chart of another kind": (["coverage", "common-core-2005", "--chart", "c.png"], "c.png should end in .svg"),
    "a role that requires nothing of it": (
        ["coverage", "common-core-2010", "--role", "playworker"],
        "Playworker requires nothing of Common Core of Skills and Knowledge (2010 edition)",
    ),
    "frameworks that are not related": (
        ["coverage", "common-core-2010", "--through", "essex-matrix"],
        "No statement of Common Core of Skills and Knowledge (2010 edition) is related",
    ),
    "coverage of nothing": (["coverage"], "Say which framework"),
    "a draft that is not there": (["coverage", "--draft", "7"], "There is no proposal 7"),
    "carrying over without a reason": (
        ["carry", "common-core-2005", "common-core-2010"],
        "--reason TEXT --source TEXT",
    ),
    "carrying over the wrong way": (["carry", "common-core-2010", "common-core-2005"], "does not replace"),
    "the next units of nothing": (["batch", "next"], "Say which framework"),
    "no next units": (["batch", "next", "common-core-2005", "--most", "0"], "--most is from 1 to 1,000"),
    "a next edition without a short name": (
        ["edition", "common-core-2010", "Common Core"],
        '"Common Core" is no short name: use small letters',
    ),
    "a next edition under a name that is taken": (
        ["edition", "common-core-2010", "common-core-2005"],
        'There is a framework called "common-core-2005" already.',
    ),
    "half an overlap": (["overlap", "Q001"], "Name two qualifications, or a cluster"),
    "an unknown cluster": (["overlap", "--cluster", "nowhere"], 'There is no cluster "nowhere"'),
    "a row without an area": (["coverage", "common-core-2005", "--row", "3"], "--row goes with --area"),
    "an unknown cut": (["coverage", "common-core-2005", "--by", "colour"], "invalid choice: 'colour'"),
    "an unknown scheme": (["coverage", "common-core-2005", "--by", "cluster", "--scheme", "x"], 'no scheme "x"'),
    "an unknown command": (["dance"], "invalid choice: 'dance'"),
    "no command": ([], "COMMAND"),
    "no argument": (["show"], "CODE"),
    "too few results": (["search", "x", "--limit", "0"], "--limit is 1 or more"),
    "an unknown level": (["search", "x", "--level", "99"], "99"),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_sentence_and_status_2(iqf, name):
    arguments, said = WRONG[name]
    ran = iqf(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("iqf: ")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    assert said in ran.err


@pytest.mark.parametrize("name", WRONG)
def test_the_same_in_the_error_shape(iqf, name):
    arguments, said = WRONG[name]
    ran = iqf(*arguments, "--json")
    assert (ran.status, ran.err) == (2, "")
    answer = json.loads(ran.out)
    assert answer.keys() == {"schema", "type", "title", "detail", "where"}
    assert answer["schema"] == "iqf.error/1"
    assert said in answer["title"]
    assert isinstance(answer["where"], list)


def test_several_things_of_one_name_are_listed_to_choose_from(iqf):
    answer = iqf("show", "Schools as organisations", "--json").answer
    assert answer["type"] == "ambiguous"
    assert [w["title"] for w in answer["where"]] == ["Schools as organisations"] * 2
    assert all(w["code"].startswith("IQF-U-") for w in answer["where"])


def test_a_file_that_is_not_there(iqf, tmp_path):
    ran = iqf("ingest", "early-years", str(tmp_path / "none.csv"))
    assert ran.status == 2
    assert "none.csv" in ran.err
    assert "Traceback" not in ran.err


def test_a_folder_in_place_of_a_file(iqf, tmp_path):
    ran = iqf("ingest", "early-years", str(tmp_path))
    assert ran.status == 2
    assert "Traceback" not in ran.err


def test_a_file_in_place_of_a_folder(iqf, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    ran = iqf("ingest", "starter", str(path))
    assert ran.status == 2
    assert "x.csv" in ran.err


def test_the_wrong_file_names_what_is_wrong_and_where(iqf, tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text("name,age\nAnn,3\n")
    ran = iqf("ingest", "early-years", str(path))
    assert ran.status == 2
    assert "Nothing was written." in ran.err
    answer = iqf("ingest", "early-years", str(path), "--json").answer
    assert answer["type"] == "refused"
    for place in answer["where"]:
        assert place.keys() == {"file", "row", "column", "value", "expected"}
        assert place["file"] == "wrong.csv"


def test_codes_held_may_come_from_a_file_with_remarks(iqf, tmp_path):
    path = tmp_path / "held.txt"
    path.write_text("\ufeff# my units\nU-CYP31  # child development\n\nU-SHC31\n", encoding="utf-8")
    answer = iqf("rules", "--held", str(path), "--for", "Q001", "--json").answer
    assert [h["aliases"][-1] for h in answer["held"]] == ["U-CYP31", "U-SHC31"]


def test_an_unknown_code_in_the_file_is_named(iqf, tmp_path):
    path = tmp_path / "held.txt"
    path.write_text("U-CYP31\nU-NO\n")
    ran = iqf("rules", "--held", str(path), "--for", "Q001")
    assert (ran.status, ran.out) == (2, "")
    assert '"U-NO"' in ran.err


def test_a_file_that_is_no_text_is_refused(iqf, tmp_path):
    path = tmp_path / "held.bin"
    path.write_bytes(b"\xff\xfe\x00\x01\x80")
    ran = iqf("rules", "--held", str(path), "--for", "Q001")
    assert ran.status == 2
    assert "held.bin" in ran.err


def test_a_fault_of_ours_is_one_line_and_its_details_are_kept(iqf, home, monkeypatch):
    from iqf.cli import checking

    def broken(options):
        raise ZeroDivisionError("the inner matter")

    monkeypatch.setitem(checking.COMMANDS, "quality", broken)
    ran = iqf("quality")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "Something went wrong on our side (ZeroDivisionError)" in ran.err
    assert "the inner matter" in (home / "errors.log").read_text()
    answer = iqf("quality", "--json").answer
    assert (answer["schema"], answer["type"]) == ("iqf.error/1", "fault")
    (home / "errors.log").unlink()


@pytest.mark.parametrize("port", ["0", "-1", "70000", "eighty"])
def test_a_port_that_cannot_be(iqf, port):
    ran = iqf("serve", "--port", port)
    assert ran.status == 2
    assert "ort" in ran.err
