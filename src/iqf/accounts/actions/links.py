"""Links that let somebody in once: invitations to take a part, and to choose a new password.

The secret of a link is signed and random, and is handed out once by the action that makes it. What is stored is a
keyed hash, so that neither the database nor the trail opens anything.
"""

import secrets
from datetime import timedelta
from typing import TypeVar

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from iqf.accounts.actions.attempts import end_sign_in
from iqf.accounts.actions.people import CannotDo, create_user, join, set_password
from iqf.accounts.actions.trail import audit
from iqf.accounts.models import ROLES, Invitation, Link, PasswordReset, User

INVITED_FOR = timedelta(days=7)
RESET_WITHIN = timedelta(hours=1)
OneLink = TypeVar("OneLink", bound=Link)
BY_LINK = "by a link sent to them"
_NOT_OURS = "This link is not one of ours. Look whether all of it was copied."


@transaction.atomic
def invite(*, by: str, body: str, role: str, email: str = "") -> tuple[Invitation, str]:
    """Ask somebody to take a part in a body. The invitation, and the secret of its link, told this once."""
    if role not in ROLES:
        raise CannotDo(f'There is no role "{role}"; give one of {", ".join(ROLES)}.')
    now, (secret, digest) = timezone.now(), _fresh("invitation")
    made = Invitation.objects.create(
        digest=digest, by=by, made_at=now, ends_at=now + INVITED_FOR, body=body, role=role, email=email
    )
    after = {"body": body, "role": role}
    audit(by=by, action="create invitation", subject=f"invitation:{made.pk}", before={}, after=after)
    return made, secret


@transaction.atomic
def renew(*, by: str, number: int) -> tuple[Invitation, str]:
    """A new link for an invitation that still stands; the old link works no more. The new secret, told this once."""
    held = _standing(number)
    secret, held.digest = _fresh("invitation")
    held.ends_at = timezone.now() + INVITED_FOR
    held.save(update_fields=["digest", "ends_at"])
    audit(by=by, action="renew invitation", subject=f"invitation:{held.pk}", before={}, after={"body": held.body})
    return held, secret


@transaction.atomic
def withdraw(*, by: str, number: int) -> Invitation:
    """Take an invitation back: its link works no more."""
    held = _standing(number)
    held.withdrawn_at = timezone.now()
    held.save(update_fields=["withdrawn_at"])
    audit(by=by, action="withdraw invitation", subject=f"invitation:{held.pk}", before={}, after={"body": held.body})
    return held


def _standing(number: int) -> Invitation:
    held = Invitation.objects.select_for_update().filter(pk=number).first()
    if held is None or not held.stands:
        raise CannotDo(f"Invitation {number} no longer waits for an answer.")
    return held


@transaction.atomic
def accept_as_new(*, secret: str, username: str, password: str) -> User:
    """Somebody invited makes an account and takes the part. Raises CannotDo."""
    held = opened_invitation(secret, lock=True)
    user = create_user(by=username, username=username, password=password, email=held.email)
    _accept(held, username)
    return user


@transaction.atomic
def accept_as(*, secret: str, username: str) -> None:
    """Somebody invited who has an account takes the part with it. Raises CannotDo, also where they have one there."""
    held = opened_invitation(secret, lock=True)
    if part := User.objects.get(username=username).memberships.filter(body=held.body).first():
        raise CannotDo(f"You are {part.role} there already. An administrator can give you another role.")
    _accept(held, username)


def _accept(held: Invitation, username: str) -> None:
    held.used_at = timezone.now()
    held.save(update_fields=["used_at"])
    join(by=username, username=username, body=held.body, role=held.role)
    after = {"user": username, "invited_by": held.by}
    audit(by=username, action="accept invitation", subject=f"invitation:{held.pk}", before={}, after=after)


def opened_invitation(secret: str, *, lock: bool = False) -> Invitation:
    """The invitation that a secret opens. Raises CannotDo for one forged, used, withdrawn or too old."""
    rows = Invitation.objects.select_for_update() if lock else Invitation.objects.all()
    held = rows.filter(digest=_digest("invitation", secret)).first()
    return _still_good(held, "Ask whoever invited you for a new one.")


