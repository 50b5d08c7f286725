"""A register read in: first, again, and with one row in a hundred changed; the product beside an SQL upsert."""

import csv
import importlib.util
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.apart import Measured, apart, database, timed
from bench.national import NATIONAL, Size
from bench.national_files import REGISTER, write_register

STEPS = (
    ("first", "register.csv"),
    ("again, unchanged", "register.csv"),
    ("one row in a hundred changed", "next.csv"),
)
HAS_PANDAS = importlib.util.find_spec("pandas") is not None
BESIDE = f"{'pandas' if HAS_PANDAS else 'csv'} and an SQL upsert: no readings, no history, no doubts"


def run(size: Size = NATIONAL) -> list[dict[str, object]]:
    """Each step of both, each in its own process on the same files. Refuses results that do not agree."""
    with tempfile.TemporaryDirectory(prefix="iqf-bench-") as folder:
        place = Path(folder)
        write_register(place / "register.csv", size)
        write_register(place / "next.csv", size, changed=0.01)
        found = []
        for step, file in STEPS:
            ours = apart("bench.importing:ours", place / "home", path=str(place / file))
            theirs = apart("bench.importing:theirs", place / "home", path=str(place / file), base=str(place / "base"))
            if ours.told["rows"] != theirs.told["rows"]:
                raise SystemExit(f"the register holds {ours.told['rows']} rows, the table {theirs.told['rows']}")
            found.append(_row(size, step, ours, theirs))
        return found


def _row(size: Size, step: str, ours: Measured, theirs: Measured) -> dict[str, object]:
    told = ours.told
    return {
        "work": f"a register of {size.qualifications:,} rows read in, {step}",
        "beside": BESIDE,
        "ours": ours.seconds,
        "theirs": theirs.seconds,
        "ours_peak": ours.peak,
        "theirs_peak": theirs.peak,
        "ours_processor": ours.processor,
        "theirs_processor": theirs.processor,
        "told": f"{told['added']:,} added, {told['changed']:,} changed, {told['writes']:,} writes",
    } | {key: told[key] for key in ("added", "changed", "unchanged", "writes", "doubts")}


def ours(path: str) -> dict[str, Any]:
    """The product reads the file."""
    database()
    from iqf.exchange.sources.ofqual_register import ingest
    from iqf.register.models import OfficialRow

    report, spent = timed(lambda: ingest(Path(path), by="bench"))
    rows = OfficialRow.objects.filter(register="ofqual-register", retired=False).count()
    return (
        spent
        | {"rows": rows, "doubts": len(report.warnings)}
        | {name: getattr(report, name) for name in ("added", "changed", "unchanged", "writes")}
    )


def theirs(path: str, base: str) -> dict[str, Any]:
    """What a person would write in an afternoon: every row of the file upserted by its number."""
    held = sqlite3.connect(base)
    held.execute("PRAGMA journal_mode=WAL")
    columns = ", ".join(f'"{c}" TEXT' + (" PRIMARY KEY" if c == REGISTER[0] else "") for c in REGISTER)
    held.execute(f"CREATE TABLE IF NOT EXISTS register ({columns})")
    names = ", ".join(f'"{c}"' for c in REGISTER)
    sets = ", ".join(f'"{c}" = excluded."{c}"' for c in REGISTER[1:])
    marks = ", ".join("?" * len(REGISTER))
    upsert = f'INSERT INTO register ({names}) VALUES ({marks}) ON CONFLICT ("{REGISTER[0]}") DO UPDATE SET {sets}'

    def work() -> None:
        with held:
            held.executemany(upsert, _cells(path))

    _, spent = timed(work)
    return spent | {"rows": held.execute("SELECT count(*) FROM register").fetchone()[0]}


def _cells(path: str) -> Iterator[Any]:
    """The rows of the file below its header, by pandas where it is there."""
    if HAS_PANDAS:
        pandas = importlib.import_module("pandas")
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        yield from frame.itertuples(index=False, name=None)
        return
    with Path(path).open(newline="", encoding="utf-8-sig") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows
