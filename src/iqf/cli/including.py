"""Commands of the rule of inclusion: show its effect, apply it, choose or refuse one row."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from iqf.accounts.permissions import EDIT_RULE, INCLUDE
from iqf.analysis.inclusion import CHOSEN, REFUSED, Rule, RuleError, read_rule
from iqf.catalogue.actions.admission import Admitted, ChosenRow
from iqf.catalogue.inclusion import named
from iqf.cli.acting import acting
from iqf.cli.answering import as_of, ready
from iqf.cli.main import UsageError
from iqf.cli.text import including as words
from iqf.exchange.formats.answers import answer_json
from iqf.exchange.formats.plain import dumps, envelope
from iqf.exchange.formats.sheets import csv_text
from iqf.exchange.sources import admitting
from iqf.reports import inclusion as report


def inclusion(options: argparse.Namespace) -> int:
    """What the rule says and would change; with --apply, change it."""
    ready()
    rule = _rule(options.rule) if options.rule else None
    if options.apply:
        return _done(
            options, admitting.apply_rule(by=acting(options, EDIT_RULE), rule=rule, reason=options.reason or "")
        )
    if options.by or options.reason:
        raise UsageError("--as and --reason go with --apply.")
    answer = report.inclusion(rule)
    if options.csv:
        sys.stdout.write(csv_text(*report.table((*answer.enters, *answer.leaves, *answer.borderline, *answer.stays))))
    elif options.json:
        sys.stdout.write(dumps(envelope("inclusion", as_of(options), answer_json("inclusion", answer))) + "\n")
    else:
        sys.stdout.write(words.inclusion(answer))
    return 0


def _rule(path: str) -> Rule:
    try:
        return read_rule(Path(path).read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, RuleError) as error:
        said = str(error) if isinstance(error, RuleError) else "it is not text in UTF-8."
        raise UsageError(f"{path}: {said}") from None


def include(options: argparse.Namespace) -> int:
    """Choose a row, with a reason; it enters at once."""
    return _decide(options, CHOSEN)


def refuse(options: argparse.Namespace) -> int:
    """Refuse a row, with a reason; it leaves at once where it was admitted."""
    return _decide(options, REFUSED)


def _decide(options: argparse.Namespace, outcome: str) -> int:
    ready()
    subject, title = named(options.number)
    by = acting(options, INCLUDE)
    if options.undo:
        return _done(options, admitting.undo(by=by, subjects=[subject], reason=options.reason or ""))
    if not options.reason:
        raise UsageError("Say why: --reason TEXT; the reason is shown with the entry.")
    decision = ChosenRow(subject, title)
    return _done(options, admitting.choose(by=by, rows=[decision], outcome=outcome, reason=options.reason), title)


def _done(options: argparse.Namespace, done: Admitted, title: str = "") -> int:
    if options.json:
        sys.stdout.write(dumps(envelope("admission", as_of(options), done)) + "\n")
    else:
        sys.stdout.write(words.admitted(done, title))
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "inclusion": inclusion,
    "include": include,
    "refuse": refuse,
}
