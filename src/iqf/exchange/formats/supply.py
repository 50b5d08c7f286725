"""Take-up and supply in their JSON shapes, and as tables: numbers unrounded, a symbol where there is no number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from iqf.evidence.models import Contradiction
from iqf.exchange.formats.plain import plain

if TYPE_CHECKING:
    from iqf.analysis.limits import Limits
    from iqf.analysis.supply import Ratio
    from iqf.reports.supply import SupplyAnswer, SupplyRow
    from iqf.reports.supply_demand import Demand
    from iqf.reports.supply_documents import ListedCourses
    from iqf.reports.takeup import TakeUpAnswer, TakeUpRow

AREA_NAMES: Final = ("country_name", "region_name", "la_name")
AREA_CODES: Final = ("country_code", "region_code", "new_la_code")
MEASURED: Final = (
    "indicator",
    "label",
    "unit",
    "counting",
    "value",
    "symbol",
    "at_least",
    "at_most",
    "share",
    "share_low",
    "share_high",
    "cells",
    "missing",
)
SUPPLY_COLUMNS: Final = (
    "area",
    "area_code",
    "learners",
    "share",
    "base",
    "base_share",
    "lq",
    "lq_low",
    "lq_high",
    "spr",
    "spr_low",
    "spr_high",
    "stands_out",
    "shortfall_reallocated",
    "shortfall_added",
    "expected",
    "demand",
    "evidence",
    "grade",
    "reason",
    "would_settle_it",
)


def takeup(answer: TakeUpAnswer) -> dict[str, Any]:
    """A table cut: what it is, and its rows."""
    keys = ("dataset", "title", "version", "source", "counting", "location_basis", "period", "notes")
    lasting = {
        key: plain(getattr(answer, key)) for key in ("definition", "labels", "narrowed_to", "address", "citation")
    }
    open_ = {key: getattr(answer, key) or None for key in ("not_assessable", "would_settle_it")}
    words = {"counting_words": answer.counting_words, "location_words": answer.location_words}
    head = {key: plain(getattr(answer, key)) for key in keys}
    return {
        **head,
        **lasting,
        **words,
        **open_,
        "by": list(answer.by),
        "rows": [_takeup_row(row) for row in answer.rows],
    }


def _takeup_row(row: TakeUpRow) -> dict[str, Any]:
    cells = {_area_word(name): value for name, value in row.by.items()}
    low, high = _limits(row.limits)
    measured = {name: getattr(row, name) for name in MEASURED if hasattr(row, name)}
    return {**cells, **measured, "symbol": row.symbol or None, "share_low": low, "share_high": high}


def _area_word(column: str) -> str:
    if column in AREA_NAMES:
        return "area"
    return "area_code" if column in AREA_CODES else column


def _limits(limits: Limits | None) -> tuple[float | None, float | None]:
    return (limits.low, limits.high) if limits else (None, None)


def takeup_table(answer: TakeUpAnswer) -> tuple[Sequence[str], list[list[Any]]]:
    """The rows as a table: the columns of the cut, then what was measured. A symbol stands in place of its number."""
    by = [_area_word(name) for name in answer.by]
    rows = []
    for row in answer.rows:
        cells = _takeup_row(row)
        cells["value"] = row.symbol if row.value is None else row.value
        rows.append([cells[name] for name in (*by, *MEASURED)])
    return (*by, *MEASURED), rows


def supply(answer: SupplyAnswer) -> dict[str, Any]:
    """Areas compared, in their order, with what the comparison rests on."""
    left = ("rows", "said", "contradictions", "spread", "courses", "demand")
    head = {name: plain(getattr(answer, name)) for name in answer.__dataclass_fields__ if name not in left}
    return {
        **head,
        "overdispersion": plain(answer.spread),
        "demand": _demand(answer.demand),
        "listed_courses": _courses(answer.courses),
        "rows": [supply_cells(row) for row in answer.rows],
        "sources": [{"source": s.source, "title": s.title, "locator": s.locator} for s in answer.said],
        "disagreements": disagreements(answer.contradictions),
    }


def disagreements(found: Iterable[Contradiction]) -> list[dict[str, str]]:
    """Where documents contradict themselves, and how the data handle it."""
    return [{"topic": c.topic, "a": c.statement_a, "b": c.statement_b, "handling": c.handling} for c in found]


def _demand(found: Demand | None) -> dict[str, Any] | None:
    names = ("dataset", "version", "indicator", "label", "period", "whole", "note")
    return {name: getattr(found, name) for name in names} if found else None


def _courses(found: ListedCourses | None) -> dict[str, Any] | None:
    if found is None:
        return None
    low, high = _limits(found.limits)
    head = {name: getattr(found, name) for name in ("listed", "with_learners", "share", "printed", "period")}
    return {**head, "share_low": low, "share_high": high, "which": None}


def supply_table(answer: SupplyAnswer) -> tuple[Sequence[str], list[list[Any]]]:
    """Areas compared as a table."""
    cells = (supply_cells(row) for row in answer.rows)
    return SUPPLY_COLUMNS, [[row[name] for name in SUPPLY_COLUMNS] for row in cells]


def supply_cells(row: SupplyRow) -> dict[str, Any]:
    """One area compared, by the columns of the table."""
    found, area, short = row.found, row.found.area, row.found.shortfall
    return {
        "area": row.name,
        "area_code": row.code,
        "learners": found.area.learners,
        "share": found.share,
        "base": found.area.base,
        "base_share": found.base_share,
        **_ratio("lq", found.quotient),
        **_ratio("spr", found.standardised),
        "stands_out": found.stands_out,
        "shortfall_reallocated": short.reallocated if short else None,
        "shortfall_added": short.added if short else None,
        "expected": area.expected,
        "demand": area.pressed,
        "evidence": area.evidence,
        "grade": found.grade,
        "reason": found.reason,
        "would_settle_it": found.would_settle_it,
    }


def _ratio(name: str, ratio: Ratio | None) -> dict[str, float | None]:
    low, high = _limits(ratio.limits if ratio else None)
    return {name: ratio.value if ratio else None, f"{name}_low": low, f"{name}_high": high}
