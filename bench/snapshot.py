"""The snapshot of a whole country built, with and without an official register beside it; and its peak memory."""

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from bench.apart import apart, database, timed
from bench.national import NATIONAL, Size

BESIDE = "SQLite full text over the same titles and summaries, no facets, no names, no reasons"


def run(size: Size = NATIONAL) -> list[dict[str, object]]:
    """The build without and with a register, each in its own process; the tables were filled before."""
    found: list[dict[str, object]] = []
    for register in (False, True):
        with tempfile.TemporaryDirectory(prefix="iqf-bench-") as folder:
            home = Path(folder)
            counts = apart(
                "bench.snapshot:fill", home, share=size.qualifications / NATIONAL.qualifications, register=register
            ).told
            ours = apart("bench.snapshot:ours", home)
            theirs = apart("bench.snapshot:theirs", home, base=str(home / "full-text"))
            things = counts["qualifications"] + counts["units"] + counts["statements"] + counts["roles"]
            rest = f", {counts['official rows']:,} rows of a register" if register else ""
            found.append(
                {
                    "work": f"snapshot of {things:,} things{rest} built",
                    "beside": BESIDE,
                    "ours": ours.seconds,
                    "theirs": theirs.seconds,
                    "ours_peak": ours.peak,
                    "theirs_peak": theirs.peak,
                    "ours_processor": ours.processor,
                    "theirs_processor": theirs.processor,
                    "told": f"{ours.told['entries']:,} entries",
                    "entries": ours.told["entries"],
                    "texts": theirs.told["texts"],
                }
            )
    return found


def fill(share: float, register: bool) -> dict[str, Any]:
    """The country into the tables."""
    database()
    from bench.national_catalogue import load

    return dict(load(NATIONAL.scaled(share), register=register))


def ours() -> dict[str, Any]:
    """The product builds its snapshot."""
    database()
    from iqf.snapshot.reading import ensure_current

    snapshot, spent = timed(ensure_current)
    return spent | {"entries": sum(snapshot.manifest.counts.values())}


def theirs(base: str) -> dict[str, Any]:
    """The titles and summaries of the same tables into SQLite's full text."""
    database()
    from django.conf import settings

    held = sqlite3.connect(base)
    held.execute("ATTACH ? AS made", (str(settings.DATABASES["default"]["NAME"]),))
    held.execute("CREATE VIRTUAL TABLE thing USING fts5(code, title, body)")

    def work() -> None:
        with held:
            for table, body in (("qualification", "''"), ("unit", "summary"), ("role", "description")):
                held.execute(f"INSERT INTO thing SELECT code, title, {body} FROM made.catalogue_{table}")
            held.execute("INSERT INTO thing SELECT code, title, '' FROM made.catalogue_statement")
            held.execute("INSERT INTO thing SELECT reference, title, '' FROM made.register_officialrow")

    _, spent = timed(work)
    return spent | {"texts": held.execute("SELECT count(*) FROM thing").fetchone()[0]}
