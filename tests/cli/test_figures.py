import io
import sys

import pytest
from tests.exchange.statistics.files import spoilt, written

pytestmark = pytest.mark.django_db


def test_a_table_is_read_in_listed_and_answered(iqf, tmp_path):
    path = written(tmp_path)
    answer = iqf("ingest", "statistics", str(path), "--json").answer
    held = {"dataset": "staff", "version": "1.0", "changes": ["First release held here."], "protection": []}
    assert answer["release"] == held
    assert {each["outcome"] for each in answer["screening"]} == {"pass"}
    assert "staff  1.0" in iqf("figures").out
    rows = iqf("figures", "staff", "--where", "sex=Female", "--where", "geographic_level=National", "--json").answer
    assert [(r["indicator"], r.get("value", r.get("symbol"))) for r in rows["rows"]] == [
        ("posts", "c"),
        ("rate", 11.0),
    ]
    said = iqf("figures", "staff", "--by", "region_name")
    assert "North East  2024    posts      60" in said.out
    assert "low    rounds to zero, but is not zero" in said.out
    assert iqf("figures", "staff", "--csv").out.count("\n") == 9
    assert iqf("figures", "staff", "--zip", str(tmp_path / "staff.zip")).status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("figures", "nothing"), 'There is no data set "nothing"'),
        (("figures", "staff", "--where", "sex"), '"sex" chooses nothing; write --where COLUMN=VALUE'),
        (("figures", "staff", "--where", "sex=Femal"), 'did you mean "Female"?'),
        (("figures", "staff", "--version", "2.0"), '"staff" has no version "2.0"; it has 1.0.'),
        (("figures", "staff", "--limit", "-1"), "--limit is 1 or more"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence_with_status_2(iqf, tmp_path, arguments, said):
    iqf("ingest", "statistics", str(written(tmp_path)))
    ran = iqf(*arguments)
    assert ran.status == 2
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_a_spoilt_table_is_refused_with_its_row_as_json(iqf, tmp_path):
    ran = iqf("ingest", "statistics", str(written(tmp_path, spoilt(2, ",120,", ',"1,234",'))), "--json")
    assert ran.status == 2
    place = ran.answer["where"][0]
    assert (place["row"], place["column"], place["value"], place["expected"]) == (2, "posts", "1,234", "1234")
    assert [each["id"] for each in ran.answer["screening"] if each["outcome"] == "fail"] == ["plain-numbers"]


@pytest.mark.parametrize(("typed", "status"), [("y\n", 0), ("n\n", 2)])
def test_guessed_columns_are_confirmed_at_a_terminal(iqf, tmp_path, monkeypatch, typed, status):
    terminal = io.StringIO(typed)
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert iqf("ingest", "statistics", str(written(tmp_path, meta=()))).status == status
