"""The command that finds things by whatever words are used."""

import argparse
from collections.abc import Callable

from iqf.cli.answering import answered, ready
from iqf.cli.answering_options import NARROWED_BY
from iqf.cli.main import UsageError
from iqf.cli.text import answers
from iqf.reports import search as search_report


def search(options: argparse.Namespace) -> int:
    """Find things by whatever words are used."""
    ready()
    if options.limit < 1 or options.offset < 0:
        raise UsageError("--limit is 1 or more and --offset 0 or more.")
    answer = search_report.search(
        " ".join(options.text),
        **{name: getattr(options, name) for name in NARROWED_BY},
        available_on=options.available_on,
        scheme=options.scheme,
        limit=options.limit,
        offset=options.offset,
    )
    if answer.refused:
        raise UsageError(answer.refused)
    return answered(options, "search", answer, answers.search)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "search": search,
}
