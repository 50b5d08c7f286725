"""Coverage as one chart (SVG): a shape and the numbers in every cell, readable in print and without colour.

The title says what was found. Shapes differ by pattern, never by colour alone; each carries its numbers as text, the
areas are spelled out below, and the headings come again every thirty rows, so that any page of a print has them.
"""

import textwrap
from pathlib import Path
from typing import Any, Final

from django.template import Context, Engine

from iqf.analysis.coverage import CoverageRow
from iqf.exchange.formats.coverage_words import NOUNS, STATES, finding, judges, way
from iqf.reports.coverage import CoverageAnswer, Labelled

TEMPLATE: Final = Path(__file__).with_name("coverage_chart.svg")
FIRST, AREA, ROW, LINE, EDGE = 400, 78, 24, 15, 16
"""Widths of the first column and of an area, height of a row and of a further line of its name, and the edge around,
in units of the drawing."""
LABEL = 52
AGAIN = 30
"""Letters of a row's name on one line (it has as many as it needs), and after how many rows the headings come again.
"""


def coverage_chart(answer: CoverageAnswer) -> str:
    """The chart of an answer, all its rows, as the text of an SVG file."""
    template = Engine().from_string(TEMPLATE.read_text(encoding="utf-8"))
    return str(template.render(Context({"c": _drawing(answer)})))


def _drawing(answer: CoverageAnswer) -> dict[str, Any]:
    """Everything of the chart in its place, from the top down."""
    width = max(760, EDGE + FIRST + AREA * len(answer.statements) + EDGE)
    heading = _lines(finding(answer), 34, width // 12, 22)
    notes = _lines(_notes(answer), heading[-1]["y"] + 24, width // 7, 18)
    key, y = _key(notes[-1]["y"] + 12, width)
    heads, rows, y = _body(answer, y + 14)
    areas = [{"code": a.code, "title": a.title, "y": y + 22 + n * 19} for n, a in enumerate(answer.statements)]
    return {
        "width": width,
        "height": y + 22 + 19 * len(areas) + 8,
        "right": width - EDGE,
        "title": finding(answer),
        "about": f"{answer.framework.title}, by {answer.by}. {_notes(answer)}",
        "heading": heading,
        "notes": notes,
        "key": key,
        "heads": heads,
        "rows": rows,
        "areas": areas,
    }


def _notes(answer: CoverageAnswer) -> str:
    t = answer.totals
    path = f"{' '.join(way(answer.path))} " if answer.path else ""
    unit = "credits of judged units" if answer.rule == "credit" else "judged units"
    return (
        f"{answer.framework.title}. {path}{answer.rule_words} "
        f"{t.units_judged} of {t.units_total} units have been judged. "
        f"{judges(answer)} In each cell: how many of the {unit} touch the area."
    )


def _lines(text: str, y: int, letters: int, height: int) -> list[dict[str, Any]]:
    return [{"text": line, "y": y + n * height} for n, line in enumerate(textwrap.wrap(text, letters))]


def _key(y: int, width: int) -> tuple[list[dict[str, Any]], int]:
    """What the shapes mean, side by side where there is room; and where the drawing goes on."""
    found, x = [], EDGE
    for state, words in STATES.items():
        needed = 32 + 7 * len(words)
        if x + needed > width - EDGE:
            x, y = EDGE, y + 22
        found.append({"state": state, "text": words, "x": x, "y": y, "tx": x + 20, "ty": y + 12})
        x += needed
    return found, y + 22


def _body(answer: CoverageAnswer, y: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """The headings, as often as they come, the rows between them, the sums below, and where the drawing goes on."""
    heads, rows = [], []
    for number, row in enumerate(answer.rows):
        if number % AGAIN == 0:
            heads.append(_head(answer, y + 18))
            y += 30
        rows.append(_row(answer, row, y))
        y = rows[-1]["line"]
    for label, counts in _sums(answer):
        rows.append(_sum(answer, label, counts, y))
        y = rows[-1]["line"]
    return heads, rows, y


def _head(answer: CoverageAnswer, y: int) -> dict[str, Any]:
    middles = (EDGE + FIRST + AREA * n + AREA // 2 - 8 for n in range(len(answer.statements)))
    areas = [{"code": a.code, "title": a.title, "x": x} for a, x in zip(answer.statements, middles, strict=True)]
    return {"first": NOUNS[answer.by].capitalize(), "areas": areas, "y": y, "line": y + 7}


def _row(answer: CoverageAnswer, row: Labelled, y: int) -> dict[str, Any]:
    counts = row.counts
    judged = f"{counts.units_judged} of {counts.units_total} units judged"
    cells = [_cell(counts, a.code, answer.rule, n) for n, a in enumerate(answer.statements)]
    return {**_placed(row.label, y, cells), "full": f"{row.label}: {judged}"}


def _placed(label: str, y: int, cells: list[dict[str, Any]]) -> dict[str, Any]:
    lines = _lines(label, y + 16, LABEL, LINE)
    end = y + ROW + LINE * (len(lines) - 1)
    return {"lines": lines, "full": label, "cells": cells, "y": y + 16, "top": y + 5, "line": end}


def _cell(counts: CoverageRow, area: str, rule: str, place: int) -> dict[str, Any]:
    x = EDGE + FIRST + AREA * place
    of = counts.amount if rule == "credit" else counts.units_judged
    return {
        "state": counts.state(area),
        "text": f"{counts.touches[area]}/{of}" if of else "",
        "x": x,
        "tx": x + 19,
    }


def _sums(answer: CoverageAnswer) -> list[tuple[str, list[int]]]:
    """How many rows touch each area, and how many reach it fully, of those with a judged unit."""
    seen = [row.counts for row in answer.rows if row.counts.units_judged]
    codes = [a.code for a in answer.statements]
    of = f"of {len(seen)} {NOUNS[answer.by]} with a judged unit"
    return [
        (f"Touched by, {of}", [sum(c.touches[code] > 0 for c in seen) for code in codes]),
        (f"Taught fully by, {of}", [sum(c.fully[code] > 0 for c in seen) for code in codes]),
    ]


def _sum(answer: CoverageAnswer, label: str, counts: list[int], y: int) -> dict[str, Any]:
    cells = [
        {"state": "", "text": n, "x": 0, "tx": EDGE + FIRST + AREA * place + 19} for place, n in enumerate(counts)
    ]
    return {**_placed(label, y, cells), "bold": True}
