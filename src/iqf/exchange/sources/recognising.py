"""Which source a refused file belongs to, so that a wrong file is answered by its kind, not by its columns."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from iqf.exchange.sources.approved_qualifications.rows import COLUMNS as APPROVED
from iqf.exchange.sources.early_years.rows import COLUMNS as EARLY_YEARS
from iqf.exchange.sources.esco.layouts import LAYOUTS as ESCO
from iqf.exchange.sources.known import KNOWN
from iqf.exchange.sources.lars.layouts import LAYOUTS as LARS
from iqf.exchange.sources.ncs_roles.rows import COLUMNS as NCS_ROLES
from iqf.exchange.sources.ofqual_organisations.rows import LAYOUT, LAYOUT_2017
from iqf.exchange.sources.ofqual_register.columns import COLUMNS as OFQUAL_REGISTER
from iqf.exchange.sources.opening import NotText
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.sources.uk_skills.rows import COLUMNS as UK_SKILLS

BEGINNING = 64 * 1024
"""Bytes that tell a file's kind."""
LIKE = 0.6
"""So much of a layout's columns makes a file one of it, perhaps a broken one."""
UNLIKE = 0.4

Columns = Sequence[str]

TABLES: Mapping[str, Sequence[Columns]] = {
    "early-years": [EARLY_YEARS],
    "approved-qualifications": [APPROVED],
    "ofqual-register": [OFQUAL_REGISTER],
    "ofqual-organisations": [LAYOUT, LAYOUT_2017],
    "lars": [layout.columns for layout in LARS],
    "ncs-roles": [NCS_ROLES],
    "esco": [layout.columns for layout in ESCO],
    "uk-skills": [UK_SKILLS],
}
MARKS: Mapping[str, Sequence[str]] = {
    "ofqual-titles": ('{"text"', '"text":'),
    "ofqual-register": ('"QualificationTitle"',),
    "skills-england": ('"version_log"', '"FrameworkCode"', "Apprenticeship Standards accurate as of"),
}
"""What stands near the beginning of files that are not tables, or that print a title above their header."""


def better(name: str, path: Path, refusal: Refused) -> Refused:
    """A refusal in other words where the file is of another source, or of none: one sentence that says so."""
    if isinstance(refusal, NotText) or not path.is_file():
        return refusal
    of_structure = all(fault.row in (None, 1) for fault in refusal.faults)
    if not of_structure and "not UTF-8" not in str(refusal):
        return refusal
    beginning = _text(path)
    header = _header(beginning)
    own = likeness(name, header, beginning)
    others = {other: likeness(other, header, beginning) for other in KNOWN if other != name}
    nearest = max(others, key=lambda other: others[other])
    if own < LIKE <= others[nearest]:
        what = KNOWN[nearest].what.partition(" (")[0]
        message = f"this is not a file of {name}: it looks like one of {nearest}, {what}; use iqf ingest {nearest}."
        return Refused([Fault(message, path.name)])
    if own < UNLIKE and of_structure:
        first = ", ".join(" ".join(cell.split()) for cell in header[:6] if cell.strip())[:100] or "nothing"
        message = f"this is not a file of {name}: its first line says {first}; check which file you gave."
        return Refused([Fault(message, path.name)])
    return refusal


def likeness(name: str, header: Columns, beginning: str) -> float:
    """How much of the nearest layout of a source a file has, 0 to 1."""
    if any(mark in beginning for mark in MARKS.get(name, ())):
        return 1.0
    columns = set(header)
    return max((len(columns & set(layout)) / len(layout) for layout in TABLES.get(name, ())), default=0.0)


def _text(path: Path) -> str:
    """The beginning of a file, read in whichever encoding it seems to have."""
    with path.open("rb") as file:
        data = file.read(BEGINNING)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-8-sig", "replace")


def _header(beginning: str) -> list[str]:
    line = next(iter(beginning.splitlines()), "")
    try:
        return [cell.strip() for cell in next(csv.reader(io.StringIO(line)), [])]
    except csv.Error:
        return [line[:100]]
