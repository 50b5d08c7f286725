"""A sheet to be filled in, as a workbook: frozen headings with notes, drop-downs, and a page that says how.

The same rows of the same version of the data give the same bytes.
"""

import datetime
import io
from typing import Any

import xlsxwriter

from iqf.catalogue.editable.holds import Number
from iqf.catalogue.editable.sheet import ERASE, MARK, MOST_ROWS, NAMES, READABLE, RETIRE, Heading, mark_of
from iqf.exchange.formats.sheets import neutral
from iqf.reports.sheet import SheetAnswer

MADE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed moment: the file says nothing of when it was made)
HELP = "How to fill this in"
LISTS = "lists"
WIDEST = 60


def workbook(answer: SheetAnswer) -> bytes:
    """The workbook of a sheet: the rows, the page of help, and the hidden lists of the drop-downs."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": answer.entity.plural.capitalize(), "author": "iqf", "created": MADE})
        _rows(book, answer)
        _help(book, answer)
        _lists(book, answer)
    return out.getvalue()


def _rows(book: Any, answer: SheetAnswer) -> None:
    page = book.add_worksheet(answer.entity.plural[:31])
    text = book.add_format({"num_format": "@", "valign": "top"})
    read_only = book.add_format({"num_format": "@", "valign": "top", "font_color": "#595959"})
    whole = book.add_format({"num_format": "0", "valign": "top"})
    _headings(book, page, answer, text)
    for number, row in enumerate(answer.rows, start=1):
        for place, (heading, cell) in enumerate(zip(answer.headings, row, strict=True)):
            if not cell:
                continue
            if _is_number(heading) and cell.isdecimal():
                page.write_number(number, place, int(cell), whole)
            else:
                page.write_string(number, place, neutral(cell), read_only if heading.part == READABLE else text)
    page.freeze_panes(1, sum(1 for h in answer.headings if h.part == NAMES))
    page.autofilter(0, 0, max(len(answer.rows), 1), len(answer.headings) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:ZZ{MOST_ROWS + 1}"})


def _is_number(heading: Heading) -> bool:
    return heading.column is not None and isinstance(heading.column.holds, Number)


def _headings(book: Any, page: Any, answer: SheetAnswer, text: Any) -> None:
    styles = {
        READABLE: book.add_format({"italic": True, "font_color": "#595959", "bg_color": "#E6E6E6", "bottom": 1}),
        NAMES: book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#14505C", "bottom": 1}),
    }
    other = book.add_format({"bold": True, "bg_color": "#CFE3E6", "bottom": 1})
    for place, heading in enumerate(answer.headings):
        page.write_string(0, place, heading.text, styles.get(heading.part, other))
        page.write_comment(0, place, heading.note, {"author": "iqf", "x_scale": 2, "y_scale": 1.6})
        hidden = {"hidden": True} if heading.part == MARK else {}
        cells = None if _is_number(heading) else text
        page.set_column(place, place, _width(answer, place), cells, hidden)
        if heading.choices:
            page.data_validation(1, place, MOST_ROWS, place, _choice(answer, heading))


def _width(answer: SheetAnswer, place: int) -> int:
    longest = max((len(row[place]) for row in answer.rows[:200]), default=0)
    return max(12, min(longest, WIDEST), len(answer.headings[place].text) + 4)


def _choice(answer: SheetAnswer, heading: Heading) -> dict[str, Any]:
    place = [h.text for h in answer.headings if h.choices].index(heading.text)
    column = xlsxwriter.utility.xl_col_to_name(place)
    return {
        "validate": "list",
        "source": f"={LISTS}!${column}$1:${column}${len(heading.choices)}",
        "error_type": "stop",
        "error_title": "Not on the list",
        "error_message": "Choose one of the list, or leave the cell blank.",
    }


def _lists(book: Any, answer: SheetAnswer) -> None:
    page = book.add_worksheet(LISTS)
    page.hide()
    for place, heading in enumerate(h for h in answer.headings if h.choices):
        for row, choice in enumerate(heading.choices):
            page.write_string(row, place, choice)


def _help(book: Any, answer: SheetAnswer) -> None:
    page = book.add_worksheet(HELP)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, HELP, bold)
    for row, sentence in enumerate(sentences(answer), start=1):
        page.write_string(row, 1, sentence, wrap)
    first = len(sentences(answer)) + 2
    page.write_string(first, 0, "Column", bold)
    page.write_string(first, 1, "What belongs there", bold)
    for row, heading in enumerate(answer.headings, start=first + 1):
        page.write_string(row, 0, heading.text, bold)
        page.write_string(row, 1, _note(heading), wrap)


def _note(heading: Heading) -> str:
    listed = f" Choose from: {', '.join(heading.choices)}." if heading.choices else ""
    return heading.note if heading.column else heading.note + listed


def sentences(answer: SheetAnswer) -> list[str]:
    """How to fill the sheet in, in plain English."""
    kind = answer.entity.kind
    new = "leave its code blank" if answer.entity.is_thing else "fill in the columns that name it"
    return [
        f"Each row of the first sheet is one {kind}. Change what is wrong, add what is missing, send the file back.",
        "Only cells that you change are put forward. Rows and columns that you leave out or alone stay as they are.",
        f"A blank cell changes nothing. To empty something, write {ERASE} in its cell.",
        f"To add a {kind}, write a new row at the end and {new}.",
        f"To withdraw a {kind}, choose {RETIRE} under act. Nothing is ever deleted.",
        "Grey columns in italics are there to be read: they say what a code is called. What you write there is lost.",
        "Write dates as 2024, 2024-09 or 2024-09-30. Do not write formulas or merge cells.",
        "Columns may stand in any order, and those that you do not need may be deleted.",
        f'Leave the hidden column "{mark_of(answer.entity)}" alone, so that nobody overwrites what others changed.',
        f"Data version {answer.data_version}. One sheet holds at most {MOST_ROWS:,} rows.",
    ]
