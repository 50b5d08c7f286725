"""Attempts to guess: counted for each name at each door, and refused for a while after too many.

None of this is in the audit trail: nothing that the product holds changes, and strangers could fill the trail.
"""

import unicodedata
from datetime import datetime, timedelta
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from iqf.accounts.models import SignInFailure

FAILURES_ALLOWED = 5
LOCK_OUT = timedelta(minutes=15)
"""Five failures within this time, and the name is refused for as long again."""

Door = Literal["sign_in", "reset", "link"]
_SAID: dict[Door, str] = {
    "sign_in": "Too many attempts to sign in with this name; wait 15 minutes and try again.",
    "reset": "A new password was asked for too often with this name; wait 15 minutes and try again.",
    "link": "Too many links from where you are were not ones that work; wait 15 minutes and try again.",
}


class LockedOutError(Exception):
    """Too many attempts under one name; `until` says when the next one is listened to."""

    def __init__(self, until: datetime, at: Door = "sign_in") -> None:
        self.until = until
        super().__init__(_SAID[at])


@transaction.atomic
def begin_attempt(*, by: str, at: Door) -> None:
    """Count an attempt by a name at a door as a failure until `end_attempt` says otherwise, so that attempts made at
    the same moment are all counted. Raises LockedOutError, and counts nothing, where the name has failed too often.

    Names that nobody has are counted alike, so that the answer does not tell which names there are. On PostgreSQL
    requests being served at the very same moment may each get one attempt more.
    """
    now, name = timezone.now(), _hashed(by, at)
    SignInFailure.objects.filter(at__lt=now - 2 * LOCK_OUT).delete()
    recent = SignInFailure.objects.filter(name=name).order_by("-at").values_list("at", flat=True)
    last = list(recent[:FAILURES_ALLOWED])
    if len(last) == FAILURES_ALLOWED and last[0] - last[-1] < LOCK_OUT and now < last[0] + LOCK_OUT:
        raise LockedOutError(last[0] + LOCK_OUT, at)
    SignInFailure.objects.create(name=name, at=now)


@transaction.atomic
def end_attempt(*, by: str, at: Door) -> None:
    """Forget the failures of a name at a door."""
    SignInFailure.objects.filter(name=_hashed(by, at)).delete()


def begin_sign_in(*, by: str) -> None:
    """Count an attempt to sign in. Raises LockedOutError."""
    begin_attempt(by=by, at="sign_in")


def end_sign_in(*, by: str) -> None:
    """Forget the failures of a name that has signed in."""
    end_attempt(by=by, at="sign_in")


def _hashed(name: str, at: Door) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return salted_hmac(f"iqf.accounts.{at}", folded, algorithm="sha256").hexdigest()
