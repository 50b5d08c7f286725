"""Where can one get to from a role or qualification, by what effort? And what leads to a role, by stated steps?"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from time import thread_time

from iqf.analysis.routes import MOST_STEPS, steps_along, together
from iqf.analysis.topup.answering import SECONDS, top_up
from iqf.analysis.topup.narrowing import Narrowing
from iqf.analysis.topup.records import COSTS, Cost, TopUp, Total, total
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.reports.holdings import CreditedStatement
from iqf.reports.targets import on_record
from iqf.reports.things import Ref, ref, refs
from iqf.reports.way_kinds import UP, kinds_of
from iqf.reports.way_places import World, stated_links, world_at

STRENGTHEN, NEXT, ENHANCED, ACROSS = "strengthen", "next", "enhanced", "across"
SORTS = (STRENGTHEN, NEXT, ENHANCED, ACROSS)
"""In the role one is in; the next qualifications that are stated; a higher role in the same group; any other role."""
CANNOT_SAY = "cannot say"
OPEN = "it is on record as having no entry requirement"


@dataclass(frozen=True)
class Reachable:
    """A role or qualification that one can get to: what it takes at least, and in how many stated steps (None: none).

    `sort`: one of SORTS. `direction`: *up*, *sideways*, *down* or blank. `crosses`: into another occupational group.
    `open`: that nothing is required is on record.
    """

    thing: Ref
    sort: str
    direction: str
    crosses: bool
    status: str
    cost: Mapping[Cost, Total] | None
    stated_steps: int | None
    why: str
    open: bool = False


@dataclass(frozen=True)
class ReachAnswer:
    """Everything that one can get to, least effort first; what cannot be reached comes last.

    `qualifications`: those that the role asks for and that are not held, and those that stated steps lead to.
    """

    start: Ref
    held: tuple[Ref, ...]
    cost: Cost
    roles: tuple[Reachable, ...]
    qualifications: tuple[Reachable, ...]
    as_of: date
    credited: tuple[CreditedStatement, ...] = ()

    def of(self, sort: str) -> tuple[Reachable, ...]:
        """Those of one sort, least effort first."""
        return tuple(r for r in (*self.qualifications, *self.roles) if r.sort == sort)


AT_ONCE = 300
"""So many places are read together; a country has thousands."""
NOT_RECKONED = "the time for this answer was over before it was reckoned; ask for the way there alone"


def reach(
    start: str, on: date, *, held: Sequence[str] = (), cost: Cost = "credit", seconds: float = SECONDS
) -> ReachAnswer:
    """Every role, and the next qualifications, with what each takes and the stated steps that lead there, if any.

    `start`: a role, or a qualification. `seconds`: of the processor; what is farthest away is not reckoned when they
    are over, and says so. Raises NotFoundError or AmbiguousError.
    """
    until = thread_time() + seconds
    around = Around(world_at(start, on, held), cost)
    places = []
    for codes in around.nearest(around.stated | around.not_stated):
        if thread_time() < until:
            around.read(codes)
        places += [around.to(c) if thread_time() < until else around.not_reckoned(c) for c in codes]
    found = sorted(places, key=around.order)
    wholes = tuple(r for r in found if r.thing.kind == "qualification")
    roles = tuple(r for r in found if r not in wholes)
    return ReachAnswer(ref(around.world.start), around.held, cost, roles, wholes, on, around.credited)


class Around:
    """What lies around somebody: places are named, then read together, and each is reckoned when it is asked for."""

    def __init__(self, world: World, cost: Cost = "credit", near: int = MOST_STEPS) -> None:
        self.world, self.cost, self.near = world, cost, near
        self.steps = steps_along(world.links, world.start.code)
        self.held = tuple(ref(t) for t in world.holdings.things)
        self.credited = world.holdings.statements
        self._named: dict[str, _Naming] = {}
        self._read: dict[str, _Reading] = {}
        self._asked: dict[object, TopUp] = {}

    @cached_property
    def stated(self) -> frozenset[str]:
        """The codes of the roles to which a few stated steps lead, and of the qualifications that come next."""
        near = {code for code, steps in self.steps.items() if 0 < steps <= self.near}
        return frozenset(_qualifications(self.world) | set(_standing_roles(near))) - {self.world.start.code}

    @property
    def not_stated(self) -> frozenset[str]:
        """The codes of all other roles."""
        return frozenset(_standing_roles()) - self.stated - {self.world.start.code}

    def nearest(self, codes: Collection[str]) -> list[list[str]]:
        """Name these places: their codes, those at fewest stated steps first, in lists to be read each at once."""
        fresh = set(codes) - set(self._named)
        if fresh:
            self._named |= dict.fromkeys(fresh, _Naming(self.world, fresh))
        order = sorted(codes, key=lambda code: (self.steps.get(code, len(self.steps)), code))
        return [order[n : n + AT_ONCE] for n in range(0, len(order), AT_ONCE)]

    def read(self, codes: Collection[str]) -> None:
        """Read what these places ask for, together."""
        fresh = set(codes) - set(self._read)
        if fresh:
            self._read |= dict.fromkeys(fresh, _Reading(self.world, fresh))

    def kind_of(self, code: str) -> Reachable:
        """What a place that was named is, without what it takes."""
        return self._named[code].kind(self.world, code, self.steps.get(code))

    def not_reckoned(self, code: str) -> Reachable:
        """A place for which there was no time."""
        return replace(self.kind_of(code), why=NOT_RECKONED)

    def found(self, code: str) -> TopUp:
        """The top-up for a place that was read: reckoned once for all that ask for the same."""
        read = self._read[code]
        choices, needs = asked = together([read.places[code]])
        if asked not in self._asked:
            self._asked[asked] = top_up(read.narrowing.asking(choices, needs), self.cost, 0)
        return self._asked[asked]

    def to(self, code: str) -> Reachable:
        """A place with what it takes; it was read, unless nothing is on record that it asks for."""
        place = self.kind_of(code)
        if code in self._named[code].on_record.silent:
            return replace(place, why="nothing is on record that it asks for")
        if place.open:
            return replace(place, status="optimal", cost={name: total(()) for name in COSTS}, why=OPEN)
        found = self.found(code)
        why = found.unmet[0].why if found.unmet else found.words
        cost = found.best.cost if found.best else None
        return replace(place, status=found.status, cost=cost, why=why)

    def order(self, place: Reachable) -> tuple[object, ...]:
        """Least effort first, then fewest stated steps."""
        return (*_effort(place, self.cost), place.stated_steps or 99, place.thing.title)


class _Reading:
    """What places ask for that were read together, and all that can be taken for it."""

    def __init__(self, world: World, codes: Collection[str]) -> None:
        question, self.places, _ = world.question(codes)
        self.narrowing = Narrowing(question)


class _Naming:
    """What places are called, where they stand, and in which groups."""

    def __init__(self, world: World, codes: Collection[str]) -> None:
        self.kinds = kinds_of({world.start.code, *codes})
        self.named = refs(codes, ("role", "qualification"))
        self.on_record = on_record(codes)

    def kind(self, world: World, code: str, steps: int | None) -> Reachable:
        """What a place is to somebody in the world, without what it takes."""
        start, thing, groups = world.start.code, self.named[code], self.kinds.groups
        direction, crosses = self.kinds.direction(start, code), self.kinds.crosses(start, code)
        own = isinstance(world.start, m.Role) and code in world.asked_here
        same_group = bool(groups.get(start)) and bool(groups.get(code)) and not crosses
        if thing.kind == "qualification":
            sort = STRENGTHEN if own else NEXT
        else:
            sort = ENHANCED if direction == UP and same_group else ACROSS
        nothing = code in self.on_record.open
        return Reachable(thing, sort, direction, crosses, CANNOT_SAY, None, steps, "", nothing)


def _standing_roles(codes: Collection[str] | None = None) -> Iterable[str]:
    """The codes of all standing roles, or of those among these."""
    roles = m.Role.objects.filter(LIVE) if codes is None else m.Role.objects.filter(LIVE, code__in=codes)
    return roles.values_list("code", flat=True)


def _qualifications(world: World) -> set[str]:
    """What the role asks for and is not held, and what the qualifications that are held are stated to lead to."""
    onward = set(world.links.get(world.start.code, ()))
    standing = m.Qualification.objects.filter(LIVE, code__in=onward).values_list("code", flat=True)
    return set(standing) - world.holdings.holding.qualifications


def _effort(role: Reachable, cost: Cost) -> tuple[int, int]:
    """Impossible last, before it what nobody can say; without an upper bound after what has one; else by the most."""
    if role.cost is None:
        return 3 if role.status == "impossible" else 2, 0
    spent = role.cost[cost]
    return (1, spent.low) if spent.high is None else (0, spent.high)


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
    stated = stated_links()
    away = {c: n for c, n in steps_along(stated.back, end.code, most_steps).items() if n}
    named = refs({*away, end.code}, ("role", "qualification"))
    origins = [
        Origin(named[c], n, tuple(named[b] for b in stated.onward[c] if b != end.code and away.get(b) == n - 1))
        for c, n in away.items()
    ]
    origins.sort(key=lambda o: (o.steps, o.thing.kind, o.thing.title))
    return ArriveAnswer(named[end.code], most_steps, tuple(origins), on)
