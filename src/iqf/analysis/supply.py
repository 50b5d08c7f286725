"""Does an area have fewer learners than its share of the people they are for, and may that be called under-supply?

Promise: a low ratio is low *take-up*; *under-supplied* is said only where there is evidence of demand or of too
little capacity as well. A count that is suppressed or missing is never taken as 0: the area is *not assessable*, and
the answer says what would settle it. (METHODS, *Take-up and regional supply*.)

Sources: the location quotient of P. S. Florence (1939); limits and funnels as in `limits` and `funnel`; indirect
standardisation as in N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II (1987), p. 65.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from iqf.analysis import funnel
from iqf.analysis.limits import Limits, of_count, of_share
from iqf.analysis.standardise import together

Grade = Literal["under-supplied", "low take-up, cause unknown", "no evidence", "not assessable"]

FEWEST_EXPECTED = 5.0
"""Below so many expected learners a ratio says nothing: one more or less would turn it."""

WITHIN_CHANCE: Final = "It differs from its share by no more than chance."
WITHIN_SPREAD: Final = (
    "Its own limits leave out 1, but areas vary as far anyway, or so many are compared that chance alone brings some "
    "there."
)


@dataclass(frozen=True)
class Area:
    """One area: learners seen, the people they are for, and learners expected by age, sector or role if known.

    `learners` or `base` None: suppressed or not published. `pressed`: None where nothing is known of demand or
    capacity, True where there is evidence of demand not met, False where there is none; `evidence` says it in words.
    """

    code: str
    learners: float | None
    base: float | None
    expected: float | None = None
    pressed: bool | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Shortfall:
    """People short of the area's share: to move from other areas with the total fixed, or to add in this one."""

    reallocated: float
    added: float


@dataclass(frozen=True)
class Ratio:
    """A ratio of what is seen to what would be expected, with its 95 % limits: None where no numbers are known."""

    value: float
    limits: Limits | None


@dataclass(frozen=True)
class Supply:
    """One area's answer. What cannot be had is None; `stands_out`: beyond chance and what areas vary anyway."""

    area: Area
    share: float | None
    base_share: float | None
    quotient: Ratio | None
    standardised: Ratio | None
    stands_out: bool
    shortfall: Shortfall | None
    grade: Grade
    reason: str
    would_settle_it: str


@dataclass(frozen=True)
class Supplies:
    """All areas, in the order given, and how far they vary beyond chance (None where too few areas can tell)."""

    learners: float | None
    base: float | None
    spread: funnel.Spread | None
    areas: tuple[Supply, ...]


@dataclass(frozen=True)
class Whole:
    """What areas are compared with: all learners and all people, as a table prints them or as areas add up to."""

    learners: float | None
    base: float | None


@dataclass(frozen=True)
class _Seen:
    ratio: float
    error: float


def shortfall(learners: float, all_learners: float, base_share: float) -> Shortfall | None:
    """How many people an area is short of its base share; None where it has its share.

    8 % of 10,000 learners where 11 % of people live: 300 reallocated, or 337 added, (800 + d)/(10,000 + d) = 0.11.
    """
    short = base_share * all_learners - learners
    return Shortfall(short, short / (1 - base_share)) if short > 0 and base_share < 1 else None


def supply(
    areas: Sequence[Area], spread: funnel.Spread | None = None, whole: Whole | None = None, whom: str = "learners"
) -> Supplies:
    """Each area's share of learners against its share of the base, graded in words with the reason.

    LQ = (x/X)/(P/P_all), its limits Wilson's of x/X over P/P_all; SPR = O/E, its limits Byar's (exact below 10) over
    E, where `expected` is given. X and P_all are those of `whole` where a table prints them; else sums over areas,
    had only where every area has the number: with a part suppressed nothing is added up. `spread`: overdispersion
    reckoned elsewhere (from authorities, where these are regions); else from these areas, if they are enough.
    Standing out: Benjamini and Hochberg, by errors that match those limits, so that one area alone stands out exactly
    where its limits leave out 1. `whom`: who is counted, in words.
    """
    whole = whole or Whole(together([a.learners for a in areas]), together([a.base for a in areas]))
    seen = [_seen(area, whole) for area in areas]
    known = [one for one in seen if one]
    spread = spread or funnel.spread([one.ratio for one in known], [one.error for one in known])
    tau2 = spread.tau2 if spread else 0.0
    out = iter(funnel.stand_out([funnel.chance(one.ratio, one.error, tau2) for one in known]))
    rows = tuple(
        _answer(area, one, one is not None and next(out), whole, whom) for area, one in zip(areas, seen, strict=True)
    )
    return Supplies(whole.learners, whole.base, spread, rows)


