"""How many take it up, by whatever a statistical table can be cut by? Counts, shares with limits, bounds if hidden.

Nothing that is suppressed is shown, added up or counted as 0: such a row has its symbol, and bounds where the table's
own rule of protection allows any. Tables that count different things, or in different places, are never put together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

from iqf.analysis.limits import Limits, of_share
from iqf.indicators import measures
from iqf.indicators.queries import HeldColumn, HeldTable, dataset
from iqf.indicators.standard import LEVEL_COLUMNS, TIME
from iqf.indicators.words import COUNTING, LOCATIONS
from iqf.reports.area_numbers import chosen_period, identifier_of
from iqf.reports.assessable import NotAssessable
from iqf.reports.cutting import (
    LINKED,
    Cut,
    column_named,
    conditions_said,
    cut,
    indicators_named,
    kinds_of_others,
    nested,
    own_conditions,
)
from iqf.reports.figures import asked_at, citation

ONCE: Final = ("learners", "people", "workers")
"""What is counted once for each person, so that a share has limits of chance."""
CALLED: Final = {
    "time_period": "Period",
    "country_name": "Country",
    "region_name": "Region",
    "la_name": "Local authority",
    "lad_name": "District",
}
"""Columns of the standard, as people call them."""
SUMMED: Final = (*ONCE, "full-time equivalents", "starts", "achievements", "aims", "enrolments")
"""What may be added up."""


@dataclass(frozen=True)
class TakeUpRow:
    """One group: its value, or the symbol that stands instead of it; the share it is of its whole, with 95 % limits.

    `by`: the columns of the cut and their values. `whole` None: a part of it is not published, and no total is.
    `limits` None where the table counts things that one person may have several of.
    """

    by: Mapping[str, str]
    indicator: str
    label: str
    unit: str
    counting: str
    value: float | None
    symbol: str
    cells: int
    missing: int
    at_least: float | None
    at_most: float | None
    whole: float | None
    share: float | None
    limits: Limits | None


@dataclass(frozen=True)
class TakeUpAnswer:
    """A table cut: what it is, what it counts and where, the rows, and in words how they were come by.

    `narrowed_to`: label and value of what only counts. `level`: the geographic level of its rows, blank where they
    are of a part of the country or of no place of the standard. `labels`: what the columns of the cut are called.
    `address`: the permanent one of this very question.
    `not_assessable`: why the table does not allow what was asked; then there are no rows, and `would_settle_it` says
    what would. Both blank where it does.
    """

    dataset: str
    title: str
    version: str
    source: str
    counting: str
    counting_words: str
    location_basis: str
    location_words: str
    by: tuple[str, ...]
    labels: Mapping[str, str]
    definition: str
    period: str
    notes: tuple[str, ...]
    rows: tuple[TakeUpRow, ...]
    narrowed_to: tuple[tuple[str, str], ...] = ()
    time_identifier: str = ""
    level: str = ""
    address: str = ""
    citation: str = ""
    not_assessable: str = ""
    would_settle_it: str = ""


def takeup(
    code: str,
    by: Sequence[str] = (),
    where: Mapping[str, Sequence[str]] | None = None,
    indicators: Sequence[str] = (),
    version: str | None = None,
) -> TakeUpAnswer:
    """A data set cut by columns (`period`, `region`, `authority`, `country`, or its own), where conditions hold.

    What the table does not allow is answered as not assessable. Raises NotFoundError for a data set, column, value
    or indicator that is not there.
    """
    held = dataset(code, version)
    try:
        asked = cut(held, by, where)
    except NotAssessable as lacking:
        return replace(
            _answer(held, tuple(by)), not_assessable=lacking.reason, would_settle_it=lacking.would_settle_it
        )
    rows: list[TakeUpRow] = []
    for indicator in indicators_named(held, indicators):
        rows += sorted(_rows(held, asked, indicator), key=lambda row: tuple(row.by.values()))
    where = where or {}
    notes = (*asked.notes, *_rule_note(held, rows))
    return replace(
        _answer(held, asked.columns, chosen_period(held, where, asked), notes, tuple(rows)),
        narrowed_to=conditions_said(held, where),
        time_identifier=identifier_of(held, asked),
        level=_level(held, asked, where),
        address=_address(held, asked, by, where, indicators),
    )


def _answer(
    held: HeldTable,
    by: tuple[str, ...],
    period: str = "",
    notes: tuple[str, ...] = (),
    rows: tuple[TakeUpRow, ...] = (),
) -> TakeUpAnswer:
    return TakeUpAnswer(
        dataset=held.dataset,
        title=held.title,
        version=held.version,
        source=held.source,
        counting=held.counting,
        counting_words=COUNTING[held.counting],
        location_basis=held.location_basis,
        location_words=LOCATIONS[held.location_basis],
        by=by,
        labels={c: _called(held, c) for c in by},
        definition=held.definition,
        period=period,
        notes=notes,
        rows=rows,
        citation=citation(held),
    )


def _named(held: HeldTable, where: Mapping[str, Sequence[str]]) -> bool:
    return any(column_named(held, name).name == TIME[0] for name in own_conditions(held, where))


def _level(held: HeldTable, asked: Cut, where: Mapping[str, Sequence[str]]) -> str:
    """The geographic level of the rows of a cut, where they are of whole places of one level."""
    places = {c.name for c in held.of_kind("place")}
    chosen = {column_named(held, name).name for name in own_conditions(held, where)}
    if asked.areas:
        levels = {columns: level for level, columns in LEVEL_COLUMNS.items()}
        other = (places - set(asked.areas)) & set(asked.columns)
        return "" if other or chosen & places - set(asked.areas) else levels.get(asked.areas, "")
    whole = "National" in held.levels or held.location_basis == "none"
    return "" if not whole or places & ({*asked.columns} | chosen) else "National"


def _rule_note(held: HeldTable, rows: Sequence[TakeUpRow]) -> tuple[str, ...]:
    """The table's own rule of what it hides, where bounds rest on it."""
    if held.low_below is None or not any(row.at_most is not None for row in rows):
        return ()
    rounded = f" Printed numbers are rounded to {held.rounded_to}." if held.rounded_to else ""
    return (f"The table prints low for fewer than {held.low_below}; bounds rest on that.{rounded}",)


