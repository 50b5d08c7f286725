"""Likeness of titles: precision and recall on labelled pairs, time and memory beside pairwise rapidfuzz.

`python -m bench.likeness` finds the labelled pairs among the register's titles under IQF_REAL_DATA (or made-up ones)
and writes bench/LIKENESS.md; the times are part of `bench.run`.
"""

import csv
import hashlib
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from bench.apart import apart
from bench.world import DEEDS, SETTINGS, SUBJECTS, qualifications
from iqf.analysis.likeness import Titled, between, within
from iqf.analysis.titles import plain
from iqf.codes import parse_level

PAIRS = Path(__file__).parent / "pairs"
REGISTER = "ofqual-register/quals_autocomplete_all_quals.json"
APPROVED = "dfe-approved-quals/approved.csv"
ALL, FEW = 48_163, 8_000
CHUNK = 200
SAMPLED = 1_000
"""So many rows of the left list are tried pairwise, and the time scaled to all of them."""
MARKS = re.compile(r"\((?:qcf|rqf|vrq|nqf)\)")
Verdicts = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Labelled:
    """A pair of records with its label, and how many pairs it stands for (0: it was not drawn at random)."""

    a: Titled
    b: Titled
    label: str
    share: float
    held_out: bool


def labelled(kind: str) -> list[Labelled]:
    """The labelled pairs of `qualifications` or `units`."""
    with (PAIRS / f"{kind}.csv").open(newline="", encoding="utf-8") as file:
        return [_labelled(row) for row in csv.DictReader(file)]


def _labelled(row: dict[str, str]) -> Labelled:
    a, b = (_record(row[f"title_{s}"], row[f"owner_{s}"], row[f"level_{s}"]) for s in "ab")
    first = min(row["title_a"], row["title_b"]).encode()
    return Labelled(a, b, row["label"], float(row["share"]), hashlib.sha256(first).digest()[0] % 2 == 0)


def _record(title: str, owner: str = "", level: str = "") -> Titled:
    owners = () if not owner or owner.startswith("Various") else (owner,)
    return Titled("\t".join((title, owner, level)), title, owners, parse_level(level) or "")


def titles(count: int = ALL) -> tuple[list[str], str]:
    """The register's titles where IQF_REAL_DATA says where they are, else made-up ones; and which."""
    root = os.environ.get("IQF_REAL_DATA")
    if root:
        found = json.loads((Path(root) / REGISTER).read_text())
        return [t["text"] for t in found][:count], "the register's titles"
    return [t.title for t in qualifications(count)], "made-up titles (set IQF_REAL_DATA for the register's)"


def approved(count: int = FEW) -> list[str]:
    """Titles approved for funding, or made-up ones."""
    root = os.environ.get("IQF_REAL_DATA")
    if root:
        with (Path(root) / APPROVED).open(newline="", encoding="utf-8-sig") as file:
            return [row["QualificationName"] for row in csv.DictReader(file)][:count]
    return [t.title for t in qualifications(count, seed=8)]


def unit_titles(count: int, seed: int = 5) -> list[str]:
    """So many made-up unit titles: deeds, subjects, settings and one of 3,000 invented words."""
    pick = random.Random(seed)
    made = ["".join(pick.choice("bdfglmnprst") + pick.choice("aeiou") for _ in range(4)) for _ in range(3_000)]
    return [
        f"{pick.choice(DEEDS)} {pick.choice(SUBJECTS)} {pick.choice(made)} in {pick.choice(SETTINGS)}"
        for _ in range(count)
    ]


