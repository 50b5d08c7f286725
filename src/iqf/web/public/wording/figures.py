"""Statistical tables in words: what one counts and where, its filters as drop-downs, its figures as a grid."""

from collections.abc import Mapping, Sequence
from typing import Any

from iqf.exchange.formats.figures import printed
from iqf.indicators.asking import Figure
from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.indicators.standard import period_words
from iqf.indicators.words import COUNTING, LOCATIONS
from iqf.reports.figures import FiguresAnswer, offered

YEARS = ("year", "years")
SCALES = {"Region name": "Region", "La name": "Local authority", "Lad name": "District", "Time period": "Period"}
"""Columns of the standard, as people call them."""


def span(table: HeldTable) -> str:
    """From when to when a table goes."""
    first, last = period_words(table.first_period), period_words(table.last_period)
    return first if first == last else f"{first} to {last}"


def row(table: HeldTable) -> dict[str, Any]:
    """A data set in a list."""
    return {
        "table": table,
        "counts": COUNTING[table.counting],
        "where": LOCATIONS[table.location_basis],
        "span": span(table),
        "levels": ", ".join(level.lower() for level in table.levels),
    }


def groups(tables: Sequence[HeldTable]) -> list[dict[str, Any]]:
    """The list of data sets by publisher; `same`: what a whole group counts, and where, said once above it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in tables:
        found.setdefault(table.publisher or "Publisher not known", []).append(row(table))
    return [
        {"publisher": publisher, "rows": rows, "same": _same(rows)}
        for publisher, rows in sorted(found.items(), key=lambda pair: -sum(r["table"].rows for r in pair[1]))
    ]


def _same(rows: Sequence[Mapping[str, Any]]) -> str:
    said = {(r["counts"], r["where"]) for r in rows}
    if len(rows) < 2 or len(said) > 1:
        return ""
    counts, where = said.pop()
    return f"Each counts {counts}. Areas: {where}."


def lead(table: HeldTable) -> str:
    """What a table is, in a few words: what is counted, where, from when to when."""
    return f"What is counted: {COUNTING[table.counting]}. Areas: {LOCATIONS[table.location_basis]}. {span(table)}."


def fields(answer: FiguresAnswer, chosen: Sequence[str]) -> list[dict[str, Any]]:
    """The drop-downs of a table; a text box where a column has too many values to list."""
    on = dict(answer.where)
    found = [_indicators(answer.table, chosen)] if len(answer.table.indicators) > 1 else []
    return found + [_field(column, values, on.get(column.name, "")) for column, values in offered(answer.table)]


def _indicators(table: HeldTable, on: Sequence[str]) -> dict[str, Any]:
    options = [{"value": "", "text": "The first few", "selected": not on}]
    options += [{"value": c.name, "text": c.label, "selected": c.name in on} for c in table.indicators]
    return {"name": "indicator", "id": "indicator", "label": "Number", "options": options}


def _field(column: HeldColumn, values: Sequence[str] | None, on: str) -> dict[str, Any]:
    label = SCALES.get(column.label, column.label)
    if values is None:
        return {"name": f"where.{column.name}", "id": column.name, "label": label, "value": on}
    options = [{"value": "", "text": "Any", "selected": not on}]
    options += [
        {"value": f"{column.name}={v}", "text": period_words(v) if column.kind == "time" else v, "selected": v == on}
        for v in values
    ]
    return {"name": "where", "id": column.name, "label": label, "options": options}


def chosen(answer: FiguresAnswer) -> str:
    """What is shown, in words, where something was chosen."""
    labels = {c.name: SCALES.get(c.label, c.label) for c in answer.table.columns}
    said = [f"{labels.get(name, name)}: {value}" for name, value in answer.where]
    said += [f"by {labels.get(name, name).lower()}" for name in answer.by]
    return "; ".join(said)


def grid(answer: FiguresAnswer, side: Sequence[str]) -> dict[str, Any]:
    """The figures side by side: a row for each place, period and cut; a cell for each indicator."""
    rows, step = answer.rows, len(side)
    lines = [rows[i : i + step] for i in range(0, len(rows), step)]
    own = [n for n in (rows[0].cells if rows else {}) if len({line[0].cells[n] for line in lines}) > 1]
    columns = {c.name: c for c in answer.table.columns}
    return {
        "own": [columns[n].label for n in own],
        "numbers": [_heading(columns[n]) for n in side],
        "rows": [
            {
                "area": line[0].area or "not stated",
                "period": period_words(line[0].period, line[0].identifier),
                "own": [line[0].cells[n] for n in own],
                "cells": [_cell(figure, answer.definitions.symbols) for figure in line],
            }
            for line in lines
        ],
    }


def _heading(column: HeldColumn) -> str:
    return f"{column.label}, {column.unit}" if column.unit else column.label


def _cell(figure: Figure, symbols: Mapping[str, str]) -> dict[str, str]:
    if figure.value is None:
        return {"symbol": figure.symbol or "blank", "words": symbols.get(figure.symbol, "")}
    plain = printed(figure.value)
    whole, point, rest = plain.partition(".")
    if figure.cells.get("unit") in YEARS or not whole.isdigit():
        return {"text": plain}
    return {"text": f"{int(whole):,}{point}{rest}"}


def symbols(answer: FiguresAnswer) -> list[tuple[str, str]]:
    """The markers that stand on this page, each with what it means."""
    used = sorted({r.symbol for r in answer.rows if r.value is None})
    return [(s or "blank", answer.definitions.symbols[s]) for s in used]
