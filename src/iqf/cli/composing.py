"""Commands that put existing units together: a qualification for a role, and what carries people across."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace

from iqf.accounts.permissions import PROPOSE
from iqf.cli.acting import acting
from iqf.cli.answering import answered, as_of, held_codes, ready
from iqf.cli.main import UsageError
from iqf.cli.text import compositions as words
from iqf.exchange.formats.answers import answer_json
from iqf.exchange.formats.plain import dumps, envelope
from iqf.reports.compose import ComposeAnswer, limits_called
from iqf.reports.compose import compose as composed
from iqf.reports.private.composing import changes_for, title_of
from iqf.reports.transitions import transition
from iqf.reports.transitions import transitions as every
from iqf.review.actions.proposing import Case
from iqf.review.actions.uploading import propose
from iqf.review.trial import tried

CAME_BY = "composed"


def compose(options: argparse.Namespace) -> int:
    """The existing units that cover what is needed; proposed as a qualification where that is asked."""
    ready()
    if bool(options.role) == bool(options.statements):
        raise UsageError("Say what it is for: either --role ROLE, or --statements such as CC1,CC2.")
    if options.seconds <= 0 or (options.max_credit is not None and options.max_credit < 1):
        raise UsageError("--max-credit is 1 or more, and --seconds more than 0.")
    if options.propose is not None and not (options.propose.strip() and options.source.strip()):
        raise UsageError("Say why and on whose word: --propose REASON --source TEXT.")
    limits = limits_called(options.max_credit, held_codes(options.owners), options.level, only_open=options.only_open)
    answer = composed(
        options.role or options.statements,
        as_of(options),
        held=held_codes(options.held),
        limits=replace(limits, fully=options.fully),
        seconds=options.seconds,
    )
    number = _proposed(answer, options) if options.propose else None
    said = words.compose(answer, number)
    if options.json:
        said = (
            dumps(envelope("compose", as_of(options), {**answer_json("compose", answer), "proposal": number})) + "\n"
        )
    sys.stdout.write(said)
    return 0


def _proposed(answer: ComposeAnswer, options: argparse.Namespace) -> int:
    """The number of the proposal for a new qualification. Raises UsageError where there is nothing to propose."""
    by = acting(options, PROPOSE)
    title = options.title.strip() or title_of(answer)
    changes = changes_for(answer, title)
    if not changes:
        raise UsageError("There is nothing to propose: no unit that may be used reaches what is asked for.")
    tried(changes, by=by)
    case = Case(title[:200], options.propose, options.source, certainty="inferred")
    return propose(by=by, case=case, changes=changes, came_by=CAME_BY).pk


def transitions(options: argparse.Namespace) -> int:
    """What carries holders of one role into another; of every role into every other."""
    ready()
    if bool(options.start) != bool(options.goal):
        raise UsageError("Give both --from ROLE and --to ROLE, or neither for every pair of roles.")
    if options.seconds <= 0:
        raise UsageError("--seconds is more than 0.")
    on = as_of(options)
    if options.start:
        answer = transition(options.start, options.goal, on, seconds=options.seconds)
        return answered(options, "transitions", answer, words.transition)
    return answered(options, "transitions", every(on, seconds=options.seconds), words.transitions)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"compose": compose, "transitions": transitions}
