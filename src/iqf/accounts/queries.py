"""Shared reads of accounts."""

from django.db.models import Max, Q, QuerySet

from iqf.accounts.models import AuditAbout, AuditEvent


def data_version() -> str:
    """The version of everything held: the number of the latest change. Any accepted write makes a new one."""
    return str(AuditEvent.objects.aggregate(latest=Max("id"))["latest"] or 0)


def trail(subject: str = "") -> QuerySet[AuditEvent]:
    """The changes made, latest first: all, or those of one thing."""
    events = AuditEvent.objects.order_by("-id")
    return events.filter(subject=subject) if subject else events


def history(code: str) -> QuerySet[AuditEvent]:
    """The changes of a thing and of everything that joins it to others, latest first."""
    joined = AuditAbout.objects.filter(code=code).values("event")
    return AuditEvent.objects.filter(Q(subject=code) | Q(pk__in=joined)).order_by("-id")
