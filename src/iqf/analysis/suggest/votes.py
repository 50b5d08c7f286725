"""What verdicts on like pairs say: those of other frameworks, and those already given in this one."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from iqf.analysis.suggest.pairs import features, flat, measures, ranks, standard
from iqf.analysis.suggest.records import Framework, Matrix
from iqf.analysis.suggest.spaces import Spaces, alike

SHARPNESS: Final = 8.0
"""A vote counts exp(8 × (likeness − 1)): one at likeness 0.9 five times one at 0.7."""
DOUBT: Final = 2.0
"""What has been judged in a framework weighs against so many verdicts at its average."""
TINY: Final = 1e-9


class Comparisons:
    """Frameworks compared with themselves and each other in one set of spaces, each comparison worked out once.

    Frameworks are told apart by their keys: one key must always mean the same texts and statements, and in
    `of_others` the same verdicts.
    """

    def __init__(self, spaces: Spaces) -> None:
        self._spaces = spaces
        self._features: dict[str, Matrix] = {}
        self._weights: dict[tuple[str, str], tuple[Matrix, Matrix]] = {}
        self._cast: dict[tuple[str, str], tuple[Matrix, Matrix]] = {}

    def features(self, framework: Framework) -> Matrix:
        """What is told of the framework's pairs without any verdict: a row for each pair, texts in their order."""
        if framework.key not in self._features:
            found = measures(framework.texts, framework.statements, self._spaces)
            self._features[framework.key] = flat(features(framework, found))
        return self._features[framework.key]

    def weights(self, one: Framework, other: Framework) -> tuple[Matrix, Matrix]:
        """Text × text and statement × statement weights of two frameworks (or of one with itself)."""
        if (one.key, other.key) not in self._weights:
            texts = self._alike([t.whole for t in one.texts], [t.whole for t in other.texts])
            statements = self._alike([s.text for s in one.statements], [s.text for s in other.statements])
            self._weights[one.key, other.key] = texts, statements
        return self._weights[one.key, other.key]

    def _alike(self, left: list[str], right: list[str]) -> Matrix:
        vectors = self._spaces.meanings if self._spaces.encodes else self._spaces.characters
        return np.asarray(np.exp(SHARPNESS * (alike(vectors(left), vectors(right)) - 1)))

    def of_others(self, asking: Framework, others: Iterable[Framework]) -> list[Matrix]:
        """Mean verdict of the pairs of other frameworks, against their average, weighted by likeness of both sides.

        Then the same standardised and ranked, and how much weight was cast. Nothing but zeros without others.
        """
        ballots = [self._ballot(asking, other) for other in others]
        if not ballots:
            return [np.zeros(asking.verdicts.shape)] * 5
        weight = np.sum([w for _, w in ballots], axis=0)
        mean = np.sum([v for v, _ in ballots], axis=0) / np.maximum(weight, TINY)
        return [mean, standard(mean, 1), standard(mean, 0), ranks(mean, 1), np.log(np.maximum(weight, TINY))]

    def _ballot(self, asking: Framework, other: Framework) -> tuple[Matrix, Matrix]:
        key = asking.key, other.key
        if key not in self._cast:
            texts, statements = self.weights(asking, other)
            known = ~np.isnan(other.verdicts)
            excess = np.where(known, other.verdicts - (other.verdicts[known].mean() if known.any() else 0.0), 0.0)
            self._cast[key] = texts @ excess @ statements.T, texts @ known.astype(float) @ statements.T
        return self._cast[key]

    def of_own(self, framework: Framework) -> list[Matrix]:
        """What the verdicts already given in this framework say of each pair, against their average.

        How many there are; how often the statement was touched; the vote of like texts on the statement; the vote of
        like texts on like statements. A text never votes for itself. Zeros where nothing was judged.
        """
        rows = framework.judged
        shape = framework.verdicts.shape
        if not rows.any():
            return [np.zeros(shape)] * 4
        texts, statements = self.weights(framework, framework)
        texts = np.where(np.eye(len(texts), dtype=bool), 0.0, texts)[:, rows]
        known = framework.verdicts[rows]
        excess = known - known.mean()
        own = np.zeros(shape)
        own[rows] = excess
        often = (excess.sum(axis=0) - own) / (rows.sum() - rows.astype(float)[:, None] + DOUBT)
        cast = texts.sum(axis=1, keepdims=True)
        typical = np.median(texts) * DOUBT + TINY
        like = texts @ excess / (cast + typical)
        spread = statements / statements.sum(axis=1, keepdims=True)
        return [np.full(shape, np.log1p(rows.sum())), often, like, like @ spread.T]