def quality(count: int = ALL) -> str:
    """The section of the results: precision and recall on the half that was held out, found among `count` titles."""
    listed, which = titles(count)
    lines = [
        "# Likeness of titles, measured",
        "",
        "Labelled pairs that were held out (bench/pairs/README.md); qualifications are looked for among "
        f"{len(listed):,} titles ({which}), units among those of the pairs. Precision / recall. Thresholds, ours and "
        "those of the "
        "pairwise ratio, were set on the other half.",
        "",
        "| pairs | way | same | same or similar | recall, weighted to all neighbours: same | same or similar |",
        "|---|---|---|---|---|---|",
    ]
    for kind, others in (("qualifications", listed), ("units", [])):
        pairs = labelled(kind)
        held = [p for p in pairs if p.held_out]
        for name, verdicts in _ways(pairs, others).items():
            cells = [_figures(held, verdicts, wanted) for wanted in (("same",), ("same", "similar"))]
            weighted = [_recall(held, verdicts, wanted, weighted=True) for wanted in (("same",), ("same", "similar"))]
            shares = ", ".join(f"{sum(p.label == label for p in held)} {label}" for label in ("same", "similar"))
            lines.append(f"| {len(held)} {kind} ({shares}) | {name} | {' | '.join([*cells, *weighted])} |")
    return "\n".join([*lines, "", _among_the_found()]) + "\n"


