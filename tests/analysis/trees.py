"""Rules of combination drawn as text, so that a test shows the tree it is about.

    root all, 10 credits
      A all: a b
      P pathway
        B all: c d
        C all: e
      E choose 4 credits, list incomplete: f g h

A line is ``id kind[ rules][: units]``; two spaces of indent per depth. Rules, separated by commas: ``2 units``,
``4 credits``, ``3 credits at 4``, ``1 parts``, ``at most 2 units`` (or credits, or parts), ``list incomplete``,
``split unknown``.
"""

import re

from iqf.analysis.rules import Group, LevelFloor, UnitFact

NAMES = {"unit": "units", "units": "units", "credit": "credit", "credits": "credit", "parts": "children"}


def tree(text: str) -> Group:
    """The root group of a drawing."""
    lines = [line for line in text.splitlines() if line.strip()]
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    depths = [(len(line) - len(line.lstrip()) - margin) // 2 for line in lines]
    return _group(lines, depths, 0)


def _group(lines: list[str], depths: list[int], at: int) -> Group:
    end = next((n for n in range(at + 1, len(lines)) if depths[n] <= depths[at]), len(lines))
    children = [n for n in range(at + 1, end) if depths[n] == depths[at] + 1]
    head, _, units = lines[at].strip().partition(":")
    name, kind, rules = re.fullmatch(r"(\S+) (\w+),?(.*)", head).groups()
    facts = {}
    for rule in filter(None, (part.strip() for part in rules.split(","))):
        facts |= _rule(rule)
    below = tuple(_group(lines, depths, n) for n in children)
    return Group(name, name, kind, tuple(units.split()), below, **facts)


def _rule(rule: str) -> dict:
    if rule == "list incomplete":
        return {"list_complete": False}
    if rule == "split unknown":
        return {"structure_known": False}
    floor = re.fullmatch(r"(\d+) credits at (\w+)", rule)
    if floor:
        return {"credit_at_level": (LevelFloor(floor[2], int(floor[1])),)}
    limit, number, word = re.fullmatch(r"(at most )?(\d+) (\w+)", rule).groups()
    return {f"{'max' if limit else 'min'}_{NAMES[word]}": int(number)}


def units(text: str) -> dict[str, UnitFact]:
    """Facts from ``a3 b2@4 c? d2-5``: code, credit (? = not known, a-b = bounds) and level (3 if not given)."""
    found = {}
    for word in text.split():
        body, _, level = word.partition("@")
        code, credit = body[0], body[1:]
        low, _, high = credit.partition("-")
        bounds = (None, None) if credit == "?" else (int(low), int(high or low))
        found[code] = UnitFact(code, f"Unit {code}", None if level == "?" else level or "3", *bounds)
    return found
