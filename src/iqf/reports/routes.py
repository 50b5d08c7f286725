"""How does somebody get from one role to another, by which steps, and what does each way take in all?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iqf.analysis.routes import MOST_STEPS, Place, Route, asking, best_routes, distances
from iqf.analysis.rule_words import listing
from iqf.analysis.topup.answering import SECONDS, top_up
from iqf.analysis.topup.records import COSTS, Amount, Cost, Question, Total, total
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.reports.official import official_rows_of
from iqf.reports.profile import profile_of
from iqf.reports.things import Ref, ref, refs
from iqf.reports.way_places import World, near, stated_links, world_at

HOURS_OF_A_CREDIT = 10
HOURS_OF_A_YEAR = 250
"""A day of six and a half hours a week for 39 weeks: what part-time learning beside a job is taken to be."""
MOST_ROUTES = 20


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
    """

    thing: Ref
    stated: bool
    takes: tuple[Taken, ...]
    cost: Mapping[Cost, Total]
    salary: tuple[int | None, int | None] | None
    entry: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """A route with the cost of all of it. `years`: rough years part-time, where all credit is known."""

    steps: tuple[RouteStep, ...]
    status: str
    gap: int | None
    cost: Mapping[Cost, Total]
    years: float | None


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


@dataclass(frozen=True)
class Reachable:
    """A role that one can get to: what it takes at least, and in how many stated steps (None: by none)."""

    role: Ref
    status: str
    cost: Mapping[Cost, Total] | None
    stated_steps: int | None
    why: str


@dataclass(frozen=True)
class ReachAnswer:
    """Every role that one can get to from a role, least effort first; those that cannot be reached last."""

    start: Ref
    held: tuple[Ref, ...]
    cost: Cost
    roles: tuple[Reachable, ...]
    as_of: date


def routes(
    start: str,
    goal: str,
    on: date,
    *,
    held: Sequence[str] = (),
    most_steps: int = MOST_STEPS,
    best: int = 5,
    cost: Cost = "credit",
    seconds: float = SECONDS,
) -> RoutesAnswer:
    """The best routes from a role to a role or qualification, on a day. Raises NotFoundError or AmbiguousError."""
    world = world_at(start, on, held)
    end = find(goal, ("role", "qualification"))
    links = world.links
    between = near(links, world.start.code, end.code, most_steps)
    question, places, _ = world.question({*between, end.code})
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
    named = refs({*places, *(c.code for c in question.candidates)}, ("role", "qualification", "unit"))
    about = _Roles({world.start.code, *(s.place for r in found.routes for s in r.steps)})
    return RoutesAnswer(
        start=ref(world.start),
        goal=named[end.code],
        held=tuple(ref(t) for t in world.holdings.things),
        salary=about.salary(world.start.code),
        cost=cost,
        proven=found.proven,
        bound=None if found.bound is None else found.bound / 2,
        words=_words(found.routes, found.proven),
        routes=tuple(_way(route, question, named, about) for route in found.routes),
        stops=tuple((named[code], why) for code, why in found.stops.items()),
        notes=_notes(world, places[end.code], named[end.code], bool(held)),
        as_of=on,
    )


def reach(start: str, on: date, *, held: Sequence[str] = (), cost: Cost = "credit") -> ReachAnswer:
    """Every other role by what it takes to get there, with the stated steps that lead there, if any."""
    world = world_at(start, on, held)
    codes = set(m.Role.objects.filter(LIVE).values_list("code", flat=True)) - {world.start.code}
    question, places, _ = world.question(codes)
    named = refs(codes, ("role",))
    back = {after: tuple(b for b, all_after in world.links.items() if after in all_after) for after in _ends(world)}
    steps = distances(back, world.start.code)
    asked: dict[object, Reachable] = {}
    found = []
    for code in sorted(places):
        joint = asking(question, [places[code]])
        same = (joint.choices, joint.needs)
        if same not in asked:
            asked[same] = _reachable(joint, named[code], cost)
        known = asked[same]
        found.append(Reachable(named[code], known.status, known.cost, steps.get(code), known.why))
    found.sort(key=lambda r: (*_effort(r, cost), r.stated_steps or 99, r.role.title))
    return ReachAnswer(ref(world.start), tuple(ref(t) for t in world.holdings.things), cost, tuple(found), on)


def _notes(world: World, goal: Place, named: Ref, given: bool) -> tuple[str, ...]:
    said = []
    if not given and world.holdings.held:
        titles = listing([thing.title for thing in world.holdings.things])
        said.append(f"What is held was not given; what everybody in the role must hold is taken as held: {titles}.")
    if not goal.choices and not goal.needs:
        said.append(f"Nothing is on record that {named.title} asks for, so getting there straight on costs nothing.")
    return tuple(said)


