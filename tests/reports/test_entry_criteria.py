"""What single employers ask in a role: beside what binds them all, who says so, and whether a holder meets it."""

import pytest

from iqf.catalogue import models as m
from iqf.places.actions import AreaFacts, hold_areas
from iqf.places.models import Area
from iqf.reports.entry import entry
from iqf.reports.organisation import organisation
from iqf.reports.role import role
from iqf.reports.rules import rules

from . import by_hand
from .worlds import World, clear

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    clear()
    return World()


@pytest.fixture
def post(world):
    """A role with a diploma that binds everybody, and two employers."""
    carer, diploma = world.role("Residential worker"), world.qualification("Diploma", level="3")
    world.add(m.Requirement, role=carer, qualification=diploma, strength="mandatory")
    return carer, diploma, world.organisation("Northshire"), world.organisation("Southshire")


def ask(world, carer, employer, asks, kind="qualification", **more):
    stated = {"strength": "essential"} | more
    return world.add(m.EntryCriterion, role=carer, employer=employer, asks=asks, kind=kind, **stated)


def test_each_says_what_it_asks_and_how_that_differs(world, post, today):
    carer, diploma, north, south = post
    ask(world, carer, north, "The diploma", qualification=diploma)
    ask(world, carer, south, "Level 4", least_level="4", instead="Five years in a home")
    ask(world, carer, south, "A driving licence", "other", strength="desirable")
    found = role(carer.code, today).employers
    told = {(a.employer.title, a.asks): (a.verdict, a.instead) for a in found.asks}
    assert told == {
        ("Northshire", "The diploma"): ("same", ""),
        ("Southshire", "Level 4"): ("more", "Five years in a home"),
        ("Southshire", "A driving licence"): ("more", ""),
    }
    assert (found.count, found.beyond) == (2, 1)
    (differ,) = found.differ
    assert [(a.words, [e.title for e in a.employers]) for a in differ.answers] == [
        ("The diploma", ["Northshire"]),
        ("Level 4", ["Southshire"]),
    ]
    assert all(a.said.source for a in found.asks)


def test_what_holds_in_one_area_only_does_not_bind_every_employer(world, post, today):
    carer, _, north, _ = post
    local = world.qualification("Local award", level="5")
    hold_areas(by="tests", areas=[AreaFacts("E12000007", "London", "region", "")])
    area = Area.objects.get(code="E12000007")
    world.add(m.Requirement, role=carer, qualification=local, strength="mandatory", area=area)
    ask(world, carer, north, "The local award", qualification=local)
    (asked,) = role(carer.code, today).employers.asks
    assert asked.verdict == "more"


def test_a_holder_is_told_about_each_employer_and_the_verdict_stays_that_for_all(world, post):
    carer, diploma, north, south = post
    ask(world, carer, north, "Level 4", least_level="4")
    ask(world, carer, north, "A year with children", "experience")
    ask(world, carer, south, "Nothing", "nothing")
    answer = rules([diploma.code], carer.code)
    assert answer.verdict == "met"
    told = {e.asks.asks: e.verdict for e in answer.employers}
    assert told == {"Level 4": "not met", "A year with children": "cannot say", "Nothing": "met"}
    higher = world.qualification("Higher diploma", level="5")
    answer = rules([diploma.code, higher.code], carer.code)
    assert {e.asks.asks: e.verdict for e in answer.employers}["Level 4"] == "met"


def test_what_was_retired_is_shown_nowhere(world, post, today):
    carer, diploma, north, _ = post
    gone = ask(world, carer, north, "The diploma", qualification=diploma)
    ask(world, carer, north, "A year with children", "experience")
    world.retire(gone)
    assert [a.asks for a in role(carer.code, today).employers.asks] == ["A year with children"]
    assert [a.asks for a in organisation(north.code, today).asks] == ["A year with children"]


def test_the_starter_says_what_its_file_says(starter, today):
    rows = by_hand.table("additions/employer_entry")
    assert rows
    employers = {}
    for row in rows:
        employers.setdefault(row["role_id"], set()).add(row["organisation"])
        found = role(row["role_id"], today).employers.asks
        (one,) = [a for a in found if a.asks == row["asks"]]
        assert (one.employer.title, one.post_level, one.kind, one.least_level, one.instead) == (
            row["organisation"],
            row["post_level"],
            row["kind"],
            row["least_level"],
            row["instead"],
        )
        assert one.said.url == row["source_url"]
        assert row["asks"] in [a.asks for a in organisation(row["organisation"], today).asks]
    listed = entry()
    counted = {
        alias: r.employers for r in (*listed.set, *listed.nothing_set, *listed.not_known) for alias in r.role.aliases
    }
    assert {role_id: counted[role_id] for role_id in employers} == {k: len(v) for k, v in employers.items()}
