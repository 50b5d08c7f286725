"""Large frameworks: the statements that come near a text are retrieved first, then ranked by a learned model.

Each text is cut into segments, and a statement is as near as the nearest of them. What is learned is how far to trust
each kind of nearness, and that statements near the same few words compete.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from iqf.analysis.suggest.learning import chance, log_odds
from iqf.analysis.suggest.records import Matrix, Statement, Text
from iqf.analysis.suggest.segments import WINDOWS, Span, segments
from iqf.analysis.suggest.spaces import Spaces
from iqf.analysis.suggest.threads import one_thread
from iqf.analysis.suggest.words import tokens

RETRIEVED: Final = 100
"""So many statements are ranked for each text."""
ROOM: Final = 20_000_000
"""So many pairs of wordings and statements are compared at a time, in some 300 MB: the more texts are looked up
together, the more of their wordings are the same."""
TEXTS_AT_ONCE: Final = 50
COMMON: Final = 50
COMMON_CELLS: Final = 4_000_000
"""What so many statements have is common; the commonest are kept as a table of so many cells."""
BY_WORDS, BY_CHARACTERS = 0.5, 1.0
BY_WORDS_TOO, BY_CHARACTERS_TOO = 0.2, 0.3
"""Weights of the lexical measures when statements are retrieved, alone and beside the encoder's 1."""
APART: Final = re.compile(r"\s*\([^)]*\)\s*$")
"""A remark in brackets at the end of a statement tells it from its namesakes: “Java (computer programming)”."""


@dataclass(frozen=True)
class Found:
    """Statements retrieved for one text: their columns, what is told of each, and the words each is nearest to."""

    columns: NDArray[np.intp]
    features: Matrix
    words: tuple[Span, ...]


@dataclass(frozen=True)
class _Block:
    """Texts that are looked up together: their segments, every wording once, and how near each wording is to each
    statement. `rows`: of each segment, the row of its wording; `starts`: the first segment of each text.
    """

    spans: Sequence[Sequence[Span]]
    rows: NDArray[np.intp]
    starts: NDArray[np.intp]
    sized: Matrix
    stems: Matrix
    shared: Matrix
    tables: Sequence[Matrix]
    weights: Sequence[float]


