"""Every write to accounts: the audit trail, the people who may sign in, and attempts to guess their passwords."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from iqf.accounts.models import AuditAbout, AuditEvent, Membership, SignInFailure, User

FAILURES_ALLOWED = 5
_CODE = re.compile(r"IQF-[A-Z]-\d{6,}")
LOCK_OUT = timedelta(minutes=15)
"""Five failures within this time, and the name is refused for as long again."""


class LockedOutError(Exception):
    """Too many attempts to sign in under one name; `until` says when the next one is listened to."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__("Too many attempts to sign in with this name; wait 15 minutes and try again.")


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


@transaction.atomic
def begin_sign_in(*, by: str) -> None:
    """Count an attempt to sign in as a failure until `end_sign_in` says otherwise, so that attempts made at the same
    moment are all counted. Raises LockedOutError, and counts nothing, where the name has failed too often.

    Names that nobody has are counted alike, so that the answer does not tell which names there are. None of this is
    in the audit trail: nothing that the product holds changes, and strangers could fill the trail. On PostgreSQL
    requests being served at the very same moment may each get one attempt more.
    """
    now, name = timezone.now(), _hashed(by)
    SignInFailure.objects.filter(at__lt=now - 2 * LOCK_OUT).delete()
    recent = SignInFailure.objects.filter(name=name).order_by("-at").values_list("at", flat=True)
    last = list(recent[:FAILURES_ALLOWED])
    if len(last) == FAILURES_ALLOWED and last[0] - last[-1] < LOCK_OUT and now < last[0] + LOCK_OUT:
        raise LockedOutError(last[0] + LOCK_OUT)
    SignInFailure.objects.create(name=name, at=now)


@transaction.atomic
def end_sign_in(*, by: str) -> None:
    """Forget the failures of a name that has signed in."""
    SignInFailure.objects.filter(name=_hashed(by)).delete()


def _hashed(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return salted_hmac("iqf.accounts.sign_in", folded, algorithm="sha256").hexdigest()
