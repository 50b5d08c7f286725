"""Raters: who or what they are. A rater's kind is said once and never changed by reading another file."""

from django.db import transaction

from iqf.accounts.actions import audit
from iqf.mapping.models import MACHINE, RATER_KINDS, Rater
from iqf.mapping.trouble import CannotMap


@transaction.atomic
def register(*, by: str, name: str, kind: str, user: str = "", about: str = "") -> Rater:
    """The rater of this name, registered now if it is new.

    Raises CannotMap where the name is blank or already that of a rater of the other kind or of another person, or a
    machine is given an account.
    """
    name = " ".join(name.split())
    if not name:
        raise CannotMap("A rater needs a name.")
    if kind not in RATER_KINDS:
        raise CannotMap(f'A rater is a person or a machine, not "{kind}".')
    if kind == MACHINE and user:
        raise CannotMap("A machine has no account; leave the user out.")
    held = Rater.objects.select_for_update().filter(name=name).first()
    if held is None:
        return _new(by, name, kind, user, about)
    if held.kind != kind:
        raise CannotMap(f'"{name}" is known as a {held.kind}; a {kind} needs another name.')
    if user and held.user != user:
        raise CannotMap(f'"{name}" is the name of somebody else who judges; choose another.')
    return held


def _new(by: str, name: str, kind: str, user: str, about: str) -> Rater:
    if user and (same := Rater.objects.filter(user=user).first()):
        raise CannotMap(f'{user} already judges as "{same.name}".')
    made = Rater.objects.create(name=name[:80], kind=kind, user=user, about=about[:400])
    said = {"kind": kind, "user": user, "about": about[:400]}
    audit(by=by, action="register rater", subject=f"rater:{made.pk}", before={}, after={"name": name, **said})
    return made
