"""Legacy apprenticeship frameworks as records in JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from iqf.exchange.sources.levels import A_LEVEL, read_level
from iqf.exchange.sources.list_file import ListFile
from iqf.exchange.sources.notations import read_day, read_whole, squeeze
from iqf.exchange.sources.notes import Notes, not_too_long, once, required
from iqf.exchange.sources.pattern import Fault, Refused, Row, digest
from iqf.exchange.sources.records import flat, read_json
from iqf.register.actions import PrintedRow

REGISTER = "skills-england-frameworks"
ID = "Id"
TITLE = "Title"
LEVEL = "Level"
TEXTS = {
    TITLE: "title",
    "FrameworkName": "framework",
    "PathwayName": "pathway",
    "FrameworkCode": "framework_code",
    "ProgType": "programme_type",
    "PathwayCode": "pathway_code",
    "Ssa1": "subject_area_1",
    "Ssa2": "subject_area_2",
}
DAYS = {"EffectiveFrom": "effective_from", "EffectiveTo": "effective_to"}
WHOLES = {"Duration": "months", "MaxFunding": "funding_most"}
NAMES = (ID, LEVEL, *TEXTS, *DAYS, *WHOLES)
LONGEST = ((ID, 60), (TITLE, 500))


def open_frameworks(file: str, data: bytes) -> ListFile:
    """The one file of frameworks. Raises Refused where it is not a list of records with these names."""
    records = read_json(data, file)
    faults = [_lacking(n, record, file) for n, record in enumerate(records, start=1)]
    found = [fault for fault in faults if fault]
    if found:
        raise Refused(found)
    return ListFile(
        register=REGISTER,
        file=file,
        sha256=digest([data]),
        count=len(records),
        rows=lambda notes: _rows([Row(file, n, flat(r)) for n, r in enumerate(records, start=1)], notes),
    )


def _lacking(place: int, record: object, file: str) -> Fault | None:
    if not isinstance(record, dict):
        return Fault("the entry is not a record.", file, place)
    missing = [name for name in NAMES if name not in record]
    return Fault(f'the record lacks "{missing[0]}".', file, place, missing[0]) if missing else None


def _rows(rows: Sequence[Row], notes: Notes) -> Iterator[PrintedRow]:
    """Records, the first being row 1."""
    for row in once(rows, ID, lambda r: squeeze(r[ID]).upper(), notes):
        required(row, (ID, TITLE), notes)
        not_too_long(row, LONGEST, notes)
        facts = facts_of(row, notes)
        if facts["effective_to"] and facts["effective_to"] < facts["effective_from"]:
            notes.doubt(row, "dates-order", f"{row[ID]} ends ({facts['effective_to']}) before it begins.")
        yield PrintedRow(
            reference=squeeze(row[ID]).upper(),
            row=row.number,
            printed=row.cells,
            facts=facts,
            title=facts["title"],
            level=facts["level"],
            kind="framework",
        )


def facts_of(row: Row, notes: Notes) -> dict[str, Any]:
    """What a record says, by field. 0 months or pounds is how it prints what is not set."""
    facts: dict[str, Any] = {name: squeeze(row[column]) for column, name in TEXTS.items()}
    level = read_level(row[LEVEL])
    if level is None:
        notes.fault(row.fault(f'"{row[LEVEL]}" is not a level.', LEVEL, A_LEVEL))
    facts["level"] = level or ""
    for column, name in DAYS.items():
        day = read_day(row[column])
        if day is None:
            notes.fault(row.fault(f'"{row[column]}" is not a day.', column, "a day like 2013-02-01T00:00:00"))
        facts[name] = day or ""
    for column, name in WHOLES.items():
        number = read_whole(row[column])
        if number is None or (isinstance(number, int) and number < 0):
            notes.fault(row.fault(f'"{row[column]}" is not a whole number.', column, "a number"))
        facts[name] = number or None
    facts["funding_periods"] = json.loads(row["FundingPeriods"] or "[]")
    return facts
