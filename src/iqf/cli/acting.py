"""Who is recorded for a change made at the command line, and whether they may make it."""

import argparse

from iqf.accounts.models import User
from iqf.accounts.permissions import Capability, why_not
from iqf.cli.main import UsageError

COMMAND_LINE_USER = "command line"
"""Whoever keeps the machine: they have the database in their hands, and may do everything."""


def acting_user(options: argparse.Namespace) -> User | None:
    """The user named by `--as`; None: the command line itself. Raises UsageError for a name that nobody has."""
    if not options.by:
        return None
    user = User.objects.filter(username=options.by).first()
    if user is None:
        raise UsageError(f'There is no user "{options.by}"; add one with: iqf user add {options.by}')
    return user


def acting(options: argparse.Namespace, capability: Capability, body: str | None = None) -> str:
    """Who is recorded, who must be one that may: the user named by `--as`, else the command line."""
    user = acting_user(options)
    if user is None:
        return COMMAND_LINE_USER
    if sentence := why_not(user, capability, body):
        raise UsageError(sentence.replace("Your account", f'The user "{user.username}"'))
    return user.username
