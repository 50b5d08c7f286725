"""How far suggestions can be trusted: order, hits at one half, and whether probabilities come true."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from iqf.analysis.suggest.records import Matrix

BINS: Final = 10


@dataclass(frozen=True)
class Hits:
    """Precision, recall and F1 of one statement or of all pairs together."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Bin:
    """Pairs of like probability: how many, the mean probability, the share that was touched."""

    pairs: int
    said: float
    came: float


def average_precision(scores: Matrix, touched: NDArray[np.bool_]) -> float:
    """Mean of the precision at each touched statement, of one text; equal scores keep their order.

    (Manning, Raghavan and Schütze 2008, Introduction to Information Retrieval, 8.4.) ValueError without any touched.
    """
    if not touched.any():
        raise ValueError("A text that touches no statement has no average precision.")
    inside = touched[_best_first(scores)]
    return float((np.cumsum(inside) / np.arange(1, len(inside) + 1))[inside].mean())


def ndcg(scores: Matrix, touched: NDArray[np.bool_], at: int = 10) -> float:
    """Gain of the first places discounted by log2, as a share of the best order's (Järvelin and Kekäläinen 2002)."""
    inside = touched[_best_first(scores)][:at]
    weights = 1 / np.log2(np.arange(2, at + 2))
    best = weights[: min(at, int(touched.sum()))].sum()
    return float(weights[: len(inside)][inside].sum() / best)


def r_precision(scores: Matrix, touched: NDArray[np.bool_], at: int) -> float:
    """Touched statements among the first `at`, as a share of as many as there can be (RP@k)."""
    inside = touched[_best_first(scores)][:at]
    return float(inside.sum() / min(at, int(touched.sum())))


def _best_first(scores: Matrix) -> NDArray[np.intp]:
    return np.argsort(-scores, kind="stable")


def mean_over_texts(measure: str, matrices: Sequence[tuple[Matrix, NDArray[np.bool_]]], at: int = 10) -> float:
    """Mean of `map`, `ndcg` or `rp` over the texts that touch anything, over all frameworks together."""
    ways: dict[str, Callable[[Matrix, NDArray[np.bool_]], float]] = {
        "map": average_precision,
        "ndcg": lambda scores, touched: ndcg(scores, touched, at),
        "rp": lambda scores, touched: r_precision(scores, touched, at),
    }
    way = ways[measure]
    values = [way(s, t) for scores, said in matrices for s, t in zip(scores, said, strict=True) if t.any()]
    return float(np.mean(values))


def hits(said: NDArray[np.bool_], touched: NDArray[np.bool_]) -> Hits:
    """Precision, recall and F1 of pairs said to be touched; 0 where there is nothing to count."""
    both = float((said & touched).sum())
    precision, recall = both / max(1.0, float(said.sum())), both / max(1.0, float(touched.sum()))
    return Hits(precision, recall, 2 * both / max(1.0, float(said.sum() + touched.sum())))


def expected_calibration_error(probability: Matrix, touched: Matrix) -> float:
    """Mean distance between what was said and what came true, over ten bins of equal width, weighted by pairs.

    (Naeini, Cooper and Hauskrecht 2015.) `touched` may hold shares of raters.
    """
    bins = reliability(probability, touched)
    pairs = sum(b.pairs for b in bins)
    return float(sum(abs(b.said - b.came) * b.pairs for b in bins) / pairs)


def reliability(probability: Matrix, touched: Matrix) -> list[Bin]:
    """The reliability curve: a bin for each tenth of probability that holds pairs."""
    flat, came = np.asarray(probability, dtype=float).ravel(), np.asarray(touched, dtype=float).ravel()
    places = np.minimum((flat * BINS).astype(int), BINS - 1)
    return [
        Bin(int((places == n).sum()), float(flat[places == n].mean()), float(came[places == n].mean()))
        for n in range(BINS)
        if (places == n).any()
    ]
