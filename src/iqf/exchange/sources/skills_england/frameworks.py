"""Legacy apprenticeship frameworks as records in JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from iqf.exchange.sources.levels import A_LEVEL, read_level
from iqf.exchange.sources.list_file import ListFile, row_of
from iqf.exchange.sources.notations import read_count, read_day, squeeze
from iqf.exchange.sources.notes import Notes, cell, not_too_long, once, required
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
        yield row_of(row, squeeze(row[ID]).upper(), facts, kind="framework")


def facts_of(row: Row, notes: Notes) -> dict[str, Any]:
    """What a record says, by field. 0 months or pounds is how it prints what is not set."""
    facts: dict[str, Any] = {name: squeeze(row[column]) for column, name in TEXTS.items()}
    facts["level"] = cell(row, LEVEL, read_level, "a level", A_LEVEL, notes) or ""
    for column, name in DAYS.items():
        facts[name] = cell(row, column, read_day, "a day", "a day like 2013-02-01T00:00:00", notes) or ""
    for column, name in WHOLES.items():
        facts[name] = cell(row, column, read_count, "a whole number", "a number", notes) or None
    facts["funding_periods"] = json.loads(row["FundingPeriods"] or "[]")
    return facts
