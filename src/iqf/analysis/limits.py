"""How far could a count or a share have come out otherwise? 95 % limits, unless another share is asked for.

Promise: limits are the ones that English public health and official statistics use: Wilson for a share, Byar for a
count and exact Poisson for one below 10. Arguments that make no sense raise ValueError; nothing is rounded.

Sources: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209; N. E. Breslow and N. E. Day, Statistical Methods in Cancer
Research II (1987), p. 69, for Byar's approximation; F. Garwood, Biometrika 28 (1936) 437, for the exact limits.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

SMALL = 10
"""Counts below this have exact limits: there Byar's approximation is too rough."""


@dataclass(frozen=True)
class Limits:
    """The lower and the upper limit of an estimate, in its own unit."""

    low: float
    high: float

    def over(self, divisor: float) -> "Limits":
        """Both limits divided by a number that is known without error and above 0."""
        return Limits(self.low / divisor, self.high / divisor)

    def holds(self, value: float) -> bool:
        """Whether a value lies between the limits or on one."""
        return self.low <= value <= self.high


def of_share(count: float, of: float, confidence: float = 0.95) -> Limits:
    """Wilson's limits of the share `count / of`, each from 0 to 1.

    (2np + z² ± z√(z² + 4np(1 − p))) / 2(n + z²), with n = `of` and p = `count / of`.
    """
    if not 0 <= count <= of or of <= 0:
        raise ValueError(f"{count} of {of} is no share.")
    z, p = _z(confidence), count / of
    middle, spread, whole = 2 * of * p + z * z, z * sqrt(z * z + 4 * of * p * (1 - p)), 2 * (of + z * z)
    return Limits(max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole))


def of_count(count: float, confidence: float = 0.95) -> Limits:
    """The limits of a count of independent events: exact Poisson below 10, Byar's approximation from there on.

    Byar: O(1 − 1/9O − z/3√O)³ below, and the same with O + 1 and + z above. Exact: half the points of chi-squared
    with 2O and 2O + 2 degrees of freedom.
    """
    if count < 0:
        raise ValueError(f"{count} is no count.")
    return _exact(count, confidence) if count < SMALL else _byar(count, _z(confidence))


def _byar(count: float, z: float) -> Limits:
    above = count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    return Limits(low, above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3)


def _exact(count: float, confidence: float) -> Limits:
    # Loading scipy takes a third of a second: only small counts wait for it.
    from scipy.special import chdtri

    tail = (1 - confidence) / 2
    low = float(chdtri(2 * count, 1 - tail)) / 2 if count else 0.0
    return Limits(low, float(chdtri(2 * count + 2, tail)) / 2)


def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence of {confidence} is not between 0 and 1.")
    return NormalDist().inv_cdf((1 + confidence) / 2)
