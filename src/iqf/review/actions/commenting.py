"""What invited bodies say in a consultation round, as often as they like until it closes; and how it is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.catalogue.actions.consulting import Outcome, SaidOfLine, publish_outcome
from iqf.catalogue.models import Consultation
from iqf.review.actions.rounds import CannotConsult, end, locked, may_now
from iqf.review.models import Answer, Comment, InvitedBody, Proposal, Round
from iqf.review.models.rounds import OUTCOMES, STANCES
from iqf.review.round_queries import comments_of, unanswered, why_over

MOST_TEXT = 6000


@dataclass(frozen=True)
class Said:
    """What a body says of a line. Words without a stance are a comment; nothing at all takes back what it said."""

    stance: str = ""
    text: str = ""


@dataclass(frozen=True)
class Kept:
    """How many lines were written, and by line what could not be kept and why."""

    written: int
    faults: Mapping[int, str]


@dataclass(frozen=True)
class Reply:
    """What was done about a comment: accepted (with the proposal that carries it out, if any), declined, noted."""

    outcome: str
    text: str = ""
    proposal: int | None = None


@transaction.atomic
def comment(*, by: str, invited: int, said: Mapping[int, Said]) -> Kept:
    """Keep what a body says of lines, by the line's position; the last word counts. What is whole is kept even
    where something else is not. Raises CannotConsult once the round is over.
    """
    one = InvitedBody.objects.select_for_update().filter(pk=invited, withdrawn_at=None).first()
    if one is None:
        raise CannotConsult("Your organisation is not asked in this consultation.")
    held = locked(one.round_id)
    one.round = held
    if over := why_over(one, timezone.now()):
        raise CannotConsult(over)
    may_now(held, "comment")
    faults = {position: fault for position, words in said.items() if (fault := _fault(words))}
    before, now = _keep(one, by, {p: words for p, words in said.items() if p not in faults})
    if now:
        one.answered_at = timezone.now() if one.comments.exists() else None
        one.save(update_fields=["answered_at"])
        subject = f"consultation:{held.pk} > {one.name}"[:200]
        audit(by=by, action="comment consultation", subject=subject, before=before, after=now)
    return Kept(len(now), faults)


def _fault(said: Said) -> str:
    if len(said.text) > MOST_TEXT:
        return f"This is {len(said.text):,} characters long; at most {MOST_TEXT:,} fit here."
    if said.stance not in ("", *STANCES):
        return "Choose whether you agree, disagree, or only comment."
    if said.stance in ("disagree", "comment") and not said.text.strip():
        return "Say why you disagree." if said.stance == "disagree" else "Write your comment."
    return ""


def _keep(one: InvitedBody, by: str, said: Mapping[int, Said]) -> tuple[dict[str, str], dict[str, str]]:
    """Write what differs from what was said before; both, by line, as the trail keeps them."""
    held = {comment.line_id: comment for comment in one.comments.select_for_update()}
    before, now = {}, {}
    for line in one.round.lines.filter(position__in=list(said)):
        words, old = said[line.position], held.get(line.pk)
        text = words.text.strip()
        stance = words.stance or ("comment" if text else "")
        if (stance, text) == ((old.stance, old.text) if old else ("", "")):
            continue
        name = f"line {line.position + 1}"
        before[name], now[name] = _shown(old.stance, old.text) if old else "", _shown(stance, text)
        Answer.objects.filter(comment=old).delete()  # what is answered is what was said last
        if not stance:
            old.delete()  # type: ignore[union-attr]
        else:
            Comment.objects.update_or_create(
                line=line, invited=one, defaults={"stance": stance, "text": text, "by": by}
            )
    return before, now


def _shown(stance: str, text: str) -> str:
    return f"{stance}: {text}" if text else stance


@transaction.atomic
def reply(*, by: str, number: int, replies: Mapping[int, Reply]) -> Kept:
    """Answer comments of a closed round, each by its number; what is whole is kept even where something is not.

    Answers may be written again until the outcome is published. Raises CannotConsult.
    """
    held = locked(number)
    may_now(held, "reply")
    comments = {c.pk: c for c in comments_of(held).filter(pk__in=list(replies))}
    wanted = [r.proposal for r in replies.values() if r.proposal is not None]
    known = set(Proposal.objects.filter(pk__in=wanted).exclude(state="draft").values_list("pk", flat=True))
    faults = {pk: fault for pk, words in replies.items() if (fault := _reply_fault(words, pk in comments, known))}
    before, now = {}, {}
    for pk, words in replies.items():
        if pk in faults:
            continue
        old = getattr(comments[pk], "answer", None)
        said = (words.outcome, words.text.strip(), words.proposal)
        if old and said == (old.outcome, old.text, old.proposal):
            continue
        before[f"comment {pk}"] = _shown(old.outcome, old.text) if old else ""
        now[f"comment {pk}"] = _shown(*said[:2])
        values = {"outcome": said[0], "text": said[1], "proposal": said[2], "by": by}
        Answer.objects.update_or_create(comment=comments[pk], defaults=values)
    if now:
        audit(by=by, action="reply consultation", subject=f"consultation:{held.pk}", before=before, after=now)
    return Kept(len(now), faults)


def _reply_fault(words: Reply, there: bool, known: set[int]) -> str:
    if not there:
        return "There is no such comment in this consultation."
    if words.outcome not in OUTCOMES:
        return f"Choose what was done: {', '.join(OUTCOMES)}."
    if words.outcome == "declined" and not words.text.strip():
        return "Say why it is declined; whoever said it reads that."
    if len(words.text) > MOST_TEXT:
        return f"This is {len(words.text):,} characters long; at most {MOST_TEXT:,} fit here."
    if words.proposal is not None and words.outcome != "accepted":
        return "Only what is accepted is carried out by a proposal."
    if words.proposal is not None and words.proposal not in known:
        return f"There is no proposal {words.proposal} that was sent."
    return ""


@transaction.atomic
def publish_round(*, by: str, number: int, version: int, outcome: str) -> Consultation:
    """Publish what was asked, who answered, each comment and its answer, as a fact of the catalogue.

    Raises CannotConsult where a comment has no answer yet, or nothing is said of what came of it.
    """
    held = locked(number, version)
    may_now(held, "publish")
    if left := unanswered(held).count():
        raise CannotConsult(f"{left} comment{'s have' if left > 1 else ' has'} no answer yet; answer each first.")
    if not outcome.strip():
        raise CannotConsult("Say what came of it, in a few sentences: it stands at the top of the public page.")
    if len(outcome) > MOST_TEXT:
        raise CannotConsult(f"What came of it must fit into {MOST_TEXT:,} characters.")
    end(held, by, outcome.strip())
    return publish_outcome(by=by, of=_outcome(held))


def _outcome(held: Round) -> Outcome:
    bodies = held.invited.filter(withdrawn_at=None)
    return Outcome(
        number=held.pk,
        title=held.title,
        asked=held.asked,
        outcome=held.outcome,
        by_name=held.body_name,
        opened_on=_day(held.opened_at),
        closed_on=_day(held.closed_at),
        published_on=_day(held.ended_at),
        lines=[(line.position, line.text, line.entity, line.code) for line in held.lines.all()],
        bodies=[(b.name, b.body, _day(b.answered_at) if b.answered_at else None) for b in bodies],
        comments=[_said(c) for c in comments_of(held)],
    )


def _said(one: Comment) -> SaidOfLine:
    answer = getattr(one, "answer", None)
    done = (answer.outcome, answer.text, answer.proposal) if answer else ("", "", None)
    return SaidOfLine(one.line.position, one.invited.name, one.stance, one.text, *done)


def _day(at: object) -> date:
    return timezone.localdate(at)  # type: ignore[arg-type]
