"""Which pairs of many titles are worth comparing? Found through shared rare words, never by trying every pair.

Promise: every pair of compatible level whose words are at least so like is among them, but for blocks that were
capped, and those are told. Two such titles share a word among the rarest of each (prefix filtering: Chaudhuri, Ganti
and Kaushik, ICDE 2006; Bayardo, Ma and Srikant, WWW 2007), with misspellings of a word taken for that word.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from iqf.analysis.likeness_score import ADDED, REPLACED, SHORTEST, near, shortened, swaps, weight

if TYPE_CHECKING:
    from scipy import sparse

CHUNK = 2_000
"""Rows of one side that are looked at together: bounds the memory."""
EPSILON = 1e-9
Content = frozenset[str]
Key = tuple[Content, frozenset[str]]
"""The words of a title, and the levels that it may be of; no level is any level."""


@dataclass(frozen=True)
class Capped:
    """A block that was too large to look into: the word or title that makes it, and how many records share it."""

    block: str
    records: int


def candidates(
    left: Sequence[Key], right: Sequence[Key] | None, least: float, most: int, capped: list[Capped]
) -> Iterator[tuple[int, int]]:
    """Pairs of positions whose content is at least `least` alike, each once; within `left` where `right` is None.

    Some more may come: they are compared in full afterwards. A word among the rarest of more than `most` records
    makes no block of its own; it is added to `capped`. A record is not paired with itself.
    """
    keys = [*left, *(right or ())]
    classes = _classes(word for content, _ in keys for word in content)
    table = _Table.of(keys, classes, least)
    table.cap(most, capped)
    ours = slice(0, len(left))
    theirs = slice(0, len(left)) if right is None else slice(len(left), len(keys))
    for start in range(0, len(left), CHUNK):
        rows, columns = table.meeting(slice(start, min(start + CHUNK, ours.stop)), theirs)
        keep = rows < columns
        rows, columns = table.alike(rows[keep], columns[keep], least)
        yield from zip(rows.tolist(), (columns - theirs.start).tolist(), strict=True)


@dataclass
class _Table:
    """Titles as rows: the blocks each stands in, the words each holds, and what those weigh."""

    blocks: "sparse.csr_matrix"
    weights: "sparse.csr_matrix"
    held: "sparse.csr_matrix"
    total: NDArray[np.float64]
    names: list[str]

    @classmethod
    def of(cls, keys: Sequence[Key], classes: dict[str, str], least: float) -> "_Table":
        spread = Counter(c for content, _ in keys for c in {classes[w] for w in content})
        slots = [*sorted({level for _, levels in keys for level in levels}), ""]
        block_of: dict[tuple[str, str], int] = defaultdict(lambda: len(block_of))
        word_of: dict[str, int] = defaultdict(lambda: len(word_of))
        in_block: list[tuple[int, int]] = []
        in_words: list[tuple[int, int, float]] = []
        for row, (content, levels) in enumerate(keys):
            heavy = _weights(content, classes)
            in_words += [(row, word_of[c], w) for c, w in heavy.items()]
            rare = _rarest(heavy, spread, least)
            in_block += [(row, block_of[c, slot]) for c in rare for slot in (levels or slots)]
        weights = _matrix([(r, c) for r, c, _ in in_words], [w for *_, w in in_words], len(keys), len(word_of))
        held = weights.copy()
        held.data = np.ones_like(held.data)
        blocks = _matrix(in_block, [1] * len(in_block), len(keys), len(block_of))
        total = np.asarray(weights.sum(axis=1)).ravel().astype(np.float64)
        return cls(blocks, weights, held, total, [f"{c} {slot}".strip() for c, slot in block_of])

    def cap(self, most: int, capped: list[Capped]) -> None:
        """Leave out blocks of more than `most` records."""
        sizes = np.asarray(self.blocks.sum(axis=0)).ravel()
        for n in np.flatnonzero(sizes > most):
            capped.append(Capped(self.names[n], int(sizes[n])))
        self.blocks = self.blocks[:, sizes <= most]

    def meeting(self, ours: slice, theirs: slice) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of rows that stand in one block."""
        met = (self.blocks[ours] @ self.blocks[theirs].T).tocoo()
        return met.row.astype(np.int64) + ours.start, met.col.astype(np.int64) + theirs.start

    def alike(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64], least: float
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Those pairs whose words can be so like. Words that may be misspellings of one another count as shared."""
        keep = [
            self._at_least(rows[n : n + 200_000], columns[n : n + 200_000], least)
            for n in range(0, len(rows), 200_000)
        ]
        chosen = np.concatenate(keep) if keep else np.zeros(0, dtype=bool)
        return rows[chosen], columns[chosen]

    def _at_least(self, rows: NDArray[np.int64], columns: NDArray[np.int64], least: float) -> NDArray[np.bool_]:
        a, b = self.weights[rows], self.weights[columns]
        of_a = np.asarray(a.multiply(self.held[columns]).sum(axis=1)).ravel()
        of_b = np.asarray(b.multiply(self.held[rows]).sum(axis=1)).ravel()
        u, v = self.total[rows] - of_a, self.total[columns] - of_b
        shared = np.minimum(of_a, of_b)
        missing = ADDED * np.maximum(u, v) + REPLACED * np.minimum(u, v)
        found: NDArray[np.bool_] = shared + EPSILON >= least * (shared + missing)
        return found


def _matrix(cells: Sequence[tuple[int, int]], data: Sequence[float], rows: int, columns: int) -> "sparse.csr_matrix":
    # Loading scipy takes half a second: only who compares titles waits for it.
    from scipy import sparse

    at = np.array(cells, dtype=np.int64).reshape(-1, 2)
    made = sparse.csr_matrix((np.array(data, dtype=np.float64), (at[:, 0], at[:, 1])), shape=(rows, columns))
    made.sum_duplicates()
    return made


def _weights(content: Content, classes: dict[str, str]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for word in content:
        found[classes[word]] += weight(word)
    return found


def _rarest(heavy: dict[str, float], spread: Counter[str], least: float) -> list[str]:
    """The words of which a title that is so like must hold one: all but the commonest that cannot suffice alone.

    Of a weight W at least W·k/(1 + k) must be shared, k = ADDED·least/(1 − least); follows from `ratio`.
    """
    k = ADDED * least / (1 - least) if least < 1 else float("inf")
    need = sum(heavy.values()) * (k / (1 + k) if least < 1 else 1.0)
    ordered = sorted(heavy, key=lambda c: (spread[c], c))
    behind = 0.0
    while len(ordered) > 1 and behind + heavy[ordered[-1]] < need - EPSILON:
        behind += heavy[ordered.pop()]
    return ordered


def _classes(found: Iterable[str]) -> dict[str, str]:
    """Each word and the word that stands for it and for all that may be misspellings of it, through any steps."""
    vocabulary = sorted(set(found))
    parent = {word: word for word in vocabulary}

    def top(word: str) -> str:
        while parent[word] != word:
            parent[word] = word = parent[parent[word]]
        return word

    for word in vocabulary:
        if len(word) < SHORTEST:
            continue
        for other in shortened(word) | swaps(word):
            if other in parent and near(word, other):
                first, second = sorted((top(word), top(other)))
                parent[second] = first
    return {word: top(word) for word in vocabulary}
