"""The audit trail: one entry for each change, written in the transaction that makes the change."""

from collections.abc import Iterable, Mapping
from typing import Any

from iqf.accounts.models import AuditEvent


def audit(
    *,
    by: str,
    action: str,
    subject: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str = "",
) -> AuditEvent:
    """Write one change into the audit trail. Called inside the transaction that makes the change."""
    return AuditEvent.objects.create(
        actor=by, action=action, subject=subject, before=dict(before), after=dict(after), reason=reason
    )


def audit_many(events: Iterable[AuditEvent]) -> None:
    """Write many changes into the audit trail at once, for imports."""
    AuditEvent.objects.bulk_create(events, batch_size=500)
