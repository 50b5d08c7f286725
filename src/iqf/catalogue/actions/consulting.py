"""Publish the outcome of a consultation round: what was asked, of whom, what they said, and how it was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from iqf.accounts.actions import audit
from iqf.catalogue.models import (
    Consultation,
    ConsultationBody,
    ConsultationComment,
    ConsultationLine,
    Organisation,
)
from iqf.evidence.actions import Cite, cite_anew, hold_sources
from iqf.evidence.models import Source

BATCH = 500


@dataclass(frozen=True)
class SaidOfLine:
    """What one body (by its name in the round) said of one line (by its position), and how that was answered."""

    position: int
    body: str
    stance: str
    text: str
    outcome: str
    reply: str
    proposal: int | None


@dataclass(frozen=True)
class Outcome:
    """A round to be published. `lines`: position, text, kind, code. `bodies`: name, code if any, last answer."""

    number: int
    title: str
    asked: str
    outcome: str
    by_name: str
    opened_on: date
    closed_on: date
    published_on: date
    lines: Sequence[tuple[int, str, str, str]]
    bodies: Sequence[tuple[str, str, date | None]]
    comments: Sequence[SaidOfLine]


@transaction.atomic
def publish_outcome(*, by: str, of: Outcome) -> Consultation:
    """Write a round into the catalogue, where everybody reads it. It holds names of bodies, never of persons."""
    key = f"consultation:{of.number}"
    source = Source(
        key=key,
        title=f"Consultation {of.number}: {of.title}",
        publisher=of.by_name,
        date=of.published_on.isoformat(),
        url=f"/consultations/{of.number}",
        kind="consultation",
    )
    held = hold_sources([source]).rows[key]
    made = Consultation.objects.create(
        number=of.number,
        title=of.title,
        asked=of.asked,
        outcome=of.outcome,
        by_name=of.by_name,
        opened_on=of.opened_on,
        closed_on=of.closed_on,
        published_on=of.published_on,
        citation=cite_anew(key, Cite("1", held, "page")),
    )
    _write(made, of)
    counts = {"lines": len(of.lines), "asked": len(of.bodies), "comments": len(of.comments)}
    audit(by=by, action="publish consultation", subject=key, before={}, after={"title": of.title, **counts})
    return made


def _write(made: Consultation, of: Outcome) -> None:
    lines = ConsultationLine.objects.bulk_create(
        (ConsultationLine(consultation=made, position=p, text=t, entity=e, code=c) for p, t, e, c in of.lines),
        batch_size=BATCH,
    )
    known = {o.code: o for o in Organisation.objects.filter(code__in=[code for _, code, _ in of.bodies if code])}
    bodies = ConsultationBody.objects.bulk_create(
        (
            ConsultationBody(consultation=made, name=name, organisation=known.get(code), answered_on=on)
            for name, code, on in of.bodies
        ),
        batch_size=BATCH,
    )
    line_at, body_called = {line.position: line for line in lines}, {body.name: body for body in bodies}
    ConsultationComment.objects.bulk_create(
        (
            ConsultationComment(
                line=line_at[said.position],
                body=body_called[said.body],
                stance=said.stance,
                text=said.text,
                outcome=said.outcome,
                reply=said.reply,
                proposal=said.proposal,
            )
            for said in of.comments
        ),
        batch_size=BATCH,
    )
