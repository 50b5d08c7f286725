"""What is the least that carries everybody in one role into another, and whose module would that be?

Everybody in a role has what it requires of all: its mandatory qualifications (of a choice, what every option brings),
and the statements it is on record as needing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from iqf.analysis.routes import Place, asking
from iqf.analysis.rules import Holding, all_units
from iqf.analysis.topup.answering import SECONDS, top_up
from iqf.analysis.topup.records import COSTS, Amount, Answer, Cost, Question, TopUp, Total, Unmet, total
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, find
from iqf.catalogue.rulesets import load_pairs
from iqf.reports.holdings import Holdings, holdings_of
from iqf.reports.targets import on_record
from iqf.reports.things import Ref, refs
from iqf.reports.way_places import Stated, World, surely_held

LEADS = "leads"
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


def transition(start: str, goal: str, on: date, *, seconds: float = SECONDS) -> TransitionsAnswer:
    """What carries holders of one role into another. Raises NotFoundError or AmbiguousError."""
    first, second = find(start, ("role",)), find(goal, ("role",))
    if first.code == second.code:
        raise NotFoundError(f"{first.title} is both where one begins and where one goes; name two different roles.")
    return _Reckoner(on, [first.code, second.code], seconds).answer([first.code], [second.code])


def transitions(on: date, *, seconds: float = SECONDS) -> TransitionsAnswer:
    """What carries holders of each role into each other."""
    codes = sorted(m.Role.objects.filter(LIVE).values_list("code", flat=True))
    return _Reckoner(on, codes, seconds).answer(codes, codes)


class _Reckoner:
    """Every pair is reckoned once for all that begin with the same and need the same."""

    def __init__(self, on: date, codes: Sequence[str], seconds: float) -> None:
        self.seconds = seconds
        self.world = World(find(codes[0], ("role",)), holdings_of([]), {}, Stated({}, {}), load_pairs(), on)
        self.question, self.places, self.rules = self.world.question(set(codes))
        self.named = refs({*codes, *(c.code for c in self.question.candidates)}, ("role", "unit", "qualification"))
        self.bodies = _bodies(codes)
        self.known: dict[object, TopUp] = {}
        self.on_record = on_record(codes)
        self.held = {r.code: self._holdings(r) for r in m.Role.objects.filter(code__in=codes)}
        self.asked: dict[tuple[str, frozenset[str]], Question] = {}

    def answer(self, starts: Iterable[str], goals: Iterable[str]) -> TransitionsAnswer:
        """The transitions of all these pairs."""
        ends = list(goals)
        found = tuple(self._pair(a, b) for a in starts for b in ends if a != b)
        return TransitionsAnswer(found, _shared(found), len(self.held), len(self.known), RULE, self.world.on)

    def _holdings(self, role: m.Role) -> Holdings:
        """What every holder of a role has: what it requires outright, and of each choice what every option brings."""
        sure = holdings_of(surely_held(role), self.world.pairs)
        brought = set(sure.holding.units)
        for options in _choices(role):
            each = [holdings_of([code], self.world.pairs).holding.units for code in options]
            brought |= frozenset.intersection(*each)
        return replace(sure, holding=replace(sure.holding, units=frozenset(brought)))

    def _pair(self, start: str, goal: str) -> Transition:
        place = self.places[goal]
        own = {need.code for need in self.places[start].needs}
        brought = tuple(need.name for need in place.needs if need.code in own)
        left = Place(goal, place.choices, tuple(n for n in place.needs if n.code not in own))
        home = _home(self.bodies.get(start, ()), self.bodies.get(goal, ()))
        nothing = Transition(self.named[start], self.named[goal], "cannot say", None, "", (), None, brought, (), home)
        if goal in self.on_record.silent:
            return replace(nothing, words="Nothing is on record that it asks for.")
        if goal in self.on_record.open:
            nothing = replace(nothing, cost={name: total(()) for name in COSTS})
            return replace(nothing, status="optimal", gap=0, words="Nothing is required: it is open to all.")
        found = self._solved(start, left)
        pieces = _pieces(found.best, self.named) if found.best else ()
        return replace(
            nothing,
            status=found.status,
            gap=found.best.gap if found.best else None,
            words=found.words,
            pieces=pieces,
            cost={name: found.best.cost[name] for name in COSTS} if found.best else None,
            why=tuple(_why(u) for u in found.unmet),
        )

    def _solved(self, start: str, left: Place) -> TopUp:
        choices = tuple((c.title, tuple(o.code for o in c.options)) for c in left.choices)
        key = (self._of_use(self.held[start].holding, left), choices, tuple(n.code for n in left.needs))
        if key not in self.known:
            question = self.world.held_in(self.question, self.held[start], self.rules)
            self.known[key] = top_up(asking(question, [left]), "credit", 0, self.seconds)
        return self.known[key]

    def _of_use(self, held: Holding, left: Place) -> tuple[frozenset[str], frozenset[str]]:
        """What of a holding can matter for a place: where that is the same, so is the answer."""
        options = [o for c in left.choices for o in c.options]
        wanted = {n.code for n in left.needs}
        useful = {u for o in options if o.rules for u in all_units(o.rules.root)} | {o.code for o in options}
        useful |= {code for code, far in self.question.reach.items() if wanted & set(far)}
        tied = (*self.question.equivalents, *self.question.barred)
        while more := {u for same in tied if same & useful for u in same} - useful:
            useful |= more
        return held.units & useful, held.qualifications & useful


def _pieces(best: Answer, named: Mapping[str, Ref]) -> tuple[Piece, ...]:
    return tuple(Piece(named[i.candidate.code], i.candidate.credit, i.candidate.hours, i.because) for i in best.items)


def _why(unmet: Unmet) -> str:
    return f"{unmet.title}: {unmet.why}"


def _choices(role: m.Role) -> list[list[str]]:
    """The qualifications of each group of which everybody in a role has one, wherever they work."""
    rows = role.requirements.filter(LIVE, strength="mandatory", qualification__retired_on=None)
    groups: dict[str, list[str]] = defaultdict(list)
    everywhere: set[str] = set()
    for name, code, area in rows.exclude(choice_group="").values_list("choice_group", "qualification__code", "area"):
        groups[name].append(code)
        everywhere |= {name} if area is None else set()
    return [codes for name, codes in groups.items() if name in everywhere]


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
