"""A sheet of any file as a grid of cells, before anybody knows what its columns are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

TEXT, NUMBER, DATE, FORMULA, ERROR = "text", "number", "date", "formula", "error"

MOST_BYTES = 10 * 1024 * 1024
"""So large a file may be."""
MOST_COLUMNS = 100
MOST_LINES = 1_048_576
"""So many lines a spreadsheet has, blank ones among them."""


class Cell(NamedTuple):
    """One cell as text, and what kind of cell the spreadsheet says it is. `serial`: a number that may be a date."""

    text: str
    kind: str = TEXT
    serial: float | None = None


BLANK = Cell("")
EPOCH = date(1899, 12, 30)
"""The day before the first of spreadsheets; files made on old Macs have another."""


@dataclass(frozen=True)
class Merged:
    """Cells that were merged: the range as the spreadsheet names it; rows and columns from 1, both ends in it."""

    name: str
    rows: tuple[int, int]
    columns: tuple[int, int]


@dataclass(frozen=True)
class Grid:
    """One sheet: its name, its lines from the first each time it is asked, and what was done to cells in it."""

    name: str
    lines: Callable[[int], Iterator[Sequence[Cell]]]
    merged: tuple[Merged, ...] = ()
    hidden: int = 0
    notes: tuple[str, ...] = ()
    epoch: date = EPOCH


def serial_day(serial: float, epoch: date) -> str:
    """The day that a spreadsheet keeps as a number: so many days after its epoch. A year stays a year."""
    if serial == int(serial) and 1900 <= serial <= 2200:
        return str(int(serial))
    return (epoch + timedelta(days=int(serial))).isoformat() if 10_000 <= serial <= 80_000 else f"{serial:g}"
