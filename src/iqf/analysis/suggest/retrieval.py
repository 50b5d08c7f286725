"""Large frameworks: the statements that come near a text are retrieved first, then ranked by a learned model.

Each text is cut into segments, and a statement is as near as the nearest of them. What is learned is how far to trust
each kind of nearness, and that statements near the same few words compete.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
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


class Library:
    """The statements of a large framework, ready to be asked about texts. `expected` may hold how common each is."""

    def __init__(
        self, statements: Sequence[Statement], spaces: Spaces, expected: Matrix | None = None,
        windows: Sequence[int] = WINDOWS,
    ) -> None:  # fmt: skip
        names = [APART.sub("", s.text).strip() or s.text for s in statements]
        self._spaces, self._windows = spaces, windows
        self._words, self._characters = spaces.words(names).T.tocsc(), spaces.characters(names).T.tocsc()
        self._meant = spaces.meanings(names) if spaces.encodes else None
        self._stems = [frozenset(tokens(name)) for name in names]
        self._lengths = np.array([len(name.split()) for name in names], dtype=float)
        common = np.zeros(len(names)) if expected is None else np.log(np.maximum(expected, 1e-7))
        self._common = common - common.mean()

    def find(self, texts: Sequence[Text]) -> list[Found]:
        """The nearest statements of each text, at most `RETRIEVED`, nearest first."""
        return [self._found(text.whole) for text in texts]

    def _found(self, text: str) -> Found:
        spans = segments(text, self._windows) or [(0, len(text))]
        said = [text[a:b] for a, b in spans]
        tables = [
            _dense(self._spaces.words(said) @ self._words),
            _dense(self._spaces.characters(said) @ self._characters),
        ]
        weights = [BY_WORDS, BY_CHARACTERS]
        if self._meant is not None:
            tables.append(np.asarray(self._spaces.meanings(said) @ self._meant.T))
            weights = [BY_WORDS_TOO, BY_CHARACTERS_TOO, 1.0]
        together = sum(w * t for w, t in zip(weights, tables, strict=True))
        best = np.asarray(together).max(axis=0)
        columns = np.argsort(-best, kind="stable")[:RETRIEVED]
        return self._told(text, said, spans, columns, tables, np.asarray(together)[:, columns])

    def _told(
        self, text: str, said: Sequence[str], spans: Sequence[Span], columns: NDArray[np.intp],
        tables: Sequence[Matrix],
        together: Matrix,
    ) -> Found:  # fmt: skip
        at = together.argmax(axis=0)
        best = together.max(axis=0)
        rivals = together.max(axis=1)[at]
        sized = np.array([len(s.split()) for s in said], dtype=float)
        stems, whole = [frozenset(tokens(s)) for s in said], frozenset(tokens(text))
        told = [best, best - best.max(), best - rivals, np.log1p(np.arange(len(columns)))]
        for table in tables:
            here = table[:, columns]
            peak = here.max(axis=0)
            told += [peak, here[0], (peak - table.max(axis=0).mean()) / (table.max(axis=0).std() + 1e-6)]
        told += [
            (together >= rivals[None] - 1e-9)[at, np.arange(len(columns))].astype(float),
            (together.argmax(axis=1)[:, None] == np.arange(len(columns))[None]).sum(axis=0) / len(said),
            np.array([_share(self._stems[c], stems[s]) for c, s in zip(columns, at, strict=True)]),
            np.array([_share(stems[s], self._stems[c]) for c, s in zip(columns, at, strict=True)]),
            np.array([_share(self._stems[c], whole) for c in columns]),
            np.log(sized[at]), np.log(self._lengths[columns]), np.full(len(columns), np.log(sized[0])),
            np.full(len(columns), best.max()),
            self._common[columns], (self._common[columns] > self._common.min()).astype(float),
        ]  # fmt: skip
        return Found(columns, np.stack(told, axis=1), tuple(spans[s] for s in at))


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


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _dense(product: Any) -> Matrix:
    return np.asarray(product.toarray() if hasattr(product, "toarray") else product)
