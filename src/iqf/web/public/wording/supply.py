"""The forms that ask for a comparison of areas: which table; which number of it, by what, with which evidence."""

from collections.abc import Mapping, Sequence
from typing import Any

from iqf.exchange.formats import supply_words as say
from iqf.indicators.standard import TIME, period_words
from iqf.reports.supply_choices import Choices
from iqf.reports.takeup import TakeUpAnswer


def tables(offered: Choices, of: str) -> list[dict[str, Any]]:
    """The drop-down of what can be compared."""
    options = [("", "Funded learning and people, as the documents of 2005 print them"), *offered.tables]
    return [_field("of", "Compare", options, of.partition("@")[0])]


def fields(offered: Choices, asked: Mapping[str, str], where: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The drop-downs of one table; what is not there to choose is not shown."""
    found = []
    if len(offered.by) > 1:
        found.append(_field("by", "By", offered.by, asked.get("by", "")))
    if len(offered.indicators) > 1:
        numbers = [(i.name, i.label) for i in offered.indicators]
        found.append(_field("indicator", "Number", numbers, asked.get("indicator", "")))
    for one in offered.filters:
        options = [("", "Choose one" if one.must else "All"), *((f"{one.column}={v}", v) for v in one.values)]
        on = next((f"{one.column}={v}" for v in where.get(one.column, ())), "")
        found.append(_field("where", one.label, options, on, f"where-{one.column}"))
    if offered.demands:
        options = [("", "The table’s own, where it has any"), *offered.demands]
        found.append(_field("demand", "Evidence that more are wanted", options, asked.get("demand", "")))
    return found


def cut_fields(
    offered: Choices, by: Sequence[str], indicators: Sequence[str], where: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """The drop-downs of a cut of one table: by what, which number, narrowed to what."""
    options = [("", "Nothing"), *offered.by]
    found = [_field("by", "Cut by", options, by[0] if by else "")]
    found.append(_field("by", "And by", options, by[1] if len(by) > 1 else "", "by-2"))
    if len(offered.indicators) > 1:
        numbers = [("", "All"), *((i.name, i.label) for i in offered.indicators)]
        found.append(_field("indicator", "Number", numbers, indicators[0] if indicators else ""))
    for one in offered.filters:
        values = [("", "All"), *((f"{one.column}={v}", v) for v in one.values)]
        on = next((f"{one.column}={v}" for v in where.get(one.column, ())), "")
        found.append(_field("where", one.label, values, on, f"where-{one.column}"))
    return found


def by_period(answer: TakeUpAnswer) -> dict[str, Any] | None:
    """A cut over time as a table with a column for each period; None where it is not one of several periods."""
    periods = sorted({row.by.get(TIME[0], "") for row in answer.rows})
    if len(periods) < 2:
        return None
    lines: dict[tuple[str, ...], dict[str, str]] = {}
    names = [n for n in answer.by if n != TIME[0] and not n.endswith("_code")]
    several = len({row.label for row in answer.rows}) > 1 or not names
    for row in answer.rows:
        key = (*(row.by[n] for n in names), *([row.label] if several else ()))
        lines.setdefault(key, {})[row.by[TIME[0]]] = say.cell(row)
    return {
        "heads": [*(answer.labels[n] for n in names), *(["Number"] if several else ())],
        "of": "" if several else answer.rows[0].label,
        "periods": [period_words(p) for p in periods],
        "rows": [(key, [cells.get(p, "–") for p in periods]) for key, cells in lines.items()],
    }


def _field(name: str, label: str, options: Sequence[tuple[str, str]], on: str, key: str = "") -> dict[str, Any]:
    listed = [{"value": value, "text": text, "selected": value == on} for value, text in options]
    return {"name": name, "id": key or name, "label": label, "options": listed}
