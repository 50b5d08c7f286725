"""Top-ups from the catalogue: ages of credit, dates, what is retired, parts of statements, names as typed."""

from datetime import date

import pytest
from tests.reports.worlds import World, clear

from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError
from iqf.reports.rules import rules
from iqf.reports.topup import topup

ON = date(2026, 11, 22)


@pytest.fixture
def world(starter):
    clear()
    return World()


@pytest.fixture
def diploma(world):
    """A diploma of two units, credit counting for ten years."""
    ours = world.qualification("Diploma in play", credit_years=10)
    one, two = (world.unit(t, credit_low=c, credit_high=c, level="3") for t, c in (("One", 3), ("Two", 2)))
    world.group(ours, one, two)
    return ours


def taken(answer):
    return [item.thing.title for item in answer.best.items]


def test_credit_that_is_too_old_is_taken_again_and_said(diploma):
    assert rules(["One @ 2020-01", "Two @ 2020"], "Diploma in play", ON).verdict == "met"
    old = rules(["One @ 2012", "Two @ 2020"], "Diploma in play", ON)
    assert old.verdict == "not met"
    assert "“One” was achieved too long ago" in old.notes[0]
    assert rules(["One", "Two @ 2020"], "Diploma in play", ON).verdict == "cannot say"
    assert taken(topup(["One @ 2020", "Two @ 2020"], "Diploma in play", ON)) == []
    again = topup(["One @ 2012", "Two @ 2020"], "Diploma in play", ON)
    assert (taken(again), again.best.cost["credit"].known) == (["One"], 3)
    assert any("too long ago" in note for note in again.notes)
    undated = topup(["One", "Two @ 2020"], "Diploma in play", ON)
    assert taken(undated) == ["One"]
    assert any("write it after the code" in note for note in undated.notes)


def test_a_date_that_is_none_is_refused_in_a_sentence(diploma):
    with pytest.raises(NotFoundError, match="2015-13"):
        topup(["One @ 2015-13"], "Diploma in play", ON)


def test_a_retired_unit_that_is_held_still_counts(world, diploma):
    unit = m.Unit.objects.get(title="One")
    assert taken(topup(["One @ 2020"], "Diploma in play", ON)) == ["Two"]
    other = world.unit("Older", credit_low=3, credit_high=3)
    world.add(m.Equivalence, first=unit, second=other)
    world.retire(other)
    answer = topup(["Older @ 2020"], "Diploma in play", ON)
    assert taken(answer) == ["Two"]
    assert any("no longer in the framework" in note for note in answer.notes)


def test_what_is_closed_and_units_that_only_stand_there_cannot_be_taken(world):
    shut = world.qualification("Old diploma", stated_status="closed")
    unit = world.unit("Only there", credit_low=1, credit_high=1)
    world.group(shut, unit)
    answer = topup([], "Old diploma", ON)
    assert (answer.status, answer.best) == ("impossible", None)
    assert "closed to new learners" in answer.unmet[0].why
    assert topup(["Only there"], "Old diploma", ON).met_already
    framework = world.framework("core")
    area = world.add(m.Statement, framework=framework, code="A1", kind="area", title="Area")
    world.add(m.Alignment, unit=unit, statement=area, verb="teaches", strength="fully")
    gone = topup([], "A1", ON)
    assert (gone.status, gone.unmet[0].statement) == ("impossible", "A1")
    assert topup(["Only there"], "A1", ON).met_already


def test_requirements_in_a_circle_change_nothing(world, diploma):
    other = world.qualification("Other diploma")
    world.group(other, m.Unit.objects.get(title="Two"))
    world.add(m.Progression, before=diploma, after=other)
    world.add(m.Progression, before=other, after=diploma)
    role = world.role("Play leader")
    for wanted in (diploma, other):
        world.add(m.Requirement, role=role, qualification=wanted, strength="mandatory")
    answer = topup([], "Play leader", ON)
    assert (taken(answer), answer.best.cost["credit"].known) == (["One", "Two"], 5)


def test_part_of_a_statement_reaches_it_partly(world):
    framework = world.framework("core")
    area = world.add(m.Statement, framework=framework, code="A1", kind="area", title="Area")
    part = world.add(m.Statement, framework=framework, code="A1.1", kind="skill", title="Part", parent=area)
    unit = world.unit("Teaches a part", credit_low=2, credit_high=2)
    world.add(m.Alignment, unit=unit, statement=part, verb="teaches", strength="fully")
    assert taken(topup([], "A1", ON)) == ["Teaches a part"]
    assert topup([], "A1", ON, fully=True).status == "impossible"
    assert taken(topup([], "core:A1.1", ON, fully=True)) == ["Teaches a part"]
    assert taken(topup([], "core", ON)) == ["Teaches a part"]
    with pytest.raises(NotFoundError, match="no role, qualification, framework or statement"):
        topup([], "A9", ON)


def test_a_role_of_which_nothing_is_on_record_is_not_said_to_be_reached(world):
    world.role("Unknown role")
    answer = topup([], "Unknown role", ON)
    assert (answer.status, answer.met_already) == ("feasible", False)
    assert "does not mean that nothing is asked" in answer.words
    open_role = world.role("Open role")
    world.add(m.EntryPosition, role=open_role, entry="none")
    assert topup([], "Open role", ON).met_already


def test_a_statement_that_was_credited_is_not_asked_for_again(starter):
    answer = topup(["common-core-2005:CC5"], "CC5", ON)
    assert answer.met_already
    assert [(s.framework, s.code, s.title) for s in answer.credited] == [
        ("common-core-2005", "CC5", "Multi-agency working")
    ]
    both = topup(["common-core-2005:CC5"], "CC5, CC1", ON)
    alone = topup([], "CC1", ON)
    assert taken(both) == taken(alone)
    with pytest.raises(NotFoundError, match='has no statement "CC99"'):
        topup(["common-core-2005:CC99"], "CC5", ON)
