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
AT_ONCE: Final = 1_000
"""So many segments are compared at a time: a few tens of megabytes beside ten thousand statements."""
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
    together: Matrix


class Library:
    """The statements of a large framework, ready to be asked about texts. `expected` may hold how common each is."""

    def __init__(
        self, statements: Sequence[Statement], spaces: Spaces, expected: Matrix | None = None,
        windows: Sequence[int] = WINDOWS,
    ) -> None:  # fmt: skip
        names = [APART.sub("", s.text).strip() or s.text for s in statements]
        self._spaces, self._windows = spaces, windows
        self._words, self._characters = spaces.words(names).T.tocsr(), spaces.characters(names).T.tocsr()
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
        waiting: list[tuple[str, list[Span]]] = []
        count = 0
        for text in texts:
            spans = segments(text.whole, self._windows) or [(0, len(text.whole))]
            waiting.append((text.whole, spans))
            count += len(spans)
            if count >= AT_ONCE:
                yield from self._found(self._block(waiting))
                waiting, count = [], 0
        if waiting:
            yield from self._found(self._block(waiting))

    def _block(self, texts: Sequence[tuple[str, list[Span]]]) -> _Block:
        """Every wording is compared once, however many texts use it."""
        said = [text[a:b] for text, spans in texts for a, b in spans]
        places = {wording: n for n, wording in enumerate(dict.fromkeys(said))}
        wordings = list(places)
        tables = [
            _dense(self._spaces.words(wordings) @ self._words),
            _dense(self._spaces.characters(wordings) @ self._characters),
        ]
        weights = [BY_WORDS, BY_CHARACTERS]
        if self._meant is not None:
            tables.append(np.asarray(self._spaces.meanings(wordings) @ self._meant.T))
            weights = [BY_WORDS_TOO, BY_CHARACTERS_TOO, 1.0]
        stems = [frozenset(tokens(wording)) for wording in wordings]
        return _Block(
            spans=[spans for _, spans in texts],
            rows=np.array([places[wording] for wording in said], dtype=np.intp),
            starts=np.cumsum([0, *(len(spans) for _, spans in texts)]),
            sized=np.array([len(wording.split()) for wording in wordings], dtype=float),
            stems=np.array([len(group) for group in stems], dtype=float),
            shared=_dense(self._stemmed(stems) @ self._stems),
            tables=tables,
            together=np.asarray(sum(w * t for w, t in zip(weights, tables, strict=True))),
        )

    def _stemmed(self, stems: Sequence[frozenset[str]]) -> Any:
        """A row for each text, one where it has a stem of the statements: products count what two share."""
        columns = [[self._known[stem] for stem in group if stem in self._known] for group in stems]
        ends = np.cumsum([0, *map(len, columns)])
        flat = np.fromiter((column for group in columns for column in group), dtype=np.int32, count=int(ends[-1]))
        return sparse.csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), (len(stems), len(self._known)))

    def _found(self, block: _Block) -> Iterator[Found]:
        """For each text the nearest statements, with what is told of them."""
        for n, spans in enumerate(block.spans):
            rows = block.rows[block.starts[n] : block.starts[n + 1]]
            columns = _first(block.together[rows].max(axis=0), RETRIEVED)
            peaks = [table[rows].max(axis=0) for table in block.tables]
            near = [(peak[columns], float(peak.mean()), float(peak.std())) for peak in peaks]
            yield self._told(block, rows, spans, columns, near)

    def _told(
        self, block: _Block, rows: NDArray[np.intp], spans: Sequence[Span], columns: NDArray[np.intp],
        near: Sequence[tuple[Matrix, float, float]],
    ) -> Found:  # fmt: skip
        count = len(columns)
        together = block.together[rows[:, None], columns[None]]
        at = together.argmax(axis=0)
        best, whole = together.max(axis=0), rows[0]
        rivals = together.max(axis=1)[at]
        told = [best, best - best.max(), best - rivals, np.log1p(np.arange(count))]
        for table, (peak, mean, std) in zip(block.tables, near, strict=True):
            told += [peak, table[whole, columns], (peak - mean) / (std + 1e-6)]
        said = rows[at]
        shared = block.shared[said, columns]
        told += [
            (together >= rivals[None] - 1e-9)[at, np.arange(count)].astype(float),
            (together.argmax(axis=1)[:, None] == np.arange(count)[None]).sum(axis=0) / len(rows),
            _share(shared, self._stem_counts[columns]),
            _share(shared, block.stems[said]),
            _share(block.shared[whole, columns], self._stem_counts[columns]),
            np.log(block.sized[said]), np.log(self._lengths[columns]), np.full(count, np.log(block.sized[whole])),
            np.full(count, best.max()),
            self._common[columns], (self._common[columns] > self._common.min()).astype(float),
        ]  # fmt: skip
        return Found(columns, np.stack(told, axis=1), tuple(spans[s] for s in at))


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
    return np.divide(shared, whole, out=np.zeros(len(shared)), where=whole > 0)


def _dense(product: Any) -> Matrix:
    return np.asarray(product.toarray() if hasattr(product, "toarray") else product)
