"""A folder of the service's tables, or one of them, opened and read."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from iqf.codes import level_words
from iqf.exchange.sources.lars import layouts as lay
from iqf.exchange.sources.lars.layouts import LAYOUTS, Layout
from iqf.exchange.sources.levels import read_level
from iqf.exchange.sources.list_file import ListFile, file_of
from iqf.exchange.sources.notations import read_number, read_open_day, read_yes, squeeze
from iqf.exchange.sources.notes import Notes, cell, not_too_long, once, required
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Doubt, Fault, Refused, Row
from iqf.exchange.sources.tables import Table, open_table
from iqf.register.actions import PrintedRow

BY_TABLE = {layout.table.lower(): layout for layout in LAYOUTS}
NOT_SAID = ("-1", "-2", "")
"""How the service prints yes-or-no columns that do not apply or are not known."""
A_DAY = "a day like 31 Jul 2020, or blank"


def open_files(path: Path) -> Sequence[ListFile]:
    """The tables of a folder that are read, or the one table. Raises Refused where one is broken or none is there."""
    paths = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    known = [(BY_TABLE[p.stem.lower()], p) for p in paths if p.stem.lower() in BY_TABLE]
    if not known:
        names = ", ".join(f"{layout.table}.csv" for layout in LAYOUTS)
        read_bytes(path) if not path.is_dir() else None
        raise Refused([Fault(f"none of the service's tables is here; they are called {names}.", path.name)])
    return [_open(layout, file) for layout, file in sorted(known, key=lambda pair: LAYOUTS.index(pair[0]))]


def _open(layout: Layout, path: Path) -> ListFile:
    table = open_table(read_bytes(path), path.name, layout.columns, ())
    return file_of(table, layout.register, partial(_rows, layout))


def reference_of(layout: Layout, row: Row) -> str:
    """The codes that make a row's reference, leading zeros kept: 403-2-1."""
    return layout.divider.join(squeeze(row[column]).upper() for column in layout.key)


def _rows(layout: Layout, table: Table, notes: Notes) -> Iterator[PrintedRow]:
    longest = [*((column, 20) for column in layout.key), *([(layout.title, 500)] if layout.title else [])]
    failing: list[Row] = []
    for row in once(table, layout.key[-1], lambda r: reference_of(layout, r), notes):
        required(row, (*layout.key, *([layout.title] if layout.title else [])), notes)
        not_too_long(row, longest, notes)
        facts = facts_of(layout, row, notes)
        number = read_number(row[layout.number]) if layout.number else None
        if number and not number.check_holds:
            failing.append(row)
        _doubts(layout, row, facts, notes)
        yield PrintedRow(
            reference=reference_of(layout, row),
            row=row.number,
            printed=row.cells,
            facts=facts,
            title=facts.get("title") or _title(layout, row),
            number=number.stored if number else "",
            level=_level(layout, row, notes),
            kind=layout.kind,
        )
    if failing:
        some = ", ".join(squeeze(r[layout.number]) for r in failing[:5])
        message = (
            f"{len(failing)} aims are shaped like qualification numbers and fail the check character ({some}, …); "
            "old aims were numbered otherwise. Loaded all the same."
        )
        notes.doubts.append(Doubt("number-check", message, table.file, failing[0].number))


def facts_of(layout: Layout, row: Row, notes: Notes) -> dict[str, Any]:
    """What a row says, by field."""
    return {name: _read(row, column, kind, notes) for column, (name, kind) in layout.facts.items()}


def _read(row: Row, column: str, kind: str, notes: Notes) -> Any:
    text = row[column]
    if kind == lay.DAY:
        return cell(row, column, read_open_day, "a day", A_DAY, notes) or ""
    if kind == lay.YES:
        answer = None if squeeze(text) in NOT_SAID else read_yes(text)
        if answer is None and squeeze(text) not in NOT_SAID:
            notes.fault(row.fault(f'"{text}" is neither yes nor no.', column, "1, 0, Y, N, or -1, -2 or blank"))
        return answer if isinstance(answer, bool) else None
    return squeeze(text)


def _level(layout: Layout, row: Row, notes: Notes) -> str:
    return cell(row, layout.level, read_level, "a level", "1 to 8, or blank", notes) or ""


def _title(layout: Layout, row: Row) -> str:
    """A title for rows that have none, from what they tie together."""
    aim = squeeze(row["LearnAimRef"])
    number = read_number(aim)
    shown = number.shown if number and number.check_holds else aim
    if layout.table == "Section96":
        return f"Section 96 approval of {shown}"
    whole = layout.divider.join(squeeze(row[column]) for column in layout.key[:-1])
    return f"{shown} in {'framework' if layout.table == 'FrameworkAims' else 'standard'} {whole}"


def _doubts(layout: Layout, row: Row, facts: dict[str, Any], notes: Notes) -> None:
    reference = reference_of(layout, row)
    start, end = facts.get("effective_from", ""), facts.get("effective_to", "")
    if end and end < start:
        message = f"{reference}: in effect to {end}, before it was from {start}; loaded as printed."
        notes.doubt(row, "dates-order", message)
    if layout.level and not facts["level"]:
        notes.doubt(row, "level-missing", f"{reference}: {level_words('').lower()}.")
