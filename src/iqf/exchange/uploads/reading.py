"""A file that somebody sends back, read into the rows of a sheet: every cell as text, its faults said one by one."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from openpyxl.utils import get_column_letter

from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import CODE, ENTITIES, Entity
from iqf.catalogue.editable.holds import Day, Text
from iqf.catalogue.editable.sheet import ACT, MOST_ROWS, SEEN, Sheet, SheetRow
from iqf.codes import CODE_PREFIXES
from iqf.exchange.formats.workbook import HELP, LISTS
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.uploads import text_files, workbooks
from iqf.exchange.uploads.grids import DATE, ERROR, FORMULA, MOST_BYTES, MOST_COLUMNS, Cell, Grid, serial_day
from iqf.exchange.uploads.headings import Found, find_headings, refuse_other

MONTHS = {
    month: n
    for n, month in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH_OF_YEAR = re.compile(r"([A-Za-z]{3})-(\d{2}|\d{4})", re.ASCII)
_DAY_OF_MONTH = re.compile(r"\d{1,2}-([A-Za-z]{3})(-\d{2,4})?|([A-Za-z]{3})-\d{2}", re.ASCII)


def read_sheet(data: bytes, file: str, entity: Entity) -> Sheet:
    """The rows of a sheet of this entity in a file. Raises Refused, with a sentence for each fault of the whole."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused([Fault("the file is empty.", file)])
    if len(data) > MOST_BYTES:
        raise Refused([Fault(f"the file is larger than {MOST_BYTES // 2**20} MB; send it in parts.", file)])
    grids = workbooks.grids(data, file) if is_workbook(data) else [text_files.grid(data, file)]
    found = find_headings(entity, grids, file)
    rows = tuple(_rows(found, entity, file))
    _of_its_kind(entity, rows, file)
    return Sheet(entity, file, found.texts, rows, _notes(found, grids))


def is_workbook(data: bytes) -> bool:
    """Whether a file begins as every .xlsx does. An old .xls does not, and is refused as what it is."""
    return data.startswith(workbooks.BEGINNING)


def _notes(found: Found, grids: Sequence[Grid]) -> tuple[str, ...]:
    notes = list(found.grid.notes)
    if found.grid.hidden:
        rows = "1 row is" if found.grid.hidden == 1 else f"{found.grid.hidden:,} rows are"
        notes.append(f"{rows} hidden in the sheet; hidden rows were read like all others.")
    if {grid.name for grid in grids} - {found.grid.name, HELP, LISTS}:
        notes.append(f'Only the sheet "{found.grid.name}" was read.')
    return tuple(notes)


def _rows(found: Found, entity: Entity, file: str) -> Iterator[SheetRow]:
    merged = _merged(found)
    count = 0
    for number, line in enumerate(found.grid.lines(MOST_COLUMNS), start=1):
        if number <= found.line or not (number in merged or any(cell.text.strip() for cell in line)):
            continue
        count += 1
        if count > MOST_ROWS:
            message = f"the sheet has more than {MOST_ROWS:,} rows; send it in parts."
            raise Refused([Fault(message, file)])
        row = _row(found, entity, number, line, merged.get(number, {}))
        if row.texts or row.faults:
            yield row


def _merged(found: Found) -> dict[int, dict[str, str]]:
    """The rows below the headings in which cells are merged, with a sentence for the first column that it touches."""
    rows: dict[int, dict[str, str]] = {}
    for merged in found.grid.merged:
        first = max(merged.rows[0], found.line + 1)
        reached = [n for p, n in sorted(found.columns.items()) if merged.columns[0] <= p + 1 <= merged.columns[1]]
        last = min(merged.rows[1], first + MOST_ROWS)
        for number in range(first, last + 1 if reached else first):
            sentence = f"The cells {merged.name} are merged; unmerge them and fill in each."
            rows.setdefault(number, {})[reached[0]] = sentence
    return rows


def _row(found: Found, entity: Entity, number: int, line: Sequence[Cell], faults: Mapping[str, str]) -> SheetRow:
    texts: dict[str, str] = {}
    wrong = dict(faults)
    for place, cell in enumerate(line):
        if not cell.text.strip():
            continue
        name = found.columns.get(place, "")
        if name in entity.names:
            try:
                texts[name] = _text(entity.column(name), cell, found.grid.epoch)
            except _WrongCell as error:
                texts[name], wrong[name] = cell.text, str(error)
        elif name:
            texts[name] = cell.text
        elif place not in found.headed:
            wrong[""] = _outside(place, cell)
    act, mark = texts.pop(ACT, ""), texts.pop(SEEN, "")
    return SheetRow(number, texts, act, mark, wrong)


def _outside(place: int, cell: Cell) -> str:
    return (
        f'"{cell.text[:60]}" stands in column {get_column_letter(place + 1)}, which has no heading. Move it to its '
        "column; in a CSV file, a cell with a comma in it needs quotation marks around it."
    )


class _WrongCell(ValueError):
    """What is wrong with a cell whatever its column asks for."""


def _text(column: Column, cell: Cell, epoch: date) -> str:
    """A cell as its column reads it. Raises _WrongCell."""
    if cell.kind == FORMULA:
        raise _WrongCell(f"This cell holds a formula ({cell.text[:80]}); write the value itself.")
    if cell.kind == ERROR:
        raise _WrongCell(f"This cell holds an error of the spreadsheet ({cell.text}); write the value itself.")
    if isinstance(column.holds, Day):
        return _date(cell, epoch)
    long = isinstance(column.holds, Text) and column.holds.most > 100
    made = _DAY_OF_MONTH.fullmatch(cell.text) if not long else None
    if cell.kind == DATE or (made and (made[1] or made[3]).casefold() in MONTHS):
        raise _WrongCell(
            f"The spreadsheet took this for a date ({cell.text}); format the cell as text and write it again."
        )
    return cell.text


def _date(cell: Cell, epoch: date) -> str:
    """A date however spreadsheets keep it: a date, a number of days, a year, `Sep-24`."""
    if cell.serial is not None:
        return serial_day(cell.serial, epoch)
    if (month := _MONTH_OF_YEAR.fullmatch(cell.text)) and month[1].casefold() in MONTHS:
        year = int(month[2]) + (0 if len(month[2]) == 4 else 1900 if int(month[2]) >= 50 else 2000)
        return f"{year}-{MONTHS[month[1].casefold()]:02d}"
    return cell.text


def _of_its_kind(entity: Entity, rows: Sequence[SheetRow], file: str) -> None:
    """A list whose codes are mostly of another kind is a list of that kind."""
    if not entity.is_thing:
        return
    letters = {letter: kind for kind, letter in CODE_PREFIXES.items()}
    kinds = Counter(letters.get(row.texts.get(CODE, "").strip().upper()[4:5]) for row in rows if _ours(row))
    kind, count = next(iter(kinds.most_common(1)), (None, 0))
    if kind and kind != entity.kind and count * 2 > len(rows):
        refuse_other(entity, ENTITIES[kind], file)


def _ours(row: SheetRow) -> bool:
    return row.texts.get(CODE, "").strip().upper().startswith("IQF-")
