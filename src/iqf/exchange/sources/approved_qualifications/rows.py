"""One snapshot of the list read into rows: notations parsed, the doubtful noted, the broken refused in its place."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from iqf.exchange.sources.approved_qualifications import streams as s
from iqf.exchange.sources.levels import A_LEVEL, read_level
from iqf.exchange.sources.list_file import ListFile, file_of, row_of
from iqf.exchange.sources.notations import read_day, squeeze
from iqf.exchange.sources.notes import Notes, cell, not_too_long, once, required
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Fault, Refused, Row
from iqf.exchange.sources.qualification_rows import note_doubts, number_facts, reference_of
from iqf.exchange.sources.tables import Table, open_table
from iqf.register.actions import PrintedRow

REGISTER = "approved-qualifications"
SNAPSHOT = "DateOfOfqualDataSnapshot"
TITLE = "QualificationName"
OWNER = "AwardingOrganisation"
NUMBER = "QualificationNumber"
LEVEL = "Level"
TYPE = "QualificationType"
SUBCATEGORY = "Subcategory"
AREA = "SectorSubjectArea"
STATUS = "Status"
URL = "AwardingOrganisationURL"
COLUMNS = (SNAPSHOT, TITLE, OWNER, NUMBER, LEVEL, TYPE, SUBCATEGORY, AREA, STATUS, URL)
LONGEST = ((NUMBER, 60), (TITLE, 500), (OWNER, 300))


def open_files(path: Path) -> Sequence[ListFile]:
    """The one file of a snapshot. Raises Refused where its columns or rows are broken."""
    table = open_table(read_bytes(path), path.name, COLUMNS)
    streams = s.streams_of(table.header)
    strange = [c for c in table.header if c not in COLUMNS and not s.streams_of([c])]
    faults = s.lacking(table.header, path.name)
    faults += [
        Fault(f'the column "{c}" is neither one of this list\'s nor of a funding stream.', path.name, 1, c, c)
        for c in strange
    ]
    if not streams:
        faults.append(Fault("the file has no columns of a funding stream.", path.name, 1, "", "", "X" + s.AVAILABLE))
    if faults:
        raise Refused(faults)
    day = _snapshot_day(table)
    told = tuple(c for c in table.header if c != SNAPSHOT)
    return [file_of(table, REGISTER, partial(_rows, streams, day), columns=told, published_on=day)]


def _snapshot_day(table: Table) -> str:
    first = next(iter(table))
    day = read_day(first[SNAPSHOT])
    if not day:
        message = f'"{first[SNAPSHOT]}" is not the date of a snapshot.'
        raise Refused([first.fault(message, SNAPSHOT, "a day like 18/02/2025, the same in every row")])
    return day


def _rows(streams: Sequence[str], day: str, table: Table, notes: Notes) -> Iterator[PrintedRow]:
    silence = s.silence(streams)
    cells = s.StreamCells(streams)
    for row in once(table, NUMBER, lambda r: reference_of(r[NUMBER]), notes):
        required(row, (NUMBER, TITLE), notes)
        not_too_long(row, LONGEST, notes)
        if read_day(row[SNAPSHOT]) != day:
            message = f'the snapshot date "{row[SNAPSHOT]}" is not that of the first row.'
            notes.fault(row.fault(message, SNAPSHOT, day))
        facts = facts_of(row, cells, notes)
        note_doubts(row, row[NUMBER], facts, notes)
        printed = {column: text for column, text in row.cells.items() if column != SNAPSHOT}
        yield replace(row_of(row, reference_of(row[NUMBER]), facts), printed=printed, silence=silence)


def facts_of(row: Row, cells: s.StreamCells, notes: Notes) -> dict[str, Any]:
    """What a row says, known notations read: by field, in the words of the framework."""
    level = cell(row, LEVEL, read_level, "a level", A_LEVEL, notes) or ""
    approvals = cells.approvals(row, notes)
    return {
        "title": squeeze(row[TITLE]),
        **number_facts(row[NUMBER]),
        "level": level,
        "owner": squeeze(row[OWNER]),
        "type": squeeze(row[TYPE]),
        "subcategory": squeeze(row[SUBCATEGORY]),
        "subject_area": squeeze(row[AREA]),
        "status": squeeze(row[STATUS]),
        "specification_url": squeeze(row[URL]),
        "approvals": approvals,
        "last_new_start": max((a["end"] for a in approvals), default=""),
    }
