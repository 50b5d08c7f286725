"""Can I start it today, can it still be certificated, did it count when I took it?

Promise: a definite answer where the dates decide, `cannot say` where they do not, and always the rule behind it. The
date asked about is given; nothing here looks at the clock. Dates are the register's own (Ofqual operational start,
operational end, certification end; LARS last new start) and none stands in for another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from iqf.analysis.partial_dates import PartialDate, ends_before, starts_after

Verdict = Literal["yes", "no", "cannot say"]


@dataclass(frozen=True)
class Answer:
    """A verdict, why, and the rule it follows from."""

    question: str
    verdict: Verdict
    because: str
    rule: str


@dataclass(frozen=True)
class Availability:
    """When a qualification is on offer, as far as its dates are known, and what its source states of it."""

    operational_start: PartialDate | None = None
    operational_end: PartialDate | None = None
    certification_end: PartialDate | None = None
    last_new_start: PartialDate | None = None
    stated_status: str = ""


@dataclass(frozen=True)
class Window:
    """An official list counts the qualification when it was started in this window; an open end is None."""

    recogniser: str
    level: str | None
    started_from: PartialDate | None
    started_to: PartialDate | None
    condition: str = ""


START_RULE = (
    "It can be started from its operational start until its last new start, or its operational end where no last new "
    "start is known; without an end date, what its source states decides."
)
CERTIFICATE_RULE = (
    "It can be certificated until its certification end; while it can still be started, it can be certificated too."
)
COUNT_RULE = "An official list counts a qualification when it was started inside the list's window for it."


def _day(on: date) -> PartialDate:
    return PartialDate.parse(on.isoformat())


def can_start(a: Availability, on: date) -> Answer:
    """Whether a learner can begin the qualification on a day."""
    day, question = _day(on), "Can I start it today?"
    if a.operational_start:
        early = starts_after(a.operational_start, day)
        if early:
            return Answer(question, "no", f"It begins {_at(a.operational_start)}.", START_RULE)
        if early is None:
            return Answer(
                question, "cannot say", f"It begins in {a.operational_start.words}; no day is known.", START_RULE
            )
    end = a.last_new_start or a.operational_end
    if end:
        what = "taking new starts" if a.last_new_start else "being offered"
        late = ends_before(end, day)
        if late:
            return Answer(
                question,
                "no",
                f"It stopped {what} {_at(end)}.",
                START_RULE,
            )
        if late is None:
            return Answer(question, "cannot say", f"It stops {what} in {end.words}; no day is known.", START_RULE)
        return Answer(question, "yes", f"It is open until {end.words}.", START_RULE)
    return _as_stated(question, a.stated_status)


def _at(when: PartialDate) -> str:
    """`on 31 July 2010`, `in July 2010`, `in 2010`."""
    return f"{'on' if when.earliest == when.latest else 'in'} {when.words}"


def _as_stated(question: str, status: str) -> Answer:
    if status == "available":
        return Answer(question, "yes", "Its source lists it as available and gives no end date.", START_RULE)
    if status == "closed":
        return Answer(
            question, "no", "Its source says that it is closed to new learners; the date is not known.", START_RULE
        )
    if status == "historic":
        return Answer(question, "no", "It is historic: it is no longer awarded to new learners.", START_RULE)
    return Answer(question, "cannot say", "Neither dates nor a stated status are known.", START_RULE)


def can_certificate(a: Availability, on: date) -> Answer:
    """Whether somebody who has begun can still be given the certificate on a day."""
    day, question = _day(on), "Can it still be certificated?"
    if a.certification_end:
        late = ends_before(a.certification_end, day)
        if late is None:
            return Answer(
                question,
                "cannot say",
                f"Certification ends in {a.certification_end.words}; no day is known.",
                CERTIFICATE_RULE,
            )
        if late:
            return Answer(question, "no", f"Certification ended {_at(a.certification_end)}.", CERTIFICATE_RULE)
        return Answer(question, "yes", f"Certificates are given until {a.certification_end.words}.", CERTIFICATE_RULE)
    if a.operational_start and starts_after(a.operational_start, day):
        why = f"Nobody can have begun it: it begins {_at(a.operational_start)}."
        return Answer(question, "no", why, CERTIFICATE_RULE)
    open_now = can_start(a, on).verdict
    if open_now == "yes":
        return Answer(question, "yes", "It is open, and no certification end is known.", CERTIFICATE_RULE)
    known = (
        "It is not open to new learners" if open_now == "no" else "Whether it is open to new learners is not known"
    )
    return Answer(question, "cannot say", f"{known}, and its certification end is not known.", CERTIFICATE_RULE)


def counted(a: Availability, windows: Sequence[Window], when: PartialDate) -> Answer:
    """Whether the qualification counted, in the official lists that mention it, for somebody who began at `when`.

    Where no list mentions it, only whether it was on offer then can be said, and that is said.
    """
    question = f"Did it count when I began it in {when.words}?"
    if not windows:
        return Answer(
            question, "cannot say", f"No official list held here mentions it. {on_offer(a, when).because}", COUNT_RULE
        )
    verdicts = [(_inside(w, when), w) for w in windows]
    for inside, w in verdicts:
        if inside:
            level = f" at level {w.level}" if w.level else ""
            condition = f" On this condition: {w.condition}" if w.condition else ""
            why = f"{w.recogniser} counts it{level} when begun {_window(w)}.{condition}{_but_not_offered(a, when)}"
            return Answer(question, "yes", why, COUNT_RULE)
    if all(inside is False for inside, _ in verdicts):
        listed = "; ".join(f"{w.recogniser}: {_window(w)}" for _, w in verdicts)
        return Answer(question, "no", f"It was begun outside every window: {listed}.", COUNT_RULE)
    w = next(w for inside, w in verdicts if inside is None)
    return Answer(
        question, "cannot say", f"{w.recogniser} counts it when begun {_window(w)}; give a closer date.", COUNT_RULE
    )


def _but_not_offered(a: Availability, when: PartialDate) -> str:
    """A warning where the list's window and the qualification's own dates contradict each other."""
    offered = on_offer(a, when)
    return f" But its own dates disagree. {offered.because}" if offered.verdict == "no" else ""


def _inside(w: Window, when: PartialDate) -> bool | None:
    """Both ends belong to the window: "from September 2014" means from its first day, "to" its last."""
    early = starts_after(w.started_from, when) if w.started_from else False
    late = ends_before(w.started_to, when) if w.started_to else False
    if early or late:
        return False
    if w.started_from and when.earliest < w.started_from.earliest:
        return None
    if w.started_to and when.latest > w.started_to.latest:
        return None
    return True


def _window(w: Window) -> str:
    if w.started_from and w.started_to:
        return f"from {w.started_from.words} to {w.started_to.words}"
    if w.started_from:
        return f"from {w.started_from.words} on"
    return f"until {w.started_to.words}" if w.started_to else "at any time"


def on_offer(a: Availability, when: PartialDate) -> Answer:
    """Whether the qualification was on offer at a date: between its operational start and end."""
    question, rule = f"Was it on offer in {when.words}?", "On offer from operational start to operational end."
    if a.operational_start and starts_after(a.operational_start, when):
        return Answer(question, "no", f"It was not yet on offer: it began {_at(a.operational_start)}.", rule)
    if a.operational_end and ends_before(a.operational_end, when):
        return Answer(question, "no", f"It was no longer on offer: it ended {_at(a.operational_end)}.", rule)
    start = a.operational_start
    end_known = a.operational_end and when.latest <= a.operational_end.earliest
    if start and start.latest <= when.earliest and (end_known or a.stated_status == "available"):
        return Answer(question, "yes", f"It was on offer then: it began {_at(start)}.", rule)
    return Answer(question, "cannot say", "Its dates do not say whether it was on offer then.", rule)
