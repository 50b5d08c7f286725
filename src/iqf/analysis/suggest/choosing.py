"""Which texts should people judge next? Those the model is least sure of, and a share drawn at random.

The random share keeps probabilities honest: what is learned only from doubtful texts is no sample of the whole.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from iqf.analysis.suggest.records import Matrix

AT_RANDOM: Final = 0.2
"""One text in five is drawn at random."""


@dataclass(frozen=True)
class Choice:
    """A text to judge next, and why: it is doubtful (how far from one half, 0 to 0.5), or it was drawn."""

    row: int
    margin: float
    drawn: bool


def choose(
    probability: Matrix, waiting: NDArray[np.bool_], count: int, seed: int, at_random: float = AT_RANDOM
) -> list[Choice]:
    """`count` of the texts that wait: by margin, and a share at random; the same for the same seed.

    A text's margin is the mean over statements of the distance of the probability from one half, so that a text in
    doubt about several statements comes first. Statements count by how rarely they are thought to be touched.
    """
    rows = np.flatnonzero(waiting)
    pick = np.random.default_rng(seed)
    drawn = set(pick.permutation(rows)[: round(min(count, len(rows)) * at_random)].tolist())
    margins = _margins(probability)
    doubtful = [int(r) for r in rows[np.argsort(margins[rows], kind="stable")] if int(r) not in drawn]
    chosen = [Choice(int(r), float(margins[r]), True) for r in sorted(drawn)]
    return chosen + [Choice(r, float(margins[r]), False) for r in doubtful[: max(0, count - len(drawn))]]


def _margins(probability: Matrix) -> Matrix:
    rarity = 1 / np.maximum(probability.mean(axis=0), 1 / max(1, len(probability)))
    return np.asarray(np.average(np.abs(probability - 0.5), axis=1, weights=rarity))
