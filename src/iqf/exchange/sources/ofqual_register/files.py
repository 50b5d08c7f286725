"""The register's download, a table or records in JSON, opened; both give rows under the table's own columns."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from iqf import codes
from iqf.exchange.sources import levels, list_file, notations, qualification_rows
from iqf.exchange.sources import notes as noting
from iqf.exchange.sources.list_file import ListFile
from iqf.exchange.sources.notes import Notes
from iqf.exchange.sources.ofqual_register import columns
from iqf.exchange.sources.ofqual_register import rows as reading
from iqf.exchange.sources.ofqual_register.columns import BY_RECORD_NAME, COLUMNS, FEES, NUMBER
from iqf.exchange.sources.ofqual_register.rows import read_rows
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Fault, Refused, Row, digest, hash_of_code
from iqf.exchange.sources.records import Pairs, as_cell, read_json
from iqf.exchange.sources.tables import open_table
from iqf.register.actions import PrintedRow, SameCells
from iqf.register.queries import cells_read

REGISTER = "ofqual-register"


def open_files(path: Path) -> Sequence[ListFile]:
    """The one file of a download. Raises Refused where its columns or records are broken."""
    data = read_bytes(path)
    rows: Iterable[Row]
    short: frozenset[int] = frozenset()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        rows = _records(data, path.name)
        count = len(rows)
    else:
        rows = table = open_table(data, path.name, COLUMNS, (FEES,), mend=with_the_lost_blank)
        count, short = table.count, table.mended

    def read(notes: Notes) -> Iterator[PrintedRow | SameCells]:
        return read_rows(rows, notes, short, cells_read(REGISTER, reader()))

    # A download holds what was asked for, not the whole register: what it does not mention is not spoken of.
    return [ListFile(REGISTER, path.name, digest([data]), count, read, whole_list=False, reader=reader())]


@cache
def reader() -> str:
    """Hash of the code that reads a row; where it differs, cells that were read before are read again."""
    return hash_of_code(reading, columns, codes, levels, list_file, notations, noting, qualification_rows)


def with_the_lost_blank(cells: list[str]) -> list[str]:
    """A row of an old qualification, which the download prints one blank cell short.

    Between its grading and its last two cells everything is blank, so it does not matter which blank was lost.
    """
    before_answers = len(COLUMNS) - 3
    last_text = before_answers - 9
    if len(cells) != len(COLUMNS) - 1 or any(cells[last_text:before_answers]):
        return cells
    return [*cells[:before_answers], "", *cells[before_answers:]]


def _records(data: bytes, file: str) -> list[Row]:
    """JSON records, the first being row 1, as rows under the table's columns."""
    value = read_json(data, file, pairs=True)
    if not isinstance(value, Pairs) or not value.items:
        raise Refused([Fault("the file is not a set of records under their qualification numbers.", file)])
    faults: list[Fault] = []
    rows = [_record(n, number, record, file, faults) for n, (number, record) in enumerate(value.items, start=1)]
    if faults:
        raise Refused(faults)
    return rows


def _record(place: int, number: str, record: object, file: str, faults: list[Fault]) -> Row:
    items = dict(record.items) if isinstance(record, Pairs) else {}
    cells = {NUMBER: number}
    for name, column in BY_RECORD_NAME.items():
        cell = as_cell(items.get(name))
        if name not in items and column != FEES:
            faults.append(Fault(f'the record of {number} lacks "{name}".', file, place, name, "", "this name"))
        elif cell is None:
            message = f'"{name}" of {number} is not a text, a number or null.'
            faults.append(Fault(message, file, place, name, "", "a plain value"))
        if name in items:
            cells[column] = cell or ""
    faults += [
        Fault(f'the record of {number} has the unknown name "{name}".', file, place, name)
        for name in items
        if name not in BY_RECORD_NAME
    ]
    return Row(file, place, cells)
