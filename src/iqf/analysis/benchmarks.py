"""Which areas are like this one, and how does its number stand beside theirs?

Promise: likeness is by one stated rule, and a number whose base is too small is not compared at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import median, pstdev
from typing import Final, Literal

from iqf.analysis.limits import Limits

Against = Literal["above", "about", "below", ""]

LIKE: Final = 10
"""How many like areas are compared with."""
FEWEST: Final = 20.0
"""People in post below which one leaver more or less moves a rate by five percent or more: not compared."""


@dataclass(frozen=True)
class Beside:
    """A number beside that of others: the middle of those that are known, how many, and how many lie below it."""

    middle: float
    known: int
    below: int


Measures = Mapping[str, Mapping[str, float]]
"""Of each measure, by its name, what it is of each area, by its code: a ratio scale, above 0 where it is known."""


def known_of(area: str, measures: Measures) -> tuple[str, ...]:
    """The measures that are known of an area: those by which others can be like it."""
    return tuple(name for name, values in measures.items() if values.get(area, 0) > 0)


def alike(
    area: str, measures: Measures, groups: Mapping[str, str] | None = None, count: int = LIKE
) -> tuple[str, ...]:
    """The areas nearest by all measures known of an area, nearest first, among those of its own group; else none.

    d² = Σ ((log x − log own) / s)², s being the standard deviation of log x over the areas, of any group, of which
    all these measures are known: the Euclidean distance of standardised variables, by which statistical neighbours of
    English authorities are made (Benton and others, The development of the children's services statistical neighbour
    benchmarking model, National Foundation for Educational Research, 2007), here with equal weights. A measure that
    is the same everywhere tells none apart. Ties by code. An area of which one of them is not known is like no other.
    """
    names = known_of(area, measures)
    if not names:
        return ()
    codes = [code for code in measures[names[0]] if all(measures[name].get(code, 0) > 0 for name in names)]
    logs = {name: {code: log(measures[name][code]) for code in codes} for name in names}
    spread = {name: pstdev(values.values()) for name, values in logs.items()}
    told = [name for name in names if spread[name] > 0]
    group = (groups or {}).get(area)
    others = [code for code in codes if code != area and (groups or {}).get(code) == group]
    far = {c: sum(((logs[n][c] - logs[n][area]) / spread[n]) ** 2 for n in told) for c in others}
    return tuple(sorted(far, key=lambda code: (far[code], code))[:count])


def beside(value: float, others: Sequence[float | None]) -> Beside | None:
    """A number beside others; None where none of them is known. What is not known is left out and not counted."""
    known = [other for other in others if other is not None]
    return Beside(median(known), len(known), sum(other < value for other in known)) if known else None


def unfit(in_post: float | None) -> str:
    """Why a rate of this base is not compared, in a sentence; blank where it is fit."""
    if in_post is None:
        return "How many are in post is not published, so it is not known how much the rate says."
    if in_post < FEWEST:
        return f"Only {in_post:g} are in post: one more or less would move the rate too far to compare it."
    return ""


def against(limits: Limits | None, reference: float | None) -> Against:
    """Where a rate's limits lie beside a number that is taken as known: above it, below it, or about it.

    Blank where either is not known. (As English public health compares a place with the country: by whether the
    limits of the place leave out the country's number.)
    """
    if limits is None or reference is None:
        return ""
    if limits.holds(reference):
        return "about"
    return "above" if limits.low > reference else "below"
