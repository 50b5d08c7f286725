"""Ways from role to role on a world small enough to check by eye."""

from datetime import date

import pytest
from tests.reports.worlds import World, clear

from iqf.catalogue import models as m
from iqf.cli.text import ways as words
from iqf.reports.deadends import deadends
from iqf.reports.reach import arrive, reach
from iqf.reports.routes import routes
from iqf.reports.transitions import transition
from iqf.web.public.wording.ways import drawn

ON = date(2026, 11, 22)


@pytest.fixture
def world(starter):
    """Helper -> Certificate (A 3, B 2) -> Diploma (B 2, C 5) -> Leader; B is shared; a degree stands above."""
    clear()
    world = World()
    helper, leader, keeper = (world.role(t) for t in ("Helper", "Leader", "Keeper"))
    a, b, c = (world.unit(t, credit_low=n, credit_high=n) for t, n in (("A", 3), ("B", 2), ("C", 5)))
    certificate = world.qualification("Certificate", level="2", stated_status="available")
    diploma = world.qualification("Diploma", level="3", stated_status="available")
    degree = world.qualification(
        "Degree in it", level="6", stated_status="available", award_type="Degree", kind="higher-education award"
    )
    shut = world.qualification("Old diploma", level="3", stated_status="closed")
    world.group(certificate, a, b)
    world.group(diploma, b, c)
    for role, wanted, strength in (
        (helper, certificate, "relevant"),
        (helper, shut, "relevant"),
        (leader, diploma, "mandatory"),
        (leader, shut, "relevant"),
    ):
        world.add(m.Requirement, role=role, qualification=wanted, strength=strength)
    world.add(m.Progression, before=certificate, after=diploma)
    world.add(m.Progression, before=diploma, after=degree)
    world.add(m.Progression, before=diploma, after=certificate)
    assert keeper.code
    return world


def steps(way):
    return [(s.thing.title, s.stated, [t.thing.title for t in s.takes]) for s in way.steps]


def test_what_steps_share_is_paid_once_and_what_is_closed_stops_a_way(world):
    answer = routes("Helper", "Leader", ON)
    assert answer.proven
    assert [way.cost["credit"].known for way in answer.routes] == [7, 10]
    assert steps(answer.routes[0]) == [("Leader", False, ["B", "C"])]
    assert steps(answer.routes[1]) == [
        ("Certificate", True, ["A", "B"]),
        ("Diploma", True, ["C"]),
        ("Leader", True, []),
    ]
    assert [(thing.title, "closed" in why) for thing, why in answer.stops] == [("Old diploma", True)]
    assert answer.routes[1].years == 0.4
    held = routes("Helper", "Leader", ON, held=["Certificate"])
    assert all(way.cost["credit"].known == 5 for way in held.routes)
    assert len(routes("Helper", "Leader", ON, most_steps=2).routes) == 1


def test_a_role_that_asks_for_nothing_on_record_is_not_said_to_cost_nothing(world):
    (way,) = routes("Helper", "Keeper", ON).routes
    assert [thing.title for thing in way.silent] == ["Keeper"]
    assert (way.status, way.gap, way.years) == ("feasible", None, None)
    assert drawn(routes("Helper", "Keeper", ON))[0]["sum"] == "what it takes cannot be said"
    said = words.routes(routes("Helper", "Keeper", ON))
    assert "1. what it takes cannot be said" in said
    assert "0 credits" not in said
    world.add(m.EntryPosition, role=m.Role.objects.get(title="Keeper"), entry="none")
    answer = routes("Helper", "Keeper", ON)
    assert (answer.routes[0].silent, answer.routes[0].status, answer.notes) == ((), "optimal", ())
    assert "1. nothing is required\n" in words.routes(answer)
    assert drawn(answer)[0]["sum"] == "nothing is required"


def test_everywhere_by_effort_and_what_nobody_can_say(world):
    found = {r.thing.title: r for r in reach("Helper", ON).roles}
    assert (found["Leader"].cost["credit"].known, found["Leader"].stated_steps) == (7, 2)
    assert (found["Keeper"].status, found["Keeper"].cost, found["Keeper"].stated_steps) == ("cannot say", None, None)


def test_how_people_come_to_a_role(world):
    found = {o.thing.title: o.steps for o in arrive("Leader", ON).origins}
    assert found == {"Diploma": 1, "Old diploma": 1, "Certificate": 2, "Helper": 2}


def test_dead_ends_go_round_in_circles_without_getting_up(world):
    answer = deadends(ON)
    assert [e.thing.title for e in answer.dead] == ["Degree in it"]
    assert {e.thing.title: [t.title for t in e.to] for e in answer.only_a_degree} == {
        "Diploma": ["Degree in it"],
        "Leader": ["Degree in it"],
    }
    top = world.qualification("Doctorate", level="8", stated_status="available")
    world.add(m.Requirement, role=m.Role.objects.get(title="Keeper"), qualification=top, strength="mandatory")
    assert [e.thing.title for e in deadends(ON).dead] == ["Degree in it"]


def test_credited_statements_do_not_make_a_role_one_of_which_nothing_is_known(starter):
    core = [f"common-core-2005:CC{n}" for n in range(1, 7)]
    found = {r.thing.title: r for r in reach("learning-support-assistant", ON, held=core).roles}
    assert (found["Playworker"].status, found["Playworker"].open) == ("optimal", False)
    assert (found["Youth worker"].status, found["Youth worker"].open) == ("optimal", True)
    assert found["Headteacher"].status == "cannot say"
    assert transition("playworker", "youth-worker", ON).transitions[0].status == "optimal"
    (straight, *_) = routes("playworker", "youth-worker", ON).routes
    assert (straight.steps[-1].open, straight.silent) == (True, ())


def test_a_search_that_is_stopped_says_how_much_less_another_way_may_cost(starter):
    found = routes("playworker", "childminder", ON, seconds=0.0001)
    assert (len(found.routes), found.proven) == (1, False)
    most = found.routes[0].cost["credit"].known - found.bound
    said = f"may cost less than the first, by at most {most:g} credit" if most > 0 else "no way costs less"
    assert said in found.words


def test_what_there_was_no_time_for_says_so_and_is_never_called_impossible(starter):
    found = reach("playworker", ON, seconds=0.0)
    assert {(r.status, r.cost) for r in found.roles} == {("cannot say", None)}
    assert all("ask for the way there alone" in r.why for r in found.roles)
    assert {r.thing.code for r in found.roles} == {r.thing.code for r in reach("playworker", ON).roles}
