"""The list of apprenticeship standards: UTF-16 without its mark, a title line above the header, "TBC" for not yet."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from iqf.exchange.sources.levels import read_level
from iqf.exchange.sources.list_file import ListFile, row_of
from iqf.exchange.sources.notations import read_count, read_day, read_open_day, read_yes, squeeze
from iqf.exchange.sources.notes import Notes, cell, not_too_long, required
from iqf.exchange.sources.opening import decode
from iqf.exchange.sources.pattern import Fault, Refused, Row, digest
from iqf.exchange.sources.tables import Table, open_table, title_line
from iqf.register.actions import PrintedRow

REGISTER = "skills-england-standards"
TITLE_LINE = "Apprenticeship Standards accurate as of"
NAME = "Name"
REFERENCE = "Reference"
APPROVED = "Approved for Delivery Date"
LEVEL = "Level"
LARS = "LARS code for providers only"
ANSWERS = {"Standard Approved": "standard_approved", "Assessment Plan Approved": "plan_approved"}
WHOLES = {"Maximum Funding (£)": "funding_most", "Funding Band": "funding_band", "Typical Duration": "months"}
TEXTS = {
    NAME: "title",
    REFERENCE: "standard",
    "Route": "route",
    "Integrated Degree": "integrated_degree",
    LARS: "lars_code",
    "Link": "url",
}
COLUMNS = (*TEXTS, *ANSWERS, APPROVED, LEVEL, *WHOLES, "Trailblazer Contact")
LONGEST = ((REFERENCE, 20), (NAME, 500), (LARS, 20))
TBC = "tbc"
NOT_SET = "0"
"""How the list prints a level that is not set."""

_REFERENCE = re.compile(r"^ST\d{4}(?:[-_/]\d{2})?$", re.ASCII)


def with_its_mark(data: bytes) -> bytes:
    """UTF-16 text, which this list is printed in without its byte-order mark, with one; other text as it is."""
    return b"\xff\xfe" + data if data[1:2] == b"\x00" and data[:1] not in (b"\x00", b"") else data


def open_standards(file: str, data: bytes) -> ListFile:
    """The one file of the list. Raises Refused where its title line, columns or rows are broken."""
    text = with_its_mark(data)
    title = title_line(decode(text, file)).strip('" ,')
    day = read_day(title.removeprefix(TITLE_LINE))
    if not title.startswith(TITLE_LINE) or not day:
        message = f'the first line does not say "{TITLE_LINE}" and a day.'
        raise Refused([Fault(message, file, 1, "", title[:100], f"{TITLE_LINE} 08 May 2018")])
    table = open_table(text, file, COLUMNS, (), header_row=2)
    return ListFile(
        register=REGISTER,
        file=file,
        sha256=digest([data]),
        count=table.count,
        rows=lambda notes: _rows(table, notes),
        columns=table.header,
        published_on=day,
    )


def _rows(table: Table, notes: Notes) -> Iterator[PrintedRow]:
    together: dict[str, list[Row]] = defaultdict(list)
    for row in table:
        together[squeeze(row[REFERENCE]).upper()].append(row)
    for reference, rows in together.items():
        for row, own in _apart(reference, rows, notes):
            required(row, (NAME, REFERENCE), notes)
            not_too_long(row, LONGEST, notes)
            facts = facts_of(row, notes)
            _doubts(row, reference, facts, notes)
            yield row_of(row, own, facts, kind="standard")


def _apart(reference: str, rows: list[Row], notes: Notes) -> Iterator[tuple[Row, str]]:
    """The rows under one reference, each with a reference of its own.

    The list prints a standard that was renamed under its old name too, with another code of the aim register.
    """
    if len(rows) == 1 or not reference:
        yield from ((row, reference) for row in rows)
        return
    held: dict[str, Row] = {}
    for row in rows:
        code = squeeze(row[LARS]).upper()
        if code not in held:
            held[code] = row
            yield row, f"{reference}:{code}"
        elif held[code].cells == row.cells:
            notes.doubt(
                row, "repeated-row", f"{reference}: the row stands in row {held[code].number} too; read once."
            )
        else:
            message = f"{reference} stands in row {held[code].number} too, with other content; keep one of them."
            notes.fault(row.fault(message, REFERENCE, "each reference once"))
    if len(held) > 1:
        codes = ", ".join(held)
        message = f"{reference} stands under {len(held)} aim codes: {codes}. This can be right."
        notes.doubt(rows[1], "reference-shared", message)


def facts_of(row: Row, notes: Notes) -> dict[str, Any]:
    """What a row says, by field. What is to be confirmed is blank or null, and listed."""
    waiting = [c for c in row.cells if _waits(row[c])]
    facts: dict[str, Any] = {n: "" if c in waiting else squeeze(row[c]) for c, n in TEXTS.items()}
    facts["approved_on"] = cell(row, APPROVED, _day, "a day", "a day like 27-02-2018, TBC or blank", notes) or ""
    facts["level"] = cell(row, LEVEL, _level, "a level", "1 to 8, TBC or blank", notes) or ""
    for column, name in WHOLES.items():
        facts[name] = cell(row, column, _whole, "a whole number", "a number, TBC or blank", notes) or None
    facts |= {name: _answer(row, column, notes) for column, name in ANSWERS.items()}
    facts["to_be_confirmed"] = waiting
    return facts


def _day(text: str) -> str | None:
    return "" if _waits(text) else read_open_day(text)


def _level(text: str) -> str | None:
    return "" if _waits(text) or squeeze(text) == NOT_SET else read_level(text)


def _whole(text: str) -> int | str | None:
    """A whole number; 0 is how the list prints a duration that is not set."""
    return "" if _waits(text) else read_count(text)


def _waits(text: str) -> bool:
    return squeeze(text).lower() == TBC


def _answer(row: Row, column: str, notes: Notes) -> bool | None:
    answer = read_yes(row[column])
    if answer is None and not _waits(row[column]):
        notes.fault(row.fault(f'"{row[column]}" is neither Y nor N.', column, "Y or N"))
    return answer if isinstance(answer, bool) else None


def _doubts(row: Row, reference: str, facts: dict[str, Any], notes: Notes) -> None:
    if not _REFERENCE.match(reference):
        notes.doubt(
            row, "reference-shape", f"{reference} is not shaped like a standard's reference; kept as printed."
        )
    if not facts["level"]:
        notes.doubt(row, "level-missing", f"{reference}: the level is not given.")
