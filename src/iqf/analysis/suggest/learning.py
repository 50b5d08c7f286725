"""From verdicts on frameworks to the probability of any pair of another: two stages, learned across frameworks.

First each pair alone: logistic regression and boosted trees on pair features and the votes of other frameworks, their
log-odds averaged. Then pairs together: a logistic regression on what the first stage says of the pair, of like texts
and statements, of neighbours in the lists, and on the framework's own verdicts. The second stage learns from what the
first says of frameworks it has not seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from iqf.analysis.suggest.pairs import flat, neighbourhoods, ranks, standard
from iqf.analysis.suggest.records import Framework, Matrix
from iqf.analysis.suggest.threads import one_thread
from iqf.analysis.suggest.votes import Comparisons

INNER: Final = 4
"""The first stage is tried on frameworks it has not seen in so many parts."""
OWN: Final = (1, 3, 5)
"""So many of a framework's own texts are taken as judged when the use of own verdicts is learned."""
SURE: Final = 1e-4
"""No probability of the first stage is taken as nearer to 0 or 1 than this."""


@dataclass
class Learned:
    """What was learned from frameworks; `probabilities` asks it about another."""

    first: "Stage"
    second: Pipeline
    second_with_own: Pipeline
    compared: Comparisons
    known: tuple[Framework, ...]

    def probabilities(self, framework: Framework, apart: Sequence[str] = ()) -> Matrix:
        """Probability of each pair of a framework that was not learned from: texts × statements.

        The framework's own verdicts count where it has some. `apart` names known frameworks that must not vote.
        """
        others = [k for k in self.known if k.key not in {framework.key, *apart}]
        alone = self.first.probabilities(_table(framework, others, self.compared), framework.verdicts.shape)
        stage = self.second_with_own if framework.judged.any() else self.second
        return _shaped(stage, _together(framework, alone, self.compared), framework.verdicts.shape)


@dataclass
class Stage:
    """The first stage: two models on the same table, their log-odds averaged."""

    seed: int
    linear: Pipeline = field(init=False)
    trees: HistGradientBoostingClassifier = field(init=False)

    @one_thread
    def fit(self, tables: Sequence[Matrix], verdicts: Sequence[Matrix]) -> "Stage":
        """Learn from a table for each framework; pairs without a verdict are left out."""
        table, said, weights = _rows(tables, verdicts)
        # Weights that are all one make scikit-learn cut the bins of the trees a hundred times more slowly.
        self.linear = _linear().fit(table, said, logisticregression__sample_weight=weights)
        self.trees = HistGradientBoostingClassifier(
            learning_rate=0.08, max_iter=100, max_leaf_nodes=12, min_samples_leaf=60, l2_regularization=5.0,
            max_features=0.3, early_stopping=False, random_state=self.seed,
        ).fit(table, said, sample_weight=weights if (weights != 1).any() else None)  # fmt: skip
        return self

    @one_thread
    def probabilities(self, table: Matrix, shape: tuple[int, ...]) -> Matrix:
        """The probability of each row of a table, in the shape of its framework."""
        odds = [log_odds(model.predict_proba(table)[:, 1]) for model in (self.linear, self.trees)]
        return chance((odds[0] + odds[1]) / 2).reshape(shape)


def learn(frameworks: Sequence[Framework], groups: Sequence[str], compared: Comparisons, seed: int = 0) -> Learned:
    """Learn from judged frameworks. Those of one group (near-same titles) never help to judge each other.

    Raises ValueError for fewer than two groups or verdicts that all say the same.
    """
    if len(set(groups)) < 2:
        raise ValueError("Learning across frameworks needs judged frameworks of at least two kinds.")
    tables = [
        _table(f, [o for o, other in zip(frameworks, groups, strict=True) if other != group], compared)
        for f, group in zip(frameworks, groups, strict=True)
    ]
    verdicts = [f.verdicts for f in frameworks]
    unseen = _unseen(tables, verdicts, groups, seed)
    alone = [
        (f.keeping(np.zeros(len(f.texts), bool)), f.verdicts, p) for f, p in zip(frameworks, unseen, strict=True)
    ]
    asked = [
        (f.keeping(rows), np.where(rows[:, None], np.nan, f.verdicts), p)
        for f, p in zip(frameworks, unseen, strict=True)
        for rows in _some_judged(f, seed)
    ]
    return Learned(
        first=Stage(seed).fit(tables, verdicts),
        second=_second(alone, compared),
        second_with_own=_second(asked, compared),
        compared=compared,
        known=tuple(frameworks),
    )


