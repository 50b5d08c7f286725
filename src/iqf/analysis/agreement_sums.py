"""The sums that coefficients of agreement are made of: one row for each unit, so that a sample of units is a product.

Every coefficient is a function of totals over units. Totals of a sample drawn with replacement are the rows weighted
by how often each unit was drawn; so a thousand samples are one matrix product and not a thousand readings.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Table:
    """Verdicts by statement, unit and rater: numbers below `size`. `ordered`: they stand in an order."""

    verdicts: Mapping[str, Mapping[str, Mapping[str, int]]]
    raters: tuple[str, ...]
    size: int
    ordered: bool


@dataclass(frozen=True)
class Counts:
    """One row for each unit. With k answers and p pairs of raters:

    `n`: units × statements that two or more judged. `confusions` (p, units, k·k): answers of each pair.
    `coincidences` (units, k·k): Krippendorff's. `totals` (units, k): answers among those that two or more judged.
    `complete` (units, k + 2): of what the usual number of raters judged: answers, the sum of the agreement of each,
    how many.
    `same` (units, 2): pairs of judgements that are the same, and all pairs.
    """

    n: int
    size: int
    ordered: bool
    confusions: np.ndarray
    coincidences: np.ndarray
    totals: np.ndarray
    complete: np.ndarray
    same: np.ndarray

    @classmethod
    def of(cls, table: Table, about: Sequence[str], pairs: Sequence[tuple[str, str]]) -> "Counts":
        """The rows of every unit that two or more raters judged against one of the statements `about`."""
        size, judged = table.size, _judged(table, about)
        usual = _usual(judged)
        units = {unit: at for at, unit in enumerate(dict.fromkeys(unit for unit, _ in judged))}
        made = cls(
            len(judged),
            size,
            table.ordered,
            np.zeros((len(pairs), len(units), size * size)),
            np.zeros((len(units), size * size)),
            np.zeros((len(units), size)),
            np.zeros((len(units), size + 2)),
            np.zeros((len(units), 2)),
        )
        for unit, given in judged:
            made._add(units[unit], given, pairs, usual)
        return made

    def _add(self, at: int, given: Mapping[str, int], pairs: Sequence[tuple[str, str]], usual: int) -> None:
        for number, (a, b) in enumerate(pairs):
            if a in given and b in given:
                self.confusions[number, at, given[a] * self.size + given[b]] += 1
        counts = np.bincount(list(given.values()), minlength=self.size).astype(float)
        m = counts.sum()
        self.coincidences[at] += ((np.outer(counts, counts) - np.diag(counts)) / (m - 1)).ravel()
        self.totals[at] += counts
        same = float((counts * (counts - 1)).sum())
        self.same[at] += (same / 2, m * (m - 1) / 2)
        if m == usual:
            self.complete[at] += np.append(counts, (same / (m * (m - 1)), 1))


def _judged(table: Table, about: Sequence[str]) -> list[tuple[str, Mapping[str, int]]]:
    return [
        (unit, given)
        for statement in about
        for unit, given in table.verdicts.get(statement, {}).items()
        if len(given) > 1
    ]


def _usual(judged: Sequence[tuple[str, Mapping[str, int]]]) -> int:
    """The number of raters that most of what was judged has; the greater of two that are equally common."""
    numbers = Counter(len(given) for _, given in judged)
    return max(numbers, key=lambda number: (numbers[number], number), default=0)


@dataclass(frozen=True)
class Sums:
    """The same added up over units: one row for each sample of units."""

    size: int
    ordered: bool
    confusions: np.ndarray
    coincidences: np.ndarray
    totals: np.ndarray
    complete: np.ndarray
    same: np.ndarray

    @classmethod
    def weighted(cls, counts: Counts, weights: np.ndarray) -> "Sums":
        """Sums over samples: `weights` (samples, units) says how often each unit was drawn."""
        return cls(
            counts.size,
            counts.ordered,
            np.stack([weights @ each for each in counts.confusions])
            if len(counts.confusions)
            else np.zeros((0, len(weights), counts.size**2)),
            weights @ counts.coincidences,
            weights @ counts.totals,
            weights @ counts.complete,
            weights @ counts.same,
        )


def sums_of(counts: Counts) -> Sums:
    """The sums over every unit once."""
    return Sums.weighted(counts, np.ones((1, len(counts.totals))))


def coefficients(sums: Sums) -> dict[str, np.ndarray]:
    """Each coefficient for each sample; nan where it cannot be computed."""
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = sums.same[:, 0] / sums.same[:, 1]
        return {
            "percent": percent,
            "kappa": _kappa(sums),
            "fleiss": _fleiss(sums),
            "alpha": _alpha(sums),
            "pabak": (sums.size * percent - 1) / (sums.size - 1),
        }


def _kappa(sums: Sums) -> np.ndarray:
    """Cohen's κ = (p_o − p_e) / (1 − p_e) of each pair, the mean over the pairs that have one (Light)."""
    if not len(sums.confusions):
        return np.full(len(sums.same), np.nan)
    k = sums.size
    tables = sums.confusions.reshape(*sums.confusions.shape[:2], k, k)
    n = tables.sum(axis=(2, 3))
    observed = np.trace(tables, axis1=2, axis2=3) / n
    expected = (tables.sum(axis=3) * tables.sum(axis=2)).sum(axis=2) / n**2
    each = _chance_corrected(observed, expected)
    there = ~np.isnan(each)
    mean: np.ndarray = np.where(there, each, 0).sum(axis=0) / np.where(there.any(axis=0), there.sum(axis=0), np.nan)
    return mean


def _fleiss(sums: Sums) -> np.ndarray:
    """Fleiss' κ over what the usual number of raters judged: mean agreement within each, against Σ p_j²."""
    answers, agreed, number = sums.complete[:, :-2], sums.complete[:, -2], sums.complete[:, -1]
    shares = answers / answers.sum(axis=1, keepdims=True)
    return _chance_corrected(agreed / number, (shares**2).sum(axis=1))


def _chance_corrected(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """(p_o − p_e) / (1 − p_e); nan where chance alone would give full agreement: every answer is the same."""
    return np.where(expected < 1 - 1e-12, (observed - expected) / (1 - expected), np.nan)


def _alpha(sums: Sums) -> np.ndarray:
    """Krippendorff's α = 1 − D_o / D_e, nominal, or ordinal where answers stand in an order."""
    k = sums.size
    observed = sums.coincidences.reshape(-1, k, k)
    totals = observed.sum(axis=2)
    n = totals.sum(axis=1)
    apart = _ordinal(totals) if sums.ordered else np.broadcast_to(1 - np.eye(k), observed.shape)
    expected = totals[:, :, None] * totals[:, None, :] / (n - 1)[:, None, None]
    disagreement = (observed * apart).sum(axis=(1, 2))
    by_chance = (expected * apart).sum(axis=(1, 2))
    return np.where(by_chance > 0, 1 - disagreement / by_chance, np.nan)


def _ordinal(totals: np.ndarray) -> np.ndarray:
    """The ordinal metric: δ²_ck = (Σ_{g=c..k} n_g − (n_c + n_k) / 2)²."""
    up_to = np.cumsum(totals, axis=1)
    within = up_to[:, None, :] - up_to[:, :, None] + totals[:, :, None]
    between = np.abs(within - (totals[:, :, None] + totals[:, None, :]) / 2)
    upper = np.triu(np.ones(totals.shape[1:] * 2), 1)
    above = between * upper
    squared: np.ndarray = (above + above.transpose(0, 2, 1)) ** 2
    return squared
