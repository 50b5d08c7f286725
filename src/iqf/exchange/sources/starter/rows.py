"""The folder read into rows, and checked: references resolve, values are of their kind, nothing stands twice."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from iqf import codes
from iqf.analysis.naming import Breach, Named, check
from iqf.catalogue.models.things import PARTIAL_DATE
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Doubt, Fault, Refused, Row, digest
from iqf.exchange.sources.starter.expected import CLOSED, DATES, KEYS, LEVELLED, WHOLE, read_credit
from iqf.exchange.sources.starter.layout import FIGURE_COLUMNS, FIGURES, TABLES, Table
from iqf.exchange.sources.tables import read_table

FOLLOWED_BY = ("merged into", "successor")
"""Kinds of other name that say who followed an organisation."""


@dataclass
class Folder:
    """A small framework as read from its files: rows by table, and what is doubtful in them."""

    path: Path
    sha256: str
    tables: dict[str, list[Row]]
    figures: list[Row]
    doubts: list[Doubt] = field(default_factory=list)

    def __getitem__(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def has(self, table: str) -> bool:
        """True where the file is in the folder. A file that is not there says nothing."""
        return table in self.tables

    @property
    def count(self) -> int:
        """How many rows were read."""
        return sum(len(rows) for rows in self.tables.values()) + len(self.figures)

    def ids(self, table: str, column: str) -> set[str]:
        """The values of an id column."""
        return {row[column] for row in self[table]}


def read_folder(path: Path, extra: Path | None = None) -> Folder:
    """Read every file of the layout that is there. `extra` is a second folder whose `additions` complete the first.

    Raises Refused, with every fault found, where a file is broken or a row refers to what is not there.
    """
    if not path.is_dir():
        raise Refused([Fault("there is no such folder; give the folder that holds the CSV files.", str(path))])
    read: dict[str, list[Row]] = {}
    parts: list[bytes] = []
    doubts: list[Doubt] = []
    faults: list[Fault] = []
    for table in TABLES.values():
        where = next((p / table.path for p in (path, extra) if p and (p / table.path).exists()), None)
        if where is None:
            continue
        try:
            data = read_bytes(where)
            read[table.name] = read_table(data, table.path, table.needed)
            parts.append(data)
            doubts += _unknown_columns(table, read[table.name])
        except Refused as refusal:
            faults += refusal.faults
    if not read and not faults:
        raise Refused([Fault("none of the files of the layout is here; see the layout's README.", str(path))])
    figures, figure_parts = _read_figures(path)
    if "organisations_extra" in read:
        read["organisations"] = read.get("organisations", []) + read.pop("organisations_extra")
    folder = Folder(path, digest(parts + figure_parts), read, figures, doubts)
    faults += list(_faults(folder))
    if faults:
        raise Refused(faults)
    folder.doubts += list(_doubts(folder))
    return folder


def _read_figures(path: Path) -> tuple[list[Row], list[bytes]]:
    rows, parts = [], []
    for file in sorted(path.glob(FIGURES)):
        data = read_bytes(file)
        rows += read_table(data, f"documents/{file.name}", FIGURE_COLUMNS)
        parts.append(data)
    return rows, parts


def _unknown_columns(table: Table, rows: list[Row]) -> Iterator[Doubt]:
    for column in rows[0].cells if rows else ():
        if column not in table.needed and column not in table.known:
            yield Doubt(
                "unknown-column",
                f'The column "{column}" is not part of the layout and was not read.',
                table.path,
                1,
            )


def _faults(folder: Folder) -> Iterator[Fault]:
    for name, rows in folder.tables.items():
        yield from _repeated(name, rows)
        for row in rows:
            yield from _values(name, row)
            yield from _broken_names(name, row)
    yield from _references(folder)


def _repeated(name: str, rows: list[Row]) -> Iterator[Fault]:
    """One key twice, with different content. The same row twice is only doubtful."""
    first: dict[tuple[str, ...], Row] = {}
    columns = KEYS.get(name, ())
    for row in rows if columns else ():
        key = tuple(row[c] for c in columns)
        if not key[-1]:
            yield row.fault(f'the column "{columns[-1]}" is blank; every row needs one.', columns[-1], "an id")
        elif key in first and first[key].cells != row.cells:
            yield row.fault(
                f"{' '.join(key)} stands in row {first[key].number} too, with other content; keep one of them.",
                columns[-1],
            )
        first.setdefault(key, row)


def _values(name: str, row: Row) -> Iterator[Fault]:
    for column in row.cells:
        allowed = CLOSED.get((name, column))
        if allowed is not None and row[column] not in allowed:
            listed = ", ".join(a or "blank" for a in allowed)
            yield row.fault(f'"{row[column]}" is not one of: {listed}.', column, listed)
    for column in WHOLE.get(name, ()):
        if row[column] and not row[column].isdigit():
            yield row.fault(f'"{row[column]}" is not a whole number of 0 or more.', column, "a whole number or blank")
    for column in DATES.get(name, ()):
        if not _is_partial_date(row[column]):
            yield row.fault(f'"{row[column]}" is not a date.', column, "2010, 2010-07, 2010-07-31 or blank")
    for column in LEVELLED.get(name, ()):
        if codes.parse_level(row[column]) is None:
            yield row.fault(f'"{row[column]}" is not a level.', column, "Entry, Entry 1 to 3, 1 to 8, none, or blank")
    if name == "units" and row["credit"] and read_credit(row["credit"]) is None:
        yield row.fault(
            f'"{row["credit"]}" is not a credit value.',
            "credit",
            "a whole number, a range like 12-15, or blank",
        )


def _broken_names(name: str, row: Row) -> Iterator[Fault]:
    for breach in _breaches(name, row):
        if breach.gravity == "broken":
            yield row.fault(breach.sentence, breach.field, breach.right)


def _breaches(name: str, row: Row) -> Iterator[Breach]:
    """The rules of the naming protocol that a row does not keep; levels and numbers are looked at on their own."""
    if name == "qualifications":
        owner, kind = row["awarding_organisation"], row["type"]
        found = check(Named(row["title"], owner=owner, age_focus=row["age_focus"], award_type=kind))
    else:
        found = check(Named(row["title"])) if name == "units" else ()
    columns = {"owner": "awarding_organisation", "award_type": "type"}
    yield from (replace(breach, field=columns.get(breach.field, breach.field)) for breach in found)


def _is_partial_date(text: str) -> bool:
    if not re.match(PARTIAL_DATE, text):
        return False
    year, month, day = ([int(p) for p in text.split("-")] + [1, 1])[:3] if text else (2000, 1, 1)
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _references(folder: Folder) -> Iterator[Fault]:
    known = {
        "organisation": folder.ids("organisations", "name"),
        "role": folder.ids("roles", "role_id"),
        "qualification": folder.ids("qualifications", "local_id"),
        "unit": folder.ids("units", "unit_id"),
        "function": folder.ids("functions", "function_id"),
        "document source": folder.ids("documents_sources", "source_id"),
    }
    pointing = (
        ("organisation_names", "organisation", "organisation"),
        ("role_extras", "role_id", "role"),
        ("role_extras", "successor_role_id", "role"),
        ("role_clusters", "role_id", "role"),
        ("role_functions", "role_id", "role"),
        ("role_functions", "function_id", "function"),
        ("bodies", "organisation", "organisation"),
        ("qualification_kinds", "qualification_local_id", "qualification"),
        ("relevelled", "qualification_local_id", "qualification"),
        ("unit_groups", "qualification_local_id", "qualification"),
        ("qualification_units", "unit_id", "unit"),
        ("barred_pairs", "first_unit_id", "unit"),
        ("barred_pairs", "second_unit_id", "unit"),
        ("barred_pairs", "qualification_local_id", "qualification"),
        ("equivalences", "first_unit_id", "unit"),
        ("equivalences", "second_unit_id", "unit"),
        ("role_qualifications", "role_id", "role"),
        ("role_qualifications", "qualification_local_id", "qualification"),
        ("opinions", "organisation", "organisation"),
        ("role_entry", "role_id", "role"),
        ("employer_entry", "role_id", "role"),
        ("employer_entry", "organisation", "organisation"),
        ("employer_entry", "qualification_local_id", "qualification"),
        ("progression", "from_local_id", "qualification"),
        ("progression", "to_local_id", "qualification"),
        ("permissions", "qualification_local_id", "qualification"),
        ("role_statements", "role_id", "role"),
        ("alignments", "unit_id", "unit"),
        ("judged_units", "unit_id", "unit"),
        ("conflicts", "subject", "qualification"),
    )
    for table, column, what in pointing:
        for row in folder[table]:
            if row[column] and row[column] not in known[what]:
                yield row.fault(f'there is no {what} "{row[column]}" in this folder.', column, f"the id of a {what}")
    yield from _paired_references(folder)


def _paired_references(folder: Folder) -> Iterator[Fault]:
    groups = {(r["qualification_local_id"], r["group_code"]) for r in folder["unit_groups"]}
    clusters = {(r["scheme_id"], r["cluster_id"]) for r in folder["clusters"]}
    statements = {(r["framework_id"], r["statement_id"]) for r in folder["framework_statements"]}
    frameworks = {f for f, _ in statements}
    checks: tuple[tuple[str, Callable[[Row], tuple[str, ...]], Iterable[object], str], ...] = (
        (
            "qualification_units",
            lambda r: (r["qualification_local_id"], r["group_code"]),
            groups,
            "rule group",
        ),
        ("role_clusters", lambda r: (r["scheme_id"], r["cluster_id"]), clusters, "cluster"),
        ("role_statements", lambda r: (r["framework_id"], r["statement_id"]), statements, "statement"),
        ("alignments", lambda r: (r["framework_id"], r["statement_id"]), statements, "statement"),
        ("crosswalks", lambda r: (r["from_framework"], r["from_statement"]), statements, "statement"),
        ("crosswalks", lambda r: (r["to_framework"], r["to_statement"]), statements, "statement"),
    )
    for table, key, known, what in checks:
        for row in folder[table]:
            if key(row) not in known:
                yield row.fault(f'there is no {what} "{" ".join(key(row))}" in this folder.')
    for row in (*folder["judged_units"], *folder["criteria"]):
        if row["framework_id"] not in frameworks:
            yield row.fault(f'there is no framework "{row["framework_id"]}" in this folder.', "framework_id")
    yield from _criteria(folder, statements)
    yield from _statements_named(folder, statements)
    yield from _parent_cycles(folder)
    yield from _successor_cycles(folder)
    for row in folder["progression"]:
        if row["from_local_id"] == row["to_local_id"]:
            yield row.fault("a qualification cannot lead to itself.", "to_local_id", "another qualification")


def _statements_named(folder: Folder, statements: set[tuple[str, str]]) -> Iterator[Fault]:
    """What statements stand under, and the rows of a matrix that they are particular to, are statements too."""
    for row in folder["framework_statements"]:
        for column in ("parent_id", "row_id"):
            if row[column] and (row["framework_id"], row[column]) not in statements:
                yield row.fault(f'there is no statement "{row[column]}" in this framework.', column)
        if row["row_id"] and row["row_id"] == row["statement_id"]:
            yield row.fault("a statement is not its own row.", "row_id", "a statement under the axis of the rows")
        named = next((r for r in folder["framework_statements"] if _is_row(r, row)), None) if row["row_id"] else None
        if named is not None and named["row_id"]:
            yield row.fault("what is named as a row stands in a cell itself.", "row_id", "a row of the matrix")


def _is_row(candidate: Row, cell: Row) -> bool:
    same = candidate["framework_id"] == cell["framework_id"]
    return same and candidate["statement_id"] == cell["row_id"]


def _criteria(folder: Folder, statements: set[tuple[str, str]]) -> Iterator[Fault]:
    for row in folder["criteria"]:
        if row["statement_id"] and (row["framework_id"], row["statement_id"]) not in statements:
            yield row.fault(f'there is no statement "{row["statement_id"]}" in this framework.', "statement_id")
        if not row["text"]:
            yield row.fault("the text is blank; write the criterion, the example or the evidence.", "text", "a text")


def _parent_cycles(folder: Folder) -> Iterator[Fault]:
    parents = {
        (r["framework_id"], r["statement_id"]): (r["framework_id"], r["parent_id"])
        for r in folder["framework_statements"]
        if r["parent_id"]
    }
    for row in folder["framework_statements"]:
        if _goes_round((row["framework_id"], row["statement_id"]), parents):
            yield row.fault("the statement stands under itself; its parents go round in a circle.", "parent_id")


def _successor_cycles(folder: Folder) -> Iterator[Fault]:
    """Roles and organisations that are replaced by one another: then none of them stands."""
    merged = [r for r in folder["organisation_names"] if r["kind"] in FOLLOWED_BY]
    for rows, own, column, what in (
        (folder["role_extras"], "role_id", "successor_role_id", "a role that stands"),
        (merged, "organisation", "other_name", "an organisation that stands"),
    ):
        successors = {r[own]: r[column] for r in rows if r[column]}
        for row in rows:
            if _goes_round(row[own], successors):
                message = f"{row[own]} is replaced by itself in the end; its successors go round in a circle."
                yield row.fault(message, column, what)


def _goes_round(start: Hashable, following: Mapping[Any, Any]) -> bool:
    """Whether one comes back to where one began by following."""
    at, steps = following.get(start), 0
    while at is not None and at != start and steps <= len(following):
        at, steps = following.get(at), steps + 1
    return at == start


def _doubts(folder: Folder) -> Iterator[Doubt]:
    for row in folder["qualifications"]:
        for breach in _breaches("qualifications", row):  # the broken ones were refused before
            yield Doubt("naming", breach.sentence, row.file, row.number)
        yield from _number_doubts(row)
        named = codes.level_in_title(row["title"])
        level = codes.parse_level(row["level"])
        if named and level and named[0] != level[0]:
            yield Doubt(
                "level-title",
                f"The title says {codes.level_words(named)}, the level {codes.level_words(level)}.",
                row.file,
                row.number,
            )
    for row in folder["units"]:
        if row["reference"]:
            reference = codes.parse_unit_reference(row["reference"])
            if reference is None or not reference.check_holds:
                yield Doubt(
                    "unit-reference",
                    f"The unit reference {row['reference']} fails its check letter.",
                    row.file,
                    row.number,
                )
    for name in KEYS:
        seen = Counter(tuple(r[c] for c in KEYS[name]) for r in folder[name])
        for key, times in seen.items():
            if times > 1:
                yield Doubt("repeated-row", f"{' '.join(key)} stands {times} times with the same content.", name)


def _number_doubts(row: Row) -> Iterator[Doubt]:
    if not row["number"]:
        return
    number = codes.parse_qan(row["number"])
    if number is None:
        yield Doubt(
            "number-shape",
            f"{row['number']} is not shaped like a qualification number; kept as an alias.",
            row.file,
            row.number,
        )
    elif not number.check_holds:
        yield Doubt(
            "number-check",
            f"{row['number']} fails its check character; loaded all the same.",
            row.file,
            row.number,
        )
