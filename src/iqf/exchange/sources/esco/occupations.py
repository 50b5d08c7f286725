"""Occupations of one edition as rows of the register: roles with ISCO codes and other titles; and ISCO groups."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from iqf.exchange.sources.esco import layouts as lay
from iqf.exchange.sources.esco.running_text import split_title
from iqf.exchange.sources.list_file import ListFile, file_of
from iqf.exchange.sources.notations import squeeze
from iqf.exchange.sources.notes import Notes, not_too_long, once, required
from iqf.exchange.sources.pattern import Doubt, Row
from iqf.exchange.sources.tables import Table
from iqf.register.actions import PrintedRow

LONGEST = (("preferredLabel", 500), ("conceptUri", 90), ("id", 90))
LONGEST_TITLE = 500


def occupations(edition: str, tables: Mapping[str, Table], labels: Mapping[str, str]) -> list[ListFile]:
    """The lists of the register that the files of an edition feed: one of occupations, one of ISCO groups."""
    return [
        file_of(tables[layout.name], f"{register}-{edition}", rows)
        for layout, register, rows in (
            (lay.OCCUPATIONS, "esco-occupations", _printed),
            (lay.RUNNING_OCCUPATIONS, "esco-occupations", partial(_running, labels)),
            (lay.ISCO_GROUPS, "isco-groups-esco", _printed),
        )
        if layout.name in tables
    ]


def _printed(table: Table, notes: Notes) -> Iterator[PrintedRow]:
    for row in once(table, "conceptUri", lambda r: squeeze(r["conceptUri"]), notes):
        required(row, ("conceptUri", "preferredLabel"), notes)
        not_too_long(row, LONGEST, notes)
        uri = squeeze(row["conceptUri"])
        facts = {
            "uri": uri,
            "isco": squeeze(row["iscoGroup"] or row["code"]),
            "other_titles": lay.lines(row["altLabels"]),
            "description": row["description"].strip(),
        }
        yield _row(row, uri, squeeze(row["preferredLabel"]), facts)


def _running(labels: Mapping[str, str], table: Table, notes: Notes) -> Iterator[PrintedRow]:
    """Occupations and groups whose titles are not divided from the rest."""
    read = 0
    for row in once(table, "id", lambda r: squeeze(r["id"]), notes):
        required(row, ("id", "description"), notes)
        not_too_long(row, LONGEST, notes)
        uri, cell = squeeze(row["id"]), squeeze(row["description"])
        known = labels.get(uri, "")
        title, rest = (known, cell[len(known) :].strip()) if known and cell.startswith(known) else split_title(cell)
        read += title != known
        facts = {"uri": uri, "isco": _isco(uri), "title_is_our_reading": title != known, "description": rest}
        yield _row(row, uri, title[:LONGEST_TITLE], facts)
    if read:
        message = f"{read} titles are our reading, because the file runs titles and description together."
        notes.doubts.append(Doubt("title-read", message, table.file))


def _isco(uri: str) -> str:
    """The code of an ISCO group, leading zeros kept; none for an occupation."""
    return lay.last_part(uri).removeprefix("C") if uri.startswith(lay.ISCO) else ""


def _row(row: Row, uri: str, title: str, facts: Mapping[str, Any]) -> PrintedRow:
    return PrintedRow(
        reference=lay.last_part(uri).upper(),
        row=row.number,
        printed=row.cells,
        facts=facts,
        title=title,
        kind="code" if uri.startswith(lay.ISCO) else "role",
    )
