"""Where can one get to from a role or qualification, by what effort? And what leads to a role, by stated steps?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iqf.analysis.routes import MOST_STEPS, asking, steps_along
from iqf.analysis.topup.answering import top_up
from iqf.analysis.topup.records import COSTS, Cost, Question, Total, total
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.reports.holdings import CreditedStatement
from iqf.reports.targets import on_record
from iqf.reports.things import Ref, ref, refs
from iqf.reports.way_kinds import UP, Kinds, kinds_of
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


def reach(start: str, on: date, *, held: Sequence[str] = (), cost: Cost = "credit") -> ReachAnswer:
    """Every role, and the next qualifications, with what each takes and the stated steps that lead there, if any.

    `start`: a role, or a qualification. Raises NotFoundError or AmbiguousError.
    """
    world = world_at(start, on, held)
    roles = set(m.Role.objects.filter(LIVE).values_list("code", flat=True)) - {world.start.code}
    further = _qualifications(world) - {world.start.code}
    question, places, _ = world.question(roles | further)
    kinds = kinds_of({world.start.code, *places})
    named = refs(places, ("role", "qualification"))
    steps = steps_along(world.links, world.start.code)
    asked: dict[object, tuple[str, Mapping[Cost, Total] | None, str]] = {}
    found = []
    known = on_record(roles)
    for code in sorted(places):
        if code in known.silent or code in known.open:
            found.append(_reachable(world, named[code], kinds, _not_asking(code in known.open), steps.get(code)))
            continue
        joint = asking(question, [places[code]])
        same = (joint.choices, joint.needs)
        if same not in asked:
            asked[same] = _effort_for(joint, cost)
        found.append(_reachable(world, named[code], kinds, asked[same], steps.get(code)))
    found.sort(key=lambda r: (*_effort(r, cost), r.stated_steps or 99, r.thing.title))
    about = ref(world.start)
    wholes = tuple(r for r in found if r.thing.kind == "qualification")
    return ReachAnswer(
        about,
        tuple(ref(t) for t in world.holdings.things),
        cost,
        tuple(r for r in found if r not in wholes),
        wholes,
        on,
        world.holdings.statements,
    )


def _qualifications(world: World) -> set[str]:
    """What the role asks for and is not held, and what the qualifications that are held are stated to lead to."""
    onward = set(world.links.get(world.start.code, ()))
    standing = m.Qualification.objects.filter(LIVE, code__in=onward).values_list("code", flat=True)
    return set(standing) - world.holdings.holding.qualifications


def _reachable(
    world: World,
    thing: Ref,
    kinds: Kinds,
    effort: tuple[str, Mapping[Cost, Total] | None, str],
    steps: int | None,
) -> Reachable:
    direction = kinds.direction(world.start.code, thing.code)
    crosses = kinds.crosses(world.start.code, thing.code)
    own = isinstance(world.start, m.Role) and thing.code in world.asked_here
    same_group = bool(kinds.groups.get(world.start.code)) and bool(kinds.groups.get(thing.code)) and not crosses
    if thing.kind == "qualification":
        sort = STRENGTHEN if own else NEXT
    else:
        sort = ENHANCED if direction == UP and same_group else ACROSS
    status, cost, why = effort
    return Reachable(thing, sort, direction, crosses, status, cost, steps, why, why == OPEN)


def _effort(role: Reachable, cost: Cost) -> tuple[int, int]:
    """Impossible last, before it what nobody can say; without an upper bound after what has one; else by the most."""
    if role.cost is None:
        return 3 if role.status == "impossible" else 2, 0
    spent = role.cost[cost]
    return (1, spent.low) if spent.high is None else (0, spent.high)


def _not_asking(open_to_all: bool) -> tuple[str, Mapping[Cost, Total] | None, str]:
    """The effort for a role of which nothing is on record that it asks for, unless it is on record as open to all."""
    if not open_to_all:
        return CANNOT_SAY, None, "nothing is on record that it asks for"
    return "optimal", {name: total(()) for name in COSTS}, OPEN


def _effort_for(joint: Question, cost: Cost) -> tuple[str, Mapping[Cost, Total] | None, str]:
    """Status, what it takes at least, and why, for what is asked."""
    found = top_up(joint, cost, 0)
    why = found.unmet[0].why if found.unmet else found.words
    return found.status, found.best.cost if found.best else None, why


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
