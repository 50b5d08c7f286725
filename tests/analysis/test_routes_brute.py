"""Properties: the best routes are those of walking every path and trying every set of units."""

from dataclasses import replace
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.analysis.routes import Place, asking, best_routes
from iqf.analysis.rules import Group, Holding, Ruleset, UnitFact
from iqf.analysis.topup.records import Amount, Candidate, Choice, Need, Option, Question

from .brute_topup import least

UNITS = "abcde"
PLACES = ("P", "Q", "R", "goal")
few = trying(30, dear=True)


@st.composite
def worlds(draw):
    credit = {u: draw(st.integers(1, 5)) for u in UNITS}
    facts = {u: UnitFact(u, u, "3", c, c) for u, c in credit.items()}
    reach = {u: {"s": "fully"} for u in draw(st.sets(st.sampled_from(UNITS), max_size=2))}
    places = {}
    for code in PLACES:
        units = tuple(sorted(draw(st.sets(st.sampled_from(UNITS), min_size=1, max_size=3))))
        group = Group("root", "root", "choose", units, min_units=draw(st.integers(1, len(units) + 1)))
        options = (Option(code, code, Ruleset(code, group)),)
        needs = (Need("s", "s"),) if draw(st.integers(0, 3)) == 0 else ()
        places[code] = Place(code, (Choice(code, code, options),), needs)
    reaching = st.sets(st.sampled_from(PLACES), max_size=3).map(sorted).map(tuple)
    links = {code: draw(reaching) for code in ("start", "P", "Q", "R")}
    candidates = tuple(Candidate(u, u, "unit", Amount(c, c), brings=frozenset(u)) for u, c in credit.items())
    held = Holding(frozenset(draw(st.sets(st.sampled_from(UNITS), max_size=1))))
    return Question("T", held, candidates=candidates, facts=facts, reach=reach), places, links


def paths(links, path, most):
    """Every way along the links from where the path is to the goal."""
    if path[-1] == "goal":
        yield path[1:]
    elif len(path) <= most:
        for code in links.get(path[-1], ()):
            if code not in path:
                yield from paths(links, (*path, code), most)


@few
@given(worlds(), st.integers(1, 4), st.integers(1, 3))
def test_the_best_routes_are_those_of_walking_every_path(world, most, best):
    question, places, links = world
    ways = set(chain([("goal",)], paths(links, ("start",), most)))
    priced = {way: least(asking(question, [places[code] for code in way])) for way in ways}
    expected = sorted((cost, len(way)) for way, cost in priced.items() if cost is not None)
    found = best_routes(question, places, links, "start", "goal", best=best, most_steps=most)
    got = [(route.answer.cost["credit"].known, len(route.steps)) for route in found.routes]
    assert got == expected[:best]
    assert found.proven
    for route in found.routes:
        way = tuple(step.place for step in route.steps)
        assert way in ways
        assert priced[way] == route.answer.cost["credit"].known
        taken = [code for step in route.steps for code in step.takes]
        assert sorted(taken) == sorted(item.candidate.code for item in route.answer.items)
        stated = zip(("start", *way), way, strict=False)
        assert [step.stated for step in route.steps] == [after in links.get(before, ()) for before, after in stated]


@few
@given(worlds())
def test_a_route_by_more_places_never_costs_less_than_straight_on(world):
    question, places, links = world
    found = best_routes(question, places, links, "start", "goal", best=4)
    costs = [route.answer.cost["credit"].known for route in found.routes]
    assert costs == sorted(costs)
    held = replace(question, holding=Holding(frozenset(UNITS)))
    for route in best_routes(held, places, links, "start", "goal").routes:
        assert route.answer.cost["credit"].known == 0


@few
@given(worlds(), st.integers(1, 4), st.integers(1, 3))
def test_a_search_without_time_gives_ways_and_a_bound_that_holds(world, most, best):
    question, places, links = world
    ways = set(chain([("goal",)], paths(links, ("start",), most)))
    priced = {way: least(asking(question, [places[code] for code in way])) for way in ways}
    found = best_routes(question, places, links, "start", "goal", best=best, most_steps=most, seconds=0.0)
    shown = {tuple(step.place for step in route.steps): route.answer.cost["credit"].known for route in found.routes}
    assert all(priced[way] == cost for way, cost in shown.items())
    assert bool(shown) == (priced[("goal",)] is not None)
    others = [cost for way, cost in priced.items() if way not in shown and cost is not None]
    if found.proven:
        worst = max(shown.values(), default=0)
        assert len(shown) == min(best, len(shown) + len(others))
        assert all(cost >= worst for cost in others)
    else:
        assert all(2 * cost >= found.bound for cost in others)
