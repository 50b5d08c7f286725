"""What should somebody in this role, and whoever advises them, know before they talk about the next step?

One page: the role for an outsider, what is held against it, and three next steps: strengthen here, move up, move
across. Each is the least effort of its kind that is on record, stated steps first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from iqf.analysis.topup.records import Cost, Total
from iqf.catalogue import models as m
from iqf.reports.asked import Asked, asked_by
from iqf.reports.holdings import CreditedStatement
from iqf.reports.official import official_rows_of
from iqf.reports.reach import ACROSS, ENHANCED, NEXT, STRENGTHEN, Around, Reachable, arrive
from iqf.reports.role import RoleAnswer
from iqf.reports.role import role as role_report
from iqf.reports.things import Ref, refs
from iqf.reports.topup import TopUpAnswer, topup_alone
from iqf.reports.way_places import world_at

STAY, MOVE_UP, MOVE_ACROSS = "strengthen here", "move up", "move across"
NO_OFFERS = "Who teaches this near you is not held yet."
NEAR = 2
"""From how many stated steps away people are said to come."""
MOST_ORIGINS = 5


@dataclass(frozen=True)
class Fund:
    """An official approval for public funding of something that the step takes, standing on the day."""

    thing: Ref
    stream: str
    until: str


@dataclass(frozen=True)
class NextStep:
    """One next step: where it leads, what is taken for it, what that costs, and what is on record of its funding.

    `stated`: in how many stated steps it is reached; None: no route there is stated. `usual`: qualifications that the
    place asks for significantly, which nobody must have and which are not held.
    """

    kind: str
    thing: Ref
    takes: tuple[Ref, ...]
    cost: Mapping[Cost, Total]
    stated: int | None
    crosses: bool
    proven: bool
    usual: tuple[Ref, ...]
    funds: tuple[Fund, ...]


@dataclass(frozen=True)
class AdviceAnswer:
    """The role, how people come to be in it, what is held against it, and up to three next steps.

    `assumed`: nothing was given, so what everybody in the role must hold is taken as held. `against`: what the role
    itself still asks of the holder.
    """

    role: RoleAnswer
    come_from: tuple[Ref, ...]
    held: tuple[Ref, ...]
    assumed: bool
    against: TopUpAnswer
    steps: tuple[NextStep, ...]
    offers: str
    as_of: date
    credited: tuple[CreditedStatement, ...] = ()

    def step(self, kind: str) -> NextStep | None:
        """The step of a kind; None where none is on record."""
        return next((step for step in self.steps if step.kind == kind), None)


def advice(text: str, on: date, *, held: Sequence[str] = ()) -> AdviceAnswer:
    """The advice for somebody in the role called `text`. Raises NotFoundError or AmbiguousError."""
    about = role_report(text, on)
    code = about.role.code
    world = world_at(code, on, held)
    around = Around(world)
    against = topup_alone(world.holdings, code, on, world.pairs)
    origins = arrive(code, on, most_steps=NEAR).origins
    return AdviceAnswer(
        role=about,
        come_from=tuple(o.thing for o in origins if o.thing.kind == "role")[:MOST_ORIGINS],
        held=around.held,
        assumed=not held,
        against=against,
        steps=tuple(_steps(about, around, against)),
        offers=NO_OFFERS,
        as_of=on,
        credited=around.credited,
    )


def _steps(about: RoleAnswer, around: Around, against: TopUpAnswer) -> Iterable[NextStep]:
    if against.best and against.best.items:
        yield _own(about.role, against)
    elif stronger := _first(around, {STRENGTHEN: lambda r: True}, lambda r: r.direction == "down"):
        yield _reckoned(STAY, stronger, around)
    up: Sorts = {ENHANCED: lambda r: True, NEXT: lambda r: True, ACROSS: lambda r: r.direction == "up"}
    if higher := _first(around, up, lambda r: r.sort != ENHANCED):
        yield _reckoned(MOVE_UP, higher, around)
    level: Sorts = {ACROSS: lambda r: r.direction != "up"}
    if other := _first(around, level, lambda r: r.direction != "sideways"):
        yield _reckoned(MOVE_ACROSS, other, around)


Sorts = Mapping[str, Callable[[Reachable], bool]]


def _first(around: Around, sorts: Sorts, later: Callable[[Reachable], bool]) -> Reachable | None:
    """The best to speak of: reached, something asked for, stated, of the right kind, then least effort.

    What comes later is read and reckoned only where nothing comes before it: a country has thousands of roles.
    """
    for open_to_all, stated in product((False, True), (True, False)):
        for codes in around.nearest(around.stated if stated else around.not_stated):
            around.read(codes)
            near = [r for r in map(around.kind_of, codes) if r.open is open_to_all]
            kinds = [r for r in near if r.sort in sorts and sorts[r.sort](r)]
            for waits in (False, True):
                reckoned = (around.to(r.thing.code) for r in kinds if later(r) is waits)
                if ranked := [r for r in reckoned if r.cost is not None and r.status != "impossible"]:
                    places = list(sorts)
                    return min(ranked, key=lambda r: (_least(r), places.index(r.sort), around.order(r)))
    return None


def _least(place: Reachable) -> tuple[bool, int, int]:
    spent = (place.cost or {})["credit"]
    return spent.high is None, spent.low, place.stated_steps or 0


def _reckoned(kind: str, to: Reachable, around: Around) -> NextStep:
    """A place as a next step: what is taken for it is what its effort was reckoned from."""
    way = around.found(to.thing.code).best
    if way is None:
        raise ValueError("only what can be reached is a next step")
    taken, through = [item.candidate.code for item in way.items], list(way.via.values())
    named = refs({*taken, *through}, ("unit", "qualification"))
    things = tuple(named[code] for code in taken)
    about = [*things, *(named[code] for code in through), to.thing]
    shown = [a for asks in asked_by(_role_ids(to.thing)).values() for a in asks]
    proven, on = way.status == "optimal", around.world.on
    usual = _usual(shown, around.held)
    return NextStep(
        kind, to.thing, things, to.cost or {}, to.stated_steps, to.crosses, proven, usual, _funds(about, on)
    )


def _role_ids(thing: Ref) -> list[int]:
    return list(m.Role.objects.filter(code=thing.code).values_list("pk", flat=True)) if thing.kind == "role" else []


def _own(role: Ref, found: TopUpAnswer) -> NextStep:
    """What the role one is in still asks for, as a next step."""
    way = found.best
    if way is None:
        raise ValueError("only what can be reached is a next step")
    takes = tuple(item.thing for item in way.items)
    funds = _funds((*takes, *way.through, role), found.as_of)
    proven = way.status == "optimal"
    return NextStep(STAY, role, takes, way.cost, None, False, proven, _usual(found.shown, found.held), funds)


def _usual(shown: Iterable[Asked], held: Iterable[Ref]) -> tuple[Ref, ...]:
    have = {thing.code for thing in held}
    asked = (a.qualification for a in shown if a.strength == "significant")
    return tuple(q for q in asked if q.code not in have)


def _funds(about: Iterable[Ref], on: date) -> tuple[Fund, ...]:
    """The approvals on official lists that stand on the day."""
    things = {thing.code: thing for thing in about if thing.kind == "qualification"}
    found = {}
    for thing in m.Qualification.objects.filter(code__in=things) if things else ():
        for row in official_rows_of(thing):
            for fund in row.funding if row.standing else ():
                if (not fund.start or fund.start <= on.isoformat()) and (not fund.end or fund.end >= on.isoformat()):
                    found[thing.code, fund.stream] = Fund(things[thing.code], fund.stream, fund.end)
    return tuple(found.values())
