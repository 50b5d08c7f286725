"""Suggestions on sentences that people labelled with skills of a large list: sentences are left out in turn."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.suggest_folders import Sentence, parts
from iqf.analysis.suggest.records import Encode, Matrix, Statement, Text
from iqf.analysis.suggest.retrieval import Found, Library, Ranking, learn_ranking, nearness
from iqf.analysis.suggest.spaces import Spaces, alike
from iqf.analysis.suggest.trusting import expected_calibration_error, hits

PARTS = 8
CURVE = (0, 10, 25, 50, 100)


@dataclass(frozen=True)
class Asked:
    """A sentence with what was retrieved for it and the columns that people chose."""

    file: str
    sentence: Sentence
    found: Found
    touched: dict[int, list[str]]
    """The spans that each chosen column was given for."""


def measure(
    data: dict[str, list[Sentence]], train: dict[str, list[Sentence]], labels: Sequence[str],
    priors: dict[str, float],
    encode: Encode | None, seed: int = 0, shuffled: bool = False,
) -> dict[str, object]:  # fmt: skip
    """Every figure of the labelled sentences, as printed with --json."""
    texts = [s.text for listed in (*data.values(), *train.values()) for s in listed]
    spaces = Spaces([*labels, *texts], encode)
    expected = np.array([priors.get(label, 0.0) for label in labels]) if priors else None
    library = Library([Statement(label, label) for label in labels], spaces, expected)
    print(f"looking {len(texts)} sentences up among {len(labels)} labels", file=sys.stderr)
    asked, known = _asked(data, library, labels), _asked(train, library, labels)
    said = _said(asked, known, seed, shuffled)
    curve = {str(n): _figures(asked, _said(asked, known, seed, shuffled, n)) for n in CURVE}
    return {
        **_figures(asked, said), "curve": {**curve, "all": _figures(asked, said)},
        "files": {name: _figures(*_of(name, asked, said)) for name in data},
        "beside": _beside(asked, spaces, labels), "sentences": len(asked), "labels": len(labels),
    }  # fmt: skip


def _asked(listed: dict[str, list[Sentence]], library: Library, labels: Sequence[str]) -> list[Asked]:
    columns = {label: n for n, label in enumerate(labels)}
    return [
        Asked(name, s, library.find([Text(s.text, s.text)])[0], _spans(s, columns))
        for name, sentences in listed.items()
        for s in sentences
    ]


def _spans(sentence: Sentence, columns: dict[str, int]) -> dict[int, list[str]]:
    told: dict[int, list[str]] = {columns[label]: [] for label in sentence.labels}
    for label, span in sentence.spans:
        told[columns[label]] += [span] if span else []
    return told


def _said(
    asked: Sequence[Asked], known: Sequence[Asked], seed: int, shuffled: bool, most: int | None = None
) -> list[Matrix]:
    """What is said of the retrieved labels, learning from other sentences only, at most so many of them."""
    if known:
        texts = {a.sentence.text for a in asked}
        model = _learned([k for k in known if k.sentence.text not in texts], seed, shuffled, most)
        return [_rank(a.found, model) for a in asked]
    said: dict[int, Matrix] = {}
    for part in parts([a.sentence.text for a in asked], PARTS, seed):
        model = _learned([a for n, a in enumerate(asked) if n not in set(part)], seed, shuffled, most)
        said |= {n: _rank(asked[n].found, model) for n in part}
    return [said[n] for n in range(len(asked))]


def _rank(found: Found, model: Ranking | None) -> Matrix:
    return model.probabilities(found) if model else nearness(found)


def _learned(known: Sequence[Asked], seed: int, shuffled: bool, most: int | None) -> Ranking | None:
    order = np.random.default_rng(seed).permutation(len(known))[:most]
    chosen = [known[n] for n in order]
    if not any(np.isin(k.found.columns, list(k.touched)).any() for k in chosen):
        return None
    answers = [frozenset(k.touched) for k in chosen]
    return learn_ranking([k.found for k in chosen], answers[1:] + answers[:1] if shuffled else answers)


def _of(name: str, asked: Sequence[Asked], said: Sequence[Matrix]) -> tuple[list[Asked], list[Matrix]]:
    inside = [n for n, a in enumerate(asked) if a.file == name]
    return [asked[n] for n in inside], [said[n] for n in inside]


def _figures(asked: Sequence[Asked], said: Sequence[Matrix]) -> dict[str, float]:
    """RP@5 and RP@10 in percent over sentences; the rest over retrieved labels, where a probability was said."""
    touched = [np.isin(a.found.columns, list(a.touched)) for a in asked]
    found = {
        f"rp{k}": 100 * float(np.mean([_hit(a, s, k) for a, s in zip(asked, said, strict=True)])) for k in (5, 10)
    }
    flat, came = np.concatenate(list(said)), np.concatenate(touched)
    if (flat >= 0).all() and (flat <= 1).all():
        at_half = hits(flat >= 0.5, came)
        found |= {"ece": expected_calibration_error(flat, came.astype(float)), "precision": at_half.precision}
        found |= {"recall": at_half.recall, "macro_f1": at_half.f1}
    return found | {"words_overlap": _overlapping(asked, said)}


def _hit(asked: Asked, said: Matrix, k: int) -> float:
    first = set(asked.found.columns[np.argsort(-said, kind="stable")[:k]].tolist())
    return len(first & asked.touched.keys()) / min(k, len(asked.touched))


def _overlapping(asked: Sequence[Asked], said: Sequence[Matrix]) -> float:
    """Of the right ones among the first five, the share whose words overlap the words people gave the label for."""
    met = []
    for a, s in zip(asked, said, strict=True):
        for n in np.argsort(-s, kind="stable")[:5]:
            spans = a.touched.get(int(a.found.columns[n]), [])
            if spans:
                start, end = a.found.words[n]
                met.append(any(_meets(a.sentence.text, span, start, end) for span in spans))
    return float(np.mean(met)) if met else float("nan")


def _meets(text: str, span: str, start: int, end: int) -> bool:
    at = text.find(span)
    return at >= 0 and at < end and start < at + len(span)


def _beside(asked: Sequence[Asked], spaces: Spaces, labels: Sequence[str]) -> dict[str, dict[str, float]]:
    """Whole sentence against whole label: BM25 and, where there is one, the encoder's cosine."""
    texts = [a.sentence.text for a in asked]
    ways = {"BM25": spaces.bm25(texts, labels)}
    if spaces.encodes:
        ways["encoder cosine"] = alike(spaces.meanings(texts), spaces.meanings(labels))
    return {
        name: {f"rp{k}": 100 * float(np.mean([_whole_hit(a, s, k) for a, s in zip(asked, scores, strict=True)]))
               for k in (5, 10)}
        for name, scores in ways.items()
    }  # fmt: skip


def _whole_hit(asked: Asked, scores: Matrix, k: int) -> float:
    first = set(np.argsort(-scores, kind="stable")[:k].tolist())
    return len(first & asked.touched.keys()) / min(k, len(asked.touched))
