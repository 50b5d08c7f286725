"""Coverage as pages draw it: a bar for each area, a cell for each row and area, and how many reach how many areas."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from iqf.analysis.coverage import CoverageRow
from iqf.exchange.formats.coverage_words import RELATION_WORDS, STRENGTH_WORDS
from iqf.reports.coverage import CoverageAnswer, Labelled
from iqf.reports.coverage_cell import CellAnswer
from iqf.reports.crosswalks import Path
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
            "behind": f"{href(answer.framework)}/coverage/units{query(area=area.code)}",
            "total": all_units.units_total,
            "judged": all_units.units_judged,
            "touches": all_units.touches[area.code],
            "fully": all_units.fully[area.code],
            "none": all_units.units_judged - all_units.touches[area.code],
            "unjudged": all_units.units_total - all_units.units_judged,
        }
        for area in answer.statements
    ]


def rows(answer: CoverageAnswer, page: Iterable[Labelled], asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of one page of the grid: a shape and a number for each area, which leads to the units behind it."""
    return [
        {
            "label": row.label,
            "href": href(row.thing) if row.thing else "",
            "note": f"{row.counts.units_judged} of {row.counts.units_total} units judged",
            "cells": [_cell(answer, row.counts, area.code, asked) for area in answer.statements],
        }
        for row in page
    ]


def _cell(answer: CoverageAnswer, counts: CoverageRow, area: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    of = counts.amount if answer.rule == "credit" else counts.units_judged
    where = {"area": area, "row": counts.key, "by": answer.by, "rule": answer.rule, "through": asked["through"]}
    chosen = {"scheme": asked["scheme"]} if answer.by == "cluster" else {}
    behind = f"{href(answer.framework)}/coverage/units{query(**where, **chosen)}"
    unknown = answer.path is not None and any(a.code == area for a in answer.path.without)
    return {"state": counts.state(area), "n": counts.touches[area], "of": 0 if unknown else of, "href": behind}


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


def cut_switch(answer: CoverageAnswer, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One click to another cut."""
    return [
        {"title": title, "href": query(by=by, rule=answer.rule, through=asked["through"]), "current": by == answer.by}
        for by, title in CUTS.items()
    ]


def rule_switch(answer: CoverageAnswer, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One click to another counting rule."""
    return [
        {
            "title": title,
            "href": query(by=answer.by, rule=rule, through=asked["through"]),
            "current": rule == answer.rule,
        }
        for rule, title in RULE_TITLES.items()
    ]


BEHIND: Final = {
    "fully": "Teach it fully",
    "touches": "Touch it (partly)",
    "unsure": "A rater gave it, nobody accepted it",
    "none": "Judged, and found without it",
    "unjudged": "Not yet judged",
}


def legs(path: Path | None) -> list[dict[str, Any]]:
    """Every step of the way from another framework, relation by relation, in words."""
    if path is None:
        return []
    return [
        {
            "start": leg.start,
            "end": leg.end,
            "relations": [
                {"said": r, "words": RELATION_WORDS[r.relation], "how": STRENGTH_WORDS[r.strength]}
                for r in leg.relations
            ],
        }
        for leg in path.legs
    ]


def behind(answer: CellAnswer) -> list[dict[str, Any]]:
    """The units behind a number, by how far they go; those that do not reach the area are folded away."""
    found = []
    for state, title in BEHIND.items():
        units = [u for u in answer.units if u.state == state]
        if units:
            folded = state in ("none", "unjudged")
            title = "What is known does not decide" if answer.path and state == "unsure" else title
            found.append({"state": state, "title": title, "units": units, "folded": folded})
    return found


def counted(answer: CellAnswer) -> str:
    """The number that the table shows, in a sentence."""
    c, code = answer.counts, answer.area.code
    if answer.rule == "credit":
        unknown = f" {c.unknown} judged units have no credit on record." if c.unknown else ""
        return f"{c.touches[code]} of {c.amount} credits of judged units touch it, {c.fully[code]} fully.{unknown}"
    wait = c.units_total - c.units_judged
    waiting = f" {wait} more {'is' if wait == 1 else 'are'} not yet judged." if wait else ""
    spread = ""
    if c.touches_low[code] != c.touches_high[code]:
        spread = f" Every rater gave {c.touches_low[code]} of them; some rater gave {c.touches_high[code]}."
    return f"{c.touches[code]} of {c.units_judged} judged units touch it, {c.fully[code]} fully.{spread}{waiting}"
