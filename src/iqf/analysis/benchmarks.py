"""Which areas are like this one, and how does its number stand beside theirs?

Promise: likeness is by one stated rule, and a number whose base is too small is not compared at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import median
from typing import Final, Literal

from iqf.analysis.limits import Limits

Against = Literal["above", "about", "below", ""]

LIKE: Final = 10
"""How many like areas are compared with."""
FEWEST: Final = 20.0
"""People in post below which one leaver more or less moves a rate by five percent or more: not compared."""
RULE: Final = f"the {LIKE} authorities whose number of children is nearest to its own, by ratio"


@dataclass(frozen=True)
class Beside:
    """A number beside that of others: the middle of those that are known, how many, and how many lie below it."""

    middle: float
    known: int
    below: int


def alike(area: str, sizes: Mapping[str, float], count: int = LIKE) -> tuple[str, ...]:
    """The areas nearest in size by ratio, nearest first; none where the size of the area is not known.

    |log(size / own size)|, ties by code. Areas of unknown size, or of none, are like no other.
    """
    own = sizes.get(area)
    if not own:
        return ()
    others = ((abs(log(size / own)), code) for code, size in sizes.items() if code != area and size > 0)
    return tuple(code for _, code in sorted(others)[:count])


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
