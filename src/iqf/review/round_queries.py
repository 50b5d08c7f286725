"""Shared reads of consultation rounds: which there are, who is asked, who has answered, what waits for an answer."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from iqf.catalogue.queries import NotFoundError
from iqf.review.models import Comment, InvitedBody, Round, RoundLine
from iqf.review.round_states import CLOSED, DRAFT, OPEN, PUBLISHED, WITHDRAWN

NOT_OURS = "This link is not one of ours. Copy the whole of it from the message that brought it."


def rounds(state: str = "") -> QuerySet[Round]:
    """The rounds in a state, or all, latest first, each with how many lines, bodies asked, and bodies heard."""
    found = Round.objects.annotate(
        n_lines=Count("lines", distinct=True),
        n_asked=Count("invited", filter=Q(invited__withdrawn_at=None), distinct=True),
        n_heard=Count("invited", filter=Q(invited__answered_at__isnull=False), distinct=True),
    ).order_by("-id")
    now = timezone.now()
    if state == OPEN:
        return found.filter(state=OPEN, closes_on__gte=timezone.localdate(now))
    if state == CLOSED:
        return found.filter(Q(state=CLOSED) | Q(state=OPEN, closes_on__lt=timezone.localdate(now)))
    return found.filter(state=state) if state else found


def round_numbered(number: int) -> Round:
    """One round by its number. Raises NotFoundError."""
    found = Round.objects.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotFoundError(f"There is no consultation {number}; see the list of consultations.")
    return found


def asked_bodies(of: Round) -> QuerySet[InvitedBody]:
    """The bodies that are asked, by name, each with how many lines it has said something of."""
    return of.invited.filter(withdrawn_at=None).annotate(n_said=Count("comments")).order_by("name", "id")


def not_heard(of: Round) -> QuerySet[InvitedBody]:
    """The bodies that were asked and have said nothing yet: whom to remind."""
    return of.invited.filter(withdrawn_at=None, answered_at=None)


def invitations_of(bodies: Iterable[str]) -> QuerySet[InvitedBody]:
    """The rounds that ask any of these bodies and are not drafts, latest first."""
    asked = InvitedBody.objects.filter(body__in=list(bodies), withdrawn_at=None, round__opened_at__isnull=False)
    return asked.select_related("round").order_by("-round_id", "name")


def invitation_of(of: Round, bodies: Iterable[str]) -> InvitedBody:
    """The invitation of one of these bodies to a round. Raises NotFoundError."""
    found = invitations_of(bodies).filter(round=of).first()
    if found is None:
        raise NotFoundError(f"Consultation {of.pk} does not ask your organisation.")
    return found


def invitation_with(token: str) -> InvitedBody:
    """The invitation that the token of a link opens. Raises NotFoundError, also where another link has followed."""
    found = InvitedBody.objects.filter(token_hash=hash_of(token)).select_related("round").first()
    if found is None or found.withdrawn_at is not None:
        raise NotFoundError(NOT_OURS)
    return found


def hash_of(token: str) -> str:
    """What is kept of a link's token."""
    return sha256(token.encode()).hexdigest()


def lines_for(invited: InvitedBody) -> list[tuple[RoundLine, Comment | None]]:
    """Every line with what this body has said of it."""
    said = {comment.line_id: comment for comment in invited.comments.all()}
    return [(line, said.get(line.pk)) for line in invited.round.lines.all()]


def comments_of(of: Round) -> QuerySet[Comment]:
    """Everything that was said in a round, line by line, with its answer."""
    return Comment.objects.filter(line__round=of).select_related("line", "invited", "answer")


def unanswered(of: Round) -> QuerySet[Comment]:
    """What was said with words and has no answer yet: it must have one before the outcome is published."""
    return comments_of(of).exclude(text="").filter(answer=None)


def lines_with_comments(of: Round) -> QuerySet[RoundLine]:
    """The lines, each with what was said of it."""
    return of.lines.prefetch_related(Prefetch("comments", queryset=comments_of(of)))


def why_over(invited: InvitedBody, now: datetime) -> str:
    """Why nothing can be said any more, in a sentence; blank where it can."""
    state = invited.round.state_at(now)
    if state == OPEN:
        return ""
    if state == DRAFT:
        return "This consultation is not open yet."
    if state == WITHDRAWN:
        return f"This consultation was withdrawn: {invited.round.outcome}"
    if state == PUBLISHED:
        return "This consultation is over, and its outcome is published."
    return "This consultation is closed. What was said in it is being answered, and the outcome will be published."
