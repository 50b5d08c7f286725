"""Likeness of titles: precision and recall on labelled pairs, time and memory beside pairwise rapidfuzz."""

import csv
import hashlib
import json
import os
import random
import re
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from rapidfuzz import fuzz, process

from bench.world import DEEDS, SETTINGS, SUBJECTS, qualifications
from iqf.analysis.likeness import Titled, between, within
from iqf.analysis.titles import plain
from iqf.codes import parse_level

PAIRS = Path(__file__).parent / "pairs"
REGISTER = "ofqual-register/quals_autocomplete_all_quals.json"
APPROVED = "dfe-approved-quals/approved.csv"
ALL, FEW = 48_163, 8_000
CHUNK = 500
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
        "## Likeness of titles",
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
            lines.append(f"| {len(held)} {kind} | {name} | {' | '.join([*cells, *weighted])} |")
    return "\n".join(lines) + "\n"


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


def run(small: bool = False) -> list[dict[str, object]]:
    """Time and peak memory, each way in a process of its own."""
    listed, which = titles(2_000 if small else ALL)
    few = approved(400 if small else FEW)
    units = unit_titles(3_000 if small else 250_000)
    works: list[tuple[str, Callable[..., int], Callable[..., int], tuple[list[str], ...]]] = [
        (f"like titles, {len(few):,} × {len(listed):,} {which}", match_ours, match_pairwise, (few, listed)),
        (f"like titles, {len(listed):,} {which} among themselves", alike_ours, match_pairwise, (listed, listed)),
        (f"like titles, {len(units):,} made-up units among themselves", alike_ours, match_pairwise, (units, units)),
    ]
    return [_row(*work) for work in works]


def _row(
    work: str, ours: Callable[..., int], theirs: Callable[..., int], lists: tuple[list[str], ...]
) -> dict[str, object]:
    taken, memory = _apart(ours, *lists)
    tried = min(SAMPLED, len(lists[0]))
    other, other_memory = _apart(theirs, lists[0][:tried], lists[1])
    scale = f"; {tried:,} rows tried, scaled" if tried < len(lists[0]) else ""
    return {
        "work": f"{work}; peak memory {memory} MB beside {other_memory} MB",
        "beside": f"pairwise rapidfuzz (cdist, 2 cores){scale}",
        "ours": taken,
        "theirs": other * len(lists[0]) / tried,
    }


def _apart(work: Callable[..., int], *lists: list[str]) -> tuple[float, int]:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(timed, work, *lists).result()


def timed(work: Callable[..., int], *lists: list[str]) -> tuple[float, int]:
    """Seconds of a piece of work, and the peak memory of its process in MB."""
    begun = time.perf_counter()
    work(*lists)
    return time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def match_ours(few: list[str], many: list[str]) -> int:
    """Pairs between two lists, by likeness."""
    return between(_titled(few), _titled(many)).total


def alike_ours(listed: list[str], _: list[str]) -> int:
    """Pairs within one list, by likeness."""
    return within(_titled(listed)).total


def match_pairwise(few: list[str], many: list[str]) -> int:
    """Pairs between two lists, by trying each with each."""
    found = 0
    folded = [t.casefold() for t in many]
    for start in range(0, len(few), CHUNK):
        chunk = [t.casefold() for t in few[start : start + CHUNK]]
        scores = process.cdist(chunk, folded, scorer=fuzz.token_sort_ratio, score_cutoff=85, workers=2)
        found += int((scores > 0).sum())
    return found


def _titled(listed: list[str]) -> list[Titled]:
    return [Titled(str(n), title) for n, title in enumerate(listed)]


if __name__ == "__main__":
    print(quality())
    for row in run():
        print(row)
