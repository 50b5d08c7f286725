"""How a statistical table is cut: which of its rows are shown or added up, so that no total counts with its parts.

A filter that is not asked for stands at its total where the table prints one, and is added up where it does not; the
notes of a cut say which. Without a period the latest is meant; without an area, all that the table is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from iqf.catalogue.queries import NotFoundError
from iqf.indicators import measures
from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.indicators.words import period_words
from iqf.reports.standards_taken import COLUMNS as STANDARD_COLUMNS
from iqf.reports.standards_taken import Linked, key, leads_to

if TYPE_CHECKING:
    from ibis.expr.types import Table

LINKED: Final[tuple[Linked, ...]] = ("role", "cluster")
"""What a table by standard can be cut by besides its own columns."""
LEVEL: Final = "geographic_level"
AREAS: Final = {
    "country": (("National",), "country_code", "country_name"),
    "region": (("Regional",), "region_code", "region_name"),
    "authority": (("Local authority", "Local authority district"), "new_la_code", "la_name"),
}
"""What an area may be: its levels as tables print them, and the columns of its code and name."""
DISTRICTS: Final = ("Local authority district", "lad_code", "lad_name")
"""How a table prints authorities that it calls districts."""
PARTS_OF_LONDON: Final = ("E13000001", "E13000002")
"""Printed beside London as if they were regions; London holds them already."""
LONDON: Final = ("E12000007", "London")


@dataclass(frozen=True)
class Cut:
    """The rows that answer, the columns they are grouped by, and in words what was done to get there.

    `areas`: the columns of an area's code and name, where the cut is by area. `period`: the one that is shown.
    `measure`: in a long table, the one measure that the conditions name.
    """

    table: "Table"
    columns: tuple[str, ...]
    areas: tuple[str, str] | None
    period: str
    notes: tuple[str, ...]
    measure: str = ""


def cut(held: HeldTable, by: Sequence[str] = (), where: Mapping[str, Sequence[str]] | None = None) -> Cut:
    """A table cut by columns, by `period`, by an area (`country`, `region`, `authority`), or, where it has standards,
    by the `role` or `cluster` that they lead into; where conditions hold.

    Raises NotFoundError for a column or a value that the table does not have.
    """
    where = {column_named(held, name).name: values for name, values in (where or {}).items()}
    level = next((name for name in by if name in AREAS), None)
    linked: list[Linked] = [name for name in LINKED if name in by and not _has(held, name)]
    columns = tuple(column_named(held, name).name for name in by if name not in AREAS and name not in linked)
    rows = _where(measures.parquet(held.path), where)
    rows, tied = _tied(held, rows, linked)
    asked = {*columns, *where, *([standards_column(held)] if linked else [])}
    rows, period, notes = _of_one_period(held, rows, asked)
    rows, said, areas = _of_one_level(rows, level, asked)
    rows, kept, added = _at_totals(held, rows, columns, asked)
    notes = (*notes, *tied, *said, *added)
    named = where.get(held.named_by, ())
    measure = named[0] if len(named) == 1 else ""
    return Cut(rows, (*(areas or ()), *linked, *columns, *kept), areas, period, notes, measure)


def _has(held: HeldTable, name: str) -> bool:
    return any(c.name == name for c in held.of_kind("time", "place", "filter"))


def standards_column(held: HeldTable) -> str:
    """The column of a table that holds titles of standards. Raises NotFoundError where there is none."""
    found = [c.name for c in held.filters if c.name in STANDARD_COLUMNS]
    if not found:
        raise NotFoundError(f"{held.dataset} does not say to which role or cluster what it counts belongs.")
    return found[0]


def _tied(held: HeldTable, rows: "Table", linked: Sequence[Linked]) -> tuple["Table", tuple[str, ...]]:
    """The rows of standards that lead into a role or cluster, once for each that they lead into."""
    if not linked:
        return rows, ()
    column = standards_column(held)
    titles = values_of(rows, column)
    notes: list[str] = []
    for kind in linked:
        into = leads_to(kind)
        pairs = [(title, name) for title in titles for name in into.get(key(title), ())]
        known = len({title for title, _ in pairs})
        notes.append(
            f"{known} of {len(titles)} standards lead into a {kind} here by official lists; others are left out, "
            f"and one that leads into several counts in each."
        )
        rows = measures.tied(rows, column, pairs, kind)
    return rows, tuple(notes)


def column_named(held: HeldTable, name: str) -> HeldColumn:
    """A column of time, place or filter by its name or label, or `period`. Raises NotFoundError."""
    offered = held.of_kind("time", "place", "filter")
    if name == "period" and held.of_kind("time"):
        return held.of_kind("time")[0]
    asked = name.casefold()
    for column in offered:
        if asked in (column.name.casefold(), column.label.casefold()):
            return column
    names = ", ".join(c.name for c in offered)
    raise NotFoundError(f'{held.dataset} has no column "{name}" to cut it by; it has {names}.')


def conditions_said(held: HeldTable, where: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """What a cut is narrowed to, as the file calls it: label and value; the period is said elsewhere."""
    named = [(column_named(held, name), values) for name, values in where.items()]
    return tuple((c.label, value) for c, values in named if c.kind != "time" for value in values)


def indicators_named(held: HeldTable, names: Sequence[str]) -> tuple[HeldColumn, ...]:
    """The indicators asked for by name or label, all of them if none is. Raises NotFoundError."""
    found = []
    for name in names:
        same = [i for i in held.indicators if name.casefold() in (i.name.casefold(), i.label.casefold())]
        if not same:
            offered = ", ".join(i.name for i in held.indicators)
            raise NotFoundError(f'{held.dataset} has no indicator "{name}"; it has {offered}.')
        found += same
    return tuple(found) or held.indicators


def values_of(rows: "Table", column: str) -> list[str]:
    """The different values of a column, in order; blanks left out."""
    found = measures.answer(rows.select(column).distinct())
    return sorted(row[column] for row in found if row[column] is not None)


def _where(rows: "Table", where: Mapping[str, Sequence[str]]) -> "Table":
    for column, values in where.items():
        held = values_of(rows, column)
        for value in values:
            if value not in held:
                some = ", ".join(held[:8]) + (" …" if len(held) > 8 else "")
                raise NotFoundError(f'No row here has "{value}" in {column}; there is {some or "nothing"}.')
    return measures.chosen(rows, where)


def _of_one_period(held: HeldTable, rows: "Table", asked: set[str]) -> tuple["Table", str, tuple[str, ...]]:
    """Without a word about time, the latest period: periods are never added up."""
    times = held.of_kind("time")
    if not times or times[0].name in asked:
        return rows, "", ()
    time = times[0].name
    periods = values_of(rows, time)
    if not periods:
        return rows, "", ()
    latest = periods[-1]
    note = (f"Of {period_words(latest)}, the latest of {len(periods)} periods.",) if len(periods) > 1 else ()
    return measures.chosen(rows, {time: [latest]}), latest, note


def _of_one_level(
    rows: "Table", level: str | None, asked: set[str]
) -> tuple["Table", tuple[str, ...], tuple[str, str] | None]:
    """Areas of one kind: a country and its regions are never added up with each other."""
    if level is None:
        return *_whole(rows, asked), None
    if LEVEL not in rows.columns:
        raise NotFoundError(f"The table has no areas, so it cannot be cut by {level}.")
    found = values_of(rows, LEVEL)
    printed, code, name = _columns(level, found)
    if code not in rows.columns:
        raise NotFoundError(f"The table has no areas, so it cannot be cut by {level}.")
    if any(one in found for one in printed):
        rows = measures.chosen(rows, {LEVEL: list(printed)})
        return rows.filter(~rows[code].isin(PARTS_OF_LONDON)), (), (code, name)
    below = AREAS["authority"][0]
    if level == "region" and any(one in found for one in below):
        rows = measures.chosen(rows, {LEVEL: list(below)})
        note = "Regions are not printed: their authorities are added up."
        return _london_whole(rows), (note,), (code, name)
    raise NotFoundError(f"The table prints {', '.join(found) or 'no areas'}, so it cannot be cut by {level}.")


def _columns(level: str, found: Sequence[str]) -> tuple[tuple[str, ...], str, str]:
    """How a table prints areas of a kind: its levels, and the columns of their codes and names."""
    printed, code, name = AREAS[level]
    if level == "authority" and "Local authority" not in found and DISTRICTS[0] in found:
        return (DISTRICTS[0],), DISTRICTS[1], DISTRICTS[2]
    return printed, code, name


def _london_whole(rows: "Table") -> "Table":
    """Authorities that stand under Inner or Outer London put under London."""
    part = rows.region_code.isin(PARTS_OF_LONDON)
    return rows.mutate(
        region_code=part.ifelse(LONDON[0], rows.region_code), region_name=part.ifelse(LONDON[1], rows.region_name)
    )


def _whole(rows: "Table", asked: set[str]) -> tuple["Table", tuple[str, ...]]:
    if LEVEL not in rows.columns or LEVEL in asked or any(code in asked for _, code, _ in AREAS.values()):
        return rows, ()
    found = values_of(rows, LEVEL)
    if len(found) < 2:
        note = (f"Added up over all areas of the level {found[0]}.",) if found and found[0] != "National" else ()
        return rows, note
    order = [one for printed, _, _ in AREAS.values() for one in printed]
    coarsest = min(found, key=lambda one: order.index(one) if one in order else len(order))
    note = () if coarsest == "National" else (f"Added up over all areas of the level {coarsest}.",)
    rows = measures.chosen(rows, {LEVEL: [coarsest]})
    code = next((code for printed, code, _ in AREAS.values() if coarsest in printed), "")
    return (rows.filter(~rows[code].isin(PARTS_OF_LONDON)) if code == "region_code" else rows), note


def _at_totals(
    held: HeldTable, rows: "Table", columns: Sequence[str], asked: set[str]
) -> tuple["Table", tuple[str, ...], tuple[str, ...]]:
    """Each filter at its total, or without it where it is cut by; what only names the number is never added up."""
    kept, added = [], []
    for column in held.filters:
        if column.name in columns and column.total:
            rows = rows.filter(rows[column.name] != column.total)
        if column.name in asked:
            continue
        if column.total:
            rows = measures.chosen(rows, {column.name: [column.total]})
        elif column.name == held.named_by:
            kept.append(column.name)
        elif len(values := values_of(rows, column.name)) > 1:
            # Its values hold each other, as "Apprenticeships: Total" holds its levels: adding up would count twice.
            if any("total" in value.casefold() for value in values):
                kept.append(column.name)
            else:
                added.append(column.label)
    notes = (f"Added up over {', '.join(added)}: no total is printed.",) if added else ()
    return rows, tuple(kept), notes
