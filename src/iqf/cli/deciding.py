"""Commands for what waits: see it, decide it, undo it."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from iqf.accounts.permissions import DECIDE
from iqf.catalogue.actions.decisions import CannotDecide
from iqf.catalogue.actions.decisions import decide as decide_field
from iqf.catalogue.queries import find
from iqf.cli.acting import acting
from iqf.cli.answering import ready
from iqf.cli.main import UsageError
from iqf.cli.text import joining as joining_words
from iqf.cli.text import waiting as words
from iqf.exchange.formats.plain import dumps, envelope
from iqf.exchange.sources import settling
from iqf.reports.private import conflict as conflict_report
from iqf.reports.private import inbox as inbox_report
from iqf.reports.private.affected import CONFLICT, DUPLICATE, MATCH
from iqf.reports.private.decided import Decided, decided, how_many_decided, one_decided
from iqf.reports.private.inbox import Item, Wanted, candidates_of, counts, items
from iqf.reports.private.joining import joining as joining_report
from iqf.reports.things import refs
from iqf.review import actions as review


def who(options: argparse.Namespace) -> str:
    """Who is recorded for a decision: the user named, who must be one that may decide; else the command line."""
    return acting(options, DECIDE)


def inbox(options: argparse.Namespace) -> int:
    """All that waits, whatever its kind, what most roles ask for first."""
    ready()
    _within(options)
    wanted = Wanted(options.kind, options.alike) if options.kind else Wanted()
    answer = inbox_report.inbox(wanted, limit=options.limit, offset=options.offset)
    payload = {"counts": answer.counts, "offset": options.offset, "items": [words.item_json(i) for i in answer.items]}
    return _tell(options, "inbox", payload, words.inbox(answer, wanted, options.offset))


def _within(options: argparse.Namespace) -> None:
    if options.limit < 1 or options.offset < 0:
        raise UsageError("--limit is 1 or more, and --offset 0 or more.")


def conflicts(options: argparse.Namespace) -> int:
    """Where sources disagree: what waits and what was decided."""
    ready()
    _within(options)
    listed = items(Wanted(CONFLICT), limit=options.limit, offset=options.offset)
    waiting = [conflict_report.conflict(item.code, item.asks) for item in listed]
    done = decided(CONFLICT, limit=options.limit, offset=options.offset)
    totals = counts()[CONFLICT], how_many_decided(CONFLICT)
    payload = {
        "waiting": [words.conflict_json(c) for c in waiting],
        "decided": [words.decided_json(d) for d in done],
        **_totals(totals),
    }
    return _tell(options, "conflicts", payload, words.conflicts(waiting, done, totals))


def _totals(totals: tuple[int, int]) -> dict[str, int]:
    return {"waiting_total": totals[0], "decided_total": totals[1]}


def matches(options: argparse.Namespace) -> int:
    """Which official rows and entries may be things held here: what waits and what was decided."""
    ready()
    _within(options)
    keys = [int(item.key) for item in _rows_and_pairs(options.limit, options.offset)]
    found = candidates_of(keys)
    waiting = [found[key] for key in keys]
    things = refs({match.code for candidates in waiting for match in candidates})
    kinds = (MATCH, DUPLICATE)
    done = sorted((d for kind in kinds for d in decided(kind, limit=options.limit)), key=lambda d: -d.number)
    done, counted = done[: options.limit], counts()
    totals = sum(counted[kind] for kind in kinds), sum(how_many_decided(kind) for kind in kinds)
    payload = {
        "waiting": [words.row_json(candidates, things) for candidates in waiting],
        "decided": [words.decided_json(d) for d in done],
        **_totals(totals),
    }
    return _tell(options, "matches", payload, words.matches(waiting, done, totals))


def _rows_and_pairs(limit: int, offset: int) -> list[Item]:
    """Official rows that may be something held here, then entries that may be one."""
    rows = items(Wanted(MATCH), limit=limit, offset=offset)
    left = limit - len(rows)
    pairs = items(Wanted(DUPLICATE), limit=left, offset=max(0, offset - counts()[MATCH])) if left else ()
    return [*rows, *pairs]


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
    said = {"by": who(options), "match": options.number, "reason": options.reason}
    if options.verdict == "accept":
        keep = find(options.keep).code if options.keep else ""
        return _done(options, review.accept(**said, keep=keep))
    return _done(options, review.decline(**said))


def join(options: argparse.Namespace) -> int:
    """Say that two entries are one: the first stands. `--dry-run` says what that would do."""
    ready()
    kept, gone = find(options.first).code, find(options.second).code
    if options.dry_run:
        answer = joining_report(kept, gone)
        if answer is None or answer.cannot:
            raise CannotDecide(answer.cannot if answer else f"There is no thing {gone}.")
        return _tell(options, "joining", {"joining": joining_words.as_json(answer)}, joining_words.as_text(answer))
    return _done(options, review.join_things(by=who(options), keep=kept, gone=gone, reason=options.reason))


def apart(options: argparse.Namespace) -> int:
    """Say that two entries are not one; the pair is not shown as a duplicate again."""
    ready()
    a, b = find(options.first).code, find(options.second).code
    return _done(options, review.keep_apart(by=who(options), a=a, b=b, reason=options.reason))


def pair(options: argparse.Namespace) -> int:
    """Let two entries wait for a decision about whether they are one."""
    ready()
    a, b = find(options.first).code, find(options.second).code
    held = review.propose(by=who(options), a=a, b=b, why=options.reason)
    text = f"It waits as match {held.pk}; decide it with: iqf match {held.pk} accept --keep CODE --reason …\n"
    return _tell(options, "paired", {"match": words.match_json(held, refs({held.code}))}, text)


def unjoin(options: argparse.Namespace) -> int:
    """Part an entry from the one that it was joined into: both are as they were."""
    ready()
    code = options.code.strip().upper()
    review.part(by=who(options), gone=code, reason=options.reason)
    return _tell(options, "parted", {"code": code}, f"{code} stands again, as it was.\n")


def reopen(options: argparse.Namespace) -> int:
    """Undo a decision: what it decided waits again."""
    ready()
    one_decided(options.number)
    settling.undo(by=who(options), decision=options.number, reason=options.reason)
    return _tell(options, "reopened", {"decision": options.number}, f"Decision {options.number} is undone.\n")


def _done(options: argparse.Namespace, number: int) -> int:
    done: Decided = one_decided(number)
    return _tell(options, "decided", {"decision": words.decided_json(done)}, words.decided_line(done) + "\n")


def _tell(options: argparse.Namespace, shape: str, payload: dict[str, Any], text: str) -> int:
    sys.stdout.write(dumps(envelope(shape, timezone.localdate(), payload)) + "\n" if options.json else text)
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "inbox": inbox,
    "conflicts": conflicts,
    "decide": decide,
    "matches": matches,
    "match": match,
    "join": join,
    "apart": apart,
    "pair": pair,
    "unjoin": unjoin,
    "reopen": reopen,
}
