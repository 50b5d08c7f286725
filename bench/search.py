"""Search at national size: the snapshot beside SQL `LIKE` and SQLite's full text, with the same filters."""

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from bench.world import SETTINGS, SUBJECTS, Titled, qualifications
from iqf.reports.search import search
from iqf.snapshot.entries import Entry
from iqf.snapshot.generations import Stamp, locked, publish, renew
from iqf.snapshot.reading import Snapshot, open_generation

UNITS_PER_QUALIFICATION = 25 / 6
FILTERS = {"level": ("2", "3"), "owner": "Awarding Body 7", "type": "qualification"}
VERBS = ("Support", "Promote", "Understand", "Lead", "Assess", "Plan for", "Contribute to", "Reflect on")


def run(count: int, asked: int = 120) -> list[dict[str, object]]:
    """For each kind of query: the median and the slowest twentieth of each way, and how many it finds at all; then
    how long the snapshot took to build, and to build again after one change."""
    things = list(qualifications(count))
    pick = random.Random(3)
    queries = _queries(pick.sample(things, asked), pick)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        image, built, again = _image(things, Path(folder))
        held = image.searcher.num_docs
        base = _base(things)
        for kind, texts in queries.items():
            for under, filters in (("", {}), (", three filters", FILTERS)):
                ours = _measure(lambda text, f=filters: search(text, snapshot=image, **f).total, texts)
                for name, other in (("SQL LIKE", _like), ("SQLite full text", _full_text)):
                    theirs = _measure(lambda text, o=other, f=filters: o(base, text, bool(f)), texts)
                    rows.append(_row(f"search, {held:,} things, {kind}{under}", name, ours, theirs))
    rows.append(
        {"work": f"snapshot of {held:,} things", "beside": "after one change", "ours": again, "theirs": built}
    )
    return rows


def _row(work: str, beside: str, ours: tuple[float, ...], theirs: tuple[float, ...]) -> dict[str, object]:
    named = zip(("", "_p95", "_found"), ours, theirs, strict=True)
    values = {
        f"{who}{part}": value for part, mine, other in named for who, value in (("ours", mine), ("theirs", other))
    }
    return {"work": work, "beside": beside, **values}


def _queries(chosen: list[Titled], pick: random.Random) -> dict[str, list[str]]:
    return {
        "number": [t.number for t in chosen],
        "words": [" ".join(pick.sample(t.title.split("(")[0].split()[4:], 3)) for t in chosen],
        "prefix": [t.title.split(" in ", 1)[1][:9] for t in chosen],
        "typo": [typo(t.title.split(" in ", 1)[1].split(" In ")[0], pick) for t in chosen],
    }


def typo(text: str, pick: random.Random) -> str:
    """The text with two neighbouring letters of its longest word changed over."""
    words = text.split()
    n = max(range(len(words)), key=lambda i: len(words[i]))
    at = pick.randint(1, max(1, len(words[n]) - 3))
    words[n] = words[n][:at] + words[n][at + 1] + words[n][at] + words[n][at + 2 :]
    return " ".join(words)


def _measure(ask: Callable[[str], int], texts: Iterable[str]) -> tuple[float, float, float]:
    """Median seconds, the 95th of 100, and the share of queries that find anything."""
    spent, found = [], 0
    for text in texts:
        begun = time.perf_counter()
        found += ask(text) > 0
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[-1], found / len(spent)


def entries(things: Iterable[Titled]) -> Iterator[Entry]:
    """The qualifications and, a little over four for each, units, as search knows them."""
    pick = random.Random(5)
    number = 0
    for t in things:
        roles = tuple({f"IQF-R-{pick.randrange(3000):06d}" for _ in range(3)})
        place = f"{pick.randrange(12):02d}"
        clusters = ((f"sectors-2008:{place}", f"Sector {place}"), (f"dfes-2005:{place[1]}", f"Part {place[1]}"))
        kind = pick.choice(("regulated qualification", "historic", "higher-education award"))
        first = pick.randrange(732_000, 739_000)
        shared = {"owner": t.owner, "clusters": clusters, "roles": roles, "verified": pick.choice(("yes", "no"))}
        yield Entry(
            "qualification",
            t.code,
            t.title,
            (("qan", t.number),),
            level=t.level,
            kind=kind,
            status=pick.choice(("available", "closed", "")),
            age=pick.choice(("0-5", "0-19", "unknown")),
            subject=f"Subject area {pick.randrange(50)}",
            size=pick.choice(("award", "certificate", "diploma", "unknown")),
            has_units="yes",
            starts=(first, first, first + 3000, first + 3000),
            **shared,
        )
        for _ in range(int(UNITS_PER_QUALIFICATION) + (pick.random() < UNITS_PER_QUALIFICATION % 1)):
            number += 1
            title = f"{pick.choice(VERBS)} {pick.choice(SUBJECTS)} in {pick.choice(SETTINGS)} {pick.randrange(900)}"
            yield Entry("unit", f"IQF-U-{number:06d}", title, level=t.level, body=f"{title}. {t.title}", **shared)


def _image(things: list[Titled], root: Path) -> tuple[Snapshot, float, float]:
    """The snapshot, and how many seconds it took to build it, and again after one change."""
    added = Entry("role", "IQF-R-000001", "Playworker")
    with locked(root):
        begun = time.perf_counter()
        publish(root, Stamp("1", "", "bench"), entries(things))
        built = time.perf_counter() - begun
        begun = time.perf_counter()
        name = renew(root, Stamp("2", "", "bench"), lambda: chain(entries(things), [added]))
        again = time.perf_counter() - begun
    return open_generation(root / name), built, again


def _base(things: list[Titled]) -> sqlite3.Connection:
    """The same things in SQLite: a table for LIKE, and one of full text."""
    base = sqlite3.connect(":memory:")
    base.execute("create table thing (title text, number text, type text, level text, owner text)")
    base.execute("create virtual table texts using fts5(title, number)")
    for e in entries(things):
        number = e.aliases[0][1] if e.aliases else ""
        base.execute("insert into thing values (?, ?, ?, ?, ?)", (e.title, number, e.type, e.level, e.owner))
        base.execute("insert into texts values (?, ?)", (e.title, number))
    return base


NARROWED = "type = 'qualification' and level in ('2', '3') and owner = 'Awarding Body 7'"


def _like(base: sqlite3.Connection, text: str, narrowed: bool) -> int:
    words = text.split()
    where = " and ".join("(title like ? or number like ?)" for _ in words) + (f" and {NARROWED}" if narrowed else "")
    values = [f"%{w}%" for w in words for _ in (0, 1)]
    return int(base.execute(f"select count(*) from thing where {where}", values).fetchone()[0])


def _full_text(base: sqlite3.Connection, text: str, narrowed: bool) -> int:
    words = " ".join('"' + w.replace('"', "") + '"*' for w in text.split())
    join = f"join thing on thing.rowid = texts.rowid where {NARROWED} and" if narrowed else "where"
    return int(base.execute(f"select count(*) from texts {join} texts match ?", (words,)).fetchone()[0])
