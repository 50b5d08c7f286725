"""Rows of the register read: notations parsed, the doubtful noted, the broken refused in the file's own rows."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from iqf import codes
from iqf.exchange.sources.levels import A_LEVEL, read_level
from iqf.exchange.sources.list_file import row_of
from iqf.exchange.sources.notations import (
    read_count,
    read_day,
    read_moment,
    read_yes,
    said,
    split_list,
    squeeze,
)
from iqf.exchange.sources.notes import Notes, cell, not_too_long, once, required
from iqf.exchange.sources.ofqual_register import columns as c
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.qualification_rows import note_doubts, number_facts, reference_of
from iqf.register.actions import PrintedRow, SameCells

LONGEST = ((c.NUMBER, 60), (c.TITLE, 500), (c.OWNER, 300))
MOST_KNOWN = 5_000
"""So many texts of one column are kept as read; a column with more of them says something else in every row."""
A_MOMENT = "a moment like 12/31/2023 11:59:59 PM +00:00, month first, or blank"
ORDERED = (("operational_start", "operational_end"), ("operational_end", "certification_end"))


def read_rows(
    rows: Iterable[Row], notes: Notes, short: Container[int] = (), known: Mapping[str, str] | None = None
) -> Iterator[PrintedRow | SameCells]:
    """What each row says; faults and doubts in the notes. `short`: the rows that lacked a blank cell.

    `known`: by reference, the hash of the cells that were read before without a doubt; they are not read again.
    """
    cells, known = Cells(), known or {}
    for row in once(rows, c.NUMBER, lambda r: reference_of(r[c.NUMBER]), notes):
        reference, printed = reference_of(row[c.NUMBER]), hash_of_cells(row)
        if known.get(reference) == printed:
            yield SameCells(reference)
        else:
            doubts = len(notes.doubts)
            read = _read(row, cells, notes, row.number in short)
            yield read if len(notes.doubts) > doubts else replace(read, cells=printed)


def hash_of_cells(row: Row) -> str:
    """16 hexadecimal figures, equal for rows whose columns and cells are the same to the letter."""
    cells = row.cells
    text = "\x00".join((*cells, *cells.values()))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _read(row: Row, cells: "Cells", notes: Notes, short: bool) -> PrintedRow:
    required(row, (c.NUMBER, c.TITLE), notes)
    not_too_long(row, LONGEST, notes)
    facts = facts_of(row, cells, notes)
    _doubts(row, facts, notes)
    if short:
        message = f"{facts['number']}: one of the row's blank cells is missing; read as if it stood there."
        notes.doubt(row, "short-row", message)
    return row_of(row, reference_of(row[c.NUMBER]), facts)


Reader = Callable[[Row, str, Notes], Any]


class Cells:
    """The cells of one download. A register prints the same few thousand texts a million times: each is read once."""

    def __init__(self) -> None:
        columns: list[tuple[str, str, Reader]] = [(c.LEVEL, "level", _level), (c.SUB_LEVEL, "sub_level", _text)]
        for named, read in (
            (c.TEXTS, _text),
            (c.DAYS, _day),
            (c.SIZES, _size),
            (c.LISTS, _list),
            (c.ANSWERS, _answer),
        ):
            columns += [(column, name, read) for column, name in named.items()]
        self._columns: list[tuple[str, str, Reader, dict[str, Any]]] = [(*column, {}) for column in columns]

    def read(self, row: Row, notes: Notes) -> dict[str, Any]:
        """The facts of a row but for its title and number. A text at fault is read, and noted, wherever it stands."""
        facts = {}
        printed = row.cells
        for column, name, read, known in self._columns:
            text = printed.get(column, "")
            if text not in known:
                faults = len(notes.faults)
                value = read(row, column, notes)
                if len(notes.faults) > faults or len(known) >= MOST_KNOWN:
                    facts[name] = value
                    continue
                known[text] = value
            facts[name] = known[text]
        return facts


def facts_of(row: Row, cells: Cells, notes: Notes) -> dict[str, Any]:
    """What a row says, known notations read: by field, in the words of the framework. Sizes not known are null."""
    facts = {"title": squeeze(row[c.TITLE]), **number_facts(row[c.NUMBER]), **cells.read(row, notes)}
    if facts["level"] == "E":
        facts["level"] = codes.parse_level(said(row[c.SUB_LEVEL])) or "E"
    return facts


def _text(row: Row, column: str, notes: Notes) -> str:
    return said(row[column])


def _list(row: Row, column: str, notes: Notes) -> list[str]:
    return split_list(row[column])


def _level(row: Row, column: str, notes: Notes) -> str:
    return cell(row, column, read_level, "a level", A_LEVEL, notes) or ""


def _day(row: Row, column: str, notes: Notes) -> str:
    return cell(row, column, _moment_or_day, "a moment", A_MOMENT, notes) or ""


def _moment_or_day(text: str) -> str | None:
    day = read_moment(text)
    return read_day(text) if day is None and text[4:5] == "-" else day


def _size(row: Row, column: str, notes: Notes) -> int | None:
    """A size in credits or hours; 0 is how the register prints one that is not known."""
    size = cell(row, column, read_count, "a number of credits or hours", "0 or more, or blank", notes)
    return size if isinstance(size, int) and size else None


def _answer(row: Row, column: str, notes: Notes) -> bool | None:
    answer = read_yes(row[column])
    if answer is None:
        notes.fault(row.fault(f'"{row[column]}" is neither yes nor no.', column, "True, False or blank"))
    return answer if isinstance(answer, bool) else None


def _doubts(row: Row, facts: Mapping[str, Any], notes: Notes) -> None:
    name = facts["number"] or squeeze(row[c.NUMBER])
    note_doubts(row, row[c.NUMBER], facts, notes)
    for first, second in ORDERED:
        if facts[second] and facts[second] < facts[first]:
            message = (
                f"{name}: the {_words(second)} ({facts[second]}) is before the {_words(first)} ({facts[first]})."
            )
            notes.doubt(row, "dates-order", message)
    if facts["glh"] and facts["tqt"] and facts["glh"] > facts["tqt"]:
        message = f"{name}: more guided learning hours ({facts['glh']}) than hours in all ({facts['tqt']})."
        notes.doubt(row, "size-order", message)


def _words(name: str) -> str:
    return name.replace("_", " ")
