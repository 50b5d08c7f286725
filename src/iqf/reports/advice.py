"""What should somebody in this role, and whoever advises them, know before they talk about the next step?

One page: the role for an outsider, what is held against it, and three next steps: strengthen here, move up, move
across. Each is the least effort of its kind that is on record, stated steps first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iqf.analysis.topup.records import Cost, Total
from iqf.catalogue import models as m
from iqf.reports.holdings import CreditedStatement
from iqf.reports.official import official_rows_of
from iqf.reports.reach import ACROSS, ENHANCED, NEXT, STRENGTHEN, Reachable, ReachAnswer, arrive, reach
from iqf.reports.role import RoleAnswer
from iqf.reports.role import role as role_report
from iqf.reports.things import Ref
from iqf.reports.topup import TopUpAnswer, topup

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
    around = reach(code, on, held=held)
    own = [thing.code for thing in around.held] if not held else list(held)
    against = topup(own, code, on, alternatives=0)
    origins = arrive(code, on, most_steps=NEAR).origins
    return AdviceAnswer(
        role=about,
        come_from=tuple(o.thing for o in origins if o.thing.kind == "role")[:MOST_ORIGINS],
        held=around.held,
        assumed=not held,
        against=against,
        steps=tuple(_steps(about, around, against, own, on)),
        offers=NO_OFFERS,
        as_of=on,
        credited=around.credited,
    )


def _steps(
    about: RoleAnswer, around: ReachAnswer, against: TopUpAnswer, held: list[str], on: date
) -> Iterable[NextStep]:
    if against.best and against.best.items:
        yield _step(STAY, about.role, against, None, False, on)
    elif stronger := _first(around.of(STRENGTHEN), lambda r: r.direction == "down"):
        yield _reckoned(STAY, stronger, held, on)
    up = (*around.of(ENHANCED), *around.of(NEXT), *(r for r in around.of(ACROSS) if r.direction == "up"))
    if higher := _first(up, lambda r: r.sort != ENHANCED):
        yield _reckoned(MOVE_UP, higher, held, on)
    level = [r for r in around.of(ACROSS) if r.direction != "up"]
    if other := _first(level, lambda r: r.direction != "sideways"):
        yield _reckoned(MOVE_ACROSS, other, held, on)


def _first(found: Iterable[Reachable], later: Callable[[Reachable], bool]) -> Reachable | None:
    """The best to speak of: reached, something asked for, stated, of the right kind, then least effort."""
    ranked = [r for r in found if r.cost is not None and r.status != "impossible"]

    def order(r: Reachable) -> tuple[bool, bool, bool, bool, int, int]:
        spent = (r.cost or {})["credit"]
        return r.open, r.stated_steps is None, later(r), spent.high is None, spent.low, r.stated_steps or 0

    return min(ranked, key=order, default=None)


def _reckoned(kind: str, to: Reachable, held: list[str], on: date) -> NextStep:
    return _step(kind, to.thing, topup(held, to.thing.code, on, alternatives=0), to.stated_steps, to.crosses, on)


def _step(kind: str, thing: Ref, found: TopUpAnswer, stated: int | None, crosses: bool, on: date) -> NextStep:
    way = found.best
    if way is None:
        raise ValueError("only what can be reached is a next step")
    takes = tuple(item.thing for item in way.items)
    about = {t.code: t for t in (*takes, *way.through, thing) if t.kind == "qualification"}
    have = {t.code for t in found.held}
    asked = (a.qualification for a in found.shown if a.strength == "significant")
    usual = tuple(q for q in asked if q.code not in have)
    proven = way.status == "optimal"
    return NextStep(kind, thing, takes, way.cost, stated, crosses, proven, usual, _funds(about, on))


def _funds(things: Mapping[str, Ref], on: date) -> tuple[Fund, ...]:
    """The approvals on official lists that stand on the day."""
    found = {}
    for thing in m.Qualification.objects.filter(code__in=things):
        for row in official_rows_of(thing):
            for fund in row.funding if row.standing else ():
                if (not fund.start or fund.start <= on.isoformat()) and (not fund.end or fund.end >= on.isoformat()):
                    found[thing.code, fund.stream] = Fund(things[thing.code], fund.stream, fund.end)
    return tuple(found.values())
