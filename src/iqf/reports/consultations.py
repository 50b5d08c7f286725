"""Which consultations were held, what did each ask of whom, who answered what, and what became of every comment?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q

from iqf.catalogue import models as m
from iqf.catalogue.models.consultations import COMMENT_STANCES
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, NotFoundError
from iqf.codes import CODE_PREFIXES
from iqf.reports.things import Ref, Said, ref, said

KINDS = {prefix: kind for kind, prefix in CODE_PREFIXES.items()}


@dataclass(frozen=True)
class ConsultationRow:
    """A consultation as the list of them shows it: how many lines, bodies asked and heard, comments in words."""

    number: int
    title: str
    by_name: str
    opened_on: date
    closed_on: date
    published_on: date
    lines: int
    asked: int
    heard: int
    comments: int


@dataclass(frozen=True)
class ConsultationsAnswer:
    """Every consultation whose outcome was published, latest first."""

    rows: tuple[ConsultationRow, ...]


@dataclass(frozen=True)
class BodyAsked:
    """A body that was asked, as an organisation of the framework where it is one, and when it last answered."""

    name: str
    organisation: Ref | None
    answered_on: date | None


@dataclass(frozen=True)
class CommentAnswered:
    """What a body said of a line, and what was done about it: accepted, declined or noted; and why."""

    body: BodyAsked
    stance: str
    text: str
    outcome: str
    reply: str
    proposal: int | None


@dataclass(frozen=True)
class LineAnswered:
    """One line: how many agree, disagree and only comment, and everything that was said with words.

    `about_kind` and `about`: the thing that it is about, named as search names it; blank where there is none.
    """

    number: int
    text: str
    about_kind: str
    about: str
    agree: int
    disagree: int
    comment: int
    comments: tuple[CommentAnswered, ...]


@dataclass(frozen=True)
class ConsultationAnswer:
    """Everything that is public of a consultation."""

    number: int
    title: str
    asked: str
    outcome: str
    by_name: str
    opened_on: date
    closed_on: date
    published_on: date
    bodies: tuple[BodyAsked, ...]
    lines: tuple[LineAnswered, ...]
    said: Said

    @property
    def heard(self) -> int:
        """How many of the bodies that were asked said something."""
        return sum(body.answered_on is not None for body in self.bodies)

    @property
    def comments(self) -> int:
        """How many comments were made in words."""
        return sum(len(line.comments) for line in self.lines)

    @property
    def outcomes(self) -> dict[str, int]:
        """How many of them were accepted, declined and noted."""
        done = [comment.outcome for line in self.lines for comment in line.comments]
        return {outcome: done.count(outcome) for outcome in ("accepted", "declined", "noted")}


def consultations() -> ConsultationsAnswer:
    """Every consultation whose outcome was published."""
    rows = m.Consultation.objects.filter(LIVE).order_by("-number")
    counted = rows.annotate(
        n_lines=Count("lines", distinct=True),
        n_asked=Count("bodies", distinct=True),
        n_heard=Count("bodies", filter=Q(bodies__answered_on__isnull=False), distinct=True),
        n_comments=Count("lines__comments", filter=~Q(lines__comments__text=""), distinct=True),
    )
    return ConsultationsAnswer(tuple(map(_row, counted)))


def consultation(number: int) -> ConsultationAnswer:
    """One consultation by its number. Raises NotFoundError."""
    found = m.Consultation.objects.filter(LIVE, number=number).select_related(*CITED) if number < 2**63 else None
    held = found.first() if found is not None else None
    if held is None:
        raise NotFoundError(f"There is no consultation {number} whose outcome is published.")
    bodies = {b.pk: _body(b) for b in _bodies(held)}
    comments = m.ConsultationComment.objects.order_by("body__name")
    lines = held.lines.prefetch_related(Prefetch("comments", queryset=comments))
    return ConsultationAnswer(
        number=held.number,
        title=held.title,
        asked=held.asked,
        outcome=held.outcome,
        by_name=held.by_name,
        opened_on=held.opened_on,
        closed_on=held.closed_on,
        published_on=held.published_on,
        bodies=tuple(bodies.values()),
        lines=tuple(_line(n, line, bodies) for n, line in enumerate(lines, start=1)),
        said=said(held.citation),
    )


def _row(held: m.Consultation) -> ConsultationRow:
    return ConsultationRow(
        number=held.number,
        title=held.title,
        by_name=held.by_name,
        opened_on=held.opened_on,
        closed_on=held.closed_on,
        published_on=held.published_on,
        **{name: getattr(held, f"n_{name}") for name in ("lines", "asked", "heard", "comments")},
    )


def _bodies(held: m.Consultation) -> Iterable[m.ConsultationBody]:
    return held.bodies.select_related("organisation").prefetch_related("organisation__aliases")


def _body(row: m.ConsultationBody) -> BodyAsked:
    return BodyAsked(row.name, ref(row.organisation) if row.organisation else None, row.answered_on)


def _line(number: int, line: m.ConsultationLine, bodies: dict[int, BodyAsked]) -> LineAnswered:
    every = list(line.comments.all())
    agree, disagree, only = (sum(c.stance == stance for c in every) for stance in COMMENT_STANCES)
    worded = tuple(
        CommentAnswered(bodies[c.body_id], c.stance, c.text, c.outcome, c.reply, c.proposal) for c in every if c.text
    )
    return LineAnswered(number, line.text, kind_of_code(line.code), line.code, agree, disagree, only, worded)


def kind_of_code(code: str) -> str:
    """What a code names: a thing by its letter, a statement as `framework:code`; blank for neither."""
    if code.startswith("IQF-"):
        return KINDS.get(code[4:5], "")
    return "statement" if ":" in code else ""
