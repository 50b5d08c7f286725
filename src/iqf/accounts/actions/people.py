"""People who may sign in, and the parts they have in organisations and authorities."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from iqf.accounts.actions.trail import audit
from iqf.accounts.models import ROLES, Membership, User
from iqf.accounts.permissions import ADMINISTRATOR


class CannotDo(Exception):
    """What was asked cannot be done to a person or a part; one plain sentence says why and what to do."""


@transaction.atomic
def create_user(*, by: str, username: str, password: str, is_staff: bool = False, email: str = "") -> User:
    """Create a person who may sign in, and write it down. The password never reaches the trail.

    Raises CannotDo where the name will not do, or somebody has it in large or small letters.
    """
    _name_will_do(username)
    user = User.objects.create_user(username=username, email=email, password=password, is_staff=is_staff)
    audit(by=by, action="create user", subject=_subject(username), before={}, after={"is_staff": is_staff})
    return user


def _name_will_do(username: str) -> None:
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        raise CannotDo("A user name may hold letters, numbers and @ . + - _ only, and no spaces.") from None
    if User.objects.filter(username__iexact=username).exists():
        raise CannotDo(f'There is a user "{username}" already; choose another name.')


@transaction.atomic
def create_demo_users(*, by: str, password: str, wanted: Mapping[str, tuple[str, str] | None]) -> None:
    """Make the accounts of the demo that are not there yet: name → (body, role), or None for platform staff.

    They share a password, which is made new for each home; it is hashed once, as hashing is slow on purpose.
    """
    held = set(User.objects.filter(username__in=wanted).values_list("username", flat=True))
    hashed = make_password(password) if set(wanted) - held else ""
    for name in (name for name in wanted if name not in held):
        part = wanted[name]
        User.objects.create(username=name, password=hashed, is_staff=part is None, demo=True)
        after = {"is_staff": part is None, "demo": True}
        audit(by=by, action="create user", subject=_subject(name), before={}, after=after)
        if part:
            join(by=by, username=name, body=part[0], role=part[1])


@transaction.atomic
def set_password(*, by: str, username: str, password: str, reason: str = "") -> None:
    """Give an existing user a new password; every session of that user ends.

    Raises `User.DoesNotExist` where there is none of that name.
    """
    user = User.objects.select_for_update().get(username=username)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit(by=by, action="set password", subject=_subject(username), before={}, after={}, reason=reason)


@transaction.atomic
def join(*, by: str, username: str, body: str, role: str, reason: str = "") -> Membership:
    """Give a user a part (contributor, editor, reviewer, administrator) in an authority or organisation, or another
    role there. The same role again writes nothing. Raises CannotDo, and `User.DoesNotExist`.
    """
    if role not in ROLES:
        raise CannotDo(f'There is no role "{role}"; give one of {", ".join(ROLES)}.')
    user = User.objects.select_for_update().get(username=username)
    held = user.memberships.filter(body=body).first()
    if held is None:
        audit(by=by, action="join", subject=_subject(username), before={}, after={"body": body, "role": role})
        return Membership.objects.create(user=user, body=body, role=role)
    if held.role != role:
        _not_the_last(by, user, [held])
        sides = ({"body": body, "role": held.role}, {"body": body, "role": role})
        audit(by=by, action="change part", subject=_subject(username), before=sides[0], after=sides[1], reason=reason)
        held.role = role
        held.save(update_fields=["role"])
    return held


@transaction.atomic
def leave(*, by: str, username: str, body: str, reason: str = "") -> None:
    """End a user's part in a body. Raises CannotDo for a part that is not there, and for the last administrator."""
    user = User.objects.select_for_update().get(username=username)
    held = user.memberships.filter(body=body).first()
    if held is None:
        raise CannotDo(f"{username} has no part in {body}.")
    _not_the_last(by, user, [held])
    before = {"body": body, "role": held.role}
    audit(by=by, action="leave", subject=_subject(username), before=before, after={}, reason=reason)
    held.delete()


@transaction.atomic
def deactivate(*, by: str, username: str, reason: str = "") -> None:
    """Close an account: nobody signs in by it, and its sessions end. Its parts stay, for when it is opened again.

    Raises CannotDo for the last administrator of a body, and for the last of the platform staff.
    """
    user = User.objects.select_for_update().get(username=username)
    if not user.is_active:
        raise CannotDo(f"The account of {username} is closed already.")
    if user.is_staff and not _platform().exclude(pk=user.pk).exists():
        raise CannotDo(f"{username} is the last of the platform staff; add another first.")
    _not_the_last(by, user, user.memberships.all())
    _active(by, user, False, "deactivate user", reason)


@transaction.atomic
def reactivate(*, by: str, username: str, reason: str = "") -> None:
    """Open a closed account again. Raises CannotDo where it is open."""
    user = User.objects.select_for_update().get(username=username)
    if user.is_active:
        raise CannotDo(f"The account of {username} is open.")
    _active(by, user, True, "reactivate user", reason)


def _active(by: str, user: User, now: bool, action: str, reason: str) -> None:
    user.is_active = now
    user.save(update_fields=["is_active"])
    sides = ({"is_active": not now}, {"is_active": now})
    audit(by=by, action=action, subject=_subject(user.username), before=sides[0], after=sides[1], reason=reason)


def _not_the_last(by: str, user: User, held: Iterable[Membership]) -> None:
    """Refuse where a part is that of the body's last active administrator. Platform staff may all the same: they can
    name another at any time, so that the body is not left with nobody who may act for it.
    """
    if not user.is_active or _platform().exclude(pk=user.pk).filter(username=by).exists():
        return
    for part in held:
        heads = Membership.objects.filter(_acts_here("user__"), body=part.body, role=ADMINISTRATOR)
        if part.role == ADMINISTRATOR and not heads.select_for_update().exclude(user=user).exists():
            raise CannotDo(
                f"{user.username} is the last administrator of {part.body}. Make somebody else administrator first, "
                "or ask platform staff."
            )


def _platform() -> QuerySet[User]:
    return User.objects.filter(_acts_here(), is_staff=True)


def _acts_here(prefix: str = "") -> Q:
    """Selects open accounts; those of the demo can act for nobody outside it."""
    here = Q(**{f"{prefix}is_active": True})
    return here if settings.IQF_DEMO else here & Q(**{f"{prefix}demo": False})


def _subject(username: str) -> str:
    return f"user:{username}"
