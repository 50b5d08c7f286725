"""What an official row says of a qualification, in the catalogue's own fields. Only notation is changed."""

import re
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.models.qualifications import LEVEL_VALUES
from iqf.register.models import OfficialRow

AWARDS = ("Diploma", "Certificate", "Award", "NVQ", "Degree")
STATUSES = {
    "Available to learners": "available",
    "No longer available to new learners": "closed",
    "No longer awarded": "closed",
}
"""Statuses of the register of regulated qualifications. "Approved" of a funding list is no status of its kind."""
SIZES = ("credit", "glh", "tqt")
DAYS = ("operational_start", "operational_end", "certification_end")
DEGREES = re.compile(r"\b(?:[Dd]egrees?|BA|BSc|BEd|MA|PGCE|Cert ?HE|Dip ?HE|Higher National|HNC|HND)\b")
STATUS_WORDS = re.compile(r"\bstatus\b", re.IGNORECASE)


def values_of(row: OfficialRow, owner: m.Organisation | None) -> dict[str, Any]:
    """The fields that a list may set: what it does not print is unknown, never zero.

    The end of a funding approval is no last new start, so funding lists set no dates.
    """
    facts = row.facts
    known = row.level in LEVEL_VALUES
    return {
        "title": clipped(" ".join(row.title.split()), 400),
        "kind": kind_of(row),
        "award_type": award_type(row.title),
        "number": row.number,
        "owner": owner,
        "level": row.level if known else "",
        **{name: facts.get(name) or None for name in SIZES},
        **{name: facts.get(name) or "" for name in DAYS},
        "stated_status": STATUSES.get(str(facts.get("status", "")), ""),
        "note": "" if known else f"Its list prints the level {row.level}, which is two levels.",
    }


def kind_of(row: OfficialRow) -> str:
    """What kind of thing a row describes. Only regulated qualifications have numbers; the rest by its title."""
    if row.number:
        return "regulated qualification"
    if DEGREES.search(row.title):
        return "higher-education award"
    return "professional status" if STATUS_WORDS.search(row.title) else "historic"


def award_type(title: str) -> str:
    """Award, Certificate, Diploma, … where the title names exactly one of them."""
    named = {award for award in AWARDS if re.search(rf"\b{award}\b", title, re.IGNORECASE)} - {"NVQ"}
    if not named and re.search(r"\bNVQ\b", title):
        return "NVQ"
    return named.pop() if len(named) == 1 else ""


def clipped(text: str, most: int) -> str:
    """A text that is not longer than its column; one that was cut ends in an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"
