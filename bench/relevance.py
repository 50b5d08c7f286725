"""How well search finds what people mean: judged queries, beside plain full-text search on the same texts.

`python -m bench.relevance [--home FOLDER]` loads the starter and the real official lists under IQF_REAL_DATA (or uses
a home folder that holds them), asks both ways in one run, and writes bench/RELEVANCE.md. Every third query of a kind
is held out: nothing was tuned on it.
"""

import argparse
import csv
import math
import os
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Any

HERE = Path(__file__).parent
LISTS = (
    ("approved-qualifications", "dfe-approved-quals/approved.csv"),
    ("ofqual-register", "ofqual-register/compare-qualifications-download.csv"),
    ("ofqual-organisations", "ofqual-register/org-search-results.csv"),
    ("ofqual-titles", "ofqual-register/quals_autocomplete_all_quals.json"),
    ("ncs-roles", "ncs-job-profiles/job_profiles.csv"),
    ("skills-england", "apprenticeship-standards"),
    ("early-years", "ey-qualifications/1-ey-quals-full-2024-with-new-reference-fields.csv"),
)
DEPTH = 10
_SIGNS = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class Judged:
    """One query, what was meant by it (`best`) and what also helps (`good`): names, or patterns on the title."""

    kind: str
    held_out: bool
    query: str
    best: tuple[str, ...]
    good: tuple[str, ...]

    def grade(self, found: "Found") -> int:
        """2 for what was meant, 1 for what also helps, 0 for anything else."""
        return 2 if _is_one(self.best, found) else 1 if _is_one(self.good, found) else 0


@dataclass(frozen=True)
class Found:
    """One thing found: its title, and every code and alias that it has, as compared."""

    title: str
    names: frozenset[str]


def found_as(title: str, names: Iterable[str]) -> Found:
    """A thing found, its codes and aliases in one notation."""
    return Found(title, frozenset(map(_key, names)))


Ask = Callable[[str], Sequence[Found]]


@cache
def _key(name: str) -> str:
    """A code whatever its notation: `early-years:EYQ-074` and `EYQ-074` are one."""
    return _SIGNS.sub("", name.rpartition(":")[2].lower())


def _is_one(wanted: Iterable[str], found: Found) -> bool:
    return any(
        _pattern(ref).search(found.title) if ref.startswith("/") else _key(ref) in found.names for ref in wanted
    )


@cache
def _pattern(ref: str) -> re.Pattern[str]:
    return re.compile(ref.strip("/"), re.IGNORECASE | re.MULTILINE)


def queries() -> list[Judged]:
    """The judged queries of bench/queries.csv."""
    with (HERE / "queries.csv").open(encoding="utf-8", newline="") as file:
        return [
            Judged(r["kind"], r["held_out"] == "yes", r["query"], _refs(r["best"]), _refs(r["good"]))
            for r in csv.DictReader(file)
        ]


def _refs(cell: str) -> tuple[str, ...]:
    return tuple(ref.strip() for ref in cell.split(" | ") if ref.strip())


def unmatched(judged: Iterable[Judged], things: Sequence[Found]) -> list[str]:
    """References of the judgements that nothing held bears: a judgement about something that is not there."""
    held = frozenset[str]().union(*(thing.names for thing in things))
    titles = "\n".join(thing.title for thing in things)
    missing = []
    for one in judged:
        for ref in (*one.best, *one.good):
            known = _pattern(ref).search(titles) if ref.startswith("/") else _key(ref) in held
            missing += [] if known else [f"{one.query}: {ref}"]
    return missing


@dataclass(frozen=True)
class Score:
    """Of one query: the place of the first result that was meant (0: not among ten), and the graded gain at ten."""

    place: int
    gain: float


def score(judged: Sequence[Judged], ask: Ask, best: dict[str, list[int]]) -> dict[str, Score]:
    """How a way of searching does on each query; `best` are the highest grades that could be had."""
    scores = {}
    for one in judged:
        given = [one.grade(found) for found in ask(one.query)[:DEPTH]]
        place = next((n for n, grade in enumerate(given, 1) if grade == 2), 0)
        scores[one.query] = Score(place, _gain(given, best[one.query]))
    return scores


def ideal(one: Judged, things: Sequence[Found]) -> list[int]:
    """The grades of the best ten results that there could be."""
    best = list(islice((2 for thing in things if _is_one(one.best, thing)), DEPTH))
    good = islice((1 for thing in things if one.grade(thing) == 1), DEPTH - len(best))
    return [*best, *good]


