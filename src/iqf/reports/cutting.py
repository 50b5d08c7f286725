"""How a statistical table is cut: which of its rows are shown or added up, so that no total counts with its parts.

A filter that is not asked for stands at its total where the table prints one, and is added up where it does not; the
notes of a cut say which. Without a period the latest whole year is meant; without an area, all that the table is
about.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from iqf.catalogue.queries import NotFoundError
from iqf.indicators import measures
from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.indicators.standard import PARTS_OF_YEARS, TIME, period_words
from iqf.indicators.subjects import Kind, column_of, only_such
from iqf.reports.aims_taken import qualifications_of
from iqf.reports.assessable import no_area, not_counted_by, not_linked, nothing_leads
from iqf.reports.standards_taken import cluster_called, key, leads_to

if TYPE_CHECKING:
    from ibis.expr.types import Table

Linked = Literal["role", "cluster", "qualification"]
LINKED: Final[dict[Linked, Kind]] = {"role": "standard", "cluster": "standard", "qualification": "aim"}
"""What a table can be cut by besides its own columns, and what it must count for that."""
LEVEL: Final = "geographic_level"
PERIOD, IDENTIFIER = TIME
AREAS: Final = {
    "country": (("National",), "country_code", "country_name"),
    "region": (("Regional",), "region_code", "region_name"),
    "authority": (("Local authority", "Local authority district"), "new_la_code", "la_name"),
}
"""What an area may be: its levels as tables print them, and the columns of its code and name."""
DISTRICTS: Final = ("Local authority district", "lad_code", "lad_name")
"""How a table prints authorities that it calls districts."""
LEVEL_WORDS: Final = {"National": "the country", "Regional": "regions", "Provider": "providers"}
PARTS_OF_LONDON: Final = ("E13000001", "E13000002")
"""Printed beside London as if they were regions; London holds them already."""
MOST_NESTED: Final = 60
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
    by the `role` or `cluster` that they lead into, or, where it has aims, by `qualification`; where conditions hold,
    which may name a role, cluster or qualification too: then what leads there counts, each once.

    Raises NotFoundError for a column or a value that the table does not have; NotAssessable where it does not count
    by what people, areas, roles or qualifications are counted by.
    """
    leading = {name: values for name, values in (where or {}).items() if leads(held, name)}
    where = {column_named(held, n).name: values for n, values in own_conditions(held, where or {}).items()}
    level = next((name for name in by if name in AREAS), None)
    linked: list[Linked] = [name for name in LINKED if name in by and not _has(held, name)]
    columns = tuple(column_named(held, name).name for name in by if name not in AREAS and name not in linked)
    rows = _where(measures.parquet(held.path), where)
    rows, narrowed = _leading(held, rows, leading)
    rows, tied = _tied(held, rows, linked)
    columns += tuple(c.name for c in held.of_kind("time") if len(where.get(c.name, ())) > 1 and c.name not in columns)
    asked = {*columns, *where, *(linked_column(held, into) for into in (*linked, *leading))}  # type: ignore[arg-type]
    rows, period, notes = _of_one_period(held, rows, columns, asked)
    rows, said, areas = _of_one_level(held, rows, level, asked)
    rows, kept, added = _at_totals(held, rows, columns, asked)
    notes = (*notes, *narrowed, *tied, *said, *added)
    named = where.get(held.named_by, ())
    measure = named[0] if len(named) == 1 else ""
    return Cut(rows, (*(areas or ()), *linked, *columns, *kept), areas, period, notes, measure)


def leads(held: HeldTable, name: str) -> bool:
    """Whether a condition is on what the rows of a table lead into, and not on a column of its own."""
    return name in LINKED and not _has(held, name)


