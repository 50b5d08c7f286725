"""Which files of the classification a path holds, and of which edition each is."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from iqf.exchange.sources.esco import layouts as lay
from iqf.exchange.sources.esco.layouts import LAYOUTS, Layout
from iqf.exchange.sources.esco.occupations import occupations
from iqf.exchange.sources.esco.skills import skills
from iqf.exchange.sources.framework_list import FrameworkFile
from iqf.exchange.sources.list_file import ListFile
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.sources.tables import Table, check_header, first_rows, open_table

SIZES = {
    ("skill", 13_485): "1.0",
    ("skill", 13_939): "1.2",
    ("occupation", 2_942): "1.0",
    ("occupation", 3_039): "1.2",
}
"""How many concepts each edition has, as its publisher says: enough to know a file that does not name its edition."""

_EDITION = re.compile(r"v(\d+\.\d+(?:\.\d+)?)", re.IGNORECASE)


@dataclass(frozen=True)
class Opened:
    """One file: its layout, its rows, and the edition that it is of."""

    layout: Layout
    table: Table
    edition: str


def open_files(path: Path) -> Sequence[ListFile | FrameworkFile]:
    """The files at a path, edition by edition: one file, or a folder with all below it. Raises Refused."""
    found = list(_opened(path))
    if not found:
        raise Refused([Fault(_not_here(), path.name)])
    by_edition: dict[str, dict[str, Opened]] = defaultdict(dict)
    for file in found:
        same = by_edition[file.edition].setdefault(file.layout.name, file)
        if same is not file:
            message = (
                f"{same.table.file} holds the {file.layout.name} of edition {file.edition} too; keep one of them."
            )
            raise Refused([Fault(message, file.table.file)])
    labels = _labels(found)
    parts: list[ListFile | FrameworkFile] = []
    for edition, files in sorted(by_edition.items()):
        tables = {name: f.table for name, f in files.items()}
        parts += skills(edition, tables, labels)
        parts += occupations(edition, tables, labels)
    if not parts:
        raise Refused([Fault(_not_here(), path.name)])
    return parts


def _opened(path: Path) -> Iterator[Opened]:
    if not path.is_dir():
        yield _open(path, path.parent, read_bytes(path))
        return
    for file in sorted(path.rglob("*.csv")):
        data = read_bytes(file)
        if lay.layout_of(*_beginning(data, file.name)):
            yield _open(file, path, data)


def _open(path: Path, top: Path, data: bytes) -> Opened:
    header, first = _beginning(data, path.name)
    layout = lay.layout_of(header, first)
    if layout is None:
        nearest = max(LAYOUTS, key=lambda each: len(set(each.columns) & set(header)))
        if set(nearest.columns) & set(header):
            check_header(header, path.name, list(nearest.columns), None)
        raise Refused([Fault(_not_here(), path.name)])
    table = open_table(data, path.name, layout.columns)
    return Opened(layout, table, edition_of(path, top, layout, table))


def _beginning(data: bytes, file: str) -> tuple[list[str], str]:
    """The header, and the first cell under it."""
    rows = first_rows(data, file, 2)
    return rows[0] if rows else [], next((cells[0] for cells in rows[1:] if cells), "")


def _not_here() -> str:
    names = ", ".join(layout.name for layout in LAYOUTS)
    return f"none of the classification's files is here; those that are read are: {names}."


def edition_of(path: Path, top: Path, layout: Layout, table: Table) -> str:
    """The edition that a file's name or folder says, up to the folder given; else the one that has as many concepts.

    Raises Refused where neither tells.
    """
    for name in (path.name, *(p.name for p in path.parents if p == top or top in p.parents)):
        if said := _EDITION.search(name):
            return re.sub(r"^(\d+\.\d+)\.0$", r"\1", said[1])
    counted = sum(lay.address(row, layout).startswith(layout.counts) for row in table) if layout.counts else 0
    if edition := SIZES.get((layout.counts.rpartition("/")[2], counted)):
        return edition
    message = (
        "the file does not say which edition it is of; put it in a folder named after its edition, such as v1.2."
    )
    raise Refused([Fault(message, path.name)])


def _labels(found: Sequence[Opened]) -> dict[str, str]:
    """The title of each concept by its address, from files that print it in a column of its own."""
    return {
        lay.address(row, f.layout): row["preferredLabel"]
        for f in found
        if "preferredLabel" in f.layout.columns
        for row in f.table
    }
