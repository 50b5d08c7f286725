"""Every write to indicators: a release is held once, whole, and never changed."""

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from iqf.accounts.actions import audit
from iqf.evidence.models import Source
from iqf.indicators.cells import typed
from iqf.indicators.comparing import Difference, compare
from iqf.indicators.models import Column, Dataset, Release
from iqf.indicators.queries import HeldColumn, HeldTable, dataset
from iqf.indicators.standard import LEVEL_COLUMNS
from iqf.indicators.store import asked, kept, text
from iqf.indicators.words import AS_PUBLISHED

FIRST = ("First release held here.",)


@dataclass(frozen=True)
class DatasetFacts:
    """What is known of a data set, apart from its cells. See the model `Dataset`."""

    code: str
    title: str
    counting: str
    location_basis: str
    definition: str = ""
    named_by: str = ""
    profile: str = AS_PUBLISHED
    rounded_to: int | None = None
    low_below: int | None = None


@dataclass(frozen=True)
class Arrived:
    """A table that was read and screened: printed cells in a Parquet file, every column as text."""

    cells: Path
    columns: tuple[HeldColumn, ...]
    rows: int
    sha256: str
    file_name: str
    published_on: str = ""
    screening: Sequence[dict[str, Any]] = field(default_factory=tuple)


@dataclass(frozen=True)
class Held:
    """What came of it: the release, whether it is new, and how it differs from the one before, where there is one."""

    table: HeldTable
    new: bool
    difference: Difference | None = None
    writes: int = 0


@transaction.atomic
def hold_release(*, by: str, source: Source, facts: DatasetFacts, arrived: Arrived, dry_run: bool = False) -> Held:
    """Hold a table as the next release of its data set, audited, in one transaction with its file.

    Bytes that are held already write nothing. The version is 1.0 at first; then the next minor one, or the next major
    one where columns or rows are gone that somebody may have cited. A dry run says all that and is undone.
    """
    found = Dataset.objects.filter(code=facts.code).first()
    known = Release.objects.filter(dataset=found, sha256=arrived.sha256).first() if found else None
    if known is not None:
        return Held(dataset(facts.code, known.version), new=False)
    with asked() as db:
        cells = arrived.cells.with_name(f"{arrived.cells.stem}.typed.parquet")
        columns = typed([(c.name, c.kind) for c in arrived.columns])
        spanned = _spanned(db, arrived)
        _copy(db, f"SELECT {columns} FROM read_parquet({text(arrived.cells)})", cells)  # noqa: S608
    before = dataset(facts.code) if found else None
    difference = compare(before, arrived.columns, cells) if before else None
    release = _write(by, source, facts, arrived, difference, spanned)
    held = Held(
        dataset(facts.code, release.version), new=True, difference=difference, writes=2 + len(arrived.columns)
    )
    if dry_run:
        transaction.set_rollback(True)
        return held
    with kept(held.table.path) as place:
        shutil.copyfile(cells, place)
    return held


def _copy(db: Any, select: str, to: Path) -> None:
    db.execute(f"COPY ({select}) TO {text(to)} (FORMAT parquet, COMPRESSION zstd)")


def _spanned(db: Any, arrived: Arrived) -> dict[str, Any]:
    """The first and the last period of a table, and the levels of its places, the highest first."""
    held = {c.name for c in arrived.columns}
    times = "min(time_period), max(time_period)" if "time_period" in held else "'', ''"
    levels = "list(DISTINCT geographic_level)" if "geographic_level" in held else "[]"
    cells = f"read_parquet({text(arrived.cells)})"
    first, last, found = db.execute(f"SELECT {times}, {levels} FROM {cells}").fetchone()  # noqa: S608
    ordered = [level for level in LEVEL_COLUMNS if level in found]
    return {"first_period": first or "", "last_period": last or "", "levels": ordered}


def _write(
    by: str,
    source: Source,
    facts: DatasetFacts,
    arrived: Arrived,
    difference: Difference | None,
    spanned: dict[str, Any],
) -> Release:
    of, _ = Dataset.objects.update_or_create(code=facts.code, defaults={**asdict(facts), "source": source})
    last = Release.objects.filter(dataset=of).order_by("-major", "-minor").first()
    major, minor = _version(last, difference)
    Release.objects.filter(dataset=of, current=True).update(current=False)
    release = Release.objects.create(
        dataset=of,
        major=major,
        minor=minor,
        current=True,
        sha256=arrived.sha256,
        file_name=arrived.file_name,
        rows=arrived.rows,
        published_on=arrived.published_on,
        changes=list(difference.sentences if difference else FIRST),
        screening=list(arrived.screening),
        **spanned,
    )
    Column.objects.bulk_create(
        Column(release=release, order=order, **asdict(column)) for order, column in enumerate(arrived.columns)
    )
    audit(
        by=by,
        action="hold release",
        subject=f"dataset:{of.code}",
        before={"version": f"{last.major}.{last.minor}" if last else ""},
        after={"version": release.version, "sha256": release.sha256, "rows": release.rows},
    )
    return release


def _version(last: Release | None, difference: Difference | None) -> tuple[int, int]:
    if last is None or difference is None:
        return 1, 0
    return (last.major + 1, 0) if difference.breaking else (last.major, last.minor + 1)