def of_shares(area: str, share: float, base_share: float, would_settle_it: str) -> Supply:
    """One area of which only two shares are known, from 0 to 1: a quotient without limits, so *not assessable*."""
    return Supply(
        area=Area(area, None, None),
        share=share,
        base_share=base_share,
        quotient=Ratio(share / base_share, None),
        standardised=None,
        stands_out=False,
        shortfall=None,
        grade="not assessable",
        reason="Shares are known and no number of learners, so how far chance alone moves them is not.",
        would_settle_it=would_settle_it,
    )


def not_assessable(area: Area, reason: str, would_settle_it: str) -> Supply:
    """An area that cannot be compared at all, whatever is known of it, and why."""
    return Supply(area, None, None, None, None, False, None, "not assessable", reason, would_settle_it)


def _expected(area: Area, whole: Whole) -> float | None:
    if area.expected is not None:
        return area.expected
    if area.base is None or not whole.base or whole.learners is None:
        return None
    return whole.learners * area.base / whole.base


def _seen(area: Area, whole: Whole) -> _Seen | None:
    """The ratio of seen to expected, and its standard error were the true ratio 1; None if it says nothing.

    By age expected learners are a free count, as Byar's limits take them; by people alone they are a share of all.
    """
    expected = _expected(area, whole)
    if area.learners is None or expected is None or expected < FEWEST_EXPECTED:
        return None
    of = whole.learners if area.expected is None else None
    return _Seen(area.learners / expected, funnel.error_of(expected, of))


def _answer(area: Area, seen: _Seen | None, out: bool, whole: Whole, whom: str) -> Supply:
    quotient = share = base_share = short = standardised = None
    if area.base is not None and whole.base:
        base_share = area.base / whole.base
    if area.learners is not None and whole.learners:
        share = area.learners / whole.learners
        if base_share:
            quotient = Ratio(share / base_share, of_share(area.learners, whole.learners).over(base_share))
            short = shortfall(area.learners, whole.learners, base_share)
    if area.expected and area.learners is not None:
        standardised = Ratio(area.learners / area.expected, of_count(area.learners).over(area.expected))
        short = shortfall(area.learners, whole.learners, area.expected / whole.learners) if whole.learners else None
    alone = bool((best := standardised or quotient) and best.limits and not best.limits.holds(1))
    graded = _graded(area, seen, out, alone, whole, whom)
    return Supply(area, share, base_share, quotient, standardised, out, short, *graded)


def _graded(
    area: Area, seen: _Seen | None, out: bool, alone: bool, whole: Whole, whom: str
) -> tuple[Grade, str, str]:
    """The grade, its reason, and what would settle what it leaves open. `alone`: its own limits leave out 1."""
    if seen is None:
        return "not assessable", *_why_not(area, whole, whom)
    if seen.ratio > 1 and (out or alone):
        return "no evidence", f"It has more {whom} than its share.", ""
    if not out:
        return "no evidence", WITHIN_SPREAD if alone else WITHIN_CHANCE, ""
    low = f"It has fewer {whom} than its share"
    if area.pressed:
        return "under-supplied", f"{low}, and {area.evidence}.", ""
    if area.pressed is False:
        none = area.evidence or "nothing shows that more are wanted there"
        return "low take-up, cause unknown", f"{low}, and {none}.", ""
    return (
        "low take-up, cause unknown",
        f"{low}; whether more are wanted there is not known.",
        "Evidence of demand that is not met, such as vacancies, or of too few places.",
    )


def _why_not(area: Area, whole: Whole, whom: str) -> tuple[str, str]:
    if area.learners is None:
        return f"The number of {whom} is not published for this area.", f"The number of its {whom}."
    if area.expected is None and area.base is None:
        return "The number of people is not known for this area.", "The number of people there."
    if _expected(area, whole) is None:
        return "A number is missing for another area, so there is no whole to compare with.", "The missing numbers."
    return f"So few {whom} are expected here that one more or less would turn the answer.", "More years together."
