"""Suggestions on standards whose authors linked duties to statements: whole standards are left out in turn."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.suggest_folders import dealt, groups, parts
from iqf.analysis.suggest.learning import learn
from iqf.analysis.suggest.records import Encode, Framework, Matrix
from iqf.analysis.suggest.spaces import Spaces, alike
from iqf.analysis.suggest.trusting import expected_calibration_error, hits, mean_over_texts
from iqf.analysis.suggest.votes import Comparisons

PARTS = 5
OWN = (0, 1, 3, 5)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Trial:
    """Standards to learn from with their groups, and standards to be tried on."""

    known: list[Framework]
    groups: list[str]
    asked: list[Framework]


def trials(data: Sequence[Framework], train: Sequence[Framework], seed: int) -> tuple[list[Trial], list[str]]:
    """Without standards to train on: all but one part in turn. With: those, less any near-same to one asked."""
    names = groups([f.title for f in [*data, *train]])
    if not train:
        split = parts(names, PARTS, seed)
        return [
            Trial([data[n] for p in split if p != part for n in p], [names[n] for p in split if p != part for n in p],
                  [data[n] for n in part])
            for part in split
        ], []  # fmt: skip
    taken = set(names[: len(data)]) | {f.key for f in data}
    kept = [(f, g) for f, g in zip(train, names[len(data) :], strict=True) if g not in taken and f.key not in taken]
    left = [f.title for f in train if f.title not in {k.title for k, _ in kept}]
    return [Trial([f for f, _ in kept], [g for _, g in kept], list(data))], left


def measure(
    data: Sequence[Framework],
    train: Sequence[Framework],
    encode: Encode | None,
    seed: int = 0,
    shuffled: bool = False,
) -> dict[str, object]:
    """Every figure of the standards, as printed with --json."""
    tried, left = trials(data, train, seed)
    told = {f.key: dealt(f, seed) if shuffled else f for f in [*data, *train]}
    spaces = Spaces([t for f in [*data, *train] for t in _all_texts(f)], encode)
    compared = Comparisons(spaces)
    said: dict[int, list[tuple[Framework, Matrix]]] = {own: [] for own in OWN}
    for n, trial in enumerate(tried):
        print(f"part {n + 1} of {len(tried)}: {len(trial.known)} standards to learn from", file=sys.stderr)
        learned = learn([told[f.key] for f in trial.known], trial.groups, compared, seed)
        for framework in trial.asked:
            for own in OWN:
                shown = framework.keeping(_judged(framework, own, seed))
                said[own].append((framework, learned.probabilities(shown)))
    curve = {str(own): _figures(said[own], own, seed) for own in OWN}
    return {
        **curve["0"], "curve": curve, "beside": _beside(data, spaces, seed), "standards": len(data),
        "duties": sum(len(f.texts) for f in data), "near_same_left_out": left,
    }  # fmt: skip


def _all_texts(framework: Framework) -> list[str]:
    return [t.whole for t in framework.texts] + [s.text for s in framework.statements]


def _judged(framework: Framework, count: int, seed: int) -> np.ndarray:
    """The duties taken as judged: the first `count` of an order drawn from the seed; never all of them."""
    order = np.random.default_rng([seed, 7]).permutation(len(framework.texts))
    return np.isin(np.arange(len(order)), order[: min(count, len(order) - 1)])


def _figures(said: Sequence[tuple[Framework, Matrix]], own: int, seed: int) -> dict[str, float]:
    """The figures over the duties that were not taken as judged."""
    open_rows = [~_judged(f, own, seed) for f, _ in said]
    pairs = [(p[rows], f.verdicts[rows] > 0) for (f, p), rows in zip(said, open_rows, strict=True)]
    flat, touched = np.concatenate([p.ravel() for p, _ in pairs]), np.concatenate([t.ravel() for _, t in pairs])
    at_half = hits(flat >= 0.5, touched)
    by_standard = [hits(p.ravel() >= 0.5, t.ravel()).f1 for p, t in pairs]
    return {
        "map": mean_over_texts("map", pairs),
        "ndcg10": mean_over_texts("ndcg", pairs),
        "precision": at_half.precision,
        "recall": at_half.recall,
        "macro_f1": float(np.mean(by_standard)),
        "ece": expected_calibration_error(flat, touched.astype(float)),
    }


def _beside(data: Sequence[Framework], spaces: Spaces, seed: int) -> dict[str, dict[str, float]]:
    """What simpler ways reach: chance, popularity among the standard's other duties, BM25, the encoder's cosine."""
    pick = np.random.default_rng(seed)
    ways: dict[str, list[Matrix]] = {
        "random": [pick.random(f.verdicts.shape) for f in data],
        "popularity only (links of the standard's other duties)": [_popular(f) for f in data],
        "BM25": [spaces.bm25([t.whole for t in f.texts], [s.text for s in f.statements]) for f in data],
    }
    if spaces.encodes:
        ways["encoder cosine"] = [
            alike(spaces.meanings([t.whole for t in f.texts]), spaces.meanings([s.text for s in f.statements]))
            for f in data
        ]
    return {name: _order(scores, data) for name, scores in ways.items()}


def _order(scores: Sequence[Matrix], data: Sequence[Framework]) -> dict[str, float]:
    pairs = [(s, f.verdicts > 0) for s, f in zip(scores, data, strict=True)]
    return {"map": mean_over_texts("map", pairs), "ndcg10": mean_over_texts("ndcg", pairs)}


def _popular(framework: Framework) -> Matrix:
    return np.asarray(framework.verdicts.sum(axis=0, keepdims=True) - framework.verdicts)
