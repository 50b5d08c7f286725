"""One snapshot of the list read into rows: notations parsed, the doubtful noted, the broken refused in its place."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from iqf.exchange.sources.approved_qualifications import streams as s
from iqf.exchange.sources.levels import A_LEVEL, level_doubt, read_level
from iqf.exchange.sources.list_file import ListFile
from iqf.exchange.sources.notations import read_day, read_number, squeeze
from iqf.exchange.sources.notes import Notes, not_too_long, once, required
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Fault, Refused, Row, digest
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
    data = read_bytes(path)
    table = open_table(data, path.name, COLUMNS)
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
    return [
        ListFile(
            register=REGISTER,
            file=path.name,
            sha256=digest([data]),
            count=table.count,
            rows=lambda notes: _rows(table, streams, day, notes),
            columns=tuple(c for c in table.header if c != SNAPSHOT),
            published_on=day,
        )
    ]


def _snapshot_day(table: Table) -> str:
    first = next(iter(table))
    day = read_day(first[SNAPSHOT])
    if not day:
        message = f'"{first[SNAPSHOT]}" is not the date of a snapshot.'
        raise Refused([first.fault(message, SNAPSHOT, "a day like 18/02/2025, the same in every row")])
    return day


def _rows(table: Table, streams: Sequence[str], day: str, notes: Notes) -> Iterator[PrintedRow]:
    silence = s.silence(streams)
    cells = s.StreamCells(streams)
    for row in once(table, NUMBER, reference_of, notes):
        required(row, (NUMBER, TITLE), notes)
        not_too_long(row, LONGEST, notes)
        if read_day(row[SNAPSHOT]) != day:
            message = f'the snapshot date "{row[SNAPSHOT]}" is not that of the first row.'
            notes.fault(row.fault(message, SNAPSHOT, day))
        facts = facts_of(row, cells, notes)
        _doubts(row, facts, notes)
        printed = dict(row.cells)
        del printed[SNAPSHOT]
        yield PrintedRow(
            reference=reference_of(row),
            row=row.number,
            printed=printed,
            facts=facts,
            title=facts["title"],
            number=facts["number"].replace("/", ""),
            owner=facts["owner"],
            level=facts["level"],
            silence=silence,
        )


def reference_of(row: Row) -> str:
    """The qualification number as stored; as printed where it is not shaped like one."""
    number = read_number(row[NUMBER])
    return number.stored if number else squeeze(row[NUMBER]).upper()


def facts_of(row: Row, cells: s.StreamCells, notes: Notes) -> dict[str, Any]:
    """What a row says, known notations read: by field, in the words of the framework."""
    number = read_number(row[NUMBER])
    level = read_level(row[LEVEL])
    if level is None:
        notes.fault(row.fault(f'"{row[LEVEL]}" is not a level.', LEVEL, A_LEVEL))
    approvals = cells.approvals(row, notes)
    return {
        "title": squeeze(row[TITLE]),
        "number": number.shown if number else "",
        "number_holds": number.check_holds if number else None,
        "level": level or "",
        "owner": squeeze(row[OWNER]),
        "type": squeeze(row[TYPE]),
        "subcategory": squeeze(row[SUBCATEGORY]),
        "subject_area": squeeze(row[AREA]),
        "status": squeeze(row[STATUS]),
        "specification_url": squeeze(row[URL]),
        "approvals": approvals,
        "last_new_start": max((a["end"] for a in approvals), default=""),
    }


def _doubts(row: Row, facts: dict[str, Any], notes: Notes) -> None:
    if not facts["number"] and squeeze(row[NUMBER]):
        said = squeeze(row[NUMBER])
        notes.doubt(row, "number-shape", f"{said} is not shaped like a qualification number; kept as printed.")
    elif facts["number_holds"] is False:
        notes.doubt(row, "number-check", f"{facts['number']} fails its check character; loaded all the same.")
    if not facts["level"]:
        notes.doubt(row, "level-missing", f"{facts['number']}: the level is blank; loaded as not known.")
    elif doubt := level_doubt(facts["title"], facts["level"]):
        notes.doubt(row, "level-title", f"{facts['number']}: {doubt}")
