"""The list of proposals when thousands are open: the page of the site beside a plain scan of a sheet of changes.

The sheet is one row for each change, as people keep it: who, what, why, about which code. Its scan finds the first
fifty proposals and how many there are; our page says as much, counts each state, and is written out as HTML.
"""

import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.apart import apart, database
from bench.world import SUBJECTS

OPEN = 10_000
PAGE = 50
TURNS = 9
BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
ENTITIES = ("qualification", "role", "unit", "requirement")
BESIDE = "a scan of a sheet of changes in SQLite, LIKE, no page"
ASKED = {
    "what waits": {"state": "waiting"},
    "the last page": {"state": "waiting", "page": "9999"},
    "one's own": {"mine": "yes"},
    "by words": {"state": "waiting", "words": "kind 77"},
    "by code": {"state": "waiting", "words": "IQF-Q-000777"},
    "by what it changes": {"state": "waiting", "entity": "requirement"},
}


def run(open_ones: int = OPEN) -> list[dict[str, object]]:
    """For each way of asking: the median and the slowest twentieth of both, and how many proposals both find."""
    with tempfile.TemporaryDirectory(prefix="iqf-bench-") as folder:
        home = Path(folder)
        apart("bench.proposals:fill", home, open_ones=open_ones)
        ours = apart("bench.proposals:ours", home).told
        theirs = apart("bench.proposals:theirs", home, base=str(home / "sheet")).told
    return [
        {
            "work": f"{open_ones:,} open proposals, {name}",
            "beside": BESIDE,
            "ours": ours[name][0],
            "ours_p95": ours[name][1],
            "theirs": theirs[name][0],
            "theirs_p95": theirs[name][1],
            "told": f"{ours[name][2]:,} found, {theirs[name][2]:,} beside",
            "found": (ours[name][2], theirs[name][2]),
        }
        for name in ASKED
    ]


def proposals(open_ones: int, seed: int = 11) -> Iterator[tuple[dict[str, Any], list[tuple[str, str]]]]:
    """Open proposals and, of each, the entities and subjects of its changes; always the same ones."""
    pick = random.Random(seed)
    for n in range(open_ones):
        subject = pick.choice(SUBJECTS)
        held = {
            "title": f"{subject}: another note of kind {n % 100}",
            "author": f"person.{n % 200}",
            "reason": f"The body for {subject} says so in its report of this year.",
            "source_title": f"Report of the body for {subject}",
            "state": "asked" if n % 10 == 0 else "waiting",
            "sent_at": BEGAN + timedelta(minutes=n),
        }
        codes = (f"IQF-Q-{pick.randrange(1, 6_001):06}" for _ in range(pick.randint(1, 5)))
        yield held, [(pick.choice(ENTITIES), code) for code in codes]


def fill(open_ones: int) -> None:
    """The proposals into the tables of the site, and somebody who reads them."""
    database()
    from iqf.accounts.actions import create_user
    from iqf.review.models import Proposal, ProposedChange

    create_user(by="bench", username="person.7", password="not-asked-for-here", is_staff=True)
    made = list(proposals(open_ones))
    Proposal.objects.bulk_create((Proposal(**held) for held, _ in made), batch_size=500)
    numbers = Proposal.objects.order_by("pk").values_list("pk", flat=True)
    ProposedChange.objects.bulk_create(
        (
            ProposedChange(proposal_id=number, position=n, entity=entity, act="change", subject=code)
            for number, (_, changes) in zip(numbers, made, strict=True)
            for n, (entity, code) in enumerate(changes)
        ),
        batch_size=1000,
    )


def ours() -> dict[str, Any]:
    """The pages as a signed-in person gets them: seconds, and how many proposals each says that it found."""
    database()
    from django.conf import settings
    from django.test import Client

    from iqf.accounts.models import User

    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(User.objects.get())

    def ask(asked: dict[str, str]) -> int:
        page = client.get("/staff/proposals", asked).content.decode()
        return int(re.findall(r"([\d,]+) proposals?<", page)[0].replace(",", ""))

    return _measured(ask)


def theirs(base: str) -> dict[str, Any]:
    """The same asked of a sheet of changes."""
    database()
    from iqf.review.models import ProposedChange

    fields = ("proposal", "proposal__title", "proposal__reason", "proposal__author", "proposal__state")
    rows = ProposedChange.objects.values_list(*fields, "proposal__sent_at", "entity", "subject")
    with closing(sqlite3.connect(base)) as sheet:
        sheet.execute("CREATE TABLE sheet (number, title, reason, author, state, sent, entity, subject)")
        told = ((*row[:5], row[5].isoformat(), *row[6:]) for row in rows)
        sheet.executemany("INSERT INTO sheet VALUES (?, ?, ?, ?, ?, ?, ?, ?)", told)
        sheet.commit()
        return _measured(lambda asked: _scan(sheet, asked))


def _scan(sheet: sqlite3.Connection, asked: dict[str, str]) -> int:
    where, values = ["1"], []
    for name, part in (("state", "state = ?"), ("entity", "entity = ?")):
        if name in asked:
            where.append(part)
            values.append(asked[name])
    if "mine" in asked:
        where.append("author = 'person.7'")
    if "words" in asked:
        where.append("(title LIKE ? OR subject LIKE ?)")
        values += [f"%{asked['words']}%"] * 2
    found = f"FROM sheet WHERE {' AND '.join(where)}"
    (count,) = sheet.execute(f"SELECT count(DISTINCT number) {found}", values).fetchone()
    first = max(0, min(int(asked.get("page", 1)) - 1, (count - 1) // PAGE)) * PAGE
    page = f"SELECT DISTINCT number, title, reason, author {found} ORDER BY sent LIMIT {PAGE} OFFSET {first}"
    sheet.execute(page, values).fetchall()
    return int(count)


def _measured(ask: Callable[[dict[str, str]], int]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, asked in ASKED.items():
        spent: list[float] = []
        ask(asked)
        for _ in range(TURNS):
            begun = time.perf_counter()
            found = ask(asked)
            spent.append(time.perf_counter() - begun)
        told[name] = statistics.median(spent), statistics.quantiles(spent, n=20)[-1], found
    return told
