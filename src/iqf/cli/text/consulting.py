"""Consultations as a person reads them at a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from iqf.cli.text.lines import joined, section
from iqf.reports.consultations import ConsultationAnswer, ConsultationRow, LineAnswered
from iqf.review.models import Round
from iqf.review.round_states import WORDS


@dataclass(frozen=True)
class Running:
    """A round whose outcome is not published: its state today, how many lines, bodies asked and heard."""

    number: int
    title: str
    state: str
    by_name: str
    closes_on: date | None
    lines: int
    asked: int
    heard: int

    @classmethod
    def of(cls, held: Round, now: datetime) -> Self:
        """A stored round, with its counts, as it stands at a moment."""
        counts = (getattr(held, f"n_{name}") for name in ("lines", "asked", "heard"))
        return cls(held.pk, held.title, held.state_at(now), held.body_name, held.closes_on, *counts)


def listed(running: Sequence[Running], published: Sequence[ConsultationRow]) -> str:
    """The rounds that run, and those whose outcome is published."""
    lines = [f"{len(running)} running or given up, {len(published)} published"]
    lines += section("Not published", [_running(r) for r in running])
    lines += section(
        "Published",
        [
            f"{c.number}  {c.title}: {c.heard} of {c.asked} answered, {c.comments} comments, {c.published_on}"
            for c in published
        ],
    )
    return joined(lines)


def _running(r: Running) -> str:
    until = f", until {r.closes_on}" if r.closes_on else ""
    return f"{r.number}  {r.title}: {WORDS[r.state].lower()}{until}; {r.heard} of {r.asked} answered"


def one(answer: ConsultationAnswer) -> str:
    """What was asked, of whom, and how every comment was answered."""
    lines = [
        f"Consultation {answer.number}: {answer.title}",
        f"{answer.by_name}, open {answer.opened_on} to {answer.closed_on}, published {answer.published_on}",
        "",
        answer.outcome,
    ]
    lines += section("What was asked", answer.asked.splitlines())
    bodies = [f"{b.name}: {'answered' if b.answered_on else 'did not answer'}" for b in answer.bodies]
    lines += section(f"Who was asked ({answer.heard} of {len(bodies)} answered)", bodies)
    for line in answer.lines:
        lines += ["", *_line(line)]
    return joined(lines)


def _line(line: LineAnswered) -> list[str]:
    counts = f"{line.agree} agree, {line.disagree} disagree, {line.comment} only comment"
    said = []
    for c in line.comments:
        said.append(f"  {c.body.name} ({c.stance}): {c.text}")
        carried = f" (proposal {c.proposal})" if c.proposal else ""
        said.append(f"    {c.outcome}{carried}{': ' + c.reply if c.reply else ''}")
    return [f"{line.number}. {line.text}", f"  {counts}", *said]
