"""Job profiles read: lists inside cells, salaries, the standards that lead into the job."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from iqf.exchange.sources.list_file import ListFile, file_of, row_of
from iqf.exchange.sources.notations import read_count, split_list, squeeze
from iqf.exchange.sources.notes import Notes, cell, not_too_long, once, required
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.tables import Table, open_table
from iqf.register.actions import PrintedRow

REGISTER = "ncs-roles"
KEY = "url"
TITLE = "title"
SALARIES = ("salary_starter", "salary_experienced")
VARIABLE = "variable"
LISTS = {
    "day_to_day_tasks": "tasks",
    "registrations": "registrations",
    "restrictions": "restrictions",
    "job_categories": "categories",
}
TEXTS = ("title", "description", "digital_skills", "progression", "soc", "onet_code")
STANDARDS = "apprenticeship_standards"
COLUMNS = (TITLE, KEY, *TEXTS[1:], *SALARIES, *LISTS, STANDARDS)
LONGEST = ((KEY, 60), (TITLE, 500))
NO_ONET = "00-0000.00"

_STANDARD = re.compile(r"^(ST\d{4})\s+(.+)$", re.ASCII)
_SOC = re.compile(r"^\d{4}$", re.ASCII)


def open_files(path: Path) -> Sequence[ListFile]:
    """The one file of profiles. Raises Refused where its columns or rows are broken."""
    return [file_of(open_table(read_bytes(path), path.name, COLUMNS, ()), REGISTER, _rows)]


def reference_of(row: Row) -> str:
    """The last part of the profile's address, which outlives its title: NURSERY-WORKER."""
    return squeeze(row[KEY]).upper()


def _rows(table: Table, notes: Notes) -> Iterator[PrintedRow]:
    for row in once(table, KEY, reference_of, notes):
        required(row, (KEY, TITLE), notes)
        not_too_long(row, LONGEST, notes)
        facts = facts_of(row, notes)
        _doubts(row, facts, notes)
        yield row_of(row, reference_of(row), facts, kind="role")


def facts_of(row: Row, notes: Notes) -> dict[str, Any]:
    """What a profile says, by field. A salary is pounds a year; null where it is variable or not said."""
    facts: dict[str, Any] = {name: squeeze(row[name]) for name in TEXTS}
    if facts["onet_code"] == NO_ONET:
        facts["onet_code"] = ""
    facts |= {name: split_list(row[column]) for column, name in LISTS.items()}
    facts |= {name: _salary(row, name, notes) for name in SALARIES}
    facts["salary_varies"] = any(squeeze(row[name]).lower() == VARIABLE for name in SALARIES)
    facts["standards"] = [standard_of(part) for part in split_list(row[STANDARDS])]
    return facts


def standard_of(text: str) -> dict[str, str]:
    """An apprenticeship standard as a profile names it: its code, where it gives one, and its title."""
    match = _STANDARD.match(text)
    return {"code": match[1], "title": match[2]} if match else {"code": "", "title": text}


def _salary(row: Row, column: str, notes: Notes) -> int | None:
    salary = cell(row, column, _pounds, "a salary", "pounds a year, variable or blank", notes)
    return salary if isinstance(salary, int) and salary else None


def _pounds(text: str) -> int | str | None:
    pounds = squeeze(text).removeprefix("£")
    return "" if pounds.lower() == VARIABLE else read_count(pounds)


def _doubts(row: Row, facts: dict[str, Any], notes: Notes) -> None:
    name = facts["title"]
    if facts["soc"] and not _SOC.match(facts["soc"]):
        notes.doubt(row, "soc-shape", f"{name}: {facts['soc']} is not a four-figure occupation code.")
    first, later = (facts[column] for column in SALARIES)
    if first and later and later < first:
        notes.doubt(row, "salary-order", f"{name}: experienced people earn less ({later}) than starters ({first}).")
    for standard in facts["standards"]:
        if not standard["code"]:
            notes.doubt(row, "standard-code", f"{name}: the standard “{standard['title']}” has no code.")
    if not facts["tasks"]:
        notes.doubt(row, "no-tasks", f"{name}: no day-to-day tasks are given.")
