"""What is noted while a file is read: faults, which refuse it, and doubts, which do not; and each reference once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from iqf.exchange.sources.pattern import Doubt, Fault, Refused, Row

T = TypeVar("T")
MOST_FAULTS = 500
"""A file with more faults than this is not what it is said to be; reading stops."""


@dataclass
class Notes:
    """Faults and doubts of one file, in its own row numbers."""

    faults: list[Fault] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def fault(self, fault: Fault) -> None:
        """Note what refuses the file. Raises Refused when there is too much of it."""
        self.faults.append(fault)
        if len(self.faults) >= MOST_FAULTS:
            raise Refused(self.faults)

    def doubt(self, row: Row, code: str, message: str) -> None:
        """Note what is doubtful in a row that is loaded all the same."""
        self.doubts.append(Doubt(code, message, row.file, row.number))


def required(row: Row, columns: Iterable[str], notes: Notes) -> None:
    """Note a fault for each of these columns that is blank."""
    for column in columns:
        if not row[column].strip():
            notes.fault(row.fault(f'the column "{column}" is blank; every row needs one.', column, "a value"))


def not_too_long(row: Row, longest: Iterable[tuple[str, int]], notes: Notes) -> None:
    """Note a fault for each cell that is longer than the register can hold."""
    for column, most in longest:
        if len(row[column]) > most:
            notes.fault(row.fault(f"the cell is longer than {most} characters.", column, "a shorter text"))


def cell(row: Row, column: str, read: Callable[[str], T | None], what: str, expected: str, notes: Notes) -> T | None:
    """A cell as it reads; where it does not, that it is not what it should be ("a day") is noted as a fault."""
    value = read(row[column])
    if value is None:
        notes.fault(row.fault(f'"{row[column]}" is not {what}.', column, expected))
    return value


def once(rows: Iterable[Row], column: str, reference_of: Callable[[Row], str], notes: Notes) -> Iterator[Row]:
    """The rows of a file, each reference once: word-for-word repeats are doubtful, other content is a fault."""
    first: dict[str, tuple[int, int]] = {}
    for row in rows:
        reference = reference_of(row)
        content = hash((*row.cells.values(),))
        if reference not in first:
            first[reference] = (row.number, content)
            yield row
            continue
        place, before = first[reference]
        if not reference:
            continue
        if before == content:
            message = f"{reference}: the row stands in row {place} too, word for word; read once."
            notes.doubt(row, "repeated-row", message)
        else:
            message = f"{reference} stands in row {place} too, with other content; keep one of them."
            notes.fault(row.fault(message, column, "each reference once"))
