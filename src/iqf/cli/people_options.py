"""The options of the commands for people. No Django is loaded for them."""

import argparse
from typing import Any

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


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """`iqf user` and all that it does."""
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


def in_full(arguments: list[str]) -> list[str]:
    """The same words, with `iqf user NAME` written out as `iqf user add NAME`."""
    at = 2 if arguments[:1] == ["--data-dir"] else 0
    if arguments[at : at + 1] != ["user"] or len(arguments) == at + 1:
        return arguments
    following = arguments[at + 1]
    known = following in USER_WORDS or following in ("-h", "--help")
    return arguments if known else [*arguments[: at + 1], "add", *arguments[at + 1 :]]
