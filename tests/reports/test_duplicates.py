"""Which things may be one: found in the catalogue and on the lists, never through legitimate sharing."""

import pytest
from tests.exchange.early_years_file import NUMBERED, OLD, VARIOUS, write

from iqf.analysis.likeness import Titled, compare
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.exchange.sources import early_years
from iqf.reports.duplicates import duplicates

pytestmark = pytest.mark.django_db


def test_every_pair_of_the_starter_is_of_one_level_and_kind(starter):
    answer = duplicates("qualifications", limit=1000)
    assert len(answer.pairs) == answer.total > 20
    held = {q.code: q for q in m.Qualification.objects.filter(LIVE)}
    for pair in answer.pairs:
        a, b = held[pair.a.code], held[pair.b.code]
        assert a.kind == b.kind
        assert a.level == b.level or "" in (a.level, b.level)
        assert 0 < pair.score <= 1


def test_the_same_is_part_of_what_is_similar(starter):
    same = duplicates("units", verdict="same", limit=1000)
    every = duplicates("units", limit=1000)
    assert {(p.a.code, p.b.code) for p in same.pairs} == {
        (p.a.code, p.b.code) for p in every.pairs if p.verdict == "same"
    }
    assert 0 < same.total < every.total


def test_by_trying_every_pair_of_units_by_title_and_level_alone(starter):
    """A naive second way over all pairs, without owners; every pair that it calls the same was found."""
    units = list(m.Unit.objects.filter(LIVE).order_by("code"))
    records = [Titled(u.code, u.title, level=u.level, number=u.reference) for u in units]
    every = (compare(a, b) for n, a in enumerate(records) for b in records[n + 1 :])
    found = {frozenset((p.a.code, p.b.code)) for p in duplicates("units", limit=1000).pairs}
    assert {frozenset((p.a, p.b)) for p in every if p.verdict == "same"} <= found


def test_units_stated_to_be_equivalent_are_no_duplicates(starter):
    stated = {
        frozenset(pair) for pair in m.Equivalence.objects.filter(LIVE).values_list("first__code", "second__code")
    }
    found = {frozenset((p.a.code, p.b.code)) for p in duplicates("units", limit=1000).pairs}
    assert not stated & found


def test_one_number_on_two_lists_is_one_thing(starter, tmp_path):
    first = write(tmp_path / "list.csv", OLD, VARIOUS, NUMBERED)
    early_years.ingest(first, by="tests")
    before = duplicates("register", limit=1000)
    approved = tmp_path / "approved.csv"
    _approved(approved, NUMBERED["Qualification Number"], NUMBERED["Qualification Name"])
    after = duplicates("register", limit=1000)
    assert before.looked_at == after.looked_at == 3
    assert not [p for p in after.pairs if p.why.startswith("same number")]


def test_two_rows_of_a_list_under_one_number_are_a_pair(starter, tmp_path):
    twice = NUMBERED | {"Qualification Ref": "EYQ-300", "Qualification Name": "Another title"}
    early_years.ingest(write(tmp_path / "list.csv", NUMBERED, twice), by="tests")
    (pair,) = duplicates("register").pairs
    assert (pair.verdict, pair.score) == ("same", 1.0)
    assert {pair.a.code, pair.b.code} == {f"early-years:{NUMBERED['Qualification Ref']}", "early-years:EYQ-300"}


def _approved(path, number, title):
    """The same number on another list, as its own importer leaves it."""
    from iqf.codes import parse_qan
    from iqf.register.actions import PrintedRow, mirror

    row = PrintedRow(number, 2, {"Title": title}, {}, title, parse_qan(number).stored, level="2")
    mirror(by="tests", register="another", rows=[row], retrieval="0" * 64)
