"""The list read into rows: known notations parsed, the doubtful noted, the broken refused in the file's own rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from iqf import codes
from iqf.exchange.sources.early_years import readings as read
from iqf.exchange.sources.list_file import ListFile, file_of, row_of
from iqf.exchange.sources.notes import Notes, cell, not_too_long, once, required
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.tables import Table, open_table
from iqf.register.actions import PrintedRow

REGISTER = "early-years"
REFERENCE = "Qualification Ref"
LEVEL = "Qualification Level"
FROM = "From which date"
TO = "To which date"
TITLE = "Qualification Name"
OWNER = "Awarding Organisation Title"
NUMBER = "Qualification Number"
NOTES = "Notes/Additional Requirements"
QUESTIONS = "AdditionalRequirementQuestions"
RATIOS = "RatioRequirements"
COLUMNS = (REFERENCE, LEVEL, FROM, TO, TITLE, OWNER, NUMBER, NOTES, QUESTIONS, RATIOS)
LONGEST = ((REFERENCE, 60), (TITLE, 500), (OWNER, 300))
A_LEVEL = "one level: 1 to 8, or Entry"
A_DATE = "a month like Sep-14, a date like 30/09/2014, null or blank"


def open_files(path: Path) -> Sequence[ListFile]:
    """The one base or update file; both speak only of the rows that they hold. Raises Refused where it is broken."""
    table = open_table(read_bytes(path), path.name, COLUMNS, ())
    return [file_of(table, REGISTER, _rows, columns=(), whole_list=False)]


def reference_of(row: Row) -> str:
    """The list's own reference of a row: EYQ-123."""
    return read.squeeze(row[REFERENCE]).upper()


def _rows(table: Table, notes: Notes) -> Iterator[PrintedRow]:
    last: Row | None = None
    by_number: dict[str, list[Row]] = defaultdict(list)
    for last in once(table, REFERENCE, reference_of, notes):
        _faults(last, notes)
        row = row_of(last, reference_of(last), facts_of(last))
        if row.number:
            by_number[row.facts["number"]].append(last)
        for code, message in (*_number_doubts(last), *_level_doubts(row.facts), *_other_doubts(last, row.facts)):
            notes.doubt(last, code, f"{row.reference}: {message}")
        yield row
    if last:
        _cut_short(last, table.data, notes)
    for shown, rows in by_number.items():
        if len(rows) > 1:
            listed = ", ".join(map(reference_of, rows))
            message = f"{shown} stands under {len(rows)} references: {listed}. This can be right."
            notes.doubt(rows[0], "number-shared", message)


def _faults(row: Row, notes: Notes) -> None:
    required(row, (REFERENCE, TITLE), notes)
    not_too_long(row, LONGEST, notes)
    cell(row, LEVEL, codes.parse_level, "a level", A_LEVEL, notes)
    for column in (FROM, TO):
        cell(row, column, read.read_date, "a date", A_DATE, notes)


def _cut_short(last: Row, data: bytes, notes: Notes) -> None:
    """A file that ends in the middle of a code, where its publisher ends lines or whole codes."""
    codes_there = read.read_codes(last[RATIOS])
    if not data.endswith((b"\n", b"\r")) and codes_there and not read.is_code(codes_there[-1]):
        message = "the file ends in the middle of a code; it was cut short: get it again from its publisher."
        notes.fault(last.fault(message, RATIOS, "whole codes"))


def facts_of(row: Row) -> dict[str, Any]:
    """What a row says, known notations read: by field, in the words of the framework."""
    owner = read.read_owner(row[OWNER])
    number = codes.parse_qan(row[NUMBER])
    return {
        "title": read.squeeze(row[TITLE]),
        "level": codes.parse_level(row[LEVEL]) or "",
        "started_from": read.read_date(row[FROM]) or "",
        "started_to": read.read_date(row[TO]) or "",
        "owner": owner.name,
        "owner_now": owner.now,
        "owners_many": owner.many,
        "number": number.shown if number else "",
        "number_holds": number.check_holds if number else None,
        "condition": read.read_note(row[NOTES]),
        "questions": read.read_codes(row[QUESTIONS]),
        "ratios": read.read_codes(row[RATIOS]),
    }


def _number_doubts(row: Row) -> Iterator[tuple[str, str]]:
    number = codes.parse_qan(row[NUMBER])
    if number is None and not read.needs_no_number(row[NUMBER]):
        said = read.squeeze(row[NUMBER])
        yield "number-shape", f"{said} is not shaped like a qualification number; kept as printed, not matched."
    elif number and not number.check_holds:
        yield "number-check", f"{number.shown} fails its check character; loaded all the same."


def _level_doubts(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    named = codes.level_in_title(facts["title"])
    if not facts["level"]:
        yield "level-missing", "the level is blank; loaded as not known."
    elif named and named != facts["level"]:
        said, stands = codes.level_words(named), codes.level_words(facts["level"])
        yield "level-title", f"the title says {said}, the level column {stands}; the column was loaded."


def _other_doubts(row: Row, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if read.is_before(facts["started_to"], facts["started_from"]):
        yield "dates-order", f"it ends ({row[TO]}) before it begins ({row[FROM]}); loaded as printed."
    strange = [c for c in (*facts["questions"], *facts["ratios"]) if not read.is_code(c)]
    if strange:
        yield "code-shape", f"{strange[0]} is not shaped like the list's other codes; was the file cut short?"
