"""Every write to indicators: a release is held once, whole, and never changed."""

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import transaction

from iqf.accounts.actions import audit
from iqf.catalogue.queries import NotFoundError
from iqf.evidence.models import Source
from iqf.indicators.asking import Figures, Wanted, figures
from iqf.indicators.cells import typed
from iqf.indicators.comparing import Difference, compare
from iqf.indicators.guarding import Guarded
from iqf.indicators.models import Column, Dataset, Release
from iqf.indicators.private import keep_true, true_path
from iqf.indicators.protection import NotSafeError
from iqf.indicators.queries import HeldColumn, HeldTable, dataset, protected_releases
from iqf.indicators.standard import LEVEL_COLUMNS
from iqf.indicators.store import asked, kept, text
from iqf.indicators.words import AS_PUBLISHED, PROTECTED

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
    complete_for: str = ""
    profile: str = AS_PUBLISHED
    rounded_to: int | None = None
    low_below: int | None = None


@dataclass(frozen=True)
class Arrived:
    """A table that was read and screened: printed cells in a Parquet file, every column as text.

    `guarded`: how true counts were made safe; None for what its producer has published.
    """

    cells: Path
    columns: tuple[HeldColumn, ...]
    rows: int
    sha256: str
    file_name: str
    published_on: str = ""
    screening: Sequence[dict[str, Any]] = field(default_factory=tuple)
    guarded: Guarded | None = None

    @property
    def published(self) -> Path:
        """The cells that are published: of a table of true counts the protected ones, and no others."""
        return self.guarded.cells if self.guarded else self.cells


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

    Bytes that are held already write nothing. Of a protected data set only protected cells are published; its true
    ones go into a file of their own. The version is 1.0 at first; then the next minor one, or the next major one
    where columns or rows are gone that somebody may have cited. A dry run says all that and is undone. Raises
    NotSafeError where counts are to be protected and are not.
    """
    found = Dataset.objects.filter(code=facts.code).first()
    known = Release.objects.filter(dataset=found, sha256=arrived.sha256).first() if found else None
    if known is not None:
        return Held(dataset(facts.code, known.version), new=False)
    _checked(found, facts, arrived)
    with asked() as db:
        cells = arrived.cells.with_name(f"{arrived.cells.stem}.typed.parquet")
        columns = typed([(c.name, c.kind) for c in arrived.columns])
        spanned = _spanned(db, arrived)
        _copy(db, f"SELECT {columns} FROM read_parquet({text(arrived.published)})", cells)  # noqa: S608
    before = dataset(facts.code) if found else None
    difference = compare(before, arrived.columns, cells) if before else None
    release = _write(by, source, facts, arrived, difference, spanned)
    held = Held(
        dataset(facts.code, release.version), new=True, difference=difference, writes=2 + len(arrived.columns)
    )
    if dry_run:
        transaction.set_rollback(True)
        return held
    if arrived.guarded:
        keep_true(arrived.guarded.true, facts.code, release.version)
    with kept(held.table.path) as place:
        shutil.copyfile(cells, place)
    return held


@transaction.atomic
def look_unprotected(*, by: str, table: HeldTable, wanted: Wanted) -> Figures:
    """The true counts of a protected release that fit, for somebody who may see them: who, when and what is audited.

    The only way to them besides the file itself. Raises NotFoundError for a release that has none.
    """
    place = true_path(table.dataset, table.version)
    if table.protection is None or not place.is_file():
        raise NotFoundError(f'"{table.dataset}" {table.version} has no unprotected figures here.')
    found = figures(replace(table, path=place), wanted)
    asked_for = {"version": table.version, "where": [f"{name}={value}" for name, value in wanted.where]}
    audit(
        by=by,
        action="see unprotected figures",
        subject=f"unprotected:{table.dataset}",
        before={},
        after={**asked_for, "figures": f"{wanted.offset + 1} to {wanted.offset + len(found.rows)}"},
    )
    return found


def _checked(found: Dataset | None, facts: DatasetFacts, arrived: Arrived) -> None:
    """Whether a table may be published as it is: protected if its data set is, after every release there is."""
    if found is not None and found.profile != facts.profile:
        raise NotSafeError(
            f'"{found.code}" is held {found.profile}, and this would be {facts.profile}; '
            "hold it under another name (--dataset)."
        )
    if (facts.profile == PROTECTED) != (arrived.guarded is not None):
        raise NotSafeError(f'"{facts.code}" is to be protected, and was not.')
    held = protected_releases(facts.code) or ()
    if arrived.guarded and arrived.guarded.after != tuple(each.version for each in held):
        raise NotSafeError(f'Another version of "{facts.code}" was published meanwhile; run this again.')


def _copy(db: Any, select: str, to: Path) -> None:
    db.execute(f"COPY ({select}) TO {text(to)} (FORMAT parquet, COMPRESSION zstd)")


def _spanned(db: Any, arrived: Arrived) -> dict[str, Any]:
    """The first and the last period of a table, and the levels of its places, the highest first."""
    held = {c.name for c in arrived.columns}
    times = "min(time_period), max(time_period)" if "time_period" in held else "'', ''"
    levels = "list(DISTINCT geographic_level)" if "geographic_level" in held else "[]"
    cells = f"read_parquet({text(arrived.published)})"
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
        protection=arrived.guarded.protection.as_json() if arrived.guarded else {},
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
