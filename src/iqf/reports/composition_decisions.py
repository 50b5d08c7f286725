"""What must people still decide before a composition can become a qualification?"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from iqf.analysis.rule_words import listing, number
from iqf.reports.targets import Target

if TYPE_CHECKING:
    from iqf.reports.compose import ComposeAnswer, Part

MOST_NAMED = 4


def decisions_on(answer: "ComposeAnswer", goal: Target, by_machine: bool) -> "ComposeAnswer":
    """The answer with what a human must still decide, what matters most first."""
    if not answer.parts:
        return replace(answer, decisions=tuple(_gaps(answer)))
    said = (*_needed(answer), *_gaps(answer), *_units(answer), *_form(answer), *_role(goal), *_judged(by_machine))
    return replace(answer, decisions=said)


def _needed(answer: "ComposeAnswer") -> Iterable[str]:
    near = [each.qualification.title for each in answer.existing if each.near]
    if near:
        yield f"Whether it is needed: nearly the same units, or all of them, stand in {_named(near)}."


def _gaps(answer: "ComposeAnswer") -> Iterable[str]:
    for gap in answer.missing:
        what = f"{gap.statement.code} {gap.statement.title}"
        yield (
            f"Who writes a unit for {what}: none on record reaches it as far as is asked."
            if gap.gap
            else f"What becomes of {what}: {gap.why[:1].lower()}{gap.why[1:]}"
        )
    partly = [w.code for w in answer.covered if not _fully(answer, w.code) and w.strength == "fully"]
    if partly and not answer.limits.fully:
        yield f"Whether it is enough to reach in part what is on record as needed fully: {listing(partly)}."


def _fully(answer: "ComposeAnswer", code: str) -> bool:
    return any(w.code == code and far == "fully" for part in answer.parts for w, far in part.covers)


def _units(answer: "ComposeAnswer") -> Iterable[str]:
    unknown = [_title(p) for p in answer.parts if not p.credit.known]
    if unknown:
        yield f"How much credit this takes, which is not on record as one number: {_named(unknown)}."
    closed = [_title(p) for p in answer.parts if p.closed]
    if closed:
        yield f"Whether this can still be used, which is in no qualification that can be begun now: {_named(closed)}."


def _form(answer: "ComposeAnswer") -> Iterable[str]:
    owners = [share.key for share in answer.owners]
    if len(owners) > 1:
        yield f"Who owns and awards it: its units come from {number(len(owners), 'owner')}, {_named(owners)}."
    else:
        yield f"Who awards it: its units are those of {owners[0]}."
    if len(answer.levels) > 1:
        levels = listing([share.key for share in answer.levels])
        yield f"At which level it stands: its units are at {levels}."
    yield "How it is assessed as a whole, and which of its units could be assessed together."
    yield "Which units are required and which are a choice: here all are required."


def _role(goal: Target) -> Iterable[str]:
    if goal.choices:
        yield (
            "Whether it is to stand beside what the role requires already, which it does not replace: "
            f"{_named([c.title for c in goal.choices])}."
        )
    if goal.wanted and all(w.default for w in goal.wanted):
        yield "What the role needs in particular: its statements are only the default for every core role."


def _judged(by_machine: bool) -> Iterable[str]:
    if by_machine:
        yield "Whether the units teach what is counted here: a machine judged it; no person checked all of it."


def _title(part: "Part") -> str:
    return part.unit.title


def _named(titles: list[str]) -> str:
    """The first few, and how many more."""
    more = len(titles) - MOST_NAMED
    return listing([*titles[:MOST_NAMED], number(more, "other")] if more > 0 else titles)
