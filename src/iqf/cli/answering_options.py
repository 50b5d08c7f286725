"""The options of the commands that answer. No Django is loaded for them."""

import argparse
from typing import Any

from iqf.cli import ways_options

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


def add_commands(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """`iqf search`, `show`, `history`, `rules`, `differ`, `duplicates`, `quality` and those about ways."""
    _add_search(commands, parents)
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


def _add_search(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    search = commands.add_parser("search", parents=parents, help="find roles, qualifications, units, organisations")
    search.add_argument("text", metavar="TEXT", nargs="*", help="any words, names or numbers; none: everything")
    for name, (values, words) in NARROWED_BY.items():
        flag = f"--{name.replace('_', '-')}"
        search.add_argument(flag, metavar=values, action="append", help=f"{words}; may be given several times")
    search.add_argument("--available-on", metavar="DATE", help="can be started on this day, like 2026-11-21")
    search.add_argument("--scheme", default="sectors-2008", help="cluster scheme that is counted")
    search.add_argument("--limit", type=int, default=20, help="at most so many results (default 20)")
    search.add_argument("--offset", type=int, default=0, help="pass over so many results")


def add_consulting(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """`iqf consultations`."""
    consulting = commands.add_parser(
        "consultations", parents=parents, help="consultations: those that run, and what came of the others"
    )
    consulting.add_argument("number", metavar="NUMBER", nargs="?", type=int, help="one whose outcome is published")
