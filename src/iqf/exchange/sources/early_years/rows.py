"""The list read into rows: known notations parsed, the doubtful noted, the broken refused in the file's own rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iqf import codes
from iqf.exchange.sources.early_years import readings as read
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Doubt, Fault, Refused, Row, digest
from iqf.exchange.sources.tables import read_table
from iqf.register.actions import PrintedRow

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
LONGEST = {REFERENCE: 60, TITLE: 500, OWNER: 300}
A_LEVEL = "one level: 1 to 8, or Entry"
A_DATE = "a month like Sep-14, a date like 30/09/2014, null or blank"


@dataclass(frozen=True)
class ListFile:
    """One file of the list: its rows once each, how many it printed, and what is doubtful in it."""

    name: str
    sha256: str
    count: int
    rows: tuple[PrintedRow, ...]
    doubts: tuple[Doubt, ...]


def read_file(path: Path) -> ListFile:
    """Read a base or update file. Raises Refused, with one fault for each thing that is broken."""
    data = read_bytes(path)
    table = read_table(data, path.name, COLUMNS, ())
    if not table:
        raise Refused([Fault("the file has a header and no rows; get it again from its publisher.", path.name)])
    faults = [fault for row in table for fault in _faults(row)] + list(_repeated(table))
    faults += _cut_short(table[-1], data)
    if faults:
        raise Refused(faults)
    once = list({reference_of(row): row for row in reversed(table)}.values())[::-1]
    rows = tuple(_printed(row) for row in once)
    doubts = [d for row, said in zip(once, rows, strict=True) for d in _doubts(row, said)] + list(_together(table))
    return ListFile(path.name, digest([data]), len(table), rows, tuple(doubts))


def reference_of(row: Row) -> str:
    """The list's own reference of a row: EYQ-123."""
    return read.squeeze(row[REFERENCE]).upper()


def _faults(row: Row) -> Iterator[Fault]:
    for column in (REFERENCE, TITLE):
        if not read.squeeze(row[column]):
            yield row.fault(f'the column "{column}" is blank; every row needs one.', column, "a value")
    for column, longest in LONGEST.items():
        if len(row[column]) > longest:
            yield row.fault(f"the cell is longer than {longest} characters.", column, "a shorter text")
    if codes.parse_level(row[LEVEL]) is None:
        yield row.fault(f'"{row[LEVEL]}" is not a level.', LEVEL, A_LEVEL)
    for column in (FROM, TO):
        if read.read_date(row[column]) is None:
            yield row.fault(f'"{row[column]}" is not a date.', column, A_DATE)


def _cut_short(last: Row, data: bytes) -> list[Fault]:
    """A file that ends in the middle of a code, where its publisher ends lines or whole codes."""
    codes_there = read.read_codes(last[RATIOS])
    if data.endswith((b"\n", b"\r")) or not codes_there or read.is_code(codes_there[-1]):
        return []
    message = "the file ends in the middle of a code; it was cut short: get it again from its publisher."
    return [last.fault(message, RATIOS, "whole codes")]


def _repeated(table: Iterable[Row]) -> Iterator[Fault]:
    first: dict[str, Row] = {}
    for row in table:
        reference = reference_of(row)
        if reference and reference in first and first[reference].cells != row.cells:
            message = (
                f"{reference} stands in row {first[reference].number} too, with other content; keep one of them."
            )
            yield row.fault(message, REFERENCE, "each reference once")
        first.setdefault(reference, row)


def _printed(row: Row) -> PrintedRow:
    facts = facts_of(row)
    number = codes.parse_qan(row[NUMBER])
    return PrintedRow(
        reference=reference_of(row),
        row=row.number,
        printed=dict(row.cells),
        facts=facts,
        title=facts["title"],
        number=number.stored if number else "",
        owner=facts["owner"],
        level=facts["level"],
    )


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


def _doubts(row: Row, said: PrintedRow) -> Iterator[Doubt]:
    for code, message in (*_number_doubts(row), *_level_doubts(said.facts), *_other_doubts(row, said.facts)):
        yield Doubt(code, f"{said.reference}: {message}", row.file, row.number)


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


def _together(table: Iterable[Row]) -> Iterator[Doubt]:
    """What is doubtful only beside other rows: the same row twice, one number under several references."""
    by_number: dict[str, dict[str, Row]] = defaultdict(dict)
    first: dict[str, Row] = {}
    for row in table:
        reference = reference_of(row)
        if reference in first:
            message = f"{reference}: the row stands in row {first[reference].number} too, word for word; read once."
            yield Doubt("repeated-row", message, row.file, row.number)
            continue
        first[reference] = row
        if number := codes.parse_qan(row[NUMBER]):
            by_number[number.shown][reference] = row
    for shown, rows in by_number.items():
        if len(rows) > 1:
            listed = ", ".join(rows)
            message = f"{shown} stands under {len(rows)} references: {listed}. This can be right."
            row = next(iter(rows.values()))
            yield Doubt("number-shared", message, row.file, row.number)
