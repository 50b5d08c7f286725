"""Every write to accounts: the audit trail and the people who may sign in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from iqf.accounts.models import AuditEvent, Membership, User


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


@transaction.atomic
def create_user(*, by: str, username: str, password: str, is_staff: bool = False) -> User:
    """Create a person who may sign in, and write it down. The password never reaches the trail."""
    user = User.objects.create_user(username=username, password=password, is_staff=is_staff)
    audit(by=by, action="create user", subject=f"user:{username}", before={}, after={"is_staff": is_staff})
    return user


@transaction.atomic
def set_password(*, by: str, username: str, password: str) -> None:
    """Give an existing user a new password. Raises `User.DoesNotExist` where there is none of that name."""
    user = User.objects.select_for_update().get(username=username)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit(by=by, action="set password", subject=f"user:{username}", before={}, after={})


@transaction.atomic
def join(*, by: str, username: str, body: str, role: str) -> Membership:
    """Give a user a part (contributor, editor, reviewer, administrator) in an authority or organisation."""
    user = User.objects.get(username=username)
    membership, _ = Membership.objects.update_or_create(user=user, body=body, defaults={"role": role})
    audit(by=by, action="join", subject=f"user:{username}", before={}, after={"body": body, "role": role})
    return membership
