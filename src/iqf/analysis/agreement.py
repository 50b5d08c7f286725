"""How far do raters agree who judged the same units against the same statements, and how sure is that?

Promise: every coefficient comes with an interval from a bootstrap over units (a unit is drawn with all its
statements, because its judgements hang together); raters are never resampled. What cannot be computed is None, never
0 or 1. (METHODS, *Agreement between raters*.)

Sources: J. Cohen, Educ. Psychol. Meas. 20 (1960) 37; R. J. Light, Psychol. Bull. 76 (1971) 365, for the mean over
pairs; J. L. Fleiss, Psychol. Bull. 76 (1971) 378; K. Krippendorff, Content Analysis (2004), ch. 11; T. Byrt,
J. Bishop and J. B. Carlin, J. Clin. Epidemiol. 46 (1993) 423, for the prevalence- and bias-adjusted coefficient.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from iqf.analysis.agreement_sums import Counts, Sums, Table, coefficients, sums_of

Scale = Literal["touches", "verdict"]
"""`touches`: whether the unit reaches the statement at all; `verdict`: none, partly or fully, in that order."""

DRAWS = 1000
DEFINED = 0.9
"""An interval is given where at least this share of the draws had the coefficient at all."""


@dataclass(frozen=True)
class Rating:
    """One rater's verdict on one unit and statement: 0 none, 1 partly, 2 fully."""

    unit: str
    statement: str
    rater: str
    verdict: int


@dataclass(frozen=True)
class Estimate:
    """A coefficient with its 95 % interval; None where it cannot be computed, or its interval cannot."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Agreement:
    """Agreement about one statement, or overall. `n`: units (overall: units × statements) that two or more judged.

    `percent`: share of pairs of judgements that are the same. `kappa`: Cohen's, the mean over pairs of raters.
    `fleiss`: over what the usual number of raters judged. `alpha`: Krippendorff's, over all of `n`, nominal for
    `touches` and ordinal for `verdict`. `pabak`: as if every answer were equally common and raters had no leaning.
    `reached`: the share of judgements that are not "none": where it is near 0 or 1, `kappa` says little.
    """

    statement: str
    n: int
    reached: float
    percent: Estimate
    kappa: Estimate
    fleiss: Estimate
    alpha: Estimate
    pabak: Estimate


@dataclass(frozen=True)
class Pair:
    """Two raters: how often `first` said one verdict where `second` said another; their kappa and its interval."""

    first: str
    second: str
    n: int
    confusion: tuple[tuple[int, ...], ...]
    kappa: Estimate


@dataclass(frozen=True)
class Divided:
    """A unit that divides the raters: `differing` of its `compared` pairs of judgements are not the same."""

    unit: str
    differing: int
    compared: int
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Agreed:
    """Agreement by statement, overall, by pair of raters, and the units that most divide them."""

    scale: Scale
    raters: tuple[str, ...]
    statements: tuple[Agreement, ...]
    overall: Agreement
    pairs: tuple[Pair, ...]
    divided: tuple[Divided, ...]


def agreement(
    ratings: Iterable[Rating],
    statements: Sequence[str],
    scale: Scale = "touches",
    *,
    seed: int = 20050401,
    draws: int = DRAWS,
) -> Agreed:
    """Agreement among all raters of these ratings about `statements`, in this order. Other statements are left out.

    Raises ValueError where one rater gives two verdicts on the same unit and statement, or a verdict is not 0, 1, 2.
    """
    table = _table(ratings, frozenset(statements), scale)
    weights = np.random.default_rng(seed)
    seeds = weights.integers(2**31, size=len(statements) + 1)
    by_statement = tuple(
        _agreement(name, table, (name,), scale, draws, int(each))
        for name, each in zip(statements, seeds, strict=False)
    )
    return Agreed(
        scale,
        table.raters,
        by_statement,
        _agreement("", table, statements, scale, draws, int(seeds[-1])),
        tuple(_pair(table, a, b, statements, draws, int(seeds[-1])) for a, b in _pairs(table)),
        divided(table, statements),
    )


def _table(ratings: Iterable[Rating], wanted: frozenset[str], scale: Scale) -> Table:
    """Verdicts by statement, unit and rater, on the scale that is asked for."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    raters: dict[str, None] = {}
    for each in ratings:
        if each.statement not in wanted:
            continue
        if each.verdict not in (0, 1, 2):
            raise ValueError(f"{each.rater} gave {each.unit} the verdict {each.verdict}; it must be 0, 1 or 2.")
        given = found[each.statement][each.unit]
        if each.rater in given:
            raise ValueError(f"{each.rater} judged {each.unit} against {each.statement} twice.")
        given[each.rater] = min(each.verdict, 1) if scale == "touches" else each.verdict
        raters[each.rater] = None
    return Table(found, tuple(raters), 2 if scale == "touches" else 3, ordered=scale == "verdict")


