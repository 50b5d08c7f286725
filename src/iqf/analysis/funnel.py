"""Which of many areas differ from the rest by more than chance, when areas differ from one another anyway?

Promise: limits widen by what areas vary beyond chance, and that is reckoned without letting the most extreme areas
decide it; among many areas tested at once, the share of false alarms is held down. What too few areas cannot tell is
None, never 0.

Sources: D. J. Spiegelhalter, Stat. Med. 24 (2005) 1185, and Qual. Saf. Health Care 14 (2005) 347, for funnels,
winsorised z-scores, φ and the additive τ²; Y. Benjamini and Y. Hochberg, J. R. Stat. Soc. B 57 (1995) 289.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from iqf.analysis.limits import Limits

Numbers = NDArray[np.float64]

WINSORISED = 0.1
"""The share of z-scores at each end that is drawn in to the next one before φ is reckoned."""

FEWEST_AREAS = 20
"""Overdispersion is not reckoned from fewer areas than this: nine regions cannot tell it."""


@dataclass(frozen=True)
class Spread:
    """How far areas vary beyond chance: `phi` is 1 where they do not; `tau2` is what is added to each variance."""

    areas: int
    phi: float
    tau2: float


def spread(ratios: Sequence[float], errors: Sequence[float], target: float = 1.0) -> Spread | None:
    """Overdispersion of many areas' ratios about a target, from their standard errors (all above 0).

    φ = Σz²/I over winsorised z = (ratio − target)/error; τ² = (Iφ − (I − 1)) / (Σw − Σw²/Σw) with w = 1/error², and
    0 where that is negative. None for fewer than `FEWEST_AREAS` areas.
    """
    if len(ratios) < FEWEST_AREAS:
        return None
    error = np.asarray(errors, dtype=float)
    z = _drawn_in((np.asarray(ratios, dtype=float) - target) / error)
    count, phi, weight = z.size, float(np.mean(z * z)), 1 / error**2
    beyond = (count * phi - (count - 1)) / float(weight.sum() - (weight**2).sum() / weight.sum())
    return Spread(count, phi, max(0.0, beyond))


def error_of(expected: float, of: float | None = None) -> float:
    """The standard error of seen ÷ expected were the true ratio 1, from how many are expected (above 0).

    1/√E where a count is free (Poisson); √((1 − E/X)/E) where `of` X learners in all are shared out among areas
    (binomial): then a ratio lies beyond 1.96 of it exactly where Wilson's limits of its share leave out 1.
    """
    return sqrt((1 - expected / of) / expected) if of and expected < of else 1 / sqrt(expected)


def limits_at(error: float, confidence: float, tau2: float = 0.0, target: float = 1.0) -> Limits:
    """Where an area with this standard error is expected if nothing but chance, and τ², moves it off target."""
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(error * error + tau2)
    return Limits(max(0.0, target - reach), target + reach)


def chance(ratio: float, error: float, tau2: float = 0.0, target: float = 1.0) -> float:
    """The two-sided probability of lying at least this far off target, by a normal approximation."""
    return erfc(abs(ratio - target) / sqrt(2 * (error * error + tau2)))


def stand_out(chances: Sequence[float], false_share: float = 0.05) -> tuple[bool, ...]:
    """Which of many areas stand out, so that of those that do at most `false_share` are expected to be false alarms.

    Benjamini and Hochberg: the largest k with p(k) ≤ k·q/m, and all that are no less probable.
    """
    ordered, count = sorted(chances), len(chances)
    below = [p for rank, p in enumerate(ordered, 1) if p <= rank * false_share / count]
    return tuple(p <= max(below) for p in chances) if below else (False,) * count


def _drawn_in(z: Numbers) -> Numbers:
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    return np.clip(z, low, high)