def _address(
    held: HeldTable, asked: Cut, by: Sequence[str], where: Mapping[str, Sequence[str]], indicators: Sequence[str]
) -> str:
    """The permanent address of a cut: with the version, and with the period where the latest was meant."""
    pairs = [("by", name) for name in by]
    pairs += [("where", f"{column}={value}") for column, values in where.items() for value in values]
    pairs += [("where", f"period={asked.period}")] if asked.period and not _named(held, where) else []
    pairs += [("indicator", name) for name in indicators]
    return asked_at(f"/takeup/{quote(held.dataset)}/{held.version}", pairs)


def _called(held: HeldTable, column: str) -> str:
    """What a column is called: by people where it is of the standard, else by the file's own label."""
    if column in CALLED:
        return CALLED[column]
    return next((c.label for c in held.columns if c.name == column), column.capitalize())


def counted(held: HeldTable, indicator: HeldColumn) -> str:
    """What an indicator counts: its own word; its table's where no indicator has one; `other` for rates and averages,
    which are never added up.
    """
    if indicator.unit or "average" in indicator.label.casefold():
        return "other"
    if any(each.counting for each in held.indicators):
        return indicator.counting or "other"
    return held.counting


def _rows(held: HeldTable, asked: Cut, indicator: HeldColumn) -> list[TakeUpRow]:
    """The groups of one indicator. Rates and averages are shown where a group is one printed cell, never added up."""
    counting = counted(held, indicator)
    rule = measures.bounds(base=held.rounded_to, low_below=held.low_below)
    sums = measures.added(asked.table, asked.columns, indicator.name, rule)
    held_twice = {c for c in asked.columns if nested(held, asked.table, c)}
    within = [c for c in asked.columns if c in _apart(held) | held_twice]
    found = measures.answer(measures.shares(sums, within))
    rows = [_row(asked, indicator, _counting(held, asked, counting, row), row) for row in found]
    if held.protection:
        rows = [_unsummed(row, held.protection.rule.base or 0) for row in rows]
    # What counts in several roles or clusters makes no whole, nor do values that hold each other, or their kinds.
    twice = held_twice | kinds_of_others(held) & {*asked.columns}
    several = any(c in LINKED for c in asked.columns) or (bool(twice) and set(within) == {*asked.columns})
    return [replace(row, whole=None, share=None, limits=None) for row in rows] if several else rows


def _unsummed(row: TakeUpRow, base: int) -> TakeUpRow:
    """A row of a protected table: rounded cells are never added up, to a value or to a whole; bounds instead."""
    row = replace(row, whole=None, share=None, limits=None)
    if row.cells <= 1:
        return row
    known = row.at_least if row.value is None else row.value
    off = base / 2 * (row.cells - row.missing)
    least = None if known is None else max(0.0, known - off)
    most = None if row.value is None else row.value + off
    return replace(row, value=None, symbol=row.symbol or "x", at_least=least, at_most=most)


def _counting(held: HeldTable, asked: Cut, counting: str, row: Mapping[str, Any]) -> str:
    """What a row counts: in a long table the name of its measure says, where that is a word for it."""
    named = str(row.get(held.named_by) or asked.measure).casefold()
    return named if held.named_by and named in COUNTING else counting


def _apart(held: HeldTable) -> set[str]:
    """Columns whose values are never parts of one whole: periods, names of what is counted, kinds of other values."""
    return {c.name for c in held.of_kind("time")} | {held.named_by} | kinds_of_others(held)


def _row(asked: Cut, indicator: HeldColumn, counting: str, row: Mapping[str, Any]) -> TakeUpRow:
    adds_up = counting in SUMMED
    single = row["cells"] <= 1
    shown = adds_up or single
    value, whole = (row["total"] if shown else None), (row["whole"] if adds_up else None)
    share = row["share"] if adds_up and whole else None
    once = counting in ONCE and share is not None and value is not None and whole is not None and whole >= value >= 0
    return TakeUpRow(
        by={c: row[c] or "" for c in asked.columns},
        indicator=indicator.name,
        label=indicator.label,
        unit=indicator.unit,
        counting=counting,
        value=value,
        symbol=(row["symbol"] or "") if shown else measures.NOT_APPLICABLE,
        cells=row["cells"],
        missing=row["missing"],
        at_least=row["at_least"] if adds_up and value is None else None,
        at_most=row["at_most"] if adds_up and value is None else None,
        whole=whole,
        share=share,
        limits=of_share(value, whole) if once else None,  # type: ignore[arg-type]
    )