def _pairs(table: Table) -> list[tuple[str, str]]:
    """The pairs of raters who judged at least one unit in common."""
    met = Counter(
        pair
        for units in table.verdicts.values()
        for given in units.values()
        for pair in combinations([r for r in table.raters if r in given], 2)
    )
    return sorted(met, key=lambda pair: (table.raters.index(pair[0]), table.raters.index(pair[1])))


def _agreement(name: str, table: Table, about: Sequence[str], scale: Scale, draws: int, seed: int) -> Agreement:
    counts = Counts.of(table, about, _pairs(table))
    whole = coefficients(sums_of(counts))
    drawn = _drawn(counts, draws, seed)
    made = {key: _estimate(value[0], drawn[key]) for key, value in whole.items()}
    judged = counts.totals.sum()
    reached = float(counts.totals[:, 1:].sum() / judged) if judged else 0.0
    return Agreement(name, counts.n, reached, **made)


def _pair(table: Table, a: str, b: str, about: Sequence[str], draws: int, seed: int) -> Pair:
    counts = Counts.of(table, about, [(a, b)])
    kappa = coefficients(sums_of(counts))["kappa"][0]
    confusion = counts.confusions[0].sum(axis=0).reshape(table.size, table.size)
    rows = tuple(tuple(int(n) for n in row) for row in confusion)
    return Pair(a, b, int(confusion.sum()), rows, _estimate(kappa, _drawn(counts, draws, seed)["kappa"]))


def _drawn(counts: Counts, draws: int, seed: int) -> Mapping[str, np.ndarray]:
    """Every coefficient in each of `draws` samples of units, drawn with replacement."""
    units = len(counts.totals)
    if not units or not draws:
        return {key: np.full(1, np.nan) for key in coefficients(sums_of(counts))}
    random = np.random.default_rng(seed)
    at_once = max(1, min(draws, 20_000_000 // units))
    parts: list[dict[str, np.ndarray]] = []
    for start in range(0, draws, at_once):
        size = min(at_once, draws - start)
        weights = random.multinomial(units, np.full(units, 1 / units), size=size).astype(float)
        parts.append(coefficients(Sums.weighted(counts, weights)))
    return {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}


def _estimate(value: float, drawn: np.ndarray) -> Estimate:
    """The value with the middle 95 % of the draws that had one."""
    there = drawn[~np.isnan(drawn)]
    if np.isnan(value):
        return Estimate(None, None, None)
    if len(there) < DEFINED * len(drawn) or not len(there):
        return Estimate(float(value), None, None)
    low, high = np.quantile(there, (0.025, 0.975))
    return Estimate(float(value), float(low), float(high))


def divided(table: Table, about: Sequence[str], most: int = 50) -> tuple[Divided, ...]:
    """The units with pairs of judgements that differ, those with most first."""
    compared: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    where: dict[str, list[str]] = defaultdict(list)
    for name in about:
        for unit, given in table.verdicts.get(name, {}).items():
            pairs = list(combinations(given.values(), 2))
            apart = sum(a != b for a, b in pairs)
            compared[unit] += len(pairs)
            differing[unit] += apart
            if apart:
                where[unit].append(name)
    order = sorted(where, key=lambda unit: (-differing[unit], unit))[:most]
    return tuple(Divided(unit, differing[unit], compared[unit], tuple(where[unit])) for unit in order)