def _table(framework: Framework, others: Sequence[Framework], compared: Comparisons) -> Matrix:
    """A row for each pair of the framework: what the first stage learns from."""
    return np.hstack([compared.features(framework), flat(compared.of_others(framework, others))])


def _unseen(tables: Sequence[Matrix], verdicts: Sequence[Matrix], groups: Sequence[str], seed: int) -> list[Matrix]:
    """What the first stage says of each framework having learned from others only."""
    names = sorted(set(groups))
    parts = dict(zip(names, np.random.default_rng(seed).permutation(len(names)) % INNER, strict=True))
    said: dict[int, Matrix] = {}
    for part in range(min(INNER, len(names))):
        inside = [n for n, g in enumerate(groups) if parts[g] != part]
        stage = Stage(seed).fit([tables[n] for n in inside], [verdicts[n] for n in inside])
        for n in set(range(len(groups))) - set(inside):
            said[n] = stage.probabilities(tables[n], verdicts[n].shape)
    return [said[n] for n in range(len(groups))]


def _some_judged(framework: Framework, seed: int) -> list[NDArray[np.bool_]]:
    """Texts drawn at random as if only they had been judged: one, three, five of them."""
    pick = np.random.default_rng([seed, len(framework.texts), len(framework.statements)])
    order = pick.permutation(len(framework.texts))
    return [np.isin(np.arange(len(order)), order[:count]) for count in OWN if count < len(order)]


@one_thread
def _second(asked: Sequence[tuple[Framework, Matrix, Matrix]], compared: Comparisons) -> Pipeline:
    table, said, weights = _rows([_together(f, p, compared) for f, _, p in asked], [v for _, v, _ in asked])
    return _linear().fit(table, said, logisticregression__sample_weight=weights)


def _together(framework: Framework, alone: Matrix, compared: Comparisons) -> Matrix:
    """What the second stage learns from: the first's word on the pair and those around it, and own verdicts."""
    odds = log_odds(alone)
    texts, statements = (_others_mean(w) for w in compared.weights(framework, framework))
    by_text, by_statement = np.broadcast_to(alone.mean(0), alone.shape), alone.mean(1, keepdims=True) + 0 * alone
    told = [
        odds, standard(odds, 0), standard(odds, 1), ranks(odds, 1), ranks(odds, 0),
        texts @ alone, alone @ statements.T, texts @ alone @ statements.T,
        by_text, by_statement, np.full(alone.shape, alone.mean()), alone - by_text, alone - by_statement,
    ]  # fmt: skip
    if framework.ordered:
        before, near, _ = neighbourhoods(framework)
        told += [alone @ near.T, before @ alone]
    else:
        told += [alone, alone]
    own = compared.of_own(framework)
    return flat([*told, *own, *(own[0] * matrix for matrix in own[1:])])


def _others_mean(weights: Matrix) -> Matrix:
    others = np.where(np.eye(len(weights), dtype=bool), 0.0, weights)
    return np.asarray(others / np.maximum(others.sum(axis=1, keepdims=True), SURE))


def _linear() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.1, solver="newton-cholesky", max_iter=50))


def _rows(tables: Sequence[Matrix], verdicts: Sequence[Matrix]) -> tuple[Matrix, NDArray[np.int_], Matrix]:
    """One table of all judged pairs. A verdict that raters share counts as a part of each answer."""
    table = np.concatenate(tables)
    said = np.concatenate([v.ravel() for v in verdicts])
    table, said = table[~np.isnan(said)], said[~np.isnan(said)]
    sides: list[tuple[Any, int, Any]] = [(said > 0, 1, said), (said < 1, 0, 1 - said)]
    rows = np.concatenate([table[of] for of, _, _ in sides])
    answers = np.concatenate([np.full(int(of.sum()), answer) for of, answer, _ in sides])
    if len(set(answers.tolist())) < 2:
        raise ValueError("All verdicts say the same: there is nothing to learn from them.")
    return rows, answers, np.concatenate([weight[of] for of, _, weight in sides])


def _shaped(model: Pipeline, table: Matrix, shape: tuple[int, ...]) -> Matrix:
    return np.asarray(model.predict_proba(table)[:, 1]).reshape(shape)


def log_odds(probability: Matrix) -> Matrix:
    """ln(p / (1 − p)), of probabilities kept from 0 and 1."""
    kept = np.clip(probability, SURE, 1 - SURE)
    return np.asarray(np.log(kept / (1 - kept)))


def chance(odds: Matrix) -> Matrix:
    """The probability of log-odds."""
    return np.asarray(1 / (1 + np.exp(-odds)))
