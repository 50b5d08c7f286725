"""What do several raters' verdicts on one unit and statement come to, and in how many ways can they be read?

Promise: nobody's verdict is averaged away. Where raters differ and nobody has settled it, the verdict is open, and
the strict and the lenient reading say how far apart they are. (METHODS, *Agreement between raters*: coverage carries
its uncertainty as the range across readings of the disagreements.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

How = Literal["single", "agreed", "adjudicated", "open"]


@dataclass(frozen=True)
class Settled:
    """A verdict (0 none, 1 partly, 2 fully) and how it came about; None while it is open.

    `strict`: the least that any rater gave; `lenient`: the most. What a third rater settled may lie outside both.
    """

    verdict: int | None
    how: How
    strict: int
    lenient: int

    @property
    def read(self) -> int:
        """The verdict where it is settled; the strict reading while it is open."""
        return self.strict if self.verdict is None else self.verdict


def settle(blind: Sequence[int], adjudicated: int | None = None) -> Settled:
    """What one or more blind verdicts come to, with that of an adjudicator where there is one.

    Raises ValueError without any verdict.
    """
    if not blind:
        raise ValueError("Nobody judged this.")
    strict, lenient = min(blind), max(blind)
    if strict == lenient:
        return Settled(strict, "agreed" if len(blind) > 1 else "single", strict, lenient)
    if adjudicated is None:
        return Settled(None, "open", strict, lenient)
    return Settled(adjudicated, "adjudicated", strict, lenient)
