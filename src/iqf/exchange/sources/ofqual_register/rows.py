"""Rows of the register read: notations parsed, the doubtful noted, the broken refused in the file's own rows."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from iqf import codes
from iqf.exchange.sources.levels import A_LEVEL, level_doubt, read_level
from iqf.exchange.sources.notations import (
    read_day,
    read_moment,
    read_number,
    read_whole,
    read_yes,
    said,
    split_list,
    squeeze,
)
from iqf.exchange.sources.notes import Notes, not_too_long, once, required
from iqf.exchange.sources.ofqual_register import columns as c
from iqf.exchange.sources.pattern import Row
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
    for row in once(rows, c.NUMBER, reference_of, notes):
        reference, printed = reference_of(row), hash_of_cells(row)
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
    return PrintedRow(
        reference=reference_of(row),
        row=row.number,
        printed=row.cells,
        facts=facts,
        title=facts["title"],
        number=facts["number"].replace("/", ""),
        owner=facts["owner"],
        level=facts["level"],
    )


def reference_of(row: Row) -> str:
    """The qualification number as stored; as printed where it is not shaped like one."""
    number = read_number(row[c.NUMBER])
    return number.stored if number else squeeze(row[c.NUMBER]).upper()


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
    number = read_number(row[c.NUMBER])
    facts: dict[str, Any] = {
        "title": squeeze(row[c.TITLE]),
        "number": number.shown if number else "",
        "number_holds": number.check_holds if number else None,
    }
    facts |= cells.read(row, notes)
    if facts["level"] == "E":
        facts["level"] = codes.parse_level(said(row[c.SUB_LEVEL])) or "E"
    return facts


def _text(row: Row, column: str, notes: Notes) -> str:
    return said(row[column])


def _list(row: Row, column: str, notes: Notes) -> list[str]:
    return split_list(row[column])


def _level(row: Row, column: str, notes: Notes) -> str:
    level = read_level(row[column])
    if level is None:
        notes.fault(row.fault(f'"{row[column]}" is not a level.', column, A_LEVEL))
    return level or ""


def _day(row: Row, column: str, notes: Notes) -> str:
    day = read_moment(row[column])
    if day is None:
        day = read_day(row[column]) if row[column][4:5] == "-" else None
    if day is None:
        notes.fault(row.fault(f'"{row[column]}" is not a moment.', column, A_MOMENT))
    return day or ""


def _size(row: Row, column: str, notes: Notes) -> int | None:
    """A size in credits or hours; 0 is how the register prints one that is not known."""
    size = read_whole(row[column])
    if size is None or (isinstance(size, int) and size < 0):
        notes.fault(row.fault(f'"{row[column]}" is not a number of credits or hours.', column, "0 or more, or blank"))
        return None
    return int(size) if size else None


def _answer(row: Row, column: str, notes: Notes) -> bool | None:
    answer = read_yes(row[column])
    if answer is None:
        notes.fault(row.fault(f'"{row[column]}" is neither yes nor no.', column, "True, False or blank"))
    return answer if isinstance(answer, bool) else None


def _doubts(row: Row, facts: Mapping[str, Any], notes: Notes) -> None:
    name = facts["number"] or squeeze(row[c.NUMBER])
    if not facts["number"]:
        notes.doubt(row, "number-shape", f"{name} is not shaped like a qualification number; kept as printed.")
    elif facts["number_holds"] is False:
        notes.doubt(row, "number-check", f"{name} fails its check character; loaded all the same.")
    if not facts["level"]:
        notes.doubt(row, "level-missing", f"{name}: the level is blank; loaded as not known.")
    elif doubt := level_doubt(facts["title"], facts["level"]):
        notes.doubt(row, "level-title", f"{name}: {doubt}")
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
