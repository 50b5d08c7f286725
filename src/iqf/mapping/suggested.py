"""Suggestions before they are kept: what the machine proposes of a unit, and which verdict accepting it enters."""

from dataclasses import dataclass
from typing import Final

TOUCHED: Final = 0.5
FULLY: Final = 0.8
"""From here on, what is touched is more often *fully* than *partly* reached: 74 of 113 pairs of the units that the
starter holds judged, by probabilities learned from other units with an encoder; from one half up to it 12 of 46."""


@dataclass(frozen=True)
class Suggested:
    """One suggestion: a unit and a statement by their codes. `rank` from 1, among the statements of the unit."""

    unit: str
    statement: str
    probability: float
    rank: int
    words: str


@dataclass(frozen=True)
class Suggestions:
    """What is suggested for a batch. `version`: a hash of what it was learned from, and how."""

    version: str
    encoder: str
    trained_on: int
    rows: tuple[Suggested, ...]


def verdict(probability: float, *, learned: bool) -> int:
    """What accepting a suggestion enters: *none*, *partly* or *fully* (0, 1, 2).

    Where nothing was `learned`, a probability tells likeness only, and never more than *partly* is suggested.
    """
    if probability < TOUCHED:
        return 0
    return 2 if learned and probability >= FULLY else 1


@dataclass(frozen=True)
class Chosen:
    """Why a unit was chosen to be judged: it is doubtful (`margin`: how far from one half, 0 to 0.5), or drawn."""

    margin: float
    drawn: bool