def _gain(given: Sequence[int], ideal: Sequence[int]) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), gain 2^grade - 1."""

    def dcg(grades: Sequence[int]) -> float:
        return sum((2**g - 1) / math.log2(n + 1) for n, g in enumerate(grades, 1))

    return dcg(given) / dcg(ideal) if dcg(ideal) else 0.0


def full_text(entries: Iterable[Any]) -> Ask:
    """Plain full-text search: FTS5 with Porter stems and bm25, all words, and any word where nothing holds all."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table thing using fts5(title, names, text, codes unindexed, tokenize='porter')")
    base.executemany("insert into thing values (?, ?, ?, ?)", (_columns(e) for e in entries))

    def ask(text: str) -> list[Found]:
        words = ['"' + word.replace('"', "") + '"' for word in text.split()]
        for joined in (" ".join(words), " OR ".join(words)):
            asked = "select title, codes from thing where thing match ? order by bm25(thing) limit ?"
            if rows := base.execute(asked, (joined, DEPTH)).fetchall():
                return [found_as(title, codes.split("\n")) for title, codes in rows]
        return []

    return ask


def _columns(entry: Any) -> tuple[str, str, str, str]:
    codes = (entry.code, *(value for _, value in entry.aliases))
    texts = (entry.owner, *entry.owner_names, *(text for _, text in entry.context), entry.body)
    return entry.title, "\n".join((*entry.names, *codes)), "\n".join(texts), "\n".join(codes)


def report(judged: Sequence[Judged], ways: dict[str, dict[str, Score]], things: int) -> str:
    """The results as a table by kind of query, then for the queries that were tuned on and those held out."""
    groups = {kind: [q for q in judged if q.kind == kind] for kind in dict.fromkeys(q.kind for q in judged)}
    groups |= {
        "**seen while tuning**": [q for q in judged if not q.held_out],
        "**held out**": [q for q in judged if q.held_out],
        "**all**": list(judged),
    }
    lines = [
        "# Relevance",
        "",
        f"`python -m bench.relevance`: {len(judged)} judged queries over {things:,} things: the starter and seven "
        "real official lists. Judged by one hand before anything was tuned; every third query of a kind is held out: "
        "nothing was tuned on it. *First*: mean reciprocal rank of the first result that was meant. *Five*: it is "
        f"among the first five. *Gain*: graded, over the first {DEPTH} (nDCG). Plain full text is SQLite's FTS5 with "
        "Porter stems and bm25 over the same titles, names, codes and texts, all words, and any word where none has "
        "all.",
        "",
        "| kind of query | queries | " + " | ".join(f"{way}: first | five | gain" for way in ways) + " |",
        "|---|---|" + "---|---|---|" * len(ways),
    ]
    for name, group in groups.items():
        cells = " | ".join(_cells([scores[q.query] for q in group]) for scores in ways.values())
        lines.append(f"| {name} | {len(group)} | {cells} |")
    return "\n".join(lines) + "\n"


def _cells(scores: Sequence[Score]) -> str:
    first = fmean(1 / s.place if s.place else 0.0 for s in scores)
    five = fmean(1.0 if 1 <= s.place <= 5 else 0.0 for s in scores)
    return f"{first:.2f} | {five:.0%} | {fmean(s.gain for s in scores):.2f}"


def load(home: Path, data: Path) -> None:
    """Read the starter and the real lists into a home folder."""
    from iqf.cli.main import main as iqf

    for arguments in (["starter"], *([source, str(data / path)] for source, path in LISTS)):
        if iqf(["ingest", *arguments, "--data-dir", str(home)]):
            raise SystemExit(f"{arguments} cannot be read; set IQF_REAL_DATA to the folder of real files.")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print what is found late or not at all, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a home folder that holds the lists already")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    options = parser.parse_args(argv)
    home = options.home or Path(tempfile.mkdtemp(prefix="iqf-relevance-"))
    os.environ["IQF_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = str(home), "iqf.config.settings"
    if not options.home:
        load(home, Path(os.environ.get("IQF_REAL_DATA", "real-data")))
    import django

    django.setup()
    from iqf.reports.search import search
    from iqf.snapshot import ensure_current
    from iqf.snapshot.entries import gather

    image, entries, judged = ensure_current(), list(gather()), queries()
    things = [found_as(e.title, (e.code, *(value for _, value in e.aliases))) for e in entries]
    for line in unmatched(judged, things):
        sys.stderr.write(f"Nothing held is what was judged: {line}\n")

    def ours(text: str) -> list[Found]:
        answer = search(text, snapshot=image, limit=DEPTH)
        return [found_as(r.title, (r.code, *r.aliases)) for r in answer.results]

    best = {one.query: ideal(one, things) for one in judged}
    ways = {"iqf": score(judged, ours, best), "full text": score(judged, full_text(entries), best)}
    text = report(judged, ways, len(things))
    late = [f"{s.place or '-'}  {query}" for query, s in ways["iqf"].items() if s.place != 1]
    sys.stdout.write(text + "\nNot first:\n" + "\n".join(late) + "\n")
    if not options.dry_run:
        (HERE / "RELEVANCE.md").write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
