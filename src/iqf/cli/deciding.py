"""Commands for what waits: see it, decide it, undo it."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from iqf.accounts.permissions import DECIDE
from iqf.catalogue.actions.decisions import decide as decide_field
from iqf.catalogue.actions.decisions import reopen as reopen_field
from iqf.catalogue.queries import find
from iqf.cli.acting import acting
from iqf.cli.answering import ready
from iqf.cli.text import waiting as words
from iqf.exchange.formats.plain import dumps, envelope
from iqf.reports.private import conflict as conflict_report
from iqf.reports.private.decided import Decided, decided, one_decided
from iqf.reports.private.inbox import CONFLICT, MATCH, inbox
from iqf.review.actions import matches as review
from iqf.review.queries import waiting_matches


def who(options: argparse.Namespace) -> str:
    """Who is recorded for a decision: the user named, who must be one that may decide; else the command line."""
    return acting(options, DECIDE)


def conflicts(options: argparse.Namespace) -> int:
    """Where sources disagree: what waits and what was decided."""
    ready()
    items = inbox(CONFLICT).items
    waiting = [conflict_report.conflict(item.code, item.asks) for item in items]
    done = [d for d in decided() if d.kind == CONFLICT]
    payload = {"waiting": [words.conflict_json(c) for c in waiting], "decided": [words.decided_json(d) for d in done]}
    return _tell(options, "conflicts", payload, words.conflicts(waiting, done))


def matches(options: argparse.Namespace) -> int:
    """Which official rows may be things held here: what waits and what was decided."""
    ready()
    waiting = list(waiting_matches())
    done = [d for d in decided() if d.kind == MATCH]
    payload = {"waiting": [words.match_json(m) for m in waiting], "decided": [words.decided_json(d) for d in done]}
    return _tell(options, "matches", payload, words.matches(waiting, done))


def decide(options: argparse.Namespace) -> int:
    """Decide what a field shows about which sources disagree."""
    ready()
    thing = find(options.code)
    field = "stated_status" if options.field == "status" else options.field
    number = decide_field(by=who(options), code=thing.code, field=field, value=options.show, reason=options.reason)
    return _done(options, number)


def match(options: argparse.Namespace) -> int:
    """Accept or decline a proposed match."""
    ready()
    act = review.accept if options.verdict == "accept" else review.decline
    return _done(options, act(by=who(options), match=options.number, reason=options.reason))


def reopen(options: argparse.Namespace) -> int:
    """Undo a decision: what it decided waits again."""
    ready()
    done = one_decided(options.number)
    act = reopen_field if done.kind == CONFLICT else review.undo
    act(by=who(options), decision=options.number, reason=options.reason)
    return _tell(options, "reopened", {"decision": options.number}, f"Decision {options.number} is undone.\n")


def _done(options: argparse.Namespace, number: int) -> int:
    done: Decided = one_decided(number)
    return _tell(options, "decided", {"decision": words.decided_json(done)}, words.decided_line(done) + "\n")


def _tell(options: argparse.Namespace, shape: str, payload: dict[str, Any], text: str) -> int:
    sys.stdout.write(dumps(envelope(shape, timezone.localdate(), payload)) + "\n" if options.json else text)
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "conflicts": conflicts,
    "decide": decide,
    "matches": matches,
    "match": match,
    "reopen": reopen,
}
