"""Rules of combination as the tree that pages draw."""

from collections.abc import Sequence
from typing import Any

from iqf.reports.qualification import RuleNode
from iqf.reports.rules import Node
from iqf.reports.rulesets import Listed
from iqf.reports.things import Ref
from iqf.reports.unit import credit_words
from iqf.web.public.links import href, number
from iqf.web.public.notes import mark_of

INCOMPLETE = " (the list is incomplete)"
LONG = 12
"""An optional list longer than this starts folded when the page is checked against what somebody holds."""


def tree(node: RuleNode, top: bool = True) -> dict[str, Any]:
    """One node of a rule with those below it. A unit carries a mark only where it is not that of its group."""
    return {
        "title": "" if top else node.title,
        "words": node.words.removesuffix(INCOMPLETE),
        "kind": "pathways" if node.kind == "pathway" else node.kind,
        "note": _note(node),
        "incomplete": not node.list_complete,
        "said": node.said,
        "units": [_unit(row, mark_of(node.said)) for row in node.units],
        "groups": [tree(part, top=False) for part in node.parts],
    }


def _note(node: RuleNode) -> str:
    doubt = "" if node.structure_known else "How the units combine is not on record."
    return " ".join(text for text in (node.note and f"{node.note.rstrip('.')}.", doubt) if text)


def _unit(row: Listed, of_group: str) -> dict[str, Any]:
    mark = mark_of(row.said)
    return {
        **_named(row.unit),
        "credit": credit_words(row.credit_low, row.credit_high),
        "mark": mark if mark != of_group else "",
    }


def _named(unit: Ref) -> dict[str, Any]:
    own = [a for a in unit.aliases if not a.startswith("U-")]
    return {
        "title": unit.title,
        "href": href(unit),
        "reference": number(unit),
        "code": next((a for a in own if a != number(unit)), ""),
        "level": unit.level,
    }


def checked(nodes: Sequence[Node]) -> list[dict[str, Any]]:
    """The nodes of a verdict, nested: each with its verdict, its reason, and what is missing or could be added."""
    top: list[dict[str, Any]] = []
    path: list[dict[str, Any]] = []
    for node in nodes:
        drawn = _checked(node)
        del path[node.depth :]
        (path[-1]["groups"] if path else top).append(drawn)
        path.append(drawn)
    return top


def _checked(node: Node) -> dict[str, Any]:
    return {
        "title": node.title[:1].upper() + node.title[1:],
        "words": node.words,
        "verdict": node.verdict,
        "because": node.because,
        "missing": node.missing,
        "could_add": node.could_add if node.verdict != "met" else (),
        "groups": [],
    }
