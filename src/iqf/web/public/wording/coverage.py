"""Coverage as pages draw it: a bar for each area, a cell for each row and area, and how many reach how many areas."""

from typing import Any, Final

from iqf.analysis.coverage import CoverageRow
from iqf.reports.coverage import CoverageAnswer
from iqf.reports.lists import DEFAULT_SCHEME
from iqf.web.public.links import href, query

CUTS: Final = {
    "qualification": "Qualification",
    "level": "Level of the unit",
    "cluster": "Cluster",
    "role": "Role",
    "unit": "Unit",
    "owner": "Awarding organisation",
    "kind": "Kind of qualification",
}
RULE_TITLES: Final = {
    "any": "Any unit",
    "mandatory": "Mandatory units only",
    "best-option": "Best choice",
    "credit": "Credit",
}
DEFAULTS: Final = {"by": "qualification", "rule": "any", "scheme": DEFAULT_SCHEME}


def rater_mark(answer: CoverageAnswer | None) -> str:
    """`machine` where no person judged any unit."""
    return "machine" if answer and answer.raters and all(kind == "machine" for kind, _ in answer.raters) else ""


def by_area(answer: CoverageAnswer) -> list[dict[str, Any]]:
    """All units, area by area: those that touch it, fully, judged without, not yet judged."""
    all_units = answer.totals
    return [
        {
            "code": area.code,
            "title": area.title,
            "href": f"#{area.code}",
            "total": all_units.units_total,
            "judged": all_units.units_judged,
            "touches": all_units.touches[area.code],
            "fully": all_units.fully[area.code],
            "none": all_units.units_judged - all_units.touches[area.code],
            "unjudged": all_units.units_total - all_units.units_judged,
        }
        for area in answer.statements
    ]


def rows(answer: CoverageAnswer) -> list[dict[str, Any]]:
    """The rows of the grid: a shape and a number for each area."""
    return [
        {
            "label": row.label,
            "href": href(row.thing) if row.thing else "",
            "note": f"{row.counts.units_judged} of {row.counts.units_total} units judged",
            "cells": [_cell(row.counts, area.code, answer.rule) for area in answer.statements],
        }
        for row in answer.rows
    ]


def _cell(counts: CoverageRow, area: str, rule: str) -> dict[str, Any]:
    of = counts.amount if rule == "credit" else counts.units_judged
    return {"state": _state(counts, area), "n": counts.touches[area], "of": of}


def _state(counts: CoverageRow, area: str) -> str:
    if counts.fully[area]:
        return "fully"
    if counts.touches[area]:
        return "touches"
    if not counts.units_judged:
        return "unjudged"
    return "none" if counts.units_judged == counts.units_total else "unsure"


def reached(answer: CoverageAnswer) -> list[dict[str, Any]]:
    """How many rows reach how many areas, under each rule side by side."""
    rules = {answer.rule: dict(answer.areas_reached)} | {rule: dict(n) for rule, _, n in answer.other_rules}
    shown = [rule for rule in RULE_TITLES if rule != "credit"]
    return [
        {"areas": areas, "counts": [rules[rule].get(areas, 0) for rule in shown]}
        for areas in range(len(answer.statements), -1, -1)
    ]


def side_by_side(answer: CoverageAnswer) -> list[dict[str, Any]]:
    """Every counting rule with its share for each area, as text."""
    return [
        {
            "title": RULE_TITLES[line.rule],
            "words": line.words.partition(": ")[2],
            "current": line.rule == answer.rule,
            "shares": ["cannot say" if share is None else f"{share:.0%}" for share in line.shares.values()],
        }
        for line in answer.side_by_side
    ]


def cut_switch(answer: CoverageAnswer) -> list[dict[str, Any]]:
    """One click to another cut."""
    return [
        {"title": title, "href": query(by=by, rule=answer.rule), "current": by == answer.by}
        for by, title in CUTS.items()
    ]


def rule_switch(answer: CoverageAnswer) -> list[dict[str, Any]]:
    """One click to another counting rule."""
    return [
        {"title": title, "href": query(by=answer.by, rule=rule), "current": rule == answer.rule}
        for rule, title in RULE_TITLES.items()
    ]