def _among_the_found() -> str:
    """How many of the pairs that were found among the register's titles, drawn at random and read, are right."""
    with (PAIRS / "found.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    said = []
    for verdict in ("same", "similar"):
        of = [row for row in rows if row["verdict"] == verdict]
        said.append(f"{sum(row['label'] == verdict for row in of)} of {len(of)} called {verdict}")
    return (
        "Of the pairs that likeness found among the register's own titles (identical titles left out), drawn at "
        f"random and read by the same criteria (bench/pairs/found.csv), these were right: {' and '.join(said)}. That "
        "is the precision to expect of a list of duplicates; the pairs above were chosen hard or plainly different."
    )


def _ways(pairs: Sequence[Labelled], others: Iterable[str]) -> dict[str, Verdicts]:
    return {
        "analysis.likeness": _ours(pairs, others),
        "exact normalised title": {_key(p): "same" for p in pairs if _bare(p.a.title) == _bare(p.b.title)},
        "pairwise rapidfuzz (token sort ratio)": _pairwise(pairs),
    }


def _key(pair: Labelled) -> tuple[str, str]:
    return pair.a.key, pair.b.key


def _ours(pairs: Sequence[Labelled], others: Iterable[str]) -> Verdicts:
    """What is found when the pairs' records stand among all the others."""
    records = {_record(t).key: _record(t) for t in others} | {r.key: r for p in pairs for r in (p.a, p.b)}
    found = {frozenset((p.a, p.b)): p.verdict for p in within(records.values()).pairs}
    return {_key(p): found[frozenset(_key(p))] for p in pairs if frozenset(_key(p)) in found}


def _bare(title: str) -> str:
    return " ".join(MARKS.sub(" ", plain(title)).split())


def _pairwise(pairs: Sequence[Labelled]) -> Verdicts:
    """Token sort ratios with the two thresholds that do best (F1) on the half for tuning."""
    scores = {_key(p): fuzz.token_sort_ratio(p.a.title.casefold(), p.b.title.casefold()) for p in pairs}
    tuning = [p for p in pairs if not p.held_out]
    same, similar = (_best(tuning, scores, wanted) for wanted in (("same",), ("same", "similar")))
    return {k: "same" if s >= same else "similar" for k, s in scores.items() if s >= min(same, similar)}


def _best(pairs: Sequence[Labelled], scores: dict[tuple[str, str], float], wanted: tuple[str, ...]) -> float:
    def f1(at: float) -> float:
        verdicts: Verdicts = {_key(p): wanted[0] for p in pairs if scores[_key(p)] >= at}
        hits = sum(p.label in wanted and _key(p) in verdicts for p in pairs)
        return 2 * hits / max(1, len(verdicts) + sum(p.label in wanted for p in pairs))

    return max((at / 2 for at in range(100, 201)), key=f1)


def _figures(pairs: Sequence[Labelled], verdicts: Verdicts, wanted: tuple[str, ...]) -> str:
    said = [p for p in pairs if verdicts.get(_key(p)) in wanted]
    hits = sum(p.label in wanted for p in said)
    return f"{f'{hits / len(said):.2f}' if said else '–'} / {_recall(pairs, verdicts, wanted)}"


def _recall(pairs: Sequence[Labelled], verdicts: Verdicts, wanted: tuple[str, ...], weighted: bool = False) -> str:
    """Share of the wanted pairs that were found; weighted: each counts for the pairs that it stands for."""
    sought = [(p.share if weighted else 1.0, _key(p)) for p in pairs if p.label in wanted]
    total = sum(weight for weight, _ in sought)
    return f"{sum(w for w, k in sought if verdicts.get(k) in wanted) / total:.2f}" if total else "–"


WORKS = {
    "lists": "like titles of two lists",
    "register": "like titles within one list",
    "units": "like titles within one list of units",
}


def lists(work: str, small: bool) -> tuple[list[str], list[str] | None]:
    """The titles of a piece of work: two lists, or one to be compared within itself."""
    if work == "units":
        return unit_titles(3_000 if small else 250_000), None
    listed = titles(2_000 if small else ALL)[0]
    return (approved(400 if small else FEW), listed) if work == "lists" else (listed, None)


def run(small: bool = False) -> list[dict[str, object]]:
    """Time and peak memory, each way in a process of its own."""
    with tempfile.TemporaryDirectory() as home:
        return [_row(work, small, Path(home)) for work in WORKS]


def _row(work: str, small: bool, home: Path) -> dict[str, object]:
    left, right = lists(work, small)
    tried = min(SAMPLED, len(left))
    mine = apart("bench.likeness:ours", home, task=work, small=small)
    other = apart("bench.likeness:theirs", home, task=work, small=small, tried=tried)
    sizes = f"{len(left):,} × {len(right):,}" if right is not None else f"{len(left):,}"
    source = "made-up titles" if work == "units" else titles(1)[1]
    scaled = f", {tried:,} rows tried and the time scaled" if tried < len(left) else ""
    capped = f"; {mine.told['capped']} words too common to look into" if mine.told["capped"] else ""
    return {
        "work": f"{WORKS[work]}, {sizes} ({source})",
        "beside": f"every pair by rapidfuzz (cdist, 2 cores{scaled})",
        "ours": mine.seconds,
        "theirs": other.seconds * len(left) / tried,
        "ours_peak": mine.peak,
        "theirs_peak": other.peak,
        "told": f"{mine.told['found']:,} pairs with verdict and reason{capped}",
    }


def ours(task: str, small: bool) -> dict[str, object]:
    """Seconds, pairs and capped blocks of likeness."""
    left, right = lists(task, small)
    begun = time.perf_counter()
    found = within(_titled(left)) if right is None else between(_titled(left), _titled(right))
    return {"seconds": time.perf_counter() - begun, "found": found.total, "capped": len(found.capped)}


def theirs(task: str, small: bool, tried: int) -> dict[str, object]:
    """Seconds of trying so many rows with every row, by the ratio that bears words in another order."""
    left, right = lists(task, small)
    folded = [title.casefold() for title in (left if right is None else right)]
    begun, found = time.perf_counter(), 0
    for start in range(0, tried, CHUNK):
        chunk = [title.casefold() for title in left[start : min(start + CHUNK, tried)]]
        scores = process.cdist(
            chunk, folded, scorer=fuzz.token_sort_ratio, score_cutoff=85, workers=2, dtype=np.uint8
        )
        found += int((scores > 0).sum())
    return {"seconds": time.perf_counter() - begun, "found": found}


def _titled(listed: list[str]) -> list[Titled]:
    return [Titled(str(n), title) for n, title in enumerate(listed)]


if __name__ == "__main__":
    text = quality()
    sys.stdout.write(text)
    (PAIRS.parent / "LIKENESS.md").write_text(text)
