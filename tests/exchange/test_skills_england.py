"""Apprenticeship standards, version logs and legacy frameworks."""

import json

import pytest

from iqf.evidence.models import Retrieval
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.skills_england import ingest
from iqf.exchange.sources.skills_england.standards import COLUMNS
from iqf.register.queries import row_of, standing

from .lists import codes, everything, fields, numbers, refusal_of, text_of, write_json

pytestmark = pytest.mark.django_db
TITLE = "Apprenticeship Standards accurate as of 08 May 2018\r\n"

ONE = dict.fromkeys(COLUMNS, "") | {
    "Name": "Early years educator",
    "Reference": "ST0135",
    "Standard Approved": "Y",
    "Assessment Plan Approved": "N",
    "Approved for Delivery Date": "TBC",
    "Route": "Childcare and  education",
    "Level": "3",
    "Maximum Funding (£)": "TBC",
    "Funding Band": "TBC",
    "Typical Duration": "0",
    "LARS code for providers only": "TBC",
}
TWO = ONE | {
    "Name": "Teaching assistant",
    "Reference": "ST0454",
    "Approved for Delivery Date": "26-06-2018",
    "Maximum Funding (£)": "5000",
    "Typical Duration": "18",
    "LARS code for providers only": "297",
}
LOG = {
    "url": "https://example.org/apprenticeships/st0135",
    "title": "Early years educator",
    "notice_text": "In revision\nsoon",
    "version_log": [
        ["Version", "Change detail", "Earliest start date", "Latest start date"],
        ["Revised version awaiting implementation", "Plan revised", "01/11/2026", "Not set"],
        ["1.5", "Clarified", "12/06/2025", "31/10/2026"],
        ["1.0", "Approved", "03/04/2019", "11/06/2025"],
    ],
    "lars_code": "430",
}
FRAMEWORK = {
    "Id": "403-2-1",
    "Title": "Food and Drink: Baking",
    "FrameworkName": "Food and Drink",
    "PathwayName": "Baking",
    "ProgType": 2,
    "FrameworkCode": 403,
    "PathwayCode": 1,
    "Level": 3,
    "Duration": 12,
    "MaxFunding": 0,
    "Ssa1": 4,
    "Ssa2": 4.2,
    "EffectiveFrom": "2013-02-01T00:00:00",
    "EffectiveTo": "2018-04-30T00:00:00",
    "IsActiveFramework": False,
    "FundingPeriods": [{"EffectiveFrom": "2017-05-01T00:00:00", "FundingCap": 9000}],
}


def write_list(path, *rows, title=TITLE, encoding="utf-16-le"):
    path.write_bytes((title + text_of(rows).replace(",", ",", 1)).encode(encoding))
    return path


@pytest.fixture
def load(tmp_path, db):
    def run(*rows, name="list.csv", title=TITLE, encoding="utf-16-le", **kwargs):
        return ingest(write_list(tmp_path / name, *rows, title=title, encoding=encoding), by="tests", **kwargs)

    return run


@pytest.fixture
def load_json(tmp_path, db):
    def run(value, name="ST0135.json", **kwargs):
        return ingest(write_json(tmp_path / name, value), by="tests", **kwargs)

    return run


def test_the_list_without_its_mark_under_its_title_line(load):
    report = load(ONE, TWO)
    assert (numbers(report), codes(report)) == ((2, 0, 0, 0), [])
    row = row_of("skills-england-standards", "ST0135")
    assert (row.kind, row.level, row.row, row.printed) == ("standard", "3", 3, ONE)
    assert (row.facts["approved_on"], row.facts["funding_most"], row.facts["months"]) == ("", None, None)
    assert row.facts["to_be_confirmed"] == [c for c in ONE if ONE[c] == "TBC"]
    assert row.facts["route"] == "Childcare and education"
    other = row_of("skills-england-standards", "ST0454").facts
    assert (other["approved_on"], other["funding_most"], other["lars_code"]) == ("2018-06-26", 5000, "297")
    assert Retrieval.objects.get(source__key="skills-england").published_on == "2018-05-08"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_reads_the_same(load, encoding):
    load(ONE, TWO)
    assert load(ONE, TWO, name="other.csv", encoding=encoding).writes == 0


def test_again_nothing_and_one_cell_is_that_field_and_an_older_list_changes_nothing(load):
    load(ONE, TWO)
    before = everything()
    assert load(ONE, TWO).writes == 0
    older = load(ONE | {"Level": "4"}, title=TITLE.replace("May", "April"), name="old.csv")
    assert (older.writes, codes(older)) == (0, ["older-snapshot"])
    assert everything() == before
    report = load(ONE | {"Maximum Funding (£)": "6000"}, TWO)
    assert fields(report) == [("ST0135", "Maximum Funding (£)", "TBC", "6000")]


def test_one_reference_with_two_codes_is_told_apart_and_warned_of(load):
    renamed = TWO | {"Name": "Teaching assistant (closed)", "LARS code for providers only": "73"}
    report = load(TWO, renamed, ONE)
    assert (report.added, codes(report)) == (3, ["reference-shared"])
    assert sorted(r.reference for r in standing("skills-england-standards")) == ["ST0135", "ST0454:297", "ST0454:73"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Level": "3/4"}, '"3/4" is not a level.'),
        ({"Approved for Delivery Date": "31-02-2018"}, '"31-02-2018" is not a day.'),
        ({"Funding Band": "-1"}, '"-1" is not a whole number.'),
        ({"Standard Approved": "perhaps"}, '"perhaps" is neither Y nor N.'),
        ({"Name": ""}, 'the column "Name" is blank'),
        ({"Reference": "ST0135", "LARS code for providers only": "TBC"}, "ST0135 stands in row 3 too, with other"),
    ],
)
def test_a_broken_cell_refuses_the_file_with_its_place(load, change, message):
    (fault,) = refusal_of(lambda: load(ONE, TWO | change))
    assert fault.row == 4
    assert message in fault.message


