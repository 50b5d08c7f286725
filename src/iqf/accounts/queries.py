"""Shared reads of accounts."""

from datetime import datetime

from django.db.models import Q, QuerySet

from iqf.accounts.models import AuditAbout, AuditEvent, Invitation, Membership, User
from iqf.accounts.prepared import Prepared

UNSEEN = ("user:", "invitation:", "proposal:", "judgement:", "rater:", "portfolio:", "team:", "unprotected:")
"""How the subjects of changes begin that no page of the framework shows."""


def data_version() -> str:
    """The version of the framework: the number of the latest change to it. Any accepted write makes a new one.

    Who may sign in, and what is only proposed, is no part of what pages show: it makes no new version, so that no
    search index is built anew and no cache emptied for it.
    """
    state = data_state()
    return str(state[0] if state else 0)


def data_state() -> tuple[int, datetime] | None:
    """The latest change to the framework: its number and its instant; None where nothing was ever written."""
    return _latest.first()


def _seen() -> QuerySet[AuditEvent]:
    unseen = Q(*(("subject__startswith", kind) for kind in UNSEEN), _connector=Q.OR)
    return AuditEvent.objects.exclude(unseen).order_by("-id")


_latest: Prepared[tuple[int, datetime]] = Prepared(lambda: _seen().values_list("id", "at")[:1])


def trail(subject: str = "") -> QuerySet[AuditEvent]:
    """The changes made, latest first: all, or those of one thing."""
    events = AuditEvent.objects.order_by("-id")
    return events.filter(subject=subject) if subject else events


def history(code: str) -> QuerySet[AuditEvent]:
    """The changes of a thing and of everything that joins it to others, latest first."""
    joined = AuditAbout.objects.filter(code=code).values("event")
    return AuditEvent.objects.filter(Q(subject=code) | Q(pk__in=joined)).order_by("-id")


def members(body: str) -> QuerySet[Membership]:
    """The parts that people have in a body, by name."""
    return Membership.objects.filter(body=body).select_related("user").order_by("user__username")


def invitations(body: str) -> QuerySet[Invitation]:
    """The invitations to a body that wait for an answer, latest first; some may be too old."""
    return Invitation.objects.filter(body=body, used_at=None, withdrawn_at=None).order_by("-made_at", "-pk")


def everybody() -> QuerySet[User]:
    """Everybody with an account, by name, with their parts."""
    return User.objects.order_by("username").prefetch_related("memberships")
