"""Commands for people: add, invite, join, leave, list, close and open accounts, links for new passwords."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from iqf.accounts import actions, passwords, queries
from iqf.accounts import permissions as allowed
from iqf.accounts.models import User
from iqf.cli.acting import COMMAND_LINE_USER, acting, acting_user
from iqf.cli.keeping import prepare
from iqf.cli.main import UsageError
from iqf.exchange.formats.plain import dumps, envelope
from iqf.reports.private.people import Body, bodies_of, body_called


def user(options: argparse.Namespace) -> int:
    """One of the commands about people."""
    prepare()
    return USER_COMMANDS[options.do](options)


def add(options: argparse.Namespace) -> int:
    """Add a person who may sign in, as platform staff."""
    by = acting(options, allowed.KEEP_BODIES)
    if User.objects.filter(username__iexact=options.name).exists():
        raise UsageError(f'There is a user "{options.name}" already.')
    if options.password_file:
        password = _password_in(options.password_file)
    elif sys.stdin.isatty():
        password = getpass.getpass(f"Password for {options.name}: ")
    else:
        raise UsageError("Give the password in a file: --password-file FILE")
    if wrong := passwords.faults(password, username=options.name):
        raise UsageError(" ".join(wrong))
    actions.create_user(
        by=by, username=options.name, password=password, is_staff=not options.no_part, email=options.email or ""
    )
    return _say(f"{options.name} may sign in now.")


def _password_in(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        raise UsageError(f"The password file {file} is not plain text.") from None


def invite(options: argparse.Namespace) -> int:
    """Make an invitation and print its link."""
    body = body_called(options.body)
    by = _giving(options, body)
    made, secret = actions.invite(by=by, body=body.code, role=options.role, email=options.email or "")
    until = timezone.localtime(made.ends_at)
    said = f"Invitation {made.pk} to be {made.role} of {body.title}; it works once, until {until:%d %B %Y, %H:%M}:"
    return _say(f"{said}\n  {_address()}/invitation/{secret}")


def join(options: argparse.Namespace) -> int:
    """Give somebody a part in an organisation, or another role there."""
    body, name = body_called(options.body), _known(options.name)
    actions.join(by=_giving(options, body), username=name, body=body.code, role=options.role)
    return _say(f"{name} is {options.role} of {body.title} now.")


def leave(options: argparse.Namespace) -> int:
    """End somebody's part in an organisation."""
    body, name = body_called(options.body), _known(options.name)
    actions.leave(by=acting(options, allowed.KEEP_PEOPLE, body.code), username=name, body=body.code)
    return _say(f"{name} has no part in {body.title} any more.")


def _giving(options: argparse.Namespace, body: Body) -> str:
    """Who gives a role, who must be one that may give it."""
    by, who = acting(options, allowed.KEEP_PEOPLE, body.code), acting_user(options)
    if who and options.role not in allowed.roles_given_by(who, body.code):
        acting(options, allowed.NAME_REVIEWERS)
    return by


def listed(options: argparse.Namespace) -> int:
    """Everybody with an account, or everybody of one organisation, with their parts."""
    only = body_called(options.body) if options.body else None
    people = [person for person in queries.everybody() if only is None or only.code in allowed.parts(person)]
    bodies = bodies_of(code for person in people for code in allowed.parts(person))
    rows = [_person(person, bodies) for person in people]
    if options.json:
        return _say(dumps(envelope("users", timezone.localdate(), {"users": rows})))
    return _say("\n".join(map(_line, rows)) or "Nobody has an account here.")


def _person(person: User, bodies: dict[str, Body]) -> dict[str, Any]:
    held = sorted(allowed.parts(person).items())
    parts = [{"body": {"code": code, "title": bodies[code].title}, "role": role} for code, role in held]
    said = {"name": person.username, "open": person.is_active, "platform": person.is_staff, "demo": person.demo}
    return {**said, "parts": parts}


def _line(row: dict[str, Any]) -> str:
    parts = [f"{part['role']} of {part['body']['title']} ({part['body']['code']})" for part in row["parts"]]
    said = [*(["platform staff"] if row["platform"] else []), *parts]
    marks = [word for word, on in (("closed", not row["open"]), ("demo only", row["demo"])) if on]
    return f"{row['name']}: {', '.join(said) or 'no part yet'}" + (f" [{', '.join(marks)}]" if marks else "")


def deactivate(options: argparse.Namespace) -> int:
    """Close an account."""
    name = _known(options.name)
    actions.deactivate(by=_keeping(options, name), username=name)
    return _say(f"The account of {name} is closed.")


def reactivate(options: argparse.Namespace) -> int:
    """Open a closed account again."""
    name = _known(options.name)
    actions.reactivate(by=_keeping(options, name), username=name)
    return _say(f"The account of {name} is open again.")


def reset(options: argparse.Namespace) -> int:
    """Print a link by which somebody may choose a new password."""
    name = _known(options.name)
    secret = actions.make_reset(by=_keeping(options, name), username=name)
    return _say(f"{name} may choose a new password here, once, within an hour:\n  {_address()}/reset/{secret}")


def _keeping(options: argparse.Namespace, name: str) -> str:
    """Who acts on an account, who must be one that keeps it."""
    who = acting_user(options)
    if who and not allowed.keeps_account_of(who, User.objects.get(username=name)):
        acting(options, allowed.KEEP_BODIES)
    return who.username if who else COMMAND_LINE_USER


def _known(name: str) -> str:
    if not User.objects.filter(username=name).exists():
        raise UsageError(f'There is no user "{name}"; see who there is with: iqf user list')
    return name


def _address() -> str:
    return settings.IQF_ADDRESS or f"http://localhost:{os.environ.get('PORT') or 8000}"


def _say(text: str) -> int:
    sys.stdout.write(text.rstrip("\n") + "\n")
    return 0


USER_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "add": add,
    "invite": invite,
    "join": join,
    "leave": leave,
    "list": listed,
    "deactivate": deactivate,
    "reactivate": reactivate,
    "reset": reset,
}
COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"user": user}
