"""Areas: districts with their skills improvement plan areas and combined authorities, and what came of authorities.

Reads the lookups of the Office for National Statistics, one file or a folder of them. Reorganisations are a list of
our own, of public facts; nothing is guessed from names.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import openpyxl

from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import (
    Fault,
    IngestReport,
    Progress,
    Refused,
    Row,
    combined,
    one_transaction,
    silent,
)
from iqf.exchange.sources.statistics.reading import sha256_of
from iqf.exchange.sources.tables import read_table
from iqf.indicators.standard import INNER_OUTER, REGIONS
from iqf.places.actions import (
    AreaFacts,
    MembershipFacts,
    ReorganisationFacts,
    hold_areas,
    hold_memberships,
    hold_reorganisations,
)

ENGLAND: Final = "E92000001"
LONDON: Final = "E12000007"
OURS: Final = Path(__file__).parent / "reorganisations.csv"
GROUPS: Final = {"LSIP": "lsip", "CAUTH": "combined authority"}
_CODED: Final = re.compile(r"([A-Z]+)(\d\d)CD$")
MOST_ROWS: Final = 5000


@dataclass(frozen=True)
class Lookup:
    """One lookup: its rows, and the columns of the district and of the group it belongs to, by code and name."""

    file: str
    rows: tuple[Row, ...]
    district: tuple[str, str]
    group: tuple[str, str]
    kind: str
    edition: str


def ingest(path: Path, *, by: str, dry_run: bool = False, progress: Progress = silent) -> IngestReport:
    """Hold the areas of every lookup in a folder (or one), their groups, and the reorganisations. Raises Refused."""
    files = _files(path)
    lookups = [_lookup(file) for file in files]
    report = IngestReport(
        "geography", combined([sha256_of(f) for f in files]), sum(len(u.rows) for u in lookups), dry_run
    )
    progress("holding", 0, 1)
    with one_transaction(dry_run=dry_run):
        areas = hold_areas(by=by, areas=_areas(lookups))
        memberships = hold_memberships(by=by, facts=(m for lookup in lookups for m in _memberships(lookup)))
        mapped = hold_reorganisations(by=by, facts=_reorganised())
        report.writes = areas + memberships + mapped
        report.added = memberships
        report.unchanged = report.rows - memberships
    return report


def _files(path: Path) -> list[Path]:
    """The lookups at a path: those files of a folder that are one by their columns."""
    if not path.exists():
        raise Refused([Fault("there is no such file or folder; check the path.", str(path))])
    if not path.is_dir():
        return [path]
    found = [f for f in sorted(path.iterdir()) if f.suffix in (".csv", ".xlsx") and _columns(_header(f))]
    if not found:
        message = "no file in it is a lookup of districts; it has columns such as LAD25CD and CAUTH25CD."
        raise Refused([Fault(message, str(path))])
    return found


def _grid(path: Path) -> list[list[str]]:
    """The cells of a lookup, a spreadsheet's first sheet or a CSV file, header first."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS, max_col=20, values_only=True)
        return [["" if cell is None else str(cell).strip() for cell in row] for row in rows]
    data = read_bytes(path)
    header = _header(path)
    return [header, *([row[c].strip() for c in header] for row in read_table(data, path.name, header))]


def _header(path: Path) -> list[str]:
    if path.suffix == ".xlsx":
        return _grid(path)[0]
    with path.open("rb") as file:
        first = file.readline(10_000).decode("utf-8-sig", "replace")
    return [cell.strip() for cell in next(csv.reader(io.StringIO(first)), [])]


def _columns(header: Sequence[str]) -> tuple[str, str, str] | None:
    """The column of district codes, that of group codes, and the kind of group; None where it is no such lookup."""
    coded = {m[1]: column for column in header if (m := _CODED.match(column))}
    kind = next((k for k in GROUPS if k in coded), "")
    return (coded["LAD"], coded[kind], GROUPS[kind]) if "LAD" in coded and kind else None


def _lookup(path: Path) -> Lookup:
    grid = _grid(path)
    columns = _columns(grid[0] if grid else [])
    if columns is None:
        message = "this is no lookup of districts; it needs columns such as LAD25CD and CAUTH25CD."
        raise Refused([Fault(message, path.name, 1)])
    rows = [Row(path.name, n, dict(zip(grid[0], cells, strict=False))) for n, cells in enumerate(grid[1:], 2)]
    rows = [row for row in rows if any(row.cells.values())]
    district, group, kind = columns
    faults = [
        row.fault(f'"{row[column]}" is not the code of an area.', column, "such as E07000008")
        for row in rows
        for column in (district, group)
        if not re.fullmatch(r"[EWSNK]\d{8}", row[column])
    ]
    if faults:
        raise Refused(faults[:20])
    names = tuple((c, f"{c[:-2]}NM") for c in (district, group))
    return Lookup(path.name, tuple(rows), names[0], names[1], kind, f"20{district[3:5]}")


def _areas(lookups: Sequence[Lookup]) -> Iterator[AreaFacts]:
    """Every area, what it is part of first: regions, parts of London, reorganised authorities, districts, groups."""
    yield AreaFacts(ENGLAND, "England", "country")
    for code, name in REGIONS.items():
        part = code in INNER_OUTER
        yield AreaFacts(code, name, "subregion" if part else "region", LONDON if part else ENGLAND)
    for row in _ours():
        old, new = row["old_code"], row["new_code"]
        yield AreaFacts(old, row["old_name"], _kind(old), row["region"], ends=row["on"])
        yield AreaFacts(new, row["new_name"], _kind(new), row["region"], starts=row["on"])
    for lookup in sorted(lookups, key=lambda each: each.edition):
        for row in lookup.rows:
            code, name = (row[c] for c in lookup.district)
            yield AreaFacts(code, name, _kind(code))
            group, title = (row[c] for c in lookup.group)
            yield AreaFacts(group, title, lookup.kind, ENGLAND)


def _kind(code: str) -> str:
    return "district" if code.startswith("E07") else "authority"


def _memberships(lookup: Lookup) -> Iterator[MembershipFacts]:
    return (MembershipFacts(row[lookup.district[0]], row[lookup.group[0]], lookup.edition) for row in lookup.rows)


def _reorganised() -> Iterator[ReorganisationFacts]:
    return (ReorganisationFacts(r["old_code"], r["new_code"], r["on"], r["how"]) for r in _ours())


def _ours() -> list[Row]:
    return read_table(OURS.read_bytes(), OURS.name, ("old_code", "new_code", "on", "how", "region"))
