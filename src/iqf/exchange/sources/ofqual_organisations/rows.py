"""Awarding organisations read, whichever of two layouts the file has."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from iqf import codes
from iqf.exchange.sources.list_file import ListFile, file_of
from iqf.exchange.sources.notations import read_day, said, squeeze
from iqf.exchange.sources.notes import Notes, cell, not_too_long, once, required
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.tables import Table, header_of, open_table
from iqf.register.actions import PrintedRow

REGISTER = "ofqual-organisations"
NUMBER = "Recognition Number"
NAME = "Name"
STATUS_2017 = "Status"
STATUS = "Ofqual Status"
TEXTS = {
    NAME: "name",
    "Legal Name": "legal_name",
    "Acronym": "acronym",
    "Email": "email",
    "Website": "website",
    "Head Office Address Postcode": "postcode",
    "Head Office Address Country": "country",
    "Head Office Address Telephone Number": "telephone",
}
ADDRESS = (
    "Head Office Address Line 1",
    "Head Office Address Line 2",
    "Head Office Address Town/City",
    "Head Office Address County",
)
DAYS = {
    "Ofqual Recognised From": "recognised_from",
    "Ofqual Recognised To": "recognised_to",
    "CCEA Regulation Recognised From": "ccea_from",
    "CCEA Regulation Recognised To": "ccea_to",
}
CCEA_STATUS = "CCEA Regulation Status"
SHARED = (NUMBER, *TEXTS, *ADDRESS)
LAYOUT_2017 = (*SHARED, STATUS_2017)
LAYOUT = (*SHARED, STATUS, CCEA_STATUS, *DAYS)
LONGEST = ((NUMBER, 60), (NAME, 300))
A_DAY = "a day like 2011-05-12 00:00:00.0000000, or blank"


def open_files(path: Path) -> Sequence[ListFile]:
    """The one file of a list, its layout told by its header. Raises Refused where its columns or rows are broken."""
    data = read_bytes(path)
    is_2017 = STATUS_2017 in header_of(data, path.name)
    table = open_table(data, path.name, LAYOUT_2017 if is_2017 else LAYOUT, ())
    return [file_of(table, REGISTER, _rows, published_on="2017" if is_2017 else _year(table))]


def _year(table: Table) -> str:
    """The year of the latest day in the file: no file of this list says of itself when it was made."""
    days = (read_day(row[column]) or "" for row in table for column in DAYS)
    return max(days, default="")[:4]


def _rows(table: Table, notes: Notes) -> Iterator[PrintedRow]:
    named: dict[str, list[Row]] = defaultdict(list)
    for row in once(table, NUMBER, reference_of, notes):
        required(row, (NUMBER, NAME), notes)
        not_too_long(row, LONGEST, notes)
        facts = facts_of(row, notes)
        named[facts["name"].casefold()].append(row)
        _doubts(row, facts, notes)
        yield PrintedRow(
            reference=reference_of(row),
            row=row.number,
            printed=row.cells,
            facts=facts,
            title=facts["name"],
            kind="organisation",
        )
    for rows in named.values():
        if len(rows) > 1:
            numbers = ", ".join(reference_of(r) for r in rows)
            message = f"{squeeze(rows[0][NAME])} stands under {len(rows)} recognition numbers: {numbers}."
            notes.doubt(rows[1], "name-shared", message)


def reference_of(row: Row) -> str:
    """The recognition number, as printed where it is not shaped like one."""
    return codes.parse_recognition_number(row[NUMBER]) or squeeze(row[NUMBER]).upper()


def facts_of(row: Row, notes: Notes) -> dict[str, Any]:
    """What a row says, by field. What the layout of 2017 does not say is blank."""
    facts: dict[str, Any] = {name: said(row[column]) for column, name in TEXTS.items()}
    facts["address"] = [line for line in (said(row[column]) for column in ADDRESS) if line]
    facts["status"] = said(row[STATUS] or row[STATUS_2017])
    facts["ccea_status"] = said(row[CCEA_STATUS])
    for column, name in DAYS.items():
        facts[name] = cell(row, column, read_day, "a day", A_DAY, notes) or ""
    return facts


def _doubts(row: Row, facts: dict[str, Any], notes: Notes) -> None:
    reference = reference_of(row)
    if not codes.parse_recognition_number(row[NUMBER]):
        notes.doubt(row, "number-shape", f"{reference} is not shaped like a recognition number; kept as printed.")
    for start, end in (("recognised_from", "recognised_to"), ("ccea_from", "ccea_to")):
        if facts[end] and facts[end] < facts[start]:
            message = f"{reference}: recognised to {facts[end]}, before it was from {facts[start]}."
            notes.doubt(row, "dates-order", message)
