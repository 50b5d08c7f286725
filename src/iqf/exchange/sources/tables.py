"""A table file read as a stream: its structure is checked once, then its rows can be gone through many times.

Holds the text and nothing else, so that a register of 60,000 rows needs little memory.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from iqf.exchange.sources.pattern import MAX_CELL, Fault, Refused, Row, check_header, decode, records, rows_of

Mend = Callable[[list[str]], list[str]]


def as_printed(cells: list[str]) -> list[str]:
    """A row as it is."""
    return cells


@dataclass(frozen=True)
class Table:
    """The rows of a table file under its header. `header_row` is where the header stands; titles may stand above."""

    file: str
    text: str = field(repr=False)
    header: tuple[str, ...]
    header_row: int
    delimiter: str
    count: int
    mend: Mend
    mended: frozenset[int]

    def __iter__(self) -> Iterator[Row]:
        cells = _cells(self.text, self.file, self.delimiter)
        for _ in range(self.header_row):
            next(cells)
        return rows_of(map(self.mend, cells), self.header, self.file, self.header_row)


def open_table(
    data: bytes,
    file: str,
    required: Iterable[str],
    optional: Iterable[str] | None = None,
    *,
    header_row: int = 1,
    delimiter: str = ",",
    mend: Mend = as_printed,
) -> Table:
    """Open a table file, encoding, header and the number of cells of every row checked. Raises Refused.

    `optional` None allows any further columns. A file with a header and no rows is refused.
    `mend` puts right rows that are broken in a way known of this file; `mended` are their numbers.
    """
    text = decode(data, file)
    cells = _cells(text, file, delimiter)
    header = [[cell.strip() for cell in next(cells, [])] for _ in range(header_row)][-1]
    check_header(header, file, list(required), None if optional is None else list(optional), header_row)
    count, mended = _count(cells, header, file, header_row, mend)
    if not count:
        raise Refused([Fault("the file has a header and no rows; get it again from its publisher.", file)])
    return Table(file, text, tuple(header), header_row, delimiter, count, mend, mended)


def _count(
    cells: Iterator[list[str]], header: list[str], file: str, number: int, mend: Mend
) -> tuple[int, frozenset[int]]:
    """How many rows there are, and which were mended. Refuses ragged ones, all at once, without reading them."""
    faults = []
    mended = set()
    count = 0
    for row in cells:
        number += 1
        if len(row) != len(header) and len(mend(row)) == len(header):
            mended.add(number)
            count += 1
        elif len(row) == len(header):
            count += any(row) and any(cell.strip() for cell in row)
        elif any(cell.strip() for cell in row):
            faults.append(Fault(f"the row has {len(row)} cells where the header has {len(header)}.", file, number))
    if faults:
        raise Refused(faults)
    return count, frozenset(mended)


def header_of(data: bytes, file: str) -> list[str]:
    """The cells of the first row, to tell one layout from another."""
    return next(iter(first_rows(data, file, 1)), [])


def first_rows(data: bytes, file: str, count: int) -> list[list[str]]:
    """The cells of the first rows, to tell one layout from another."""
    return [[cell.strip() for cell in cells] for cells in islice(_cells(decode(data, file), file, ","), count)]


def title_line(text: str) -> str:
    """The first line of a file that prints a title above its header."""
    return text.partition("\n")[0].strip()


def _cells(text: str, file: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_CELL)
    return records(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), file)
