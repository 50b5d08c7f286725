"""One file that feeds one list of the register: what an official source makes of what it was given."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from iqf.exchange.sources.notes import Notes
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.tables import Table
from iqf.register.actions import PrintedRow, SameCells


@dataclass(frozen=True)
class ListFile:
    """One file that feeds one list of the register.

    `rows` reads it, noting faults and doubts. `published_on` is its snapshot date where it is known: a file older
    than the one read last changes nothing, and one as old or younger is believed. `whole_list`: rows that it does not
    mention are retired. `columns` are told when they end or begin. `reader`: hash of the code that reads it, where it
    tells rows whose cells it has read before without reading them again.
    """

    register: str
    file: str
    sha256: str
    count: int
    rows: Callable[[Notes], Iterable[PrintedRow | SameCells]]
    columns: tuple[str, ...] = ()
    published_on: str = ""
    whole_list: bool = True
    reader: str = ""


def file_of(
    table: Table,
    register: str,
    rows: Callable[[Table, Notes], Iterable[PrintedRow]],
    *,
    columns: tuple[str, ...] | None = None,
    published_on: str = "",
    whole_list: bool = True,
) -> ListFile:
    """A table as the file of a list, each of its rows read by `rows`. Its own columns are told, unless others are."""
    told = table.header if columns is None else columns
    read = partial(rows, table)
    return ListFile(register, table.file, table.sha256, table.count, read, told, published_on, whole_list)


def row_of(row: Row, reference: str, facts: Mapping[str, Any], *, kind: str = "qualification") -> PrintedRow:
    """A row as the register keeps it; its title and, where the list has them, number, owner and level are facts."""
    return PrintedRow(
        reference=reference,
        row=row.number,
        printed=row.cells,
        facts=facts,
        title=facts["title"],
        number=facts.get("number", "").replace("/", ""),
        owner=facts.get("owner", ""),
        level=facts.get("level", ""),
        kind=kind,
    )
