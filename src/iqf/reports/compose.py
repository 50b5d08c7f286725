"""Which existing units would make a qualification for a role or a set of statements, and what must people decide?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from iqf.analysis.compose import SECONDS, Brief, Composition
from iqf.analysis.compose import compose as found
from iqf.analysis.composed import Share, shares, sizes
from iqf.analysis.topup.records import Amount, Total
from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError, find
from iqf.catalogue.rulesets import load_pairs, unit_fact
from iqf.codes import LEVELS, level_rank, parse_level
from iqf.reports.composition import (
    Assessed,
    Existing,
    FrameworkReached,
    Repeat,
    assessed,
    existing_like,
    frameworks_reached,
    instead_of,
)
from iqf.reports.composition_decisions import decisions_on
from iqf.reports.holdings import CreditedStatement, Holdings, holdings_of
from iqf.reports.takeable import only_in_closed, reach_of, unit_candidate
from iqf.reports.targets import Target, Wanted, key, target_called
from iqf.reports.things import Ref, ref, refs

NO_OFFERS = "Offers are not held yet, so it cannot be said here which of these units somebody teaches."
NO_OWNER = "owner not known"
NO_LEVEL = "level not known"


@dataclass(frozen=True)
class Limits:
    """Which units may be used. `owners`: only theirs; `levels`: only these; `only_open`: only what can be begun now.

    `most_credit`: no more in all. `fully`: statements are to be reached in full, not just partly.
    """

    most_credit: int | None = None
    owners: tuple[Ref, ...] = ()
    levels: tuple[str, ...] = ()
    only_open: bool = False
    fully: bool = False


@dataclass(frozen=True)
class Part:
    """A unit of the composition. `covers`: the statements asked for that it reaches, and how far.

    `closed`: it stands only in qualifications that nobody can begin on the day.
    """

    unit: Ref
    credit: Amount
    hours: Amount
    covers: tuple[tuple[Wanted, str], ...]
    closed: bool


@dataclass(frozen=True)
class Missing:
    """A statement that is not reached: why, and whether no unit at all reaches it."""

    statement: Wanted
    gap: bool
    why: str


@dataclass(frozen=True)
class ComposeAnswer:
    """The composition, its proof, what it is like, and what must be decided by people.

    `by_held`: statements that what is held reaches already, or that an assessor credited. `shares` are by level and
    by owner. `repeats`: statements that more than one unit reaches; `instead`: for each unit, what was left out that
    would have repeated it. `unsized`: units left out because credit is limited and theirs is not known.
    """

    target: Ref
    held: tuple[Ref, ...]
    limits: Limits
    wanted: tuple[Wanted, ...]
    status: str
    gap: int | None
    words: str
    parts: tuple[Part, ...]
    credit: Total
    hours: Total
    sizes: tuple[str, ...]
    levels: tuple[Share, ...]
    owners: tuple[Share, ...]
    by_held: tuple[Wanted, ...]
    missing: tuple[Missing, ...]
    repeats: tuple[Repeat, ...]
    instead: tuple[tuple[Ref, tuple[Ref, ...]], ...]
    left_out: int
    frameworks: tuple[FrameworkReached, ...]
    existing: tuple[Existing, ...]
    assessed: Assessed
    offers: str
    decisions: tuple[str, ...]
    as_of: date
    credited: tuple[CreditedStatement, ...] = ()
    unsized: tuple[Ref, ...] = ()

    @property
    def covered(self) -> tuple[Wanted, ...]:
        """The statements that the units reach."""
        codes = {(w.framework, w.code) for part in self.parts for w, _ in part.covers}
        return tuple(w for w in self.wanted if (w.framework, w.code) in codes)


def limits_called(
    most_credit: int | None = None, owners: Sequence[str] = (), levels: str = "", *, only_open: bool = False
) -> Limits:
    """Limits as they were typed. `levels`: `3`, `3,4` or `2-4`. Raises NotFoundError or AmbiguousError."""
    named = tuple(ref(find(text, ("organisation",))) for text in owners)
    return Limits(most_credit, named, levels_called(levels), only_open)


def levels_called(text: str) -> tuple[str, ...]:
    """The levels that `3`, `3,4` or `2-4` names; none for a blank. Raises NotFoundError."""
    found: list[str] = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        low, dash, high = (end.strip() for end in part.partition("-"))
        ends = [parse_level(end) for end in ((low, high) if dash else (low, low))]
        known = [level for level in ends if level in LEVELS]
        if len(known) < 2 or level_rank(known[0]) > level_rank(known[1]):
            raise NotFoundError(f'"{part}" is no level; write one such as 3, several such as 3,4, or from-to: 2-4.')
        found += [each for each in LEVELS if level_rank(known[0]) <= level_rank(each) <= level_rank(known[1])]
    return tuple(dict.fromkeys(found))


def compose(
    target: str, on: date, *, held: Sequence[str] = (), limits: Limits | None = None, seconds: float = SECONDS
) -> ComposeAnswer:
    """The composition for a role, a framework or statements with commas between, on a day.

    `held`: what somebody holds, so that only the addition is composed. Raises NotFoundError or AmbiguousError;
    NotFoundError too where no statement is on record that the target needs.
    """
    pairs, within = load_pairs(), limits or Limits()
    goal = target_called(target, on, pairs)
    if not goal.wanted:
        raise NotFoundError(
            f"No statements are on record that {goal.ref.title} needs, so nothing can be composed for it; name "
            "statements instead, such as CC1, CC2."
        )
    holdings = holdings_of(held, pairs)
    needs = holdings.left(goal.needs(within.fully))
    reach, by_machine = reach_of(needs)
    units = {u.code: u for u in m.Unit.objects.filter(code__in=reach, retired_on=None).select_related("owner")}
    closed = only_in_closed(set(units), on)
    equivalents, barred = pairs.about(sorted({*reach, *holdings.holding.units}))
    candidates = tuple(unit_candidate(unit_fact(u)) for u in units.values() if _may_be_used(u, within, closed))
    brief = Brief(
        needs=needs,
        candidates=candidates,
        reach={code: far for code, far in reach.items() if code in units or code in holdings.holding.units},
        equivalents=equivalents,
        barred=barred,
        held=holdings.holding.units,
        most_credit=within.most_credit,
    )
    answer = found(brief, seconds)
    unsized = _unsized(brief)
    named = refs({*(c.code for c in answer.chosen), *unsized}, ("unit",))
    composed = _answer(goal, answer, brief, named, within, closed, by_machine, holdings, on)
    return replace(composed, unsized=tuple(named[code] for code in unsized))


def _unsized(brief: Brief) -> list[str]:
    """Units that reach something asked for, which no limit of credit can let in: they might be of any size."""
    if brief.most_credit is None:
        return []
    asked = {need.code for need in brief.needs}
    return [c.code for c in brief.candidates if c.credit.high is None and asked & set(brief.reach.get(c.code, ()))]


def _may_be_used(unit: m.Unit, limits: Limits, closed: Collection[str]) -> bool:
    owner = unit.owner.code if unit.owner else ""
    return (
        (not limits.owners or owner in {o.code for o in limits.owners})
        and (not limits.levels or unit.level in limits.levels)
        and not (limits.only_open and unit.code in closed)
    )


def _answer(
    goal: Target,
    answer: Composition,
    brief: Brief,
    named: Mapping[str, Ref],
    limits: Limits,
    closed: Collection[str],
    by_machine: bool,
    holdings: Holdings,
    on: date,
) -> ComposeAnswer:
    wanted = {key(w.framework, w.code): w for w in goal.wanted}
    parts = tuple(
        Part(
            unit=named[c.code],
            credit=c.credit,
            hours=c.hours,
            covers=tuple((wanted[n], far_of(brief, c.code, n)) for n in answer.reached[c.code]),
            closed=c.code in closed,
        )
        for c in answer.chosen
    )
    credits = {p.unit.code: p.credit for p in parts}
    chosen = list(credits)
    composed = ComposeAnswer(
        target=goal.ref,
        held=tuple(ref(t) for t in holdings.things),
        limits=limits,
        wanted=goal.wanted,
        status=answer.status,
        gap=answer.gap,
        words=answer.words,
        parts=parts,
        credit=answer.credit,
        hours=answer.hours,
        sizes=sizes(answer.credit) if parts else (),
        levels=shares(credits, {p.unit.code: p.unit.level or NO_LEVEL for p in parts}),
        owners=shares(credits, {p.unit.code: p.unit.owner or NO_OWNER for p in parts}),
        by_held=tuple(wanted[code] for code in _reached_already(answer, holdings, wanted)),
        missing=tuple(Missing(wanted[m.need.code], m.gap, m.why) for m in answer.missing),
        repeats=_repeats(answer, wanted, named),
        instead=instead_of(chosen, answer.spare, brief, named),
        left_out=len(answer.spare),
        frameworks=frameworks_reached(chosen),
        existing=existing_like(chosen, brief.equivalents),
        assessed=assessed(chosen),
        offers=NO_OFFERS,
        decisions=(),
        as_of=on,
        credited=holdings.statements,
    )
    return decisions_on(composed, goal, by_machine)


def _reached_already(answer: Composition, holdings: Holdings, wanted: Collection[str]) -> list[str]:
    """What units held reach, and what was credited, which the composition was not asked for."""
    credited = (key(s.framework, s.code) for s in holdings.statements)
    return [*answer.by_held, *(code for code in credited if code in wanted and code not in answer.by_held)]


def far_of(brief: Brief, unit: str, need: str) -> str:
    """*fully* where the unit, or an equivalent of it, reaches a statement fully; else *partly*."""
    same = {unit, *(u for e in brief.equivalents if unit in e for u in e)}
    return "fully" if any(brief.reach.get(u, {}).get(need) == "fully" for u in same) else "partly"


def _repeats(answer: Composition, wanted: Mapping[str, Wanted], named: Mapping[str, Ref]) -> tuple[Repeat, ...]:
    by: dict[str, list[str]] = {}
    for code, needs in answer.reached.items():
        for need in needs:
            by.setdefault(need, []).append(code)
    return tuple(
        Repeat(wanted[n], tuple(named[c] for c in codes)) for n, codes in by.items() if len(codes) > 1 and n in wanted
    )
