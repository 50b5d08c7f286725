"""Commands that compare: what two have in common, how holders of one differ, what may be one thing."""

import argparse
from collections.abc import Callable

from iqf.accounts.permissions import DECIDE
from iqf.cli.acting import acting
from iqf.cli.answering import answered, ready
from iqf.cli.main import UsageError
from iqf.cli.text import answers
from iqf.cli.text import crowding as crowding_words
from iqf.reports import difference as difference_report
from iqf.reports import duplicates as duplicates_report
from iqf.reports import overlap as overlap_report
from iqf.reports.crowding import crowding
from iqf.reports.private.undecided import undecided


def overlap(options: argparse.Namespace) -> int:
    """What two qualifications have in common; or how crowded a cluster is."""
    ready()
    if options.cluster and not options.a:
        return answered(options, "crowding", crowding(options.cluster, options.scheme), crowding_words.cluster)
    if options.cluster or not options.b:
        raise UsageError("Name two qualifications, or a cluster: iqf overlap A B, or iqf overlap --cluster KEY")
    return answered(options, "overlap", overlap_report.overlap(options.a, options.b), answers.overlap)


def differ(options: argparse.Namespace) -> int:
    """How far two holders of a qualification can differ."""
    ready()
    return answered(options, "differ", difference_report.difference(options.code), answers.difference)


def duplicates(options: argparse.Namespace) -> int:
    """Which things may be the same thing."""
    ready()
    if options.limit < 1:
        raise UsageError("--limit is 1 or more.")
    if options.keep:
        return _kept(options)
    found = undecided(duplicates_report.find(options.of, options.verdict))
    answer = duplicates_report.shown(found, limit=options.limit)
    return answered(options, "duplicates", answer, answers.duplicates)


def _kept(options: argparse.Namespace) -> int:
    """Look again, and put what looks like one thing into the inbox."""
    if options.of == "register":
        raise UsageError("Only entries of the framework wait as duplicates: --of qualifications or --of units.")
    from iqf.exchange.sources.looking import look_for_duplicates

    done = look_for_duplicates(options.of, by=acting(options, DECIDE))
    return answered(options, "looked", done, answers.looked)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "overlap": overlap,
    "differ": differ,
    "duplicates": duplicates,
}
