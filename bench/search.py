"""Search over many titles: the snapshot beside SQL `LIKE` and SQLite's full text."""

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.world import Titled, qualifications
from iqf.reports.search import search
from iqf.snapshot import entries, generations
from iqf.snapshot.reading import Snapshot, open_generation


def run(count: int, asked: int = 120) -> list[dict[str, object]]:
    """For each kind of query: the median and the slowest twentieth of each way, and how many it finds at all."""
    things = list(qualifications(count))
    pick = random.Random(3)
    chosen = pick.sample(things, asked)
    queries = {
        "number": [t.number for t in chosen],
        "words": [" ".join(pick.sample(t.title.split("(")[0].split()[4:], 3)) for t in chosen],
        "prefix": [t.title.split(" in ", 1)[1][:9] for t in chosen],
        "typo": [typo(t.title.split(" in ", 1)[1].split(" In ")[0], pick) for t in chosen],
    }
    with tempfile.TemporaryDirectory() as folder:
        image = _image(things, Path(folder))
        like, full = _like(things), _full_text(things)
        rows = []
        for kind, texts in queries.items():
            ours = _measure(lambda text: search(text, snapshot=image).total, texts)
            for name, other in (("SQL LIKE", like), ("SQLite full text", full)):
                theirs = _measure(other, texts)
                rows.append(
                    {
                        "work": f"search, {count:,} titles, {kind}",
                        "beside": name,
                        "ours": ours[0],
                        "theirs": theirs[0],
                        "ours_p95": ours[1],
                        "theirs_p95": theirs[1],
                        "ours_found": ours[2],
                        "theirs_found": theirs[2],
                    }
                )
        return rows


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


def _image(things: list[Titled], root: Path) -> Snapshot:
    made = (
        entries.Entry("qualification", t.code, t.title, (("qan", t.number),), level=t.level, owner=t.owner)
        for t in things
    )
    stamp = generations.Stamp("1", "", "bench")
    with generations.locked(root):
        name = generations.publish(root, stamp, made)
    return open_generation(root / name)


def _like(things: list[Titled]) -> Callable[[str], int]:
    base = sqlite3.connect(":memory:")
    base.execute("create table thing (title text, number text)")
    base.executemany("insert into thing values (?, ?)", ((t.title, t.number) for t in things))

    def ask(text: str) -> int:
        words = text.split()
        where = " and ".join("(title like ? or number like ?)" for _ in words)
        values = [f"%{w}%" for w in words for _ in (0, 1)]
        return int(base.execute(f"select count(*) from thing where {where}", values).fetchone()[0])

    return ask


def _full_text(things: list[Titled]) -> Callable[[str], int]:
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table thing using fts5(title, number)")
    base.executemany("insert into thing values (?, ?)", ((t.title, t.number) for t in things))

    def ask(text: str) -> int:
        words = " ".join('"' + w.replace('"', "") + '"*' for w in text.split())
        rows = base.execute("select count(*) from thing where thing match ?", (words,))
        return int(rows.fetchone()[0])

    return ask
