"""Every cut of coverage at national size: the product's answer from its snapshot beside pandas.

Each unit of the made-up country was judged for six areas and touches some of them. With pandas a person has the same
tables in memory and counts, for one rule, the units of each row that touch each area. Ours answers from the tables of
a generation that are mapped from disk: all four rules, touched and fully, their range, what was not judged, the names
of the first rows. Reading the data in is not timed for either; what the snapshot's tables take to fill is a row of
its own.
"""

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from bench.apart import apart, database, timed
from bench.national import NATIONAL, SEED, Size

AREAS = 6
KEY = "six-areas"
TIMES = 5
BESIDE = "pandas merge, drop_duplicates and groupby on tables in memory, one rule, counts alone"
PAGE = 50
CUTS = ("qualification", "unit", "level", "cluster", "role", "owner", "kind")
LINKS = """SELECT part.qualification_id AS qualification, member.unit_id AS unit
    FROM catalogue_groupunit member JOIN catalogue_rulegroup part ON part.id = member.group_id"""
CLAIMS = """SELECT claim.unit_id AS unit, claim.statement_id AS area FROM catalogue_alignment claim
    JOIN catalogue_statement area ON area.id = claim.statement_id AND area.framework_id = :framework"""
THINGS = "SELECT id AS qualification, owner_id AS owner, kind, cluster_id AS cluster FROM catalogue_qualification"


def run(size: Size = NATIONAL) -> list[dict[str, object]]:
    """The filling, then each cut, each way in a process of its own; the tables were filled before."""
    share = size.qualifications / NATIONAL.qualifications
    with tempfile.TemporaryDirectory(prefix="iqf-bench-") as folder:
        home = Path(folder)
        counts = apart("bench.coverage_cuts:fill", home, share=share).told
        built = apart("bench.coverage_cuts:build", home)
        ours, theirs = apart("bench.coverage_cuts:ours", home), apart("bench.coverage_cuts:theirs", home)
    said = f"{counts['units']:,} units, {counts['links']:,} links, {built.told['claims']:,} alignments"
    for by in CUTS:
        if ours.told[by]["touched"] != theirs.told[by]["touched"]:
            raise SystemExit(f"coverage by {by} and pandas disagree")
    found: list[dict[str, object]] = [
        {
            "work": f"coverage by {by}: {said}",
            "beside": BESIDE,
            "ours": ours.told[by]["seconds"],
            "theirs": theirs.told[by]["seconds"],
            "ours_peak": ours.peak,
            "theirs_peak": theirs.peak,
            "told": f"{ours.told[by]['rows']:,} rows; the first time {ours.told[by]['first'] * 1000:.0f} ms",
            "rows": ours.told[by]["rows"],
        }
        for by in CUTS
    ]
    work = f"the snapshot's tables of coverage filled, with every best choice: {said}"
    again = f"and again, with the best choices of the generation before: {built.told['again']:.1f} s"
    beside = "the tables read into pandas"
    filled = {
        "work": work,
        "beside": beside,
        "ours": built.seconds,
        "theirs": theirs.seconds,
        "ours_peak": built.peak,
    }
    return [*found, filled | {"ours_processor": built.processor, "told": again}]


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


def build() -> dict[str, Any]:
    """The tables of coverage filled, and once more upon those; and around them an index of nothing, to be opened."""
    database()
    from iqf.snapshot.coverage_filling import fill as tables
    from iqf.snapshot.generations import publish
    from iqf.snapshot.reading import open_generation, root, stamp_now

    _, spent = timed(lambda: publish(root(), stamp_now(), [], tables))
    _, again = timed(lambda: publish(root(), stamp_now(), [], tables))
    found = open_generation(root() / (root() / "current").read_text())
    claims = sum(part.claims[1] - part.claims[0] for part in found.coverage.contents.frameworks.values())
    return spent | {"again": again["seconds"], "claims": claims}


def ours() -> dict[str, Any]:
    """The report as a page asks for it, with the first rows named: the first time, and the median of the next."""
    database()
    from iqf.reports.coverage import coverage
    from iqf.snapshot import current

    found: dict[str, Any] = {}
    for by in CUTS:
        taken = []
        for _ in range(TIMES + 1):
            answer, spent = timed(lambda by=by: coverage(KEY, by=by, scheme="made-up", snapshot=current()))
            _, shown = timed(lambda answer=answer: answer.rows[:PAGE])
            taken.append(spent["seconds"] + shown["seconds"])
        touched = int(answer.rows.counts.touches.sum())
        found[by] = {"rows": len(answer.rows), "first": taken[0], "seconds": median(taken[1:]), "touched": touched}
    return found | {"seconds": 0.0, "processor": 0.0}


def theirs() -> dict[str, Any]:
    """The counts by pandas; `seconds` is what reading the tables took."""
    database()
    tables, spent = timed(_read)
    found: dict[str, Any] = {}
    for by in CUTS:
        taken, touched = [], 0
        for _ in range(TIMES):
            touched, seconds = timed(lambda by=by: _counted(tables, by))
            taken.append(seconds["seconds"])
        found[by] = {"seconds": median(taken), "touched": touched}
    return spent | found


def _read() -> dict[str, Any]:
    import pandas as pd
    from django.conf import settings

    with closing(sqlite3.connect(str(settings.DATABASES["default"]["NAME"]))) as base:
        (framework,) = base.execute("SELECT id FROM catalogue_framework WHERE key = ?", (KEY,)).fetchone()
        asked = "SELECT role_id AS role, qualification_id AS qualification FROM catalogue_requirement"
        return {
            "links": pd.read_sql(LINKS, base),
            "claims": pd.read_sql(CLAIMS, base, params={"framework": framework}),
            "things": pd.read_sql(THINGS, base),
            "roles": pd.read_sql(asked, base),
            "units": pd.read_sql("SELECT id AS unit, level FROM catalogue_unit", base),
        }


def _counted(tables: dict[str, Any], by: str) -> int:
    """Distinct units of each row that touch each area; how many in all."""
    if by in ("unit", "level"):
        held = tables["units"].assign(holder=tables["units"]["unit" if by == "unit" else "level"])
    elif by == "qualification":
        held = tables["links"].rename(columns={"qualification": "holder"})
    else:
        beside = tables["roles" if by == "role" else "things"].rename(columns={by: "holder"})
        held = tables["links"].merge(beside[["qualification", "holder"]], on="qualification")
    pairs = held[["holder", "unit"]].drop_duplicates()
    counts = pairs.merge(tables["claims"], on="unit").groupby(["holder", "area"])["unit"].nunique()
    return int(counts.sum())
