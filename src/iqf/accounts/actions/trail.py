"""The audit trail: one entry for each change, written in the transaction that makes the change."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from iqf.accounts.models import AuditAbout, AuditEvent

_CODE = re.compile(r"IQF-[A-Z]-\d{6,}")


def audit(
    *,
    by: str,
    action: str,
    subject: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str = "",
    origin: str = "",
) -> AuditEvent:
    """Write one change into the audit trail. Called inside the transaction that makes the change."""
    event = AuditEvent(
        actor=by,
        action=action,
        subject=subject,
        before=dict(before),
        after=dict(after),
        reason=reason,
        origin=origin,
    )
    audit_many([event])
    return event


def audit_many(events: Iterable[AuditEvent]) -> None:
    """Write many changes into the audit trail at once, each filed under every thing that its subject names."""
    made = AuditEvent.objects.bulk_create(events, batch_size=500)
    about = (AuditAbout(event=event, code=code) for event in made for code in things_joined(event.subject))
    AuditAbout.objects.bulk_create(about, batch_size=1000)


def things_joined(subject: str) -> tuple[str, ...]:
    """The permanent codes in the subject of a change, where it is not a thing itself."""
    found = tuple(dict.fromkeys(_CODE.findall(subject)))
    return () if found == (subject,) else found
