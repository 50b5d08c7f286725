"""Distinct learners by region, cluster and level out of rows of aims: our measure on DuckDB beside Spark, pandas,
polars. Each way runs in a process of its own, which says its seconds and its peak memory.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 10_000_000
BY = ["region_code", "cluster", "level"]
WAYS = ("duckdb", "spark", "pandas", "polars")
BESIDE = {
    "spark": "the same measure on Apache Spark in local mode, its start included",
    "pandas": "pandas: read_parquet, groupby, nunique",
    "polars": "polars: scan_parquet, group_by, n_unique, streaming",
}


def run(rows: int) -> list[dict[str, object]]:
    """A row for each other way beside ours. A way that gives other numbers ends the run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "aims.parquet"
        write(path, rows)
        found = {way: _asked(way, path) for way in WAYS}
    ours = found["duckdb"]
    for way, other in found.items():
        if other.get("sums", ours["sums"]) != ours["sums"]:
            raise SystemExit(f"{way} and DuckDB disagree")
    work = f"distinct learners by region, cluster and level, {rows:,} rows of aims"
    return [_row(work, way, ours, found[way]) for way in BESIDE if "seconds" in found[way]]


def _row(work: str, way: str, ours: dict[str, object], theirs: dict[str, object]) -> dict[str, object]:
    return {
        "work": work,
        "beside": BESIDE[way],
        "ours": ours["seconds"],
        "theirs": theirs["seconds"],
        "ours_peak": ours["peak"],
        "theirs_peak": theirs["peak"],
        "told": "Java's memory is not counted." if way == "spark" else "",
    }


def write(path: Path, rows: int) -> None:
    """Rows of aims, the same for the same number: about 1.7 for each learner."""
    import duckdb

    duckdb.sql(
        f"""COPY (SELECT 'L' || (hash(i) % {max(1, rows * 6 // 10)}) AS learner,
        'E1200000' || (1 + hash(i * 3) % 9) AS region_code,
        'cluster ' || (hash(i * 7) % 8) AS cluster, CAST(1 + hash(i * 11) % 8 AS VARCHAR) AS level
        FROM range({rows}) t(i)) TO '{path}' (FORMAT parquet)"""
    )


def _asked(way: str, path: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bench.learner_rows", way, str(path)], capture_output=True, text=True
    )
    if done.returncode:
        if way == "spark" and "pyspark" in done.stderr:
            return {}
        raise SystemExit(f"{way} failed: {done.stderr[-2000:]}")
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


def by_duckdb(path: Path) -> list[tuple[str, str, str, int]]:
    """Ours."""
    from iqf.indicators import measures

    rows = measures.answer(measures.learners(measures.parquet(path), BY))
    return [(r["region_code"], r["cluster"], r["level"], r["learners"]) for r in rows]


def by_spark(path: Path) -> list[tuple[str, str, str, int]]:
    """Ours, on Spark."""
    import os

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    import ibis
    from pyspark.sql import SparkSession

    from iqf.indicators import measures

    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4", "spark.driver.memory": "4g"}
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    table = ibis.pyspark.connect(session).read_parquet(str(path))
    rows = measures.answer(measures.learners(table, BY))
    session.stop()
    return [(r["region_code"], r["cluster"], r["level"], r["learners"]) for r in rows]


def by_pandas(path: Path) -> list[tuple[str, str, str, int]]:
    """What most analysts would write."""
    import pandas

    counts = pandas.read_parquet(path).groupby(BY)["learner"].nunique()
    return sorted((*key, int(n)) for key, n in counts.items())


def by_polars(path: Path) -> list[tuple[str, str, str, int]]:
    """The same in polars."""
    import polars

    asked = polars.scan_parquet(path).group_by(BY).agg(polars.col("learner").n_unique().alias("n"))
    return sorted((r[0], r[1], r[2], int(r[3])) for r in asked.collect(engine="streaming").rows())


def main() -> None:
    """One way, in this process: its sums, seconds and peak memory in MB as one line of JSON."""
    import resource

    way, path = sys.argv[1], Path(sys.argv[2])
    begun = time.perf_counter()
    rows = {"duckdb": by_duckdb, "spark": by_spark, "pandas": by_pandas, "polars": by_polars}[way](path)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak, "sums": [len(rows), sum(r[3] for r in rows), rows[:3]]}))


if __name__ == "__main__":
    main()
