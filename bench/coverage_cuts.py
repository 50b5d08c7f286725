"""Every cut of coverage at national size: the product's own question beside the SQL that a person would write.

Each unit of the made-up country was judged for six areas and touches some of them. The SQL counts the units of each
row that touch each area, under one rule; ours counts under all four rules, with what was not judged, the labels and
the best choice of each qualification. Both read the same tables.
"""

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.apart import apart, database, timed
from bench.national import NATIONAL, SEED, Size

AREAS = 6
KEY = "six-areas"
BESIDE = "SQL GROUP BY in SQLite, one rule, counts alone"
MEMBERS = """
    FROM catalogue_groupunit member
    JOIN catalogue_rulegroup part ON part.id = member.group_id
    JOIN catalogue_qualification held ON held.id = part.qualification_id
    JOIN catalogue_alignment claim ON claim.unit_id = member.unit_id
    JOIN catalogue_statement area ON area.id = claim.statement_id AND area.framework_id = :framework
"""
CUTS = {
    "qualification": f"SELECT held.code, area.code, count(DISTINCT member.unit_id) {MEMBERS} GROUP BY 1, 2",
    "owner": f"SELECT held.owner_id, area.code, count(DISTINCT member.unit_id) {MEMBERS} GROUP BY 1, 2",
    "kind": f"SELECT held.kind, area.code, count(DISTINCT member.unit_id) {MEMBERS} GROUP BY 1, 2",
    "role": f"""SELECT asked.role_id, area.code, count(DISTINCT member.unit_id) {MEMBERS}
        JOIN catalogue_requirement asked ON asked.qualification_id = held.id GROUP BY 1, 2""",
    "level": """SELECT unit.level, area.code, count(DISTINCT unit.id) FROM catalogue_unit unit
        JOIN catalogue_alignment claim ON claim.unit_id = unit.id
        JOIN catalogue_statement area ON area.id = claim.statement_id AND area.framework_id = :framework
        GROUP BY 1, 2""",
}


def run(size: Size = NATIONAL) -> list[dict[str, object]]:
    """Each cut, each way in a process of its own; the tables were filled before."""
    share = size.qualifications / NATIONAL.qualifications
    found: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="iqf-bench-") as folder:
        home = Path(folder)
        counts = apart("bench.coverage_cuts:fill", home, share=share).told
        for by in CUTS:
            ours = apart("bench.coverage_cuts:ours", home, by=by)
            theirs = apart("bench.coverage_cuts:theirs", home, by=by)
            if by == "qualification" and ours.told["touched"] != theirs.told["touched"]:
                raise SystemExit("coverage and the SQL disagree")
            found.append(
                {
                    "work": f"coverage by {by}: {counts['units']:,} units, {counts['links']:,} links",
                    "beside": BESIDE,
                    "ours": ours.seconds,
                    "theirs": theirs.seconds,
                    "ours_processor": ours.processor,
                    "theirs_processor": theirs.processor,
                    "ours_peak": ours.peak,
                    "theirs_peak": theirs.peak,
                    "told": f"{ours.told['rows']:,} rows, {ours.told['queries']} questions to the database",
                    "rows": ours.told["rows"],
                }
            )
    return found


def claims(count: int) -> Iterator[tuple[int, int, bool]]:
    """Unit and area from 1, and whether fully: a quarter of the units reach none; always the same."""
    draw = random.Random(SEED)
    for unit in range(1, count + 1):
        for area in draw.sample(range(1, AREAS + 1), draw.choice((0, 1, 1, 2))):
            yield unit, area, draw.random() < 0.4


def fill(share: float) -> dict[str, Any]:
    """The country, a framework of six areas, and what its units reach of it."""
    database()
    from bench.national_catalogue import CITED, insert, load
    from iqf.catalogue import models as m
    from iqf.codes import iqf_code

    counts = dict(load(NATIONAL.scaled(share)))
    framework = m.Framework.objects.count() + 1
    place, claimed = m.Statement.objects.count(), m.Alignment.objects.count()
    insert(
        m.Framework,
        ("id", "code", "key", "title", "citation"),
        [(framework, iqf_code("framework", framework), KEY, "Six areas", CITED)],
    )
    insert(
        m.Statement,
        ("id", "framework", "code", "kind", "title", "position", "citation"),
        ((place + n, framework, f"A{n}", "area", f"Area {n}", n, CITED) for n in range(1, AREAS + 1)),
    )
    insert(
        m.Alignment,
        ("id", "unit", "statement", "verb", "strength", "citation"),
        (
            (claimed + pk, unit, place + area, "teaches", "fully" if fully else "partly", CITED)
            for pk, (unit, area, fully) in enumerate(claims(counts["units"]), 1)
        ),
    )
    judged = ((n, n, framework, 2, "person", CITED) for n in range(1, counts["units"] + 1))
    insert(m.JudgedUnit, ("id", "unit", "framework", "raters", "rater_kind", "citation"), judged)
    return counts


def ours(by: str) -> dict[str, Any]:
    """The report as a page or command asks for it."""
    database()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from iqf.reports.coverage import coverage

    with CaptureQueriesContext(connection) as queries:
        answer, spent = timed(lambda: coverage(KEY, by=by))
    touched = sum(sum(row.counts.touches.values()) for row in answer.rows)
    return spent | {"rows": len(answer.rows), "touched": touched, "queries": len(queries)}


def theirs(by: str) -> dict[str, Any]:
    """The counts by SQL."""
    database()
    from django.conf import settings

    with closing(sqlite3.connect(str(settings.DATABASES["default"]["NAME"]))) as base:
        (framework,) = base.execute("SELECT id FROM catalogue_framework WHERE key = ?", (KEY,)).fetchone()
        rows, spent = timed(lambda: base.execute(CUTS[by], {"framework": framework}).fetchall())
    return spent | {"touched": sum(row[2] for row in rows)}
