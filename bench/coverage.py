"""Coverage of six areas by qualification: `analysis.coverage` beside the SQL that a person would write."""

import sqlite3
import time

from bench.world import STATEMENTS, Links, links
from iqf.analysis.coverage import Claim, UnitLink, coverage


def run(holders: int, units: int, per_holder: int) -> dict[str, object]:
    """Seconds of each, whether they agree, and how often ours is faster."""
    world = links(holders, units, per_holder)
    begun = time.perf_counter()
    found = coverage(
        [UnitLink(str(h), str(u), m) for h, u, m in world.links],
        [Claim(str(u), s, strength, agreed) for u, s, strength, agreed in world.claims],  # type: ignore[arg-type]
        {str(u) for u in world.judged},
        STATEMENTS,
    )
    ours = time.perf_counter() - begun
    begun = time.perf_counter()
    expected = by_sql(world)
    theirs = time.perf_counter() - begun
    got = {(int(row.key), s): n for row in found.rows for s, n in row.touches.items() if n}
    if got != expected:
        raise SystemExit("coverage and the SQL disagree")
    return {
        "work": f"coverage, {holders:,} qualifications, {len(world.links):,} links, {len(world.claims):,} alignments",
        "beside": "SQL GROUP BY in SQLite, loaded and asked",
        "ours": ours,
        "theirs": theirs,
    }


def by_sql(world: Links) -> dict[tuple[int, str], int]:
    """The same counts by SQL."""
    base = sqlite3.connect(":memory:")
    base.execute("create table link (holder int, unit int)")
    base.execute("create table claim (unit int, statement text)")
    base.executemany("insert into link values (?, ?)", ((h, u) for h, u, _ in world.links))
    base.executemany("insert into claim values (?, ?)", ((u, s) for u, s, _, _ in world.claims))
    base.execute("create index claim_unit on claim (unit)")
    rows = base.execute(
        "select holder, statement, count(distinct link.unit) from link join claim using (unit) group by 1, 2"
    )
    return {(h, s): n for h, s, n in rows}
