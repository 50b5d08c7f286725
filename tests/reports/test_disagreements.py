"""Disagreements between sources as a list: filtered, counted and paged by the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iqf.catalogue.actions.decisions import decide
from iqf.catalogue.actions.official import Disagreement, hold_disagreements
from iqf.catalogue.actions.upsert import Batch
from iqf.evidence.actions import Cite, cite
from iqf.reports.disagreements import Wanted, disagreements

from .worlds import World, clear

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(db):
    """Sixty qualifications about whose level a list disagrees; of one it disagrees about the title too."""
    clear()
    world = World()
    things = [world.qualification(f"Diploma {n}", level="3") for n in range(60)]
    row = world.listed("1")
    found = [Disagreement(thing, row, "level", "3", "2") for thing in things]
    found.append(Disagreement(things[0], row, "title", "Diploma 0", "Award 0"))
    cited = cite("list", [Cite("1", world.source, "page")], world.file).rows
    batch = Batch("tests", "list", cited)
    hold_disagreements(batch, found)
    batch.flush()
    decide(by="ann", code=things[5].code, field="level", value="2", reason="The list is right.")
    decide(by="ann", code=things[3].code, field="level", value="3", reason="The list is wrong.")
    return world, things


def told(answer):
    return [(thing.code, d.field, d.decided) for thing, d in answer.rows]


def test_what_is_open_comes_first_then_the_latest_decision(held):
    _, things = held
    whole = disagreements()
    assert (whole.found, whole.total, len(whole.rows)) == (61, 61, 61)
    assert told(whole)[-2:] == [(things[3].code, "level", True), (things[5].code, "level", True)]
    assert not any(decided for *_, decided in told(whole)[:-2])
    parts = [row for start in range(0, 61, 20) for row in told(disagreements(limit=20, offset=start))]
    assert parts == told(whole)


def test_filters_keep_what_they_say_and_count_what_there_is(held):
    _, things = held
    assert told(disagreements(Wanted(field="title"))) == [(things[0].code, "title", False)]
    decided = disagreements(Wanted(state="decided"))
    assert (decided.found, decided.total) == (2, 61)
    assert decided.facets == {
        "state": (("open", 59), ("decided", 2)),
        "kind": (("qualification", 2),),
        "field": (("level", 2),),
    }
    assert disagreements(Wanted(kind="unit")).found == 0
    assert disagreements(Wanted(state="perhaps")).rows == disagreements(Wanted(kind="'; drop")).rows == ()
    (thing, last), *_ = decided.rows
    assert (thing.title, last.shown, last.other, last.reason) == ("Diploma 3", "3", "2", "The list is wrong.")


def test_what_no_longer_stands_is_not_listed(held):
    world, things = held
    world.retire(things[0])
    assert things[0].code not in {code for code, *_ in told(disagreements())}
    assert disagreements().total == 59


def test_a_page_reads_no_more_for_more(held):
    def queries(limit):
        with CaptureQueriesContext(connection) as asked:
            disagreements(limit=limit)
        return len(asked)

    assert queries(1) == queries(60) <= 20
