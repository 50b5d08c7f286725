"""What is the least that carries everybody in one role into another, and whose module would that be?

Everybody in a role has what it requires of all: its mandatory qualifications (of a choice, what every option brings),
and the statements it is on record as needing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from iqf.analysis.routes import Place, together
from iqf.analysis.topup.answering import SECONDS, top_up
from iqf.analysis.topup.narrowing import Narrowing
from iqf.analysis.topup.records import COSTS, Amount, Answer, Cost, TopUp, Total, total
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, find
from iqf.catalogue.rulesets import load_pairs
from iqf.reports.holdings import Held, Holdings, holdings_each, holdings_of
from iqf.reports.targets import on_record
from iqf.reports.things import Ref, refs
from iqf.reports.way_places import Stated, World, everybody_in

LEADS = "leads"
MOST_ROLES: Final = 400
"""Of so many roles every pair is reckoned: 160,000 pairs."""
RULE = (
    "By default a transition module lives with the body that leads the role one moves into, unless the two bodies "
    "agree otherwise."
)


@dataclass(frozen=True)
class Home:
    """Where the module would live. `bodies`: those that lead the role one moves into; none: nobody is on record.

    `crosses`: the two roles are led by different bodies, as far as both are on record.
    """

    bodies: tuple[Ref, ...]
    crosses: bool
    words: str


@dataclass(frozen=True)
class Piece:
    """Something that the transition takes, with what it costs."""

    thing: Ref
    credit: Amount
    hours: Amount
    because: str


@dataclass(frozen=True)
class Transition:
    """The least that carries holders of one role into another. *Cannot say*: nothing is on record that is asked.

    `brought`: statements of the second role that the first has already. `why`: what stands in the way.
    """

    start: Ref
    goal: Ref
    status: str
    gap: int | None
    words: str
    pieces: tuple[Piece, ...]
    cost: Mapping[Cost, Total] | None
    brought: tuple[str, ...]
    why: tuple[str, ...]
    home: Home


@dataclass(frozen=True)
class Shared:
    """A set of units that carries people across between several pairs of roles."""

    pieces: tuple[Piece, ...]
    cost: Mapping[Cost, Total]
    pairs: int
    starts: int
    goals: tuple[Ref, ...]


@dataclass(frozen=True)
class TransitionsAnswer:
    """Every pair of roles, or one: which modules would carry people across. `solved`: how many had to be reckoned."""

    transitions: tuple[Transition, ...]
    shared: tuple[Shared, ...]
    roles: int
    solved: int
    rule: str
    as_of: date

    @property
    def counts(self) -> Mapping[str, int]:
        """How many pairs of each kind: carried by nothing more, by a set, cannot be, cannot be said."""
        found: dict[str, int] = defaultdict(int)
        for each in self.transitions:
            found["nothing more" if each.status == "optimal" and not each.pieces else each.status] += 1
        return dict(found)


class TooManyRolesError(ValueError):
    """There are too many roles to reckon every pair; the sentence says what to do."""


def transition(start: str, goal: str, on: date, *, seconds: float = SECONDS) -> TransitionsAnswer:
    """What carries holders of one role into another. Raises NotFoundError or AmbiguousError."""
    first, second = find(start, ("role",)), find(goal, ("role",))
    if first.code == second.code:
        raise NotFoundError(f"{first.title} is both where one begins and where one goes; name two different roles.")
    return _Reckoner(on, [first.code, second.code], seconds).answer([first.code], [second.code])


def transitions(on: date, *, seconds: float = SECONDS) -> TransitionsAnswer:
    """What carries holders of each role into each other. Raises TooManyRolesError."""
    codes = sorted(m.Role.objects.filter(LIVE).values_list("code", flat=True))
    if not codes:
        return TransitionsAnswer((), (), 0, 0, RULE, on)
    if len(codes) > MOST_ROLES:
        raise TooManyRolesError(
            f"Every pair of {len(codes):,} roles is more than can be reckoned at once ({MOST_ROLES} roles at most); "
            "name the two roles you ask about."
        )
    return _Reckoner(on, codes, seconds).answer(codes, codes)


@dataclass(frozen=True)
class _Carried:
    """What carries people across, for all pairs of roles of which the same is asked."""

    status: str
    gap: int | None
    words: str
    pieces: tuple[Piece, ...] = ()
    cost: Mapping[Cost, Total] | None = None
    why: tuple[str, ...] = ()


_NOTHING = _Carried("cannot say", None, "Nothing is on record that it asks for.")
_OPEN = _Carried("optimal", 0, "Nothing is required: it is open to all.", cost={name: total(()) for name in COSTS})


def _carried(found: TopUp, named: Mapping[str, Ref]) -> _Carried:
    why = tuple(f"{unmet.title}: {unmet.why}" for unmet in found.unmet)
    best = found.best
    if best is None:
        return _Carried(found.status, None, found.words, why=why)
    cost = {name: best.cost[name] for name in COSTS}
    return _Carried(found.status, best.gap, found.words, _pieces(best, named), cost, why)


class _Reckoner:
    """Every pair is reckoned once for all that begin with the same and need the same."""

    def __init__(self, on: date, codes: Sequence[str], seconds: float) -> None:
        self.seconds = seconds
        self.world = World(find(codes[0], ("role",)), holdings_of([]), {}, Stated({}, {}), load_pairs(), on)
        self.question, self.places, self.rules = self.world.question(set(codes))
        self.named = refs({*codes, *(c.code for c in self.question.candidates)}, ("role", "unit", "qualification"))
        self.bodies = _bodies(codes)
        self.known: dict[object, _Carried] = {}
        self._home = lru_cache(_home)
        self.on_record = on_record(codes)
        self.narrowing = Narrowing(self.question)
        self.held = self._holdings(list(m.Role.objects.filter(code__in=codes)))
        self.useful: dict[object, frozenset[str]] = {}

    def answer(self, starts: Iterable[str], goals: Iterable[str]) -> TransitionsAnswer:
        """The transitions of all these pairs."""
        ends = list(goals)
        found = tuple(self._pair(a, b) for a in starts for b in ends if a != b)
        return TransitionsAnswer(found, _shared(found), len(self.held), len(self.known), RULE, self.world.on)

    def _holdings(self, roles: Sequence[m.Role]) -> dict[str, Holdings]:
        """What every holder of each role has: what it requires outright, and of each choice what every option brings.

        Everything is read at once: what everybody in the role holds, and each option on its own.
        """
        everybody = everybody_in([role.pk for role in roles])
        options = {code for has in everybody.values() for some in has.choices for code in some}
        codes = options | {code for has in everybody.values() for code in has.outright}
        things = {q.code: Held(q) for q in m.Qualification.objects.filter(code__in=codes)}
        alone = sorted(options)
        outright = [tuple(things[code] for code in everybody[role.pk].outright) for role in roles]
        read = holdings_each([*outright, *((things[code],) for code in alone)], self.world.pairs)
        sure, each = read[: len(roles)], read[len(roles) :]
        brings = {code: has.holding.units for code, has in zip(alone, each, strict=True)}
        found = {}
        for role, has in zip(roles, sure, strict=True):
            common = (frozenset.intersection(*(brings[c] for c in some)) for some in everybody[role.pk].choices)
            found[role.code] = replace(has, holding=replace(has.holding, units=has.holding.units.union(*common)))
        return found

    def _pair(self, start: str, goal: str) -> Transition:
        place = self.places[goal]
        own = {need.code for need in self.places[start].needs}
        brought = tuple(need.name for need in place.needs if need.code in own)
        left = Place(goal, place.choices, tuple(n for n in place.needs if n.code not in own))
        home = self._home(self.bodies.get(start, ()), self.bodies.get(goal, ()))
        known = self._not_asking(goal) or self._solved(start, left)
        return Transition(
            self.named[start],
            self.named[goal],
            known.status,
            known.gap,
            known.words,
            known.pieces,
            known.cost,
            brought,
            known.why,
            home,
        )

    def _not_asking(self, goal: str) -> _Carried | None:
        """The answer for a role of which nothing is on record that it asks for, or that nothing is required."""
        return _NOTHING if goal in self.on_record.silent else _OPEN if goal in self.on_record.open else None

    def _solved(self, start: str, left: Place) -> _Carried:
        """The answer for everybody whose holding differs in nothing that can matter for a place."""
        asked, held = together([left]), self.held[start].holding
        if asked not in self.useful:
            self.useful[asked] = self.narrowing.of_use(*asked)
        useful = self.useful[asked]
        key = (held.units & useful, held.qualifications & useful, asked)
        if key not in self.known:
            question = self.world.held_in(self.narrowing.asking(*asked), self.held[start], self.rules)
            self.known[key] = _carried(top_up(question, "credit", 0, self.seconds), self.named)
        return self.known[key]


def _pieces(best: Answer, named: Mapping[str, Ref]) -> tuple[Piece, ...]:
    return tuple(Piece(named[i.candidate.code], i.candidate.credit, i.candidate.hours, i.because) for i in best.items)


def _bodies(codes: Iterable[str]) -> dict[str, tuple[Ref, ...]]:
    """The bodies that lead each role."""
    rows = m.RoleBody.objects.filter(LIVE, part=LEADS, role__code__in=codes, organisation__retired_on=None)
    found: dict[str, list[str]] = defaultdict(list)
    for role, body in rows.order_by("pk").values_list("role__code", "organisation__code"):
        found[role].append(body)
    named = refs({code for some in found.values() for code in some}, ("organisation",))
    return {role: tuple(named[code] for code in some) for role, some in found.items()}


def _home(start: tuple[Ref, ...], goal: tuple[Ref, ...]) -> Home:
    crosses = bool(start and goal) and not {b.code for b in start} & {b.code for b in goal}
    if not goal:
        return Home((), crosses, "Missing: no body is on record that leads the role one moves into.")
    named = " and ".join(body.title for body in goal)
    if crosses:
        others = " and ".join(body.title for body in start)
        return Home(goal, True, f"{named}, unless it agrees otherwise with {others}.")
    return Home(goal, False, f"{named}.")


def _shared(found: Iterable[Transition]) -> tuple[Shared, ...]:
    """The sets that carry people across, the one that serves most pairs first."""
    groups: dict[tuple[str, ...], list[Transition]] = defaultdict(list)
    for each in found:
        if each.pieces:
            groups[tuple(p.thing.code for p in each.pieces)].append(each)
    shared = []
    for rows in groups.values():
        goals = {t.goal.code: t.goal for t in rows}
        cost = rows[0].cost or {}
        starts = len({t.start.code for t in rows})
        shared.append(Shared(rows[0].pieces, cost, len(rows), starts, tuple(goals.values())))
    return tuple(sorted(shared, key=lambda s: (-s.pairs, s.cost["credit"].low, s.pieces[0].thing.title)))
