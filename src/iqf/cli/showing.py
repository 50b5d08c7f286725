"""Commands about one thing: everything about it, and what has become of it."""

import argparse
from collections.abc import Callable

from iqf.cli.answering import answered, as_of, ready
from iqf.cli.main import UsageError
from iqf.cli.text import history as history_words
from iqf.cli.text import things
from iqf.reports import earlier as earlier_report
from iqf.reports import history as history_report
from iqf.reports import show as show_report


def show(options: argparse.Namespace) -> int:
    """Everything about one thing."""
    ready()
    return answered(options, "show", show_report.show(options.code, as_of(options)), things.show)


def history(options: argparse.Namespace) -> int:
    """Every change of a thing; or how it stood after one of them."""
    ready()
    if options.page < 1 or (options.after or 0) < 0:
        raise UsageError("--page is 1 or more and --after is the number of a change.")
    if options.after is not None:
        return answered(
            options, "earlier", earlier_report.earlier(options.code, options.after), history_words.earlier
        )
    answer = history_report.history(options.code, page=options.page)
    return answered(options, "history", answer, history_words.history)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "show": show,
    "history": history,
}
