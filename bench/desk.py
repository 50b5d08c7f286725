"""The mapping desk when a hundred thousand judgements are held: its pages beside the same asked of a sheet in SQLite.

One batch, two raters blind to each other, six areas. The sheet has a row for each judgement, as people keep it; it
finds what the page is about and makes no page.
"""

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from bench.apart import apart, database
from bench.national import NATIONAL, units

JUDGEMENTS = 100_000
AREAS = 6
LEFT = 100
"""So many units each rater has not handed in."""
TURNS = 9
KEY = "made-up-1"
DONE = "2026-01-05 09:00:00"
BESIDE = "a sheet of judgements in SQLite, no page"
WORK = ("the next unit", "a unit in the middle", "a unit kept", "the next to settle", "the batch")


def run(judgements: int = JUDGEMENTS) -> list[dict[str, object]]:
    """For each page: the median and the slowest twentieth of both, and how many questions ours asks the database."""
    count = max(LEFT + 20, judgements // (2 * AREAS))
    with tempfile.TemporaryDirectory(prefix="iqf-bench-") as folder:
        home = Path(folder)
        apart("bench.desk:fill", home, count=count)
        ours = apart("bench.desk:ours", home, count=count).told
        theirs = apart("bench.desk:theirs", home, base=str(home / "sheet"), count=count).told
    return [
        {
            "work": f"{2 * AREAS * count:,} judgements, {name}",
            "beside": BESIDE,
            "ours": ours[name]["median"],
            "ours_p95": ours[name]["slowest"],
            "ours_processor": ours[name]["processor"],
            "theirs": theirs[name]["median"],
            "theirs_p95": theirs[name]["slowest"],
            "theirs_processor": theirs[name]["processor"],
            "told": f"{ours[name]['queries']} questions to the database",
            "queries": ours[name]["queries"],
        }
        for name in WORK
    ]


def verdicts(count: int) -> Iterator[tuple[int, int, int, int]]:
    """Unit, rater (1 or 2), area and verdict, from 1; always the same. The second rater differs on one in twenty."""
    pick = random.Random(5)
    for unit in range(1, count + 1):
        for area in range(1, AREAS + 1):
            first = pick.choices((0, 1, 2), (6, 3, 1))[0]
            yield unit, 1, area, first
            yield unit, 2, area, first if pick.random() > 0.05 else (first + 1) % 3


def fill(count: int) -> None:
    """A framework, a batch and its judgements into the tables of the site; and the person who is the first rater."""
    database()
    from bench.national_catalogue import CITED, insert
    from iqf.accounts.actions import create_user
    from iqf.catalogue import models as m
    from iqf.codes import iqf_code
    from iqf.evidence.models import Citation, Source
    from iqf.mapping import models as held

    create_user(by="bench", username="ann", password="not-asked-for-here", is_staff=True)
    source = Source.objects.create(key="made-up", title="Made up", licence="None needed")
    Citation.objects.create(id=CITED, subject="everything", collection="made-up", source=source, certainty="document")
    insert(
        m.Unit,
        ("id", "code", "title", "summary", "citation"),
        (
            (pk, iqf_code("unit", pk), unit.title, unit.summary, CITED)
            for pk, unit in enumerate(islice(units(NATIONAL), count), 1)
        ),
    )
    insert(m.Framework, ("id", "code", "key", "title", "citation"), [(1, "IQF-F-000001", "six", "Six areas", CITED)])
    areas = ((n, 1, f"A{n}", "area", f"Area {n}", n, CITED) for n in range(1, AREAS + 1))
    insert(m.Statement, ("id", "framework", "code", "kind", "title", "position", "citation"), areas)
    insert(held.Rater, ("id", "name", "kind", "user"), [(1, "ann", "person", "ann"), (2, "bob", "person", "bob")])
    insert(
        held.Batch,
        ("id", "key", "title", "framework", "policy", "depth", "origin", "state", "by"),
        [(1, KEY, "Made up", 1, "double", "areas", "desk", "open", "bench")],
    )
    insert(held.BatchUnit, ("id", "batch", "unit", "position"), ((n, 1, n, n) for n in range(1, count + 1)))
    insert(
        held.Assignment,
        ("id", "unit", "rater", "task", "done_at", "draft"),
        (
            (_given(unit, rater), unit, rater, "rate", DONE if unit <= count - LEFT else None, "{}")
            for unit in range(1, count + 1)
            for rater in (1, 2)
        ),
    )
    done = (row for row in verdicts(count) if row[0] <= count - LEFT)
    insert(
        held.Judgement,
        ("id", "given", "statement", "verb", "verdict"),
        ((pk, _given(u, r), area, "teaches", said) for pk, (u, r, area, said) in enumerate(done, 1)),
    )


def _given(unit: int, rater: int) -> int:
    return 2 * unit + rater - 2


def ours(count: int) -> dict[str, Any]:
    """The pages as the first rater gets them."""
    database()
    from django.conf import settings
    from django.test import Client

    from iqf.accounts.models import User

    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(User.objects.get())
    desk, middle = f"/staff/judging/{KEY}/desk", _given(count // 2, 1)
    first_left = _given(count - LEFT + 1, 1)
    seen = iter(range(10_000))

    def keep() -> int:
        said = {"do": "keep", "seen": str(next(seen)), "v-A1": "2"}
        return client.post(f"{desk}/{first_left}", said, headers={"accept": "application/json"}).status_code

    asked: dict[str, Callable[[], int]] = {
        "the next unit": lambda: client.get(desk).status_code,
        "a unit in the middle": lambda: client.get(f"{desk}/{middle}").status_code,
        "a unit kept": keep,
        "the next to settle": lambda: client.get(f"/staff/judging/{KEY}/settle").status_code,
        "the batch": lambda: client.get(f"/staff/judging/{KEY}").status_code,
    }
    return {name: _measured(name, ask) for name, ask in asked.items()}


def theirs(base: str, count: int) -> dict[str, Any]:
    """The same found in a sheet: a row for each judgement of each rater, blank where it is not given yet."""
    with closing(sqlite3.connect(base)) as sheet:
        sheet.execute("CREATE TABLE sheet (unit int, rater int, area int, verdict int)")
        rows = ((u, r, a, said if u <= count - LEFT else None) for u, r, a, said in verdicts(count))
        sheet.executemany("INSERT INTO sheet VALUES (?, ?, ?, ?)", rows)
        sheet.commit()

        def ask(*questions: str) -> Callable[[], int]:
            return lambda: len([sheet.execute(question).fetchall() for question in questions]) and 200

        mine = "SELECT count(*), count(verdict) FROM sheet WHERE rater = 1"
        one = "SELECT area, verdict FROM sheet WHERE rater = 1 AND unit = "
        left = "(SELECT min(unit) FROM sheet WHERE rater = 1 AND verdict IS NULL)"
        apart_on = "SELECT unit, area FROM sheet GROUP BY unit, area HAVING min(verdict) <> max(verdict)"
        asked = {
            "the next unit": ask(one + left, mine),
            "a unit in the middle": ask(f"{one}{count // 2}", mine),
            "a unit kept": ask(f"UPDATE sheet SET verdict = NULL WHERE rater = 1 AND unit = {count} AND area = 1"),
            "the next to settle": ask(apart_on),
            "the batch": ask("SELECT rater, count(*), count(verdict) FROM sheet GROUP BY rater", apart_on),
        }
        return {name: _measured(name, question) for name, question in asked.items()}


def _measured(name: str, ask: Callable[[], int]) -> dict[str, Any]:
    """Seconds by the clock, the median and the slowest twentieth; of the processor; and questions to the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if ask() != 200:
        raise SystemExit(f"{name} cannot be had")
    seconds, busy = [], []
    for _ in range(TURNS):
        begun, used = time.perf_counter(), time.process_time()
        ask()
        seconds.append(time.perf_counter() - begun)
        busy.append(time.process_time() - used)
    with CaptureQueriesContext(connection) as queries:
        ask()
    return {
        "median": statistics.median(seconds),
        "slowest": max(seconds),
        "processor": statistics.median(busy),
        "queries": len(queries),
    }