class Library:
    """The statements of a large framework, ready to be asked about texts. `expected` may hold how common each is."""

    def __init__(
        self, statements: Sequence[Statement], spaces: Spaces, expected: Matrix | None = None,
        windows: Sequence[int] = WINDOWS,
    ) -> None:  # fmt: skip
        names = [APART.sub("", s.text).strip() or s.text for s in statements]
        self._spaces, self._windows = spaces, windows
        self._words, self._characters = (_Against(f(names).T.tocsr()) for f in (spaces.words, spaces.characters))
        self._meant = spaces.meanings(names) if spaces.encodes else None
        stems = [frozenset(tokens(name)) for name in names]
        self._known = {stem: n for n, stem in enumerate(dict.fromkeys(s for group in stems for s in sorted(group)))}
        self._stems = self._stemmed(stems).T.tocsr()
        self._stem_counts = np.array([len(group) for group in stems], dtype=float)
        self._lengths = np.array([len(name.split()) for name in names], dtype=float)
        common = np.zeros(len(names)) if expected is None else np.log(np.maximum(expected, 1e-7))
        self._common = common - common.mean()

    def find(self, texts: Iterable[Text]) -> list[Found]:
        """The nearest statements of each text, at most `RETRIEVED`, nearest first."""
        return list(self.each(texts))

    def each(self, texts: Iterable[Text]) -> Iterator[Found]:
        """The same one after the other: what is told of a quarter of a million texts need not be held at once."""
        waiting: list[list[Span]] = []
        rows: list[int] = []
        places: dict[str, int] = {}
        for text in texts:
            spans = segments(text.whole, self._windows) or [(0, len(text.whole))]
            waiting.append(spans)
            rows += [places.setdefault(text.whole[a:b], len(places)) for a, b in spans]
            if len(places) * len(self._lengths) >= ROOM:
                yield from self._found(self._block(waiting, rows, list(places)))
                waiting, rows, places = [], [], {}
        if waiting:
            yield from self._found(self._block(waiting, rows, list(places)))

    def _block(self, texts: list[list[Span]], rows: Sequence[int], wordings: Sequence[str]) -> _Block:
        """Every wording is compared once, however many texts use it."""
        tables = [
            self._words.near(self._spaces.words(wordings)),
            self._characters.near(self._spaces.characters(wordings)),
        ]
        weights = [BY_WORDS, BY_CHARACTERS]
        if self._meant is not None:
            tables.append(np.asarray(self._spaces.meanings(wordings) @ self._meant.T))
            weights = [BY_WORDS_TOO, BY_CHARACTERS_TOO, 1.0]
        stems = [frozenset(tokens(wording)) for wording in wordings]
        return _Block(
            spans=texts,
            rows=np.array(rows, dtype=np.intp),
            starts=np.cumsum([0, *map(len, texts)]),
            sized=np.array([len(wording.split()) for wording in wordings], dtype=float),
            stems=np.array([len(group) for group in stems], dtype=float),
            shared=_dense(self._stemmed(stems) @ self._stems),
            tables=tables,
            weights=weights,
        )

    def _stemmed(self, stems: Sequence[frozenset[str]]) -> Any:
        """A row for each text, one where it has a stem of the statements: products count what two share."""
        columns = [[self._known[stem] for stem in group if stem in self._known] for group in stems]
        ends = np.cumsum([0, *map(len, columns)])
        flat = np.fromiter((column for group in columns for column in group), dtype=np.int32, count=int(ends[-1]))
        return sparse.csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), (len(stems), len(self._known)))

    def _found(self, block: _Block) -> Iterator[Found]:
        """For each text the nearest statements, with what is told of them."""
        for begin in range(0, len(block.spans), TEXTS_AT_ONCE):
            yield from self._told(block, range(begin, min(begin + TEXTS_AT_ONCE, len(block.spans))))

    def _told(self, block: _Block, texts: range) -> Iterator[Found]:
        """The same of a few texts at once: a row for each text, a column for each statement retrieved for it."""
        groups = [block.rows[block.starts[n] : block.starts[n + 1]] for n in texts]
        columns, peaks = self._nearest(block, groups)
        rows, real = _padded(groups)
        near = _weighed(block.weights, [table[rows[:, :, None], columns[:, None]] for table in block.tables])
        together = np.where(real[:, :, None], near, -np.inf)
        at = together.argmax(axis=1)
        best, tallest = together.max(axis=1), together.max(axis=2)
        rivals = np.take_along_axis(tallest, at, axis=1)
        said, whole = np.take_along_axis(rows, at, axis=1), rows[:, :1]
        most = best.max(axis=1, keepdims=True)
        told = [best, best - most, best - rivals, np.log1p(np.arange(columns.shape[1]))[None]]
        for table, highest in zip(block.tables, peaks, strict=True):
            mean, spread = highest.mean(axis=1, keepdims=True), highest.std(axis=1, keepdims=True)
            peak = np.take_along_axis(highest, columns, axis=1)
            told += [peak, table[whole, columns], (peak - mean) / (spread + 1e-6)]
        shared, counts = block.shared[said, columns], self._stem_counts[columns]
        told += [
            (best >= rivals - 1e-9).astype(float),
            _first_of(together.argmax(axis=2), real, columns.shape[1]),
            _share(shared, counts),
            _share(shared, block.stems[said]),
            _share(block.shared[whole, columns], counts),
            np.log(block.sized[said]), np.log(self._lengths[columns]), np.log(block.sized[whole]), most,
            self._common[columns], (self._common[columns] > self._common.min()).astype(float),
        ]  # fmt: skip
        features = np.stack([np.broadcast_to(each, columns.shape) for each in told], axis=2, dtype=float)
        for place, n in enumerate(texts):
            yield Found(columns[place], features[place], tuple(block.spans[n][s] for s in at[place].tolist()))

    @staticmethod
    def _nearest(block: _Block, groups: Sequence[NDArray[np.intp]]) -> tuple[NDArray[np.intp], list[Matrix]]:
        """The columns retrieved for each text, and how near each statement comes, table by table."""
        columns, peaks = [], []
        for rows in groups:
            near = [table[rows] for table in block.tables]
            columns.append(_first(_weighed(block.weights, near).max(axis=0), RETRIEVED))
            peaks.append([table.max(axis=0) for table in near])
        return np.stack(columns), [np.stack(each) for each in zip(*peaks, strict=True)]


