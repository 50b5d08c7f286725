"""A table of text as people save it: UTF-8, UTF-16 or Windows text; commas, semicolons or tabs between the cells."""

import csv
import io
from collections.abc import Iterator, Sequence

from iqf.exchange.formats.sheets import told
from iqf.exchange.sources.opening import ADVICE, KINDS
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.uploads.grids import BLANK, FORMULA, Cell, Grid

DELIMITERS = (",", ";", "\t")
SNIFFED = 20


def grid(data: bytes, file: str) -> Grid:
    """The table. Raises Refused where there is none."""
    text, notes = _decoded(data, file)
    delimiter = _delimiter(text)

    def lines(width: int) -> Iterator[Sequence[Cell]]:
        for row in _records(text, delimiter, file):
            yield [_cell(cell) for cell in row]

    return Grid(file, lines, notes=notes)


def records(data: bytes, file: str) -> tuple[list[list[str]], str]:
    """The table's own rows as they are written, and what stands between their cells. Raises Refused."""
    text, _ = _decoded(data, file)
    delimiter = _delimiter(text)
    return list(_records(text, delimiter, file)), delimiter


def _decoded(data: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    for beginning, what in KINDS.items():
        if data[:200].lstrip().lower().startswith(beginning.lower()):
            raise Refused([Fault(f"this is {what}, not a spreadsheet or a CSV file; {ADVICE}", file)])
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _as(data, "utf-16", file), ()
    if b"\x00" in data[:200]:
        wide = "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
        return _as(data, wide, file), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        note = "The file is not in UTF-8, so it was read as Windows text; look at letters with accents."
        return _as(data, "cp1252", file), (note,)


def _as(data: bytes, encoding: str, file: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise Refused([Fault("this is not a table of text; save it as CSV UTF-8 or as .xlsx and send that.", file)])
    return text


def _delimiter(text: str) -> str:
    """What stands most often in the one of the first lines that has most of it: that is the line of headings."""
    first = text.split("\n", SNIFFED)[:SNIFFED]
    return max(DELIMITERS, key=lambda mark: max((line.count(mark) for line in first), default=0))


def _records(text: str, delimiter: str, file: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            message = "this row cannot be read: a quotation mark is open, or a cell is far too long."
            raise Refused([Fault(message, file, number)]) from None


def _cell(text: str) -> Cell:
    if not text:
        return BLANK
    if text.startswith("="):
        return Cell(text, FORMULA)
    serial = float(text) if text.isascii() and text.isdecimal() and len(text) == 5 else None
    return Cell(told(text), serial=serial)
