"""What carries holders of one role into another, on a world small enough to check by eye."""

from datetime import date
from itertools import pairwise

import pytest
from tests.reports.worlds import World, clear

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.reports import transitions as report
from iqf.reports.topup import topup

ON = date(2026, 11, 22)


@pytest.fixture
def world(starter):
    """Helper must hold A (3) + B (2), or B + D (4); Leader B + C (5); Keeper is asked for nothing. One body each."""
    clear()
    world = World()
    helper, leader, keeper = (world.role(t) for t in ("Helper", "Leader", "Keeper"))
    a, b, c, d = (world.unit(t, credit_low=n, credit_high=n) for t, n in (("A", 3), ("B", 2), ("C", 5), ("D", 4)))
    first, second, diploma = (
        world.qualification(t, level="3", stated_status="available") for t in ("First", "Second", "Diploma")
    )
    world.group(first, a, b)
    world.group(second, b, d)
    world.group(diploma, b, c)
    for role, wanted, group in ((helper, first, "one"), (helper, second, "one"), (leader, diploma, "")):
        world.add(m.Requirement, role=role, qualification=wanted, strength="mandatory", choice_group=group)
    for role, name in ((helper, "Play body"), (leader, "Care body")):
        world.add(m.RoleBody, role=role, organisation=world.organisation(name), part="leads")
    assert keeper.code
    return world


def only(start, goal):
    (found,) = report.transition(start, goal, ON).transitions
    return found


def test_what_every_option_of_a_choice_brings_counts_as_held(world):
    found = only("Helper", "Leader")
    assert [p.thing.title for p in found.pieces] == ["C"]
    assert (found.status, found.cost["credit"].known) == ("optimal", 5)
    assert found.home.crosses
    assert found.home.words == "Care body, unless it agrees otherwise with Play body."


def test_from_a_role_that_asks_for_nothing_everything_is_to_be_taken(world):
    found = only("Keeper", "Helper")
    assert [p.thing.title for p in found.pieces] == ["A", "B"]
    assert not found.home.crosses
    assert only("Helper", "Keeper").status == "cannot say"
    assert only("Helper", "Keeper").home.words.startswith("Missing")


def test_one_role_is_no_transition_and_neither_is_one_that_is_not_there(world):
    with pytest.raises(NotFoundError, match="name two different roles"):
        report.transition("Helper", "Helper", ON)
    with pytest.raises(NotFoundError, match="There is no role"):
        report.transition("Helper", "zz", ON)


def test_every_pair_costs_what_the_pair_alone_costs(world):
    every = report.transitions(ON)
    assert len(every.transitions) == 6
    for each in every.transitions:
        alone = only(each.start.title, each.goal.title)
        assert (each.status, each.cost, each.home) == (alone.status, alone.cost, alone.home)
    assert sum(s.pairs for s in every.shared) == sum(bool(t.pieces) for t in every.transitions) == 4


def test_on_the_starter_a_transition_costs_no_more_than_the_top_up_from_nothing(starter):
    codes = list(m.Role.objects.filter(LIVE, requirements__strength="mandatory").distinct().order_by("code")[:4])
    for start, goal in pairwise(codes):
        found, whole = only(start.code, goal.code), topup([], goal.code, ON, alternatives=0)
        if whole.best and whole.best.cost["credit"].high is not None and found.cost:
            assert found.cost["credit"].low <= whole.best.cost["credit"].high
