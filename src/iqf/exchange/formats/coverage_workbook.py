"""Coverage as a workbook: the table, every counting rule beside it, areas reached, and how to read all that.

The same answer from the same version of the data gives the same bytes.
"""

import io
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter

from iqf.accounts.queries import data_version
from iqf.exchange.formats.coverage_words import NOUNS, STATES, finding, hop_words, judges, way
from iqf.exchange.formats.sheets import neutral
from iqf.exchange.formats.workbook import MADE
from iqf.reports.coverage import CoverageAnswer, table

WIDE: Final = 60
Rows = Sequence[Sequence[object]]


def coverage_workbook(answer: CoverageAnswer) -> bytes:
    """The workbook of an answer: numbers as numbers, so that a spreadsheet can go on reckoning."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": finding(answer)[:200], "author": "iqf", "created": MADE})
        columns, rows = table(answer)
        _page(book, "How to read it", ("", ""), _about(answer), plain=True)
        _page(book, "Coverage", columns, rows)
        _page(book, "In words", *_in_words(answer))
        _page(book, "Every counting rule", *_rules(answer))
        _page(book, "Areas reached", *_reached(answer))
    return out.getvalue()


def _page(book: Any, name: str, columns: Sequence[str], rows: Rows, *, plain: bool = False) -> None:
    page = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for place, column in enumerate(columns):
        page.write_string(0, place, neutral(column), head)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, int | float):
                page.write_number(number, place, cell)
            elif cell is not None:
                page.write_string(number, place, neutral(str(cell)), wrap if plain else None)
    for place in range(len(columns)):
        longest = max((len(str(row[place])) for row in rows), default=0)
        page.set_column(place, place, max(9, min(longest + 2, 90 if plain else WIDE)))
    if not plain:
        page.freeze_panes(1, min(2, len(columns)))
        page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _about(answer: CoverageAnswer) -> Rows:
    t = answer.totals
    lines = [
        ("What was found", finding(answer)),
        ("Framework", f"{answer.framework.title} ({answer.framework.code})"),
        ("Rows are", NOUNS[answer.by]),
        ("Counting rule", answer.rule_words),
        ("Judged", f"{t.units_judged} of {t.units_total} units. The others are never counted as not covered."),
        ("By whom", judges(answer)),
        ("touches_", "judged units that touch the area, partly or fully; under credit, credits of such units"),
        ("fully_", "of these, units that teach it fully"),
        ("touches_low_", "the strict reading: what every rater gave"),
        ("touches_high_", "the lenient reading: what any rater gave, also where nobody accepted it"),
        ("none", "judged units that reach no area"),
        *((f"Area {area.code}", area.title) for area in answer.statements),
        ("Data version", data_version()),
    ]
    if answer.path:
        lines += [("Derived", sentence) for sentence in way(answer.path)]
        lines += [("Relation", hop_words(r)) for leg in answer.path.legs for r in leg.relations]
    if answer.best_unproven:
        lines.append(("Not all known", f"the units of {answer.best_unproven} qualifications; more may be possible"))
    return lines


def _in_words(answer: CoverageAnswer) -> tuple[list[str], Rows]:
    """The matrix as words: one of five states in each cell."""
    rows = [
        [r.counts.key, r.label, *(STATES[r.counts.state(a.code)] for a in answer.statements)] for r in answer.rows
    ]
    return ["code", "label", *(f"{a.code} {a.title}" for a in answer.statements)], rows


def _rules(answer: CoverageAnswer) -> tuple[list[str], Rows]:
    rows = [[line.rule, line.words, line.rows, *line.shares.values()] for line in answer.side_by_side]
    return ["rule", "what it counts", "rows with a judged unit", *(a.code for a in answer.statements)], rows


def _reached(answer: CoverageAnswer) -> tuple[list[str], Rows]:
    by_rule = {answer.rule: dict(answer.areas_reached)} | {rule: dict(n) for rule, _, n in answer.other_rules}
    rules = [line.rule for line in answer.side_by_side]
    rows = [
        [areas, *(by_rule[rule].get(areas, 0) for rule in rules)] for areas in range(len(answer.statements), -1, -1)
    ]
    return ["areas reached", *rules], rows