def own_conditions(held: HeldTable, where: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """The conditions on columns of the table itself."""
    return {name: values for name, values in where.items() if not leads(held, name)}


def _has(held: HeldTable, name: str) -> bool:
    return any(c.name == name for c in held.of_kind("time", "place", "filter"))


def linked_column(held: HeldTable, into: Linked) -> str:
    """The column of a table whose values lead into roles, clusters or qualifications. Raises NotFoundError."""
    found = column_of(held.columns, LINKED[into])
    if found is None:
        raise not_linked(held, into, LINKED[into])
    return found.name


def _tied(held: HeldTable, rows: "Table", linked: Sequence[Linked]) -> tuple["Table", tuple[str, ...]]:
    """The rows of what leads into a role, cluster or qualification, once for each that it leads into."""
    notes: list[str] = []
    for into in linked:
        of = LINKED[into]
        column = linked_column(held, into)
        rows = measures.chosen(rows, only_such(held.columns, of))
        total = next(c.total for c in held.columns if c.name == column)
        values = [value for value in values_of(rows, column) if not total or value != total]
        pairs = _pairs(into, values)
        known = len({value for value, _ in pairs})
        notes.append(
            f"{known} of {len(values)} {of}s lead into a {into} here by {_HOW[of]}; others are left out, "
            f"and one that leads into several counts in each."
        )
        rows = measures.tied(rows, column, pairs, into)
    return rows, tuple(notes)


def _leading(held: HeldTable, rows: "Table", where: Mapping[str, Sequence[str]]) -> tuple["Table", tuple[str, ...]]:
    """The rows of what leads into any of these roles, clusters or qualifications, each row once."""
    notes: list[str] = []
    for into, given in where.items():
        names = [cluster_called(name) for name in given] if into == "cluster" else list(given)
        of = LINKED[into]  # type: ignore[index]
        column = linked_column(held, into)  # type: ignore[arg-type]
        rows = measures.chosen(rows, only_such(held.columns, of))
        total = next(c.total for c in held.columns if c.name == column)
        values = [value for value in values_of(rows, column) if not total or value != total]
        fit = sorted({value for value, name in _pairs(into, values) if name in names})  # type: ignore[arg-type]
        if not fit:
            raise nothing_leads(held, into, of, names)
        notes.append(
            f"{len(fit)} of {len(values)} {of}s lead into {' or '.join(names)} here by {_HOW[of]}; "
            "whatever else its people learn is not in it."
        )
        rows = measures.chosen(rows, {column: fit})
    return rows, tuple(notes)


_HOW: Final = {"standard": "official lists, or because somebody decided it", "aim": "number, or by what was decided"}


def _pairs(into: Linked, values: Sequence[str]) -> list[tuple[str, str]]:
    """Each value of a table with each thing that it leads into."""
    if into == "qualification":
        found = qualifications_of(values)
        return [(value, f"{one.code} {one.title}") for value in values for one in found.get(value, ())]
    leads = leads_to(into)
    return [(value, name) for value in values for name in leads.get(key(value), ())]


def column_named(held: HeldTable, name: str) -> HeldColumn:
    """A column of time, place or filter by its name or label, or `period`. Raises NotFoundError."""
    offered = held.of_kind("time", "place", "filter")
    if name == "period" and held.of_kind("time"):
        return held.of_kind("time")[0]
    asked = name.casefold()
    for column in offered:
        if asked in (column.name.casefold(), column.label.casefold()):
            return column
    if (lacking := not_counted_by(held, name)) is not None:
        raise lacking
    names = ", ".join(c.name for c in offered)
    raise NotFoundError(f'{held.dataset} has no column "{name}" to cut it by; it has {names}.')


def conditions_said(held: HeldTable, where: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """What a cut is narrowed to, as the file calls it: label and value; the period is said elsewhere."""
    named = [(column_named(held, name), values) for name, values in own_conditions(held, where).items()]
    own = [(c.label, value) for c, values in named if c.kind != "time" for value in values]
    into = [(name.capitalize(), value) for name, values in where.items() if leads(held, name) for value in values]
    return (*own, *into)


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


def _of_one_period(
    held: HeldTable, rows: "Table", columns: Sequence[str], asked: set[str]
) -> tuple["Table", str, tuple[str, ...]]:
    """Unless the cut is by time, the latest whole year: periods are never added up."""
    times = held.of_kind("time")
    rows, said = _parts_apart(rows, asked)
    if not times or any(c.name in columns for c in times if c.name != IDENTIFIER):
        return rows, "", said
    time = times[0].name
    periods = values_of(rows, time)
    if not periods:
        return rows, "", said
    latest = periods[-1]
    note = (f"Of {period_words(latest)}, the latest of {len(periods)} periods.",) if len(periods) > 1 else ()
    return measures.chosen(rows, {time: [latest]}), latest, (*note, *said)


def _parts_apart(rows: "Table", asked: set[str]) -> tuple["Table", tuple[str, ...]]:
    """A part of a year stands apart from whole years; alone, or asked for, it is called what it is."""
    found = measures.answer(rows.select(*TIME).distinct()) if set(TIME) <= set(rows.columns) else []
    parts = [row for row in found if row[IDENTIFIER] in PARTS_OF_YEARS]
    if not parts:
        return rows, ()
    said = ", ".join(sorted(period_words(row[PERIOD] or "", row[IDENTIFIER]) for row in parts))
    if len(parts) == len(found) or IDENTIFIER in asked:
        return rows, (f"{said}: not to be compared with a whole year.",)
    whole = rows.filter(~rows[IDENTIFIER].isin([row[IDENTIFIER] for row in parts]))
    identifiers = ", ".join(sorted({f"{IDENTIFIER}={row[IDENTIFIER]}" for row in parts}))
    return whole, (f"{said} stands apart from whole years; it is answered by itself where {identifiers}.",)


def _of_one_level(
    held: HeldTable, rows: "Table", level: str | None, asked: set[str]
) -> tuple["Table", tuple[str, ...], tuple[str, str] | None]:
    """Areas of one kind: a country and its regions are never added up with each other."""
    if level is None:
        return *_whole(rows, asked), None
    found = values_of(rows, LEVEL) if LEVEL in rows.columns else []
    printed, code, name = _columns(level, found)
    held_as = ", ".join(LEVEL_WORDS.get(one, one.lower()) for one in found)
    if code not in rows.columns:
        raise no_area(held, level, held_as)
    if any(one in found for one in printed):
        rows = measures.chosen(rows, {LEVEL: list(printed)})
        return rows.filter(~rows[code].isin(PARTS_OF_LONDON)), (), (code, name)
    below = AREAS["authority"][0]
    if level == "region" and any(one in found for one in below):
        rows = measures.chosen(rows, {LEVEL: list(below)})
        note = "Regions are not printed: their authorities are added up."
        return _london_whole(rows), (note,), (code, name)
    raise no_area(held, level, held_as)


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


def nested(held: HeldTable, rows: "Table", column: str) -> bool:
    """Whether a filter of a table has values that hold each other, so that they are no parts of one whole."""
    found = any(c.name == column and not c.group for c in held.filters)
    return found and holds_each_other(values_of(rows, column))


def holds_each_other(values: Sequence[str]) -> bool:
    """Whether some of a filter's values count the same people: "Apprenticeships: Total" those of its levels, "ESOL"
    those of "ESOL Level 1", "Sex - Female" those of "Age - 25+".

    What has more values than a reader could look through is taken for a plain list, such as one of titles.
    """
    if any("total" in value.casefold() for value in values):
        return True
    if len(values) > MOST_NESTED:
        return False
    words = {tuple(value.casefold().split()) for value in values}
    kinds = Counter(value.partition(" - ")[0] for value in values if " - " in value)
    side_by_side = len(kinds) > 1 and kinds.total() == len(values) and min(kinds.values()) > 1
    return side_by_side or any(each[:n] in words for each in words for n in range(1, len(each)))


def kinds_of_others(held: HeldTable) -> frozenset[str]:
    """The filters that only say of which kind the values of another filter are (EES: its grouping column)."""
    return frozenset(c.group for c in held.filters if c.group)


def _at_total(rows: "Table", column: HeldColumn, asked: Sequence[HeldColumn]) -> "Table":
    """The rows of a filter's total. Of the groups of a filter that is asked for, what is in them stays."""
    inside = next((c for c in asked if c.group == column.name and c.total), None)
    whole = rows[column.name] == column.total
    return rows.filter(whole if inside is None else whole | (rows[inside.name] != inside.total))


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
            rows = _at_total(rows, column, [c for c in held.filters if c.name in asked])
        elif column.name == held.named_by or column.name in kinds_of_others(held):
            kept.append(column.name)
        elif len(values := values_of(rows, column.name)) > 1:
            # Adding up would count twice.
            if holds_each_other(values):
                kept.append(column.name)
            else:
                added.append(column.label)
    notes = (f"Added up over {', '.join(added)}: no total is printed.",) if added else ()
    return rows, tuple(kept), notes
