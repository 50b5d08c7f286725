"""`iqf inclusion`, `include` and `refuse`: what they show, change, and refuse."""

import csv
import io

import pytest
from tests.exchange.approved_list import ALL, read

from iqf.accounts.actions import create_user
from iqf.catalogue import models as m

pytestmark = pytest.mark.django_db


@pytest.fixture
def list_read(starter, tmp_path):
    return read(tmp_path, *ALL)


def admitted():
    return set(m.Admission.objects.filter(qualification__retired_on__isnull=True).values_list("subject", flat=True))


def test_an_import_says_what_waits(iqf, starter, tmp_path):
    read(tmp_path, *ALL[:1], name="first.csv")
    from tests.exchange.lists import write

    ran = iqf("ingest", "approved-qualifications", str(write(tmp_path / "all.csv", *ALL)))
    assert "Not in the framework yet: 2 rows that meet the rule of inclusion. See them with: iqf inclusion" in ran.out


def test_the_effect_is_shown_and_nothing_is_written(iqf, list_read):
    ran = iqf("inclusion")
    assert (ran.status, ran.err) == (0, "")
    assert "It was never applied here." in ran.out
    assert "6 rows of official lists judged: 2 enter, 0 leave, 0 stay; 1 wait for a reviewer" in ran.out
    assert "610/9002/3  NCFE Level 3 Diploma in Youth Work Practice (NCFE)" in ran.out
    answer = iqf("inclusion", "--json").answer
    assert answer["schema"] == "iqf.inclusion/1"
    assert [x["number"] for x in answer["enters"]] == ["610/9001/1", "610/9002/3"]
    assert [x["number"] for x in answer["borderline"]] == ["610/9003/5"]
    assert (answer["held"], answer["leaves"], answer["draft"]) == (1, [], False)
    youth = next(c for c in answer["clauses"] if c["name"] == "Youth work")
    assert (youth["rows"], youth["alone"]) == (1, 1)
    table = list(csv.DictReader(io.StringIO(iqf("inclusion", "--csv").out.lstrip("\ufeff"))))
    assert [(r["change"], r["number"]) for r in table] == [
        ("enters", "610/9001/1"),
        ("enters", "610/9002/3"),
        ("waits", "610/9003/5"),
    ]
    assert admitted() == set()


def test_it_is_applied_once(iqf, list_read):
    create_user(by="tests", username="ann", password="a-long-password", is_staff=True)
    ran = iqf("inclusion", "--apply", "--as", "ann", "--reason", "first time")
    assert ran.out.startswith("Version 1 of the rule of inclusion is in force: 2 entered, 0 left, 0 changed.")
    assert m.InclusionRule.objects.get().by == "ann"
    assert iqf("inclusion", "--apply").out == "Nothing was changed: the framework is in step with the rule.\n"
    assert "in force since" in iqf("inclusion").out
    assert (
        iqf("show", "610/9002/3").out.count("Why it is in this framework: Admitted by the clause “Youth work”") == 1
    )


def test_a_draft_is_shown_then_applied_with_its_reason(iqf, list_read, tmp_path):
    draft = tmp_path / "rule.toml"
    draft.write_text('[[clause]]\nname = "Books"\ndoes = "admits"\nphrases = ["bookkeeping"]\n')
    ran = iqf("inclusion", "--rule", str(draft))
    assert ran.out.startswith("A draft of the rule of inclusion, beside version 0. Nothing was changed.")
    assert iqf("inclusion", "--rule", str(draft), "--apply").err == (
        "iqf: Say why, in one sentence: it is kept with the decision.\n"
    )
    assert admitted() == set()
    answer = iqf("inclusion", "--rule", str(draft), "--apply", "--reason", "books", "--json").answer
    assert (answer["schema"], answer["version"], len(answer["entered"])) == ("iqf.admission/1", 1, 1)
    assert admitted() == {"61090059"}


def test_one_row_is_chosen_refused_and_left_to_the_rule_again(iqf, list_read):
    assert "1 entered" in iqf("include", "610/9003/5", "--reason", "care workers take it").out
    assert "Chosen by a reviewer: care workers take it" in iqf("show", "61090035").out
    assert "1 left" in iqf("refuse", "61090035", "--reason", "not ours").out
    assert admitted() == set()
    assert iqf("refuse", "61090035", "--undo").status == 0
    assert not m.InclusionChoice.objects.filter(retired_on__isnull=True).exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["include", "610/9003/5"], "Say why"),
        (["include", "600/0000/0", "--reason", "x"], 'No official list that was read holds "600/0000/0"'),
        (["include", "nothing", "--reason", "x"], 'No official list that was read holds "nothing"'),
        (["refuse", "500/9170/0", "--reason", "x"], "which another collection brought"),
        (["refuse", "610/9003/5", "--undo"], "Nothing was decided about 61090035."),
        (["inclusion", "--reason", "x"], "--as and --reason go with --apply."),
        (["inclusion", "--apply", "--as", "nobody"], 'There is no user "nobody"'),
        (["inclusion", "--rule", "/nowhere.toml"], "is not there; check the path."),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(iqf, list_read, arguments, said):
    ran = iqf(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert iqf(*arguments, "--json").answer["schema"] == "iqf.error/1"
    assert admitted() == set()


def test_a_rule_that_is_none_is_refused_with_its_file(iqf, list_read, tmp_path):
    for name, content in (("a.toml", b"[[clause"), ("b.toml", b"\xff\xfe\x00")):
        (tmp_path / name).write_bytes(content)
        ran = iqf("inclusion", "--rule", str(tmp_path / name))
        assert ran.status == 2
        assert name in ran.err
