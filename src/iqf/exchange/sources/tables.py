"""A table file read as a stream: its structure is checked once, then its rows can be gone through many times.

Holds the bytes of the file and nothing else, so that a register of 60,000 rows needs little memory.
"""

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from iqf.exchange.sources.notes import MOST_FAULTS
from iqf.exchange.sources.opening import MAX_CELL, encoding_of, lines_of
from iqf.exchange.sources.pattern import Fault, Refused, Row

Mend = Callable[[list[str]], list[str]]


def as_printed(cells: list[str]) -> list[str]:
    """A row as it is."""
    return cells


@dataclass(frozen=True)
class Table:
    """The rows of a table file under its header. `header_row` is where the header stands; titles may stand above."""

    file: str
    data: bytes = field(repr=False)
    encoding: str
    header: tuple[str, ...]
    header_row: int
    delimiter: str
    count: int
    mend: Mend
    mended: frozenset[int]

    @property
    def sha256(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.data).hexdigest()

    def __iter__(self) -> Iterator[Row]:
        cells = _cells(self.data, self.encoding, self.file, self.delimiter)
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
    encoding = encoding_of(data, file)
    cells = _cells(data, encoding, file, delimiter)
    header = [[cell.strip() for cell in next(cells, [])] for _ in range(header_row)][-1]
    check_header(header, file, list(required), None if optional is None else list(optional), header_row)
    count, mended = _count(cells, header, file, header_row, mend)
    if not count:
        raise Refused([Fault("the file has a header and no rows; get it again from its publisher.", file)])
    return Table(file, data, encoding, tuple(header), header_row, delimiter, count, mend, mended)


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
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise Refused(faults)
    return count, frozenset(mended)


def header_of(data: bytes, file: str) -> list[str]:
    """The cells of the first row, to tell one layout from another."""
    return next(iter(first_rows(data, file, 1)), [])


def first_rows(data: bytes, file: str, count: int) -> list[list[str]]:
    """The cells of the first rows, to tell one layout from another."""
    return [
        [cell.strip() for cell in cells] for cells in islice(_cells(data, encoding_of(data, file), file, ","), count)
    ]


def title_line(text: str) -> str:
    """The first line of a file that prints a title above its header."""
    return text.partition("\n")[0].strip()


def _cells(data: bytes, encoding: str, file: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_CELL)
    return records(csv.reader(lines_of(data, encoding), delimiter=delimiter, strict=True), file)


def read_table(data: bytes, file: str, required: Iterable[str], optional: Iterable[str] | None = None) -> list[Row]:
    """Rows of a CSV file under its own header.

    `optional` None allows any further columns. Raises Refused with one fault each for missing, repeated or unknown
    columns, rows with more or fewer cells than the header, and cells too long to be what they should be.
    Blank lines are passed over; a row number is the line where the row begins in a spreadsheet.
    """
    cells = _cells(data, encoding_of(data, file), file, ",")
    header = [cell.strip() for cell in next(cells, [])]
    check_header(header, file, list(required), None if optional is None else list(optional))
    return list(rows_of(cells, header, file))


def records(reader: Iterator[list[str]], file: str) -> Iterator[list[str]]:
    """The records of a CSV file; one that cannot be read is refused under its row number in a spreadsheet."""
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            long = "limit" in str(error)
            what = "a cell is longer than any that belongs here" if long else f"the row is broken ({error})"
            message = f"{what}; open the file in a spreadsheet and look at this row."
            raise Refused([Fault(message, file, number)]) from None
        if cells is None:
            return
        yield cells


def check_header(
    header: list[str], file: str, required: list[str], optional: list[str] | None, number: int = 1
) -> None:
    """Refuse a header with missing, repeated or unknown columns; it stands in row `number`."""
    missing = [c for c in required if c not in header]
    repeated = sorted({c for c in header if header.count(c) > 1})
    unknown = [c for c in header if optional is not None and c not in required and c not in optional]
    faults = [Fault(f'the column "{c}" is missing.', file, number, c, "", "a column of this name") for c in missing]
    faults += [
        Fault(f'the column "{c}" stands there twice.', file, number, c, c, "one column of this name")
        for c in repeated
    ]
    faults += [
        Fault(
            f'the column "{c}" is not one of this file\'s; the columns are {", ".join(required)}.',
            file,
            number,
            c,
            c,
        )
        for c in unknown
    ]
    if faults:
        raise Refused(faults)


def rows_of(reader: Iterator[list[str]], header: Sequence[str], file: str, number: int = 1) -> Iterator[Row]:
    """The rows under a header that stands in row `number`; ragged ones are refused when all have been seen."""
    faults = []
    for cells in reader:
        number += 1
        if not any(cells) or not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            faults.append(Fault(f"the row has {len(cells)} cells where the header has {len(header)}.", file, number))
            continue
        yield Row(file, number, dict(zip(header, cells, strict=True)))
    if faults:
        raise Refused(faults)
