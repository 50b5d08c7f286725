"""How does somebody get from one role to another, by which steps, and what does each way take in all?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final, cast

from iqf.analysis.routes import MOST_STEPS, Route, Routes, best_routes
from iqf.analysis.rule_words import listing
from iqf.analysis.topup.answering import SECONDS, number_of
from iqf.analysis.topup.records import COSTS, Amount, Cost, Question, Total, total
from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError, find
from iqf.reports.holdings import CreditedStatement
from iqf.reports.official import official_rows_of
from iqf.reports.profile import profile_of
from iqf.reports.targets import on_record
from iqf.reports.things import Ref, ref, refs
from iqf.reports.way_kinds import DOWN, kinds_of
from iqf.reports.way_places import World, near, world_at

HOURS_OF_A_CREDIT = 10
HOURS_OF_A_YEAR = 250
"""A day of six and a half hours a week for 39 weeks: what part-time learning beside a job is taken to be."""
MOST_ROUTES = 20
CRITERIA: Final = {
    "cost": "cost",
    "credit": "credit",
    "hours": "guided learning hours",
    "steps": "steps",
    "unstated": "steps with no stated route",
    "crossing": "steps into another occupational group",
    "down": "steps down",
}
"""What ways may be ranked by; less is better."""


@dataclass(frozen=True)
class Taken:
    """Something to take on a route, with what it costs."""

    thing: Ref
    credit: Amount
    hours: Amount


@dataclass(frozen=True)
class RouteStep:
    """One step: where it comes to, what is taken for it, and whether a stated link leads there.

    `salary`: what the official job profile says that starters and experienced people earn, pounds a year, if held.
    `direction`: *up*, *sideways*, *down*, or blank where a level is not on record. `crosses`: into another group.
    `silent`: nothing is on record that it asks for, so that what the step takes cannot be said. `open`: that
    nothing is required is on record. `uncounted`: which qualification its entry means is not on
    record, so it is in no sum.
    """

    thing: Ref
    direction: str
    crosses: bool
    stated: bool
    takes: tuple[Taken, ...]
    cost: Mapping[Cost, Total]
    salary: tuple[int | None, int | None] | None
    entry: tuple[str, ...]
    silent: bool = False
    open: bool = False
    uncounted: bool = False


@dataclass(frozen=True)
class Way:
    """A route with the cost of all of it. `years`: rough years part-time, where all credit is known."""

    steps: tuple[RouteStep, ...]
    status: str
    gap: int | None
    cost: Mapping[Cost, Total]
    years: float | None

    @property
    def crossings(self) -> int:
        """How many steps go into another occupational group."""
        return sum(step.crosses for step in self.steps)

    @property
    def silent(self) -> tuple[Ref, ...]:
        """The places on it that ask for nothing that is on record; what the way takes in all cannot be said then."""
        return tuple(step.thing for step in self.steps if step.silent)

    @property
    def downward(self) -> int:
        """How many steps go down."""
        return sum(step.direction == DOWN for step in self.steps)

    @property
    def unstated(self) -> int:
        """How many steps follow no stated link."""
        return sum(not step.stated for step in self.steps)


@dataclass(frozen=True)
class RoutesAnswer:
    """The best ways from a role to another. `bound`: what no other way lies below, in the cost, if not proven.

    `stops`: places on stated ways that cannot be reached, each with why.
    """

    start: Ref
    goal: Ref
    held: tuple[Ref, ...]
    salary: tuple[int | None, int | None] | None
    cost: Cost
    proven: bool
    bound: float | None
    words: str
    routes: tuple[Way, ...]
    stops: tuple[tuple[Ref, str], ...]
    notes: tuple[str, ...]
    as_of: date
    rank: tuple[str, ...] = ("cost", "steps")
    credited: tuple[CreditedStatement, ...] = ()


def routes(
    start: str,
    goal: str,
    on: date,
    *,
    held: Sequence[str] = (),
    most_steps: int = MOST_STEPS,
    best: int = 5,
    cost: Cost = "credit",
    rank: Sequence[str] = ("cost", "steps"),
    seconds: float = SECONDS,
) -> RoutesAnswer:
    """The best routes from a role, or from a qualification, to a role or qualification, on a day.

    Which are the best is by cost, then steps; `rank`: criteria by which those are put in order, most telling first.
    Raises NotFoundError or AmbiguousError; NotFoundError too where both are the same.
    """
    by = ranked_by(rank)
    world = world_at(start, on, held)
    end = find(goal, ("role", "qualification"))
    if end.code == world.start.code:
        raise NotFoundError(f"{end.title} is both where one begins and where one goes; name two different ones.")
    between = {*near(world, end.code, most_steps), end.code}
    question, places, _ = world.question(between)
    kept = {*between, world.start.code}
    links = {code: tuple(c for c in world.links.get(code, ()) if c in kept) for code in sorted(kept)}
    found = best_routes(
        question,
        places,
        links,
        world.start.code,
        end.code,
        best=best,
        most_steps=most_steps,
        cost=cost,
        seconds=seconds,
    )
    passed = {world.start.code, *(s.place for r in found.routes for s in r.steps)}
    taken = {code for r in found.routes for s in r.steps for code in s.takes}
    named = refs({*passed, *taken, *found.stops, end.code}, ("role", "qualification", "unit"))
    about, kinds = _Roles(passed), kinds_of(passed)
    ways = [
        _way(route, question, named, about, kinds.along(world.start.code, _places(route))) for route in found.routes
    ]
    return RoutesAnswer(
        start=ref(world.start),
        goal=named[end.code],
        held=tuple(ref(t) for t in world.holdings.things),
        salary=about.salary(world.start.code),
        cost=cost,
        proven=found.proven,
        bound=None if found.bound is None else found.bound / 2,
        words=_words(found, cost, all(c.price(cost).known for c in question.candidates)),
        routes=_in_order(ways, by, cost),
        stops=tuple((named[code], why) for code, why in found.stops.items()),
        notes=(*_notes(world, named[end.code], about, bool(held)), *_about_order(by)),
        as_of=on,
        rank=by,
        credited=world.holdings.statements,
    )


def ranked_by(rank: Sequence[str]) -> tuple[str, ...]:
    """Criteria as they were typed. Raises NotFoundError for one that is none."""
    for each in rank:
        if each not in CRITERIA:
            raise NotFoundError(f'"{each}" is nothing to rank by; it is one of: {", ".join(CRITERIA)}.')
    return tuple(dict.fromkeys(rank)) or ("cost", "steps")


def _in_order(ways: Sequence[Way], by: Sequence[str], cost: Cost) -> tuple[Way, ...]:
    """The ways by the criteria; those between which these do not choose stay in the order of their proof."""
    if tuple(by[:2]) == ("cost", "steps") or by == ("cost",):
        return tuple(ways)
    return tuple(sorted(ways, key=lambda way: tuple(_measure(way, each, cost) for each in by)))


def _measure(way: Way, criterion: str, cost: Cost) -> tuple[bool, int]:
    """A number of which less is better; what has no upper bound comes last."""
    if criterion in ("cost", "credit", "hours"):
        spent = way.cost[cost if criterion == "cost" else cast(Cost, criterion)]
        return spent.high is None, spent.low + (spent.low if spent.high is None else spent.high)
    counted = {"steps": len(way.steps), "unstated": way.unstated, "crossing": way.crossings, "down": way.downward}
    return False, counted[criterion]


def _about_order(by: Sequence[str]) -> tuple[str, ...]:
    if by[0] == "cost":
        return ()
    criteria = listing([CRITERIA[each] for each in by])
    return (f"These are the ways that cost least; they stand in the order of {criteria}.",)


def _places(route: Route) -> list[str]:
    return [step.place for step in route.steps]


def _notes(world: World, goal: Ref, about: "_Roles", given: bool) -> tuple[str, ...]:
    said = []
    if not given and world.holdings.held:
        titles = listing([thing.title for thing in world.holdings.things])
        said.append(f"What is held was not given; what everybody in the role must hold is taken as held: {titles}.")
    if goal.code in about.on_record.silent:
        said.append(
            f"Nothing is on record that {goal.title} asks for, so what the last step takes cannot be said; in the "
            "sums it counts as nothing."
        )
    return tuple(said)


class _Roles:
    """What is known of the roles on a route beside what they ask for: pay, and what stands at entry."""

    def __init__(self, codes: Collection[str]) -> None:
        self.roles = {role.code: role for role in m.Role.objects.filter(code__in=codes)}
        self.paid: dict[str, tuple[int | None, int | None] | None] = {}
        self.on_record = on_record(codes)

    def salary(self, code: str) -> tuple[int | None, int | None] | None:
        """Pay of a starter and of somebody experienced, by the official job profile; None where none is held."""
        if code not in self.paid:
            profile = profile_of(official_rows_of(self.roles[code]))
            self.paid[code] = (profile.salary_starter, profile.salary_experienced) if profile else None
        return self.paid[code]

    def entry(self, code: str) -> tuple[str, ...]:
        """What is asked at entry."""
        return self.on_record.entries.get(code, ())


def _way(
    route: Route, question: Question, named: Mapping[str, Ref], about: _Roles, kinds: Sequence[tuple[str, bool]]
) -> Way:
    priced = {item.candidate.code: item.candidate for item in route.answer.items}
    steps = []
    for step, (direction, crosses) in zip(route.steps, kinds, strict=True):
        thing, taken = named[step.place], [priced[code] for code in step.takes]
        is_role = thing.kind == "role"
        steps.append(
            RouteStep(
                thing=thing,
                direction=direction,
                crosses=crosses,
                stated=step.stated,
                takes=tuple(Taken(named[c.code], c.credit, c.hours) for c in taken),
                cost={name: total(c.price(name) for c in taken) for name in COSTS},
                salary=about.salary(thing.code) if is_role else None,
                entry=about.entry(thing.code) if is_role else (),
                silent=thing.code in about.on_record.silent,
                open=thing.code in about.on_record.open,
                uncounted=thing.code in about.on_record.uncounted,
            )
        )
    cost = {name: route.answer.cost[name] for name in COSTS}
    if any(step.silent for step in steps):
        return Way(tuple(steps), "feasible", None, cost, None)
    return Way(tuple(steps), route.answer.status, route.answer.gap, cost, _years(cost["credit"]))


def _years(credit: Total) -> float | None:
    if credit.unknown_items:
        return None
    return round(credit.known * HOURS_OF_A_CREDIT / HOURS_OF_A_YEAR, 1)


def _words(found: Routes, cost: Cost, known: bool) -> str:
    if not found.routes:
        return "It cannot be reached with what can be taken."
    if not found.proven:
        return f"The search was stopped at its time limit: {_not_proven(found, cost)}{'' if known else HALF_WAY}"
    number = len(found.routes)
    return f"No way that is not shown costs less than {'this one' if number == 1 else f'the last of these {number}'}."


HALF_WAY = " Amounts that are not known are counted half-way between their bounds."


def _not_proven(found: Routes, cost: Cost) -> str:
    """How much less than the first another way may cost, where all amounts of the first are known."""
    first = found.routes[0].answer.cost[cost]
    if found.bound is None or first.unknown_items:
        return "ways that are not shown may be as good."
    most = first.known - ceil(found.bound / 2)
    if most <= 0:
        return "no way costs less than the first; ways that are not shown may be as good as the others."
    return f"a way that is not shown may cost less than the first, by at most {number_of(most, cost)}."
