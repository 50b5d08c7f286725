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
    coverage_options,
    figures_options,
    mapping_options,
    portfolio_options,
    supply_options,
    ways_options,
)
from iqf.exchange.sources.known import in_words


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
    _add_keeping(commands, common)
    _add_answering(commands, [common, reading])
    _add_deciding(commands, common)
    _add_including(commands, [common, reading])
    _add_exchanging(commands, common)
    _add_consulting(commands, [common, reading])
    mapping_options.add_commands(commands, [common, reading])
    coverage_options.add_commands(commands, [common, reading])
    figures_options.add_commands(commands, [common, reading])
    supply_options.add_commands(commands, [common, reading])
    portfolio_options.add_commands(commands, common)
    return parser


def _add_consulting(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    consulting = commands.add_parser(
        "consultations", parents=parents, help="consultations: those that run, and what came of the others"
    )
    consulting.add_argument("number", metavar="NUMBER", nargs="?", type=int, help="one whose outcome is published")


def _add_keeping(commands: Any, common: argparse.ArgumentParser) -> None:
    demo = commands.add_parser("demo", parents=[common], help="build the starter database and serve the site")
    serve = commands.add_parser("serve", parents=[common], help="serve the site from the data there are")
    for command in (demo, serve):
        command.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000", help="port on localhost")
        command.add_argument("--workers", type=int, default=2, help="processes, each of 4 threads (default 2)")
    demo.add_argument("--no-browser", action="store_true", help="do not open a browser")
    commands.add_parser("migrate", parents=[common], help="make or update the database")
    _add_sources(commands, common)
    _add_people(commands, common)


def _add_people(commands: Any, common: argparse.ArgumentParser) -> None:
    user = commands.add_parser("user", parents=[common], help="people: add, invite, join, leave, list, close, reset")
    told = user.add_subparsers(dest="do", metavar="WHAT", required=True)
    doing = argparse.ArgumentParser(add_help=False)
    doing.add_argument("--as", dest="by", metavar="USER", help="who is recorded for the change")
    ways = {name: told.add_parser(name, parents=[common, doing], help=words) for name, words in USER_WORDS.items()}
    for name in ("add", "join", "leave", "deactivate", "reactivate", "reset"):
        ways[name].add_argument("name", metavar="NAME", help="user name")
    for name in ("invite", "join", "leave"):
        ways[name].add_argument("body", metavar="ORGANISATION", help="an organisation or region, by name or code")
    for name in ("invite", "join"):
        ways[name].add_argument("role", choices=("contributor", "editor", "reviewer", "administrator"))
    for name in ("add", "invite"):
        ways[name].add_argument("--email", metavar="ADDRESS", help="their e-mail address")
    ways["add"].add_argument(
        "--password-file", metavar="FILE", help="read the password from it; else it is asked for"
    )
    ways["add"].add_argument("--no-part", action="store_true", help="not as platform staff: give a part with join")
    ways["list"].add_argument("body", metavar="ORGANISATION", nargs="?", help="only those of this organisation")
    ways["list"].add_argument("--json", action="store_true", help="answer as JSON")


USER_WORDS = {
    "add": "add a person who may sign in, as platform staff (iqf user NAME is short for it)",
    "invite": "print a link by which somebody joins an organisation",
    "join": "give somebody a role in an organisation, or another one",
    "leave": "end somebody's part in an organisation",
    "list": "who has an account, and what they are",
    "deactivate": "close an account",
    "reactivate": "open a closed account again",
    "reset": "print a link by which somebody chooses a new password",
}


def _in_full(arguments: list[str]) -> list[str]:
    """The same words, with `iqf user NAME` written out as `iqf user add NAME`."""
    at = 2 if arguments[:1] == ["--data-dir"] else 0
    if arguments[at : at + 1] != ["user"] or len(arguments) == at + 1:
        return arguments
    following = arguments[at + 1]
    known = following in USER_WORDS or following in ("-h", "--help")
    return arguments if known else [*arguments[: at + 1], "add", *arguments[at + 1 :]]


def _add_sources(commands: Any, common: argparse.ArgumentParser) -> None:
    listed: dict[str, Any] = {
        "formatter_class": argparse.RawDescriptionHelpFormatter,
        "epilog": "The sources:\n" + in_words(),
    }
    fetch = commands.add_parser(
        "fetch", parents=[common], help="get an official file into a dated folder, no more", **listed
    )
    ingest = commands.add_parser(
        "ingest", parents=[common], help="read an official file or a small framework", **listed
    )
    for command in (fetch, ingest):
        command.add_argument("source", metavar="SOURCE", help="one of the sources below")
    fetch.add_argument("--from", dest="address", metavar="URL", help="another address than the official one")
    fetch.add_argument("--to", metavar="DIR", help="where dated folders are made (else fetched/ where the data live)")
    ingest.add_argument(
        "path", metavar="PATH", nargs="?", help="the file or folder (starter: the shipped one if left out)"
    )
    ingest.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
    ingest.add_argument("--collection", metavar="NAME", help="name of another small framework (starter only)")
    ingest.add_argument("--retire", action="store_true", help="retire what is no longer listed, however much")
    ingest.add_argument("--revert", action="store_true", help="let an older file win again (not starter)")
    for flag, words in TABLE_WORDS.items():
        ingest.add_argument(flag, metavar="WORDS", default="", help=f"{words} (statistics only)")
    ingest.add_argument("--as", dest="by", metavar="USER", help="who is recorded for the change")
    for command in (fetch, ingest):
        command.add_argument("--json", action="store_true", help="answer as JSON")


TABLE_WORDS = {
    "--dataset": "the data set of which this is a release; else the file's name",
    "--title": "its title, where the file does not say",
    "--counting": "what it counts: learners, starts, achievements, aims, enrolments, people, workers, several",
    "--located": "where: residence, delivery, workplace, none",
}
NARROWED_BY = {
    "type": ("TYPE", "role, qualification, unit, organisation, framework, statement, cluster or official row"),
    "in_framework": ("YES|NO", "in this framework, or on an official register only"),
    "level": ("LEVEL", "E, E1 to E3, 1 to 8, none or unknown"),
    "kind": ("KIND", "kind of qualification, organisation, statement or official row"),
    "role": ("ROLE", "what serves a role, by any of its names"),
    "cluster": ("SCHEME:KEY", "a cluster of any scheme"),
    "age": ("AGES", "age of the children, such as 0-5"),
    "subject": ("SUBJECT", "sector subject area"),
    "size": ("SIZE", "award, certificate, diploma or unknown"),
    "owner": ("OWNER", "an organisation by any name or number"),
    "status": ("STATUS", "as its source states it"),
    "has_units": ("YES|NO", "units are held"),
    "verified": ("YES|NO", "facts were seen at their source"),
    "available": ("VERDICT", "yes, no or cannot say, with --available-on"),
}


def _add_answering(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    search = commands.add_parser("search", parents=parents, help="find roles, qualifications, units, organisations")
    search.add_argument("text", metavar="TEXT", nargs="*", help="any words, names or numbers; none: everything")
    for name, (values, words) in NARROWED_BY.items():
        flag = f"--{name.replace('_', '-')}"
        search.add_argument(flag, metavar=values, action="append", help=f"{words}; may be given several times")
    search.add_argument("--available-on", metavar="DATE", help="can be started on this day, like 2026-11-21")
    search.add_argument("--scheme", default="sectors-2008", help="cluster scheme that is counted")
    search.add_argument("--limit", type=int, default=20, help="at most so many results (default 20)")
    search.add_argument("--offset", type=int, default=0, help="pass over so many results")
    show = commands.add_parser("show", parents=parents, help="everything about one thing")
    show.add_argument("code", metavar="CODE", help="any code, number, id or exact title")
    history = commands.add_parser("history", parents=parents, help="every change of a thing, newest first")
    history.add_argument("code", metavar="CODE", help="any code, number, id or exact title")
    history.add_argument("--page", type=int, default=1, metavar="N", help="the first page has the newest (default 1)")
    history.add_argument("--after", type=int, metavar="CHANGE", help="how it stood after this change, by its number")
    rules = commands.add_parser("rules", parents=parents, help="does a holding meet the rules of a target?")
    rules.add_argument(
        "--held",
        metavar="CODES|FILE",
        required=True,
        help="codes with commas between, or a file of them; CODE@2015-06 says when it was achieved",
    )
    rules.add_argument("--for", dest="target", metavar="CODE", required=True, help="a qualification or a role")
    ways_options.add_commands(commands, parents)
    differ = commands.add_parser("differ", parents=parents, help="how far two holders of a qualification can differ")
    differ.add_argument("code", metavar="CODE", help="a qualification")
    duplicates = commands.add_parser("duplicates", parents=parents, help="which things may be the same thing")
    duplicates.add_argument(
        "--of", default="qualifications", choices=("qualifications", "units", "register"), help="among which things"
    )
    duplicates.add_argument(
        "--verdict", default="similar", choices=("same", "similar"), help="same only, or similar too (default)"
    )
    duplicates.add_argument("--limit", type=int, default=50, help="at most so many pairs (default 50)")
    duplicates.add_argument("--keep", action="store_true", help="put what looks like one thing into the inbox")
    duplicates.add_argument("--as", dest="by", metavar="USER", help="who is recorded for it, with --keep")
    commands.add_parser("quality", parents=parents, help="what is doubtful or not checked in the data")
    commands.add_parser("requirements", parents=parents, help="which page, command and test shows each requirement")


def _add_deciding(commands: Any, common: argparse.ArgumentParser) -> None:
    out = argparse.ArgumentParser(add_help=False)
    out.add_argument("--json", action="store_true", help="answer as JSON")
    said = argparse.ArgumentParser(add_help=False)
    said.add_argument("--reason", metavar="TEXT", required=True, help="why, in one sentence; it is kept and shown")
    said.add_argument("--as", dest="by", metavar="USER", help="who is recorded for the decision")
    deciding = [common, out, said]
    waits = [common, out, _part()]
    inbox = commands.add_parser("inbox", parents=waits, help="all that waits for a decision, most roles first")
    inbox.add_argument(
        "--kind",
        default="",
        choices=("conflict", "duplicate", "inclusion", "match", "similar"),
        help="of one kind only",
    )
    inbox.add_argument(
        "--alike", metavar="TEXT", default="", help="with --kind: only this field, list, clause, or Q, U, R or O"
    )
    commands.add_parser("conflicts", parents=waits, help="where sources disagree, and what was decided")
    decide = commands.add_parser("decide", parents=deciding, help="decide which value a field shows")
    decide.add_argument("code", metavar="CODE", help="any code, number, id or exact title")
    decide.add_argument("field", metavar="FIELD", help="such as level, owner or status; see: iqf conflicts")
    decide.add_argument("--show", metavar="VALUE", required=True, help="the value to show: a source's, or another")
    commands.add_parser("matches", parents=waits, help="official rows that may be things held here")
    match = commands.add_parser("match", parents=deciding, help="accept or decline a proposed match")
    match.add_argument("number", metavar="NUMBER", type=int, help="its number; see: iqf matches")
    match.add_argument("verdict", choices=("accept", "decline"))
    match.add_argument("--keep", metavar="CODE", default="", help="of two entries that are one, which stands")
    _add_joining(commands, deciding)
    reopen = commands.add_parser("reopen", parents=deciding, help="undo a decision, so that it waits again")
    reopen.add_argument("number", metavar="NUMBER", type=int, help="the decision's number; see: iqf conflicts")


def _part() -> argparse.ArgumentParser:
    part = argparse.ArgumentParser(add_help=False)
    part.add_argument("--limit", type=int, default=20, help="at most so many of each (default 20)")
    part.add_argument("--offset", type=int, default=0, help="pass over so many")
    return part


def _add_joining(commands: Any, deciding: list[argparse.ArgumentParser]) -> None:
    join = commands.add_parser("join", parents=deciding, help="say that two entries are one: the first stands")
    apart = commands.add_parser("apart", parents=deciding, help="say that two entries are not one; it is remembered")
    pair = commands.add_parser("pair", parents=deciding, help="let two entries wait as perhaps one")
    for command in (join, apart, pair):
        command.add_argument("first", metavar="CODE", help="any code, number, id or exact title")
        command.add_argument("second", metavar="OTHER", help="the other entry")
    join.add_argument("--dry-run", action="store_true", help="say what would move and what would wait, write nothing")
    unjoin = commands.add_parser("unjoin", parents=deciding, help="part an entry from the one it was joined into")
    unjoin.add_argument("code", metavar="CODE", help="our code of the entry that was joined")


def _add_including(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    inclusion = commands.add_parser(
        "inclusion", parents=parents, help="what the rule of inclusion admits, and apply it"
    )
    inclusion.add_argument("--rule", metavar="FILE", help="a draft of the rule (TOML) instead of the one in force")
    inclusion.add_argument(
        "--csv", action="store_true", help="answer as CSV: every row that enters, leaves, waits, stays"
    )
    inclusion.add_argument("--apply", action="store_true", help="put the rule in force; else nothing is changed")
    include = commands.add_parser(
        "include", parents=parents, help="choose one row of an official list, with a reason"
    )
    refuse = commands.add_parser("refuse", parents=parents, help="refuse one row of an official list, with a reason")
    for command in (include, refuse):
        command.add_argument(
            "number", metavar="NUMBER", help="qualification number, or LIST:REFERENCE where it has none"
        )
        command.add_argument("--undo", action="store_true", help="take the choice back; the rule decides again")
    for command in (inclusion, include, refuse):
        command.add_argument("--reason", metavar="TEXT", help="why; it stays with the change")
        command.add_argument("--as", dest="by", metavar="USER", help="who is recorded for the change")


def _add_exchanging(commands: Any, common: argparse.ArgumentParser) -> None:
    entity = "what the rows are, such as roles, units, requirements or rule-units"
    out = commands.add_parser("export", parents=[common], help="write rows in a format that others read")
    outs = out.add_subparsers(dest="format", metavar="FORMAT", required=True)
    mapping_options.add_export(outs, common)
    sheet = outs.add_parser("sheet", parents=[common], help="a spreadsheet to edit and send back, or a template")
    sheet.add_argument("entity", metavar="ENTITY", help=entity)
    sheet.add_argument("-o", "--output", metavar="FILE", help="FILE.xlsx or FILE.csv; else CSV is printed")
    sheet.add_argument("--of", metavar="CODE", default="", help="only the rows of this thing, such as one role's")
    sheet.add_argument("--template", action="store_true", help="the headings alone")
    back = commands.add_parser("import", parents=[common], help="read in what others made, or propose it")
    backs = back.add_subparsers(dest="format", metavar="FORMAT", required=True)
    mapping_options.add_import(backs, common)
    mapping_options.add_case(outs, backs, common)
    sheet = backs.add_parser("sheet", parents=[common], help="propose what an edited spreadsheet asks for")
    sheet.add_argument("entity", metavar="ENTITY", help=entity)
    sheet.add_argument("file", metavar="FILE", help="the spreadsheet, .xlsx or CSV")
    sheet.add_argument("--dry-run", action="store_true", help="say what it asks for, propose nothing")
    sheet.add_argument("--reason", metavar="TEXT", default="", help="why; readers of the history see it")
    sheet.add_argument("--source", metavar="TEXT", default="", help="the document or record that says so")
    sheet.add_argument("--marked", metavar="FILE", help="where there are faults: write a copy with them marked")
    sheet.add_argument("--json", action="store_true", help="answer as JSON")
    sheet.add_argument("--as", dest="by", metavar="USER", help="who is recorded as the author")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in arguments
    with contextlib.suppress(AttributeError, ValueError):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        options = build_parser().parse_args(_in_full(arguments))
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
