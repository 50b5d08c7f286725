"""Can I start it, can it be certificated, did it count? And what has a holder met?"""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from iqf.analysis.status import Answer
from iqf.codes import NO_LEVEL
from iqf.reports.qualification import QualificationAnswer, Reached
from iqf.reports.recognition import Recognised
from iqf.reports.role import BodyPart
from iqf.reports.things import Fact, shown_level
from iqf.web.public.words import in_words

HEAD = ("number", "kind", "level", "owner")
DATES = ("operational_start", "operational_end", "certification_end", "last_new_start")
WORDED = {"kind": "kind", "stated_status": "status", "assesses": "assesses", "level": "level"}
LABELS = {
    "operational_start": "First offered",
    "operational_end": "Stopped being offered",
    "certification_end": "Last certificates",
    "last_new_start": "Last new learners",
    "tqt": "Total study time, hours",
    "glh": "Taught hours (guided learning)",
}


@dataclass(frozen=True)
class Said:
    """A definite answer about the qualification, with where to look next."""

    question: str
    verdict: str
    because: str
    rule: str
    next: str = ""
    next_href: str = ""


def answers(qualification: QualificationAnswer) -> tuple[Said, ...]:
    """The definite answers, each with a next step where it is no or cannot say."""
    return tuple(
        _with_next(Said(a.question, a.verdict, a.because, a.rule), a, qualification) for a in qualification.status
    )


def _with_next(said: Said, answer: Answer, q: QualificationAnswer) -> Said:
    if answer.verdict == "yes":
        return said
    if "count" in answer.question and q.allowed:
        return replace(said, next="See what sources say a holder may do", next_href="#allowed")
    if "start" in answer.question and q.leads_to:
        return replace(said, next="See where it leads", next_href="#next")
    if "certificated" in answer.question and q.owner:
        return replace(said, next=f"Ask the owner, {q.owner.title}", next_href=f"/organisations/{q.owner.code}")
    return said


def fact_rows(facts: tuple[Fact, ...]) -> list[dict[str, Any]]:
    """The facts for the panel: in plain words, each with its mark and who says so."""
    return [
        {
            "term": LABELS.get(f.name, f.label),
            "value": in_words(f.value, WORDED[f.name]) if f.value and f.name in WORDED else f.value,
            "mark": f.mark if f.value is not None else "",
            "said": f.said if f.value is not None else None,
            "note": _other_value(f),
        }
        for f in facts
    ]


def _other_value(fact: Fact) -> str:
    if not fact.disagreement:
        return ""
    verb = "said" if fact.disagreement.decided else "says"
    return f"{fact.disagreement.other_by.title} {verb}: {fact.disagreement.other}"


@dataclass(frozen=True)
class Recognition:
    """What recognition a qualification has, line by line: in words, by which body, since when, why, who says so."""

    verdict: str
    lines: tuple[tuple[str, BodyPart], ...]
    sentence: str
    basis: str


DONE = {"endorses": "Endorsed by", "accredits": "Accredited by", "approves": "Approved by"}


def recognition(of: Recognised) -> Recognition | None:
    """In plain words; None where it is not asked and nobody recognised it beyond the regulator."""
    if not of.asked and not any(b.part in ("endorses", "places") for b in of.by):
        return None
    lines = tuple((_by(of, body), body) for body in of.by)
    return Recognition(of.verdict, lines, "" if lines else _nobody(of), of.level_basis)


def _by(of: Recognised, body: BodyPart) -> str:
    if body.part in DONE:
        return DONE[body.part]
    return f"Placed at {in_words(shown_level(of.level), 'level').lower()} by" if of.level else "Placed by"


def _nobody(of: Recognised) -> str:
    if of.counted:
        return "An official list counts it; see below. No organisation has endorsed it or placed it at a level here."
    if of.said:
        return "Its source says that it is endorsed. By whom is not on record here."
    level = " at the level that is shown" if of.level and of.level != NO_LEVEL else ""
    return f"No organisation has endorsed it or placed it{level or ' at a level'}."


@dataclass(frozen=True)
class Met:
    """What holders have met of one framework."""

    framework: str
    rows: tuple[dict[str, Any], ...]


def met(reached: tuple[Reached, ...]) -> tuple[Met, ...]:
    """What holders have met, framework by framework. With units not yet judged, nothing found is not yet nothing."""
    return tuple(
        Met(framework, tuple(_met_row(r) for r in rows))
        for framework, rows in groupby(reached, lambda r: r.framework)
    )


def _met_row(row: Reached) -> dict[str, Any]:
    reach = row.reach
    every_open = reach.every == "none" and reach.unjudged_mandatory
    some_open = reach.some == "none" and (reach.unjudged_mandatory or reach.unjudged_optional)
    return {
        "code": row.code,
        "title": row.title,
        "href": f"/frameworks/{row.framework}?statement={row.code}#{row.code}",
        "every": "unsure" if every_open else reach.every,
        "some": "unsure" if some_open else reach.some,
    }