@transaction.atomic
def make_reset(*, by: str, username: str) -> str:
    """A link by which a user may choose a new password; links made before work no more. Its secret, told this once.

    Raises CannotDo where the account is closed, and `User.DoesNotExist`.
    """
    user = User.objects.select_for_update().get(username=username)
    if not user.is_active:
        raise CannotDo(f"The account of {username} is closed; open it again first.")
    secret, digest = _fresh("reset")
    _store(user, digest, by)
    audit(by=by, action="make reset link", subject=f"user:{username}", before={}, after={})
    return secret


@transaction.atomic
def ask_for_reset(*, asked: str) -> list[tuple[User, str]]:
    """Who is to be sent a link to choose a new password: those whom a typed user name or e-mail address belongs to,
    who have an open account and an address, each with the secret. Usually one, or nobody.

    A stranger may ask, so nothing is written to the trail; what is done with the link is. The work is about the same
    for a name that nobody has: the look-up, and the making and hashing of a secret.
    """
    wanted = Q(username=asked) | Q(email__iexact=asked)
    found = list(User.objects.filter(wanted, is_active=True, demo=False).exclude(email="")[:3])
    made = [(user, *_fresh("reset")) for user in found]
    if not made:
        _fresh("reset")
    for user, _, digest in made:
        _store(user, digest, "reset page")
    return [(user, secret) for user, secret, _ in made]


def _store(user: User, digest: str, by: str) -> None:
    now = timezone.now()
    PasswordReset.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    PasswordReset.objects.create(digest=digest, by=by, made_at=now, ends_at=now + RESET_WITHIN, user=user)


@transaction.atomic
def reset_password(*, secret: str, password: str) -> User:
    """Whoever holds the link chooses a new password. Every session of that user ends, and a lock-out is lifted.

    Raises CannotDo.
    """
    held = opened_reset(secret, lock=True)
    held.used_at = timezone.now()
    held.save(update_fields=["used_at"])
    name = held.user.username
    set_password(by=name, username=name, password=password, reason=BY_LINK)
    end_sign_in(by=name)
    return held.user


def opened_reset(secret: str, *, lock: bool = False) -> PasswordReset:
    """The reset that a secret opens. Raises CannotDo for one forged, used, withdrawn or too old."""
    rows = PasswordReset.objects.select_for_update() if lock else PasswordReset.objects.all()
    held = _still_good(rows.filter(digest=_digest("reset", secret)).first(), "Ask for a new one.")
    if not held.user.is_active:
        raise CannotDo("This account is closed. Ask an administrator of your organisation.")
    return held


def _still_good(held: OneLink | None, then: str) -> OneLink:
    if held is None:
        raise NotOurs(_NOT_OURS)
    if held.used_at:
        raise CannotDo(f"This link has been used. {then}")
    if held.withdrawn_at:
        raise CannotDo(f"This link was withdrawn. {then}")
    if held.ends_at <= timezone.now():
        raise CannotDo(f"This link is too old. {then}")
    return held


class NotOurs(CannotDo):
    """A secret that opens nothing here and never did."""


def _fresh(what: str) -> tuple[str, str]:
    """A new secret, signed, and the hash under which it is stored."""
    secret = Signer(salt=f"iqf.accounts.{what}", sep="~").sign(secrets.token_urlsafe(32))
    return secret, _hashed(what, secret)


def _digest(what: str, secret: str) -> str:
    """The hash of a secret whose signature is ours. Raises NotOurs, before the database is asked."""
    try:
        Signer(salt=f"iqf.accounts.{what}", sep="~").unsign(secret)
    except BadSignature:
        raise NotOurs(_NOT_OURS) from None
    return _hashed(what, secret)


def _hashed(what: str, secret: str) -> str:
    return salted_hmac(f"iqf.accounts.{what}.stored", secret, algorithm="sha256").hexdigest()