@dataclass(frozen=True)
class Origin:
    """A role or qualification from which stated steps lead to another: in how many, and by what first."""

    thing: Ref
    steps: int
    by: tuple[Ref, ...]


@dataclass(frozen=True)
class ArriveAnswer:
    """How people come to be in a role: what leads to it by stated steps, nearest first."""

    goal: Ref
    most_steps: int
    origins: tuple[Origin, ...]
    as_of: date


def arrive(goal: str, on: date, *, most_steps: int = MOST_STEPS) -> ArriveAnswer:
    """The roles and qualifications from which stated steps lead to a role or qualification."""
    end = find(goal, ("role", "qualification"))
    links = stated_links()
    away = {c: n for c, n in distances(links, end.code).items() if 0 < n <= most_steps}
    named = refs({*away, end.code}, ("role", "qualification"))
    origins = [
        Origin(named[c], n, tuple(named[b] for b in links[c] if b != end.code and away.get(b) == n - 1))
        for c, n in away.items()
    ]
    origins.sort(key=lambda o: (o.steps, o.thing.kind, o.thing.title))
    return ArriveAnswer(named[end.code], most_steps, tuple(origins), on)


def _ends(world: World) -> set[str]:
    return {code for after in world.links.values() for code in after}


def _effort(role: Reachable, cost: Cost) -> tuple[int, int]:
    """Impossible last, before it what nobody can say; without an upper bound after what has one; else by the most."""
    if role.cost is None:
        return 3 if role.status == "impossible" else 2, 0
    spent = role.cost[cost]
    return (1, spent.low) if spent.high is None else (0, spent.high)


def _reachable(joint: Question, role: Ref, cost: Cost) -> Reachable:
    if not joint.choices and not joint.needs:
        return Reachable(role, "cannot say", None, None, "nothing is on record that it asks for")
    found = top_up(joint, cost, 0)
    why = found.unmet[0].why if found.unmet else found.words
    return Reachable(role, found.status, found.best.cost if found.best else None, None, why)


class _Roles:
    """What is known of the roles on a route beside what they ask for: pay, and what stands at entry."""

    def __init__(self, codes: Collection[str]) -> None:
        self.roles = {role.code: role for role in m.Role.objects.filter(code__in=codes)}
        self.paid: dict[str, tuple[int | None, int | None] | None] = {}
        self.entries: dict[str, tuple[str, ...]] = {}
        for code, entry in m.EntryPosition.objects.filter(LIVE, role__code__in=codes).values_list(
            "role__code", "entry"
        ):
            self.entries[code] = (*self.entries.get(code, ()), entry)

    def salary(self, code: str) -> tuple[int | None, int | None] | None:
        """Pay of a starter and of somebody experienced, by the official job profile; None where none is held."""
        if code not in self.paid:
            profile = profile_of(official_rows_of(self.roles[code]))
            self.paid[code] = (profile.salary_starter, profile.salary_experienced) if profile else None
        return self.paid[code]

    def entry(self, code: str) -> tuple[str, ...]:
        """What is asked at entry."""
        return self.entries.get(code, ())


def _way(route: Route, question: Question, named: Mapping[str, Ref], about: _Roles) -> Way:
    priced = {item.candidate.code: item.candidate for item in route.answer.items}
    steps = []
    for step in route.steps:
        thing, taken = named[step.place], [priced[code] for code in step.takes]
        is_role = thing.kind == "role"
        steps.append(
            RouteStep(
                thing=thing,
                stated=step.stated,
                takes=tuple(Taken(named[c.code], c.credit, c.hours) for c in taken),
                cost={name: total(c.price(name) for c in taken) for name in COSTS},
                salary=about.salary(thing.code) if is_role else None,
                entry=about.entry(thing.code) if is_role else (),
            )
        )
    cost = {name: route.answer.cost[name] for name in COSTS}
    return Way(tuple(steps), route.answer.status, route.answer.gap, cost, _years(cost["credit"]))


def _years(credit: Total) -> float | None:
    if credit.unknown_items:
        return None
    return round(credit.known * HOURS_OF_A_CREDIT / HOURS_OF_A_YEAR, 1)


def _words(found: Sequence[Route], proven: bool) -> str:
    if not found:
        return "It cannot be reached with what can be taken."
    if not proven:
        return "The search was stopped at its time limit: ways that are not shown may be as good."
    number = len(found)
    return f"No way that is not shown costs less than {'this one' if number == 1 else f'the last of these {number}'}."
