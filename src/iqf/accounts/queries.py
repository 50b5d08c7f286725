"""Shared reads of accounts."""

from django.db.models import Q, QuerySet

from iqf.accounts.models import AuditEvent, Invitation, Membership, User


def data_version() -> str:
    """The version of the framework: the number of the latest change to it. Any accepted write makes a new one.

    Who may sign in is no part of what pages show: an invitation or a new password makes no new version, so that no
    search index is built anew and no cache emptied for it.
    """
    about_people = Q(subject__startswith="user:") | Q(subject__startswith="invitation:")
    latest = AuditEvent.objects.exclude(about_people).order_by("-id").values_list("id", flat=True).first()
    return str(latest or 0)


def trail(subject: str = "") -> QuerySet[AuditEvent]:
    """The changes made, latest first: all, or those of one thing."""
    events = AuditEvent.objects.order_by("-id")
    return events.filter(subject=subject) if subject else events


def members(body: str) -> QuerySet[Membership]:
    """The parts that people have in a body, by name."""
    return Membership.objects.filter(body=body).select_related("user").order_by("user__username")


def invitations(body: str) -> QuerySet[Invitation]:
    """The invitations to a body that wait for an answer, latest first; some may be too old."""
    return Invitation.objects.filter(body=body, used_at=None, withdrawn_at=None).order_by("-made_at", "-pk")


def everybody() -> QuerySet[User]:
    """Everybody with an account, by name, with their parts."""
    return User.objects.order_by("username").prefetch_related("memberships")
