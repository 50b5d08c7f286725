"""Shared reads of statistical tables: which there are, one of them in a release, and where its cells are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from iqf.accounts.prepared import Prepared
from iqf.catalogue.queries import NotFoundError
from iqf.indicators.models import Column, Dataset, Release
from iqf.indicators.protection import Protection, protection_of
from iqf.indicators.store import table_path
from iqf.indicators.words import PROTECTED


@dataclass(frozen=True)
class HeldColumn:
    """A column of a table. Kinds: time, place, filter, indicator; markers of an indicator are in `symbols`."""

    name: str
    kind: str
    label: str
    unit: str = ""
    decimals: int | None = None
    counting: str = ""
    group: str = ""
    hint: str = ""
    total: str = ""

    @property
    def symbols(self) -> str:
        """The column that holds the markers of an indicator."""
        return f"{self.name}__symbol"


@dataclass(frozen=True)
class HeldTable:
    """A release of a data set: what it is, its columns in order, and the Parquet file with its cells."""

    dataset: str
    title: str
    definition: str
    counting: str
    location_basis: str
    named_by: str
    complete_for: str
    profile: str
    rounded_to: int | None
    low_below: int | None
    protection: Protection | None
    source: str
    source_title: str
    publisher: str
    licence: str
    version: str
    versions: tuple[str, ...]
    current: bool
    published_on: str
    ingested_on: str
    file_name: str
    sha256: str
    rows: int
    first_period: str
    last_period: str
    levels: tuple[str, ...]
    changes: tuple[str, ...]
    screening: tuple[Mapping[str, Any], ...]
    columns: tuple[HeldColumn, ...]
    path: Path

    def of_kind(self, *kinds: str) -> tuple[HeldColumn, ...]:
        """Its columns of these kinds, in order."""
        return tuple(column for column in self.columns if column.kind in kinds)

    @property
    def filters(self) -> tuple[HeldColumn, ...]:
        """How it can be cut, besides time and place."""
        return self.of_kind("filter")

    @property
    def indicators(self) -> tuple[HeldColumn, ...]:
        """The numbers in it."""
        return self.of_kind("indicator")


def is_held(code: str, sha256: str) -> bool:
    """Whether these very bytes are a release of a data set."""
    return Release.objects.filter(dataset__code=code, sha256=sha256).exists()


def datasets() -> tuple[HeldTable, ...]:
    """Every data set in its current release, by title."""
    rows = Release.objects.filter(current=True).select_related("dataset__source").prefetch_related("columns")
    versions = _versions()
    found = (_held(row, versions[row.dataset_id]) for row in rows.order_by("dataset__title", "dataset__code"))
    return tuple(found)


def counting_any(columns: Collection[str]) -> tuple[HeldTable, ...]:
    """The data sets that have a filter of one of these names, each in its current release, by title."""
    return tuple(_held(row, (row.version,)) for row in _filtered(columns))


_filtered = Prepared(
    lambda columns: (
        Release.objects.filter(current=True, columns__name__in=columns, columns__kind="filter")
        .distinct()
        .select_related("dataset__source")
        .prefetch_related("columns")
        .order_by("dataset__title", "dataset__code")
    )
)


def dataset(code: str, version: str | None = None) -> HeldTable:
    """A data set by the stem of its file, in its current release or another; `CODE@1.0` names both at once.

    Raises NotFoundError in one sentence.
    """
    if version is None and "@" in code:
        code, _, version = code.rpartition("@")
    found = Dataset.objects.filter(code=code).first() or Dataset.objects.filter(code__iexact=code).first()
    if found is None:
        raise NotFoundError(_no_dataset(code))
    releases = Release.objects.filter(dataset=found).select_related("dataset__source").prefetch_related("columns")
    every = tuple(releases)
    wanted = [r for r in every if (r.current if version is None else r.version == version)]
    if not wanted:
        held = ", ".join(r.version for r in every)
        raise NotFoundError(f'"{found.code}" has no version "{version}"; it has {held}.')
    return _held(wanted[0], tuple(r.version for r in every))


def protected_releases(code: str) -> tuple[HeldTable, ...] | None:
    """Every release of a data set that is held protected, the oldest first; None where there is no such data set."""
    found = Dataset.objects.filter(code=code, profile=PROTECTED).first()
    if found is None:
        return None
    releases = Release.objects.filter(dataset=found).select_related("dataset__source").prefetch_related("columns")
    every = tuple(releases)
    return tuple(_held(each, tuple(r.version for r in every)) for each in reversed(every))


def _no_dataset(code: str) -> str:
    codes = list(Dataset.objects.values_list("code", flat=True))
    if not codes:
        return f'There is no data set "{code}", nor any other; read one in with: iqf ingest statistics PATH'
    near = get_close_matches(code, codes, n=1, cutoff=0.5)
    hint = f'did you mean "{near[0]}"?' if near else "see them all with: iqf figures"
    return f'There is no data set "{code}"; {hint}'


def _versions() -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for row in Release.objects.order_by("-major", "-minor"):
        found.setdefault(row.dataset_id, []).append(row.version)
    return {key: tuple(versions) for key, versions in found.items()}


def _held(release: Release, versions: tuple[str, ...]) -> HeldTable:
    of = release.dataset
    return HeldTable(
        dataset=of.code,
        title=of.title,
        definition=of.definition,
        counting=of.counting,
        location_basis=of.location_basis,
        named_by=of.named_by,
        complete_for=of.complete_for,
        profile=of.profile,
        rounded_to=of.rounded_to,
        low_below=of.low_below,
        protection=protection_of(release.protection),
        source=of.source.key,
        source_title=of.source.title,
        publisher=of.source.publisher,
        licence=of.source.licence,
        version=release.version,
        versions=versions,
        current=release.current,
        published_on=release.published_on,
        ingested_on=release.ingested_at.date().isoformat(),
        file_name=release.file_name,
        sha256=release.sha256,
        rows=release.rows,
        first_period=release.first_period,
        last_period=release.last_period,
        levels=tuple(release.levels),
        changes=tuple(release.changes),
        screening=tuple(release.screening),
        columns=tuple(_column(c) for c in release.columns.all()),
        path=table_path(of.code, release.version),
    )


def _column(c: Column) -> HeldColumn:
    return HeldColumn(c.name, c.kind, c.label, c.unit, c.decimals, c.counting, c.group, c.hint, c.total)
