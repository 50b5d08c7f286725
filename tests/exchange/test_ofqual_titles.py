"""Bare titles: held for search and matching, never as facts."""

import pytest

from iqf.exchange.sources.ofqual_titles import ingest
from iqf.exchange.sources.pattern import Refused
from iqf.register.queries import fact_rows, standing

from .lists import codes, everything, numbers, refusal_of, write_json

pytestmark = pytest.mark.django_db
LIST = "ofqual-titles"
TITLES = ["Level 2 Award in Playwork", "Level 3  Diploma in Playwork ", "Level 2 Award in Playwork"]


@pytest.fixture
def load(tmp_path, db):
    def run(*titles):
        return ingest(write_json(tmp_path / "titles.json", [{"text": t} for t in titles]), by="tests")

    return run


def test_titles_are_held_once_and_flagged(load):
    report = load(*TITLES)
    assert (report.rows, numbers(report), codes(report)) == (3, (2, 0, 0, 0), ["repeated-title"])
    assert report.warnings[0].message == "1 titles stand in the file before; each is held once."
    rows = {r.title: r for r in standing(LIST)}
    assert sorted(rows) == ["Level 2 Award in Playwork", "Level 3 Diploma in Playwork"]
    row = rows["Level 3 Diploma in Playwork"]
    assert (row.kind, row.facts, row.level, row.number, row.row) == ("title", {"matching_only": True}, "", "", 2)
    assert row.printed == {"text": TITLES[1]}
    assert not fact_rows(LIST).exists()


def test_again_nothing_and_a_title_worded_anew_is_one_gone_and_one_added(load):
    load(*TITLES)
    before = everything()
    assert load(*TITLES).writes == 0
    assert load(TITLES[1], TITLES[0]).writes == 0
    assert everything() == before
    assert numbers(load(TITLES[0], "Level 3 Certificate in Playwork")) == (1, 0, 1, 1)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "the file is not a list of titles"),
        ({"text": "x"}, "the file is not a list of titles"),
        ([{"text": " "}], "the entry is not a title."),
        ([{"text": "x", "level": "3"}], "the entry is not a title."),
        ([{"text": 3}, {"text": "x" * 501}], "the entry is not a title."),
        (["x"], "the entry is not a title."),
    ],
)
def test_what_is_no_list_of_titles_is_refused(tmp_path, db, value, message):
    path = write_json(tmp_path / "titles.json", value)
    assert message in refusal_of(lambda: ingest(path, by="tests"))[-1].message


def test_a_file_cut_in_half_is_refused_with_its_line(tmp_path, db):
    path = write_json(tmp_path / "titles.json", [{"text": t} for t in TITLES])
    path.write_text(path.read_text()[:50])
    with pytest.raises(Refused, match=r"titles\.json, row 6: the text is not JSON"):
        ingest(path, by="tests")
