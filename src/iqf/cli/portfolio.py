"""Commands about a person's own portfolio: show it, take it away as a file, erase it. `--as` says whose it is."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from iqf.cli.acting import acting_user
from iqf.cli.answering import ready
from iqf.cli.main import UsageError
from iqf.cli.text import portfolio as words
from iqf.exchange.formats.plain import dumps, envelope
from iqf.exchange.private import taking_away
from iqf.exchange.private.everything import everything
from iqf.people import actions
from iqf.people.scope import Scope, scope_of
from iqf.reports.private import portfolio as report


def portfolio(options: argparse.Namespace) -> int:
    """One of the commands about a portfolio."""
    ready()
    user = acting_user(options)
    if user is None or not user.is_active:
        raise UsageError(f'The account of "{options.by}" is closed; open it first: iqf user reactivate {options.by}')
    return DOING[options.do](options, scope_of(user))


def show(options: argparse.Namespace, scope: Scope) -> int:
    """What stands in it."""
    answer = report.portfolio(scope)
    if options.held:
        sys.stdout.write("".join(f"{line}\n" for line in answer.holding))
    elif options.json:
        sys.stdout.write(dumps(envelope("portfolio", timezone.localdate(), everything(scope, answer))) + "\n")
    else:
        sys.stdout.write(words.portfolio(answer))
    return 0


def export(options: argparse.Namespace, scope: Scope) -> int:
    """Take it away as a file, which nobody else may read."""
    if options.form.startswith("badge") != (options.number is not None):
        raise UsageError("A badge has a number, and nothing else has: iqf portfolio export badge NUMBER --as USER")
    text = _file(options, scope)
    if not options.output:
        sys.stdout.write(text)
        return 0
    path = Path(options.output)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    sys.stdout.write(f"Written: {path}\n")
    return 0


def _file(options: argparse.Namespace, scope: Scope) -> str:
    if options.form == "badge-jwt":
        return taking_away.badge_token(scope, options.number)
    if options.form == "badge":
        return taking_away.badge(scope, options.number)
    return taking_away.taken_away(scope, options.form)


def erase(options: argparse.Namespace, scope: Scope) -> int:
    """Erase all of it."""
    if not options.yes:
        raise UsageError(f"Everything of {scope.who} would be erased and nothing brings it back; if so, add --yes.")
    actions.erase(scope)
    sys.stdout.write(f"Everything of {scope.who} is erased.\n")
    return 0


DOING: dict[str, Callable[[argparse.Namespace, Scope], int]] = {"show": show, "export": export, "erase": erase}
COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"portfolio": portfolio}
