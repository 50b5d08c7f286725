"""Two things side by side, differences first."""

from collections.abc import Sequence
from typing import Any

from iqf.reports.overlap import Compared, OverlapAnswer
from iqf.reports.things import Ref
from iqf.web.public.links import href, number
from iqf.web.public.words import in_words, uk_date

WORDED = {
    "Kind": "kind",
    "Status stated": "status",
    "Status": "status",
    "Mainly assesses": "assesses",
    "Constituency": "constituency-long",
    "Contact with children": "contact",
    "Tier of service": "tier-long",
}
LABELS = {
    "Constituency": "Part of the workforce",
    "Tier of service": "Kind of service",
    "Guided learning hours": "Taught hours (guided learning)",
    "Total qualification time (hours)": "Total study time, hours",
    "Operational start": "First offered",
    "Operational end": "Stopped being offered",
    "Certification end": "Last certificates",
}
DATES = ("Operational start", "Operational end", "Certification end")


def sides(a: Ref, b: Ref, facts: Sequence[Compared]) -> dict[str, Any]:
    """What the comparison table needs: both heads, what differs, and what is the same."""
    return {
        "a": _side(a),
        "b": _side(b),
        "different": [_row(f) for f in facts if not f.same],
        "same": [_row(f) for f in facts if f.same and f.a is not None],
        "unknown": [LABELS.get(f.label, f.label) for f in facts if f.same and f.a is None],
    }


def _side(thing: Ref) -> dict[str, str]:
    return {"title": thing.title, "href": href(thing), "note": number(thing), "code": thing.code}


def _row(fact: Compared) -> dict[str, Any]:
    return {
        "label": LABELS.get(fact.label, fact.label),
        "a": _words(fact.label, fact.a),
        "b": _words(fact.label, fact.b),
        "mark_a": fact.mark_a,
        "mark_b": fact.mark_b,
    }


def _words(label: str, value: Any) -> Any:
    if value is None or label in DATES:
        return uk_date(value)
    return in_words(value, WORDED[label]) if label in WORDED else value


def units(answer: OverlapAnswer) -> dict[str, Any]:
    """The verdict in a sentence, and the statements that each reaches."""
    return {
        "sentence": _sentence(answer),
        "what": f"{len(answer.shared_units)} shared units",
        "held": answer.units_a and answer.units_b,
        "both": [s.partition(":")[2] for s in answer.statements_both],
        "first_only": [s.partition(":")[2] for s in answer.statements_only_a],
        "second_only": [s.partition(":")[2] for s in answer.statements_only_b],
    }


def _sentence(answer: OverlapAnswer) -> str:
    shared = len(answer.shared_units)
    if not answer.units_a or not answer.units_b:
        return "The units of at least one of them are not held here, so only their facts can be compared."
    if not shared:
        return "They share no unit."
    units = "unit" if shared == 1 else "units"
    return (
        f"They share {shared} {units}, of the {answer.units_a} held here for the first "
        f"and the {answer.units_b} for the second."
    )