def _padded(groups: Sequence[NDArray[np.intp]]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Groups of unequal length as rows of one table, their first filling what is left; and which are their own."""
    real = np.arange(max(map(len, groups)))[None] < np.array([len(group) for group in groups])[:, None]
    rows = np.repeat(np.array([group[0] for group in groups])[:, None], real.shape[1], axis=1)
    rows[real] = np.concatenate(groups)
    return rows, real


def _first_of(chosen: NDArray[np.intp], real: NDArray[np.bool_], count: int) -> Matrix:
    """Of each text's segments, the share whose nearest statement each one is: texts × statements."""
    texts = np.broadcast_to(np.arange(len(chosen))[:, None], chosen.shape)
    found = np.bincount((texts * count + chosen)[real], minlength=len(chosen) * count).reshape(len(chosen), count)
    return np.asarray(found / real.sum(axis=1, keepdims=True))


class _Against:
    """The statements in one space, to be multiplied often: what is common in them as a table, what is rare apart.

    A common part of a word meets hundreds of statements, and a row of a table is added faster than so many places.
    """

    def __init__(self, statements: Any) -> None:
        held = statements.getnnz(axis=1)
        order = np.argsort(-held, kind="stable")[: max(1, COMMON_CELLS // statements.shape[1])]
        self._common = np.sort(order[held[order] >= COMMON])
        rare = held > 0
        rare[self._common] = False
        self._rare = np.flatnonzero(rare)
        self._table, self._sparse = statements[self._common].toarray(), statements[self._rare].tocsr()

    def near(self, wordings: Any) -> Matrix:
        """Wordings × statements."""
        found = np.asarray(wordings[:, self._common] @ self._table)
        rest = (wordings[:, self._rare] @ self._sparse).tocoo()
        found[rest.row, rest.col] += rest.data
        return found


def _first(near: Matrix, most: int) -> NDArray[np.intp]:
    """The columns of the nearest, nearest first; of those as near as each other the first ones."""
    if most >= len(near):
        return np.argsort(-near, kind="stable")
    least = np.partition(near, len(near) - most)[len(near) - most]
    kept = np.flatnonzero(near >= least)
    return np.asarray(kept[np.argsort(-near[kept], kind="stable")[:most]])


@dataclass(frozen=True)
class Ranking:
    """What was learned of how to rank: two models on the same table, their log-odds averaged."""

    linear: Pipeline
    trees: HistGradientBoostingClassifier

    @one_thread
    def probabilities(self, found: Found) -> Matrix:
        """The probability of each retrieved statement."""
        said = [log_odds(model.predict_proba(found.features)[:, 1]) for model in (self.linear, self.trees)]
        return chance((said[0] + said[1]) / 2)


@one_thread
def learn_ranking(found: Sequence[Found], touched: Sequence[frozenset[int]], seed: int = 0) -> Ranking:
    """Learn from texts whose touched statements (by column) are known. Raises ValueError where none was retrieved."""
    table = np.concatenate([f.features for f in found])
    said = np.concatenate([np.isin(f.columns, sorted(t)) for f, t in zip(found, touched, strict=True)])
    if not said.any():
        raise ValueError("None of the statements that people chose was retrieved: there is nothing to learn from.")
    linear = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000)).fit(table, said)
    trees = HistGradientBoostingClassifier(
        learning_rate=0.06, max_iter=60, max_leaf_nodes=6, min_samples_leaf=40, l2_regularization=5.0,
        early_stopping=False, random_state=seed,
    ).fit(table, said)  # fmt: skip
    return Ranking(linear, trees)


def nearness(found: Found) -> Matrix:
    """Where nothing was learned: how near each retrieved statement is. It orders them and is no probability."""
    return np.asarray(found.features[:, 0])


def _share(shared: Matrix, whole: Matrix) -> Matrix:
    """What part of the whole is shared; none of nothing."""
    return np.divide(shared, whole, out=np.zeros(shared.shape), where=whole > 0)


def _weighed(weights: Sequence[float], tables: Sequence[Matrix]) -> Matrix:
    """The tables added up by their weights."""
    found = weights[0] * tables[0]
    for weight, table in zip(weights[1:], tables[1:], strict=True):
        found += weight * table
    return found


def _dense(product: Any) -> Matrix:
    return np.asarray(product.toarray() if hasattr(product, "toarray") else product)
