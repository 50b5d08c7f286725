"""`iqf`: every command, its options, and what a person sees when something is wrong.

Exit status: 0 done, 2 for anything the reader can put right (one plain sentence), 1 for a fault of ours (the details
go to a log in the home folder; no traceback reaches a person).
"""

import argparse
import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from iqf import __version__
from iqf.cli import (
    answering_options,
    coverage_options,
    deciding_options,
    exchanging_options,
    figures_options,
    keeping_options,
    mapping_options,
    people_options,
    portfolio_options,
    supply_options,
)


class UsageError(Exception):
    """Something the reader can put right, in one plain sentence."""


class _Parser(argparse.ArgumentParser):
    """A parser that answers in the one error shape where `--json` is asked for."""

    def error(self, message: str) -> Any:
        """End with exit status 2."""
        raise UsageError(f"{message}; see: {self.prog} --help")


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data-dir",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="where the data live (else IQF_HOME, else ~/.iqf)",
    )
    return common


def _reading() -> argparse.ArgumentParser:
    reading = argparse.ArgumentParser(add_help=False)
    reading.add_argument("--json", action="store_true", help="answer as JSON")
    reading.add_argument("--on", metavar="DATE", help="answer as of this date (YYYY-MM-DD; else today)")
    return reading


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options. The command reference in docs/ is made from this."""
    parser = _Parser(prog="iqf", description="The Integrated Qualifications Framework on the command line.")
    parser.add_argument("--version", action="version", version=f"iqf {__version__}")
    parser.add_argument("--data-dir", metavar="DIR", help="where the data live (else IQF_HOME, else ~/.iqf)")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    common, reading = _common(), _reading()
    keeping_options.add_commands(commands, common)
    answering_options.add_commands(commands, [common, reading])
    deciding_options.add_commands(commands, common)
    deciding_options.add_including(commands, [common, reading])
    exchanging_options.add_commands(commands, common)
    answering_options.add_consulting(commands, [common, reading])
    mapping_options.add_commands(commands, [common, reading])
    coverage_options.add_commands(commands, [common, reading])
    figures_options.add_commands(commands, [common, reading])
    supply_options.add_commands(commands, [common, reading])
    portfolio_options.add_commands(commands, common)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status.

    As a program (without `argv`) it ends quietly where nobody reads on; whoever calls it keeps their own signals.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in arguments
    if argv is None:
        with contextlib.suppress(AttributeError, ValueError):
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        options = build_parser().parse_args(people_options.in_full(arguments))
        if options.data_dir:
            os.environ["IQF_HOME"] = str(Path(options.data_dir).expanduser().resolve())
        return _run(options)
    except UsageError as error:
        return _refuse("usage", str(error), as_json)
    except KeyboardInterrupt:
        return 130


def _run(options: argparse.Namespace) -> int:
    """Set Django up, then run the command, answering every foreseen error in one sentence."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "iqf.config.settings"
    import django

    django.setup()
    from iqf.cli.rooms import doer

    handler = doer(options.command)
    try:
        return int(handler(options) or 0)
    except Exception as error:
        from iqf.cli import trouble

        words = trouble.in_words(error)
        if words is None:
            return _our_fault(error, getattr(options, "json", False))
        more = {"screening": error.screening} if hasattr(error, "screening") else {}
        return _refuse(*words[:2], getattr(options, "json", False), *words[2:], more=more)


def _refuse(
    kind: str,
    title: str,
    as_json: bool,
    detail: str = "",
    where: Sequence[dict[str, Any]] = (),
    more: Mapping[str, Any] | None = None,
) -> int:
    if as_json:
        import json

        payload = {"schema": "iqf.error/1", "type": kind, "title": title, "detail": detail, "where": list(where)}
        payload |= more or {}
        sys.stdout.write(json.dumps(payload, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stderr.write(f"iqf: {title}\n" + (f"{detail}\n" if detail else ""))
    return 2


def _our_fault(error: Exception, as_json: bool) -> int:
    from iqf.config.home import home

    log = home() / "errors.log"
    with contextlib.suppress(OSError), log.open("a") as out:
        traceback.print_exception(error, file=out)
    _refuse("fault", f"Something went wrong on our side ({type(error).__name__}); the details are in {log}.", as_json)
    return 1


if __name__ == "__main__":
    sys.exit(main())
