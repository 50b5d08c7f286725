"""Shared reads of accounts."""

from django.db.models import Max, QuerySet

from iqf.accounts.models import AuditEvent


def data_version() -> str:
    """The version of everything held: the number of the latest change. Any accepted write makes a new one."""
    return str(AuditEvent.objects.aggregate(latest=Max("id"))["latest"] or 0)


def trail(subject: str = "") -> QuerySet[AuditEvent]:
    """The changes made, latest first: all, or those of one thing."""
    events = AuditEvent.objects.order_by("-id")
    return events.filter(subject=subject) if subject else events