def test_the_title_line_must_give_a_day_and_the_header_its_columns(load):
    with pytest.raises(Refused, match="the first line does not say"):
        load(ONE, title=TITLE.replace("08 May 2018", "soon"))
    with pytest.raises(Refused, match='row 2, column Level: the column "Level" is missing'):
        load({c: v for c, v in ONE.items() if c != "Level"})


def test_what_is_doubtful_is_loaded(load):
    report = load(ONE | {"Reference": "S1", "Level": "0"}, TWO | {"Reference": "ST0242_03"})
    assert (report.added, codes(report)) == (2, ["level-missing", "reference-shape"])


def test_a_version_log(load_json):
    report = load_json(LOG)
    assert (report.rows, numbers(report), codes(report)) == (3, (3, 0, 0, 0), [])
    row = row_of("skills-england-versions", "ST0135:1.5")
    assert (row.kind, row.title, row.row) == ("version", "Early years educator, version 1.5", 3)
    assert (row.facts["starts_from"], row.facts["starts_to"], row.facts["awaiting"]) == (
        "2025-06-12",
        "2026-10-31",
        False,
    )
    awaiting = row_of("skills-england-versions", "ST0135:revised version awaiting implementation")
    assert (awaiting.facts["starts_to"], awaiting.facts["awaiting"]) == ("", True)
    assert load_json(LOG).writes == 0


def test_one_log_is_a_part_and_a_folder_of_them_is_the_whole_list(load_json, tmp_path):
    load_json(LOG)
    other = LOG | {"url": "https://example.org/st0454/", "title": "Teaching assistant"}
    load_json(other, name="ST0454.json")
    assert standing("skills-england-versions").count() == 6
    (tmp_path / "ST0135.json").unlink()
    assert numbers(ingest(tmp_path, by="tests")) == (0, 0, 3, 3)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version_log": [["a"]]}, "the file has no version log"),
        ({"version_log": [LOG["version_log"][0], ["1.0"]]}, "row 2: the row is not four texts."),
        ({"version_log": [LOG["version_log"][0], ["1.0", "", "soon", ""]]}, '"soon" is not a day.'),
        ({"url": "https://example.org/st9999"}, "the file is called after ST0135, its address is"),
        ({"title": None}, "the file lacks the standard's title or address."),
    ],
)
def test_a_broken_log_is_refused(load_json, change, message):
    (fault,) = refusal_of(lambda: load_json(LOG | change))
    assert message in str(fault)


def test_legacy_frameworks(load_json):
    report = load_json([FRAMEWORK], name="frameworks.json")
    assert numbers(report) == (1, 0, 0, 0)
    row = row_of("skills-england-frameworks", "403-2-1")
    assert (row.kind, row.level, row.title, row.row) == ("framework", "3", "Food and Drink: Baking", 1)
    assert (row.facts["effective_to"], row.facts["months"], row.facts["funding_most"]) == ("2018-04-30", 12, None)
    assert row.facts["subject_area_2"] == "4.2"
    assert row.facts["funding_periods"][0]["FundingCap"] == "9000"
    assert load_json([FRAMEWORK], name="frameworks.json").writes == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"EffectiveTo": "later"}, '"later" is not a day.'),
        ({"Level": 9}, '"9" is not a level.'),
        ({"Duration": -3}, '"-3" is not a whole number.'),
        ({"Title": ""}, 'the column "Title" is blank'),
    ],
)
def test_a_broken_framework_is_refused(load_json, change, message):
    records = [FRAMEWORK, FRAMEWORK | {"Id": "1-1-1"} | change]
    fault = refusal_of(lambda: load_json(records, name="frameworks.json"))[0]
    assert (fault.row, message in fault.message) == (2, True)


def test_a_framework_that_lacks_a_name_and_files_that_are_none_of_the_three(load_json, tmp_path):
    short = {k: v for k, v in FRAMEWORK.items() if k != "Level"}
    with pytest.raises(Refused, match='row 1, column Level: the record lacks "Level"'):
        load_json([short], name="frameworks.json")
    for value in ([], {"a": 1}):
        with pytest.raises(Refused, match="this is neither the list of standards"):
            load_json(value, name="x.json")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused, match="this is neither the list of standards"):
        ingest(tmp_path / "empty", by="tests")


def test_a_folder_of_all_three(tmp_path, db):
    write_list(tmp_path / "list.csv", ONE, TWO)
    write_json(tmp_path / "frameworks.json", [FRAMEWORK])
    write_json(tmp_path / "log" / "ST0135.json", LOG)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    (tmp_path / "log" / "standards.json").write_text(json.dumps({"standards": []}))
    report = ingest(tmp_path, by="tests")
    assert (report.rows, numbers(report)) == (6, (6, 0, 0, 0))
    assert ingest(tmp_path, by="tests").writes == 0
