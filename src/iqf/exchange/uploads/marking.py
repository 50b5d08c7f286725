"""The file that somebody sent, given back with its faults marked: cells coloured with a note, or a column that says.

A row that somebody else changed meanwhile gets the mark of what it says now: sent again as it is, it is meant.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from iqf.catalogue.editable.entities import Entity
from iqf.catalogue.editable.sheet import SEEN, WRONG, Marking, heading_key
from iqf.exchange.formats.sheets import neutral, told
from iqf.exchange.uploads import text_files, workbooks
from iqf.exchange.uploads.headings import Found, find_headings
from iqf.exchange.uploads.reading import is_workbook

BY = "iqf check"
RED = PatternFill("solid", start_color="F9C6C1")
NONE = PatternFill(fill_type=None)


def marked(data: bytes, file: str, entity: Entity, rows: Mapping[int, Marking]) -> bytes:
    """The file with these rows marked, by the sheet's own row numbers. Raises Refused where it cannot be read."""
    if not is_workbook(data):
        return _marked_text(data, file, entity, rows)
    found = find_headings(entity, workbooks.grids(data, file), file)
    book = load_workbook(io.BytesIO(data))
    page = book[found.grid.name]
    _unmark(page)
    places = {name: place + 1 for place, name in found.columns.items()}
    for number, marking in rows.items():
        for column, sentence in _joined(marking.faults, places).items():
            _mark(page.cell(number, column), sentence)
        if marking.fresh and SEEN in places:
            page.cell(number, places[SEEN]).value = marking.fresh
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _joined(faults: Mapping[str, str], places: Mapping[str, int]) -> dict[int, str]:
    """What is said of each column; what is said of the row, or of a column that is not there, of its first cell."""
    said: dict[int, str] = {}
    first = min(places.values())
    for name, sentence in faults.items():
        place = places.get(name, first)
        said[place] = f"{said[place]} {sentence}" if place in said else sentence
    return said


def _unmark(page: Any) -> None:
    """The marks of an earlier copy are taken away."""
    for line in page.iter_rows():
        for cell in line:
            if cell.comment is not None and cell.comment.author == BY:
                cell.comment, cell.fill = None, NONE


def _mark(cell: Any, sentence: str) -> None:
    if type(cell).__name__ == "MergedCell":
        return
    cell.fill = RED
    cell.comment = Comment(sentence, BY, height=140, width=320)


def _marked_text(data: bytes, file: str, entity: Entity, rows: Mapping[int, Marking]) -> bytes:
    """The same table with a last column that says what is wrong; cells that begin like formulas made neutral."""
    found = find_headings(entity, [text_files.grid(data, file)], file)
    lines, delimiter = text_files.records(data, file)
    place = _place_of_wrong(lines[found.line - 1], max(map(len, lines)))
    seen = next((p for p, name in found.columns.items() if name == SEEN), None)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    for number, line in enumerate(lines, start=1):
        marking = rows.get(number)
        cells = [*line, *[""] * (place + 1 - len(line))]
        cells[place] = WRONG if number == found.line else _said(marking, found)
        if marking and marking.fresh and seen is not None:
            cells[seen] = marking.fresh
        writer.writerow([neutral(told(cell)) for cell in cells])
    return ("\ufeff" + out.getvalue()).encode()


def _place_of_wrong(headings: Sequence[str], widest: int) -> int:
    """Where it was in an earlier copy, else behind the longest row."""
    keys = [heading_key(text) for text in headings]
    return keys.index(heading_key(WRONG)) if heading_key(WRONG) in keys else widest


def _said(marking: Marking | None, found: Found) -> str:
    if marking is None:
        return ""
    return " ".join(
        f"{found.texts[name]}: {sentence}" if name in found.texts else sentence
        for name, sentence in marking.faults.items()
    )
