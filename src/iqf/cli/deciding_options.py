"""The options of the commands that decide, on what waits and on what belongs here. No Django is loaded for them."""

import argparse
from typing import Any


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """What waits, decisions, matches, and entries that are one."""
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


def add_including(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """`iqf inclusion`, `include` and `refuse`."""
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
