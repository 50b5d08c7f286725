"""The options of the commands about a person's own portfolio. No Django is loaded for them."""

import argparse
from typing import Any


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """`iqf portfolio show`, `export` and `erase`."""
    portfolio = commands.add_parser(
        "portfolio", parents=[common], help="a person's own portfolio: show, export, erase"
    )
    told = portfolio.add_subparsers(dest="do", metavar="WHAT", required=True)
    whose = argparse.ArgumentParser(add_help=False)
    whose.add_argument("--as", dest="by", metavar="USER", required=True, help="whose it is; nobody sees another's")
    show = told.add_parser("show", parents=[common, whose], help="what stands in it")
    show.add_argument(
        "--held", action="store_true", help="only what is held, one on a line, as iqf topup --held reads it"
    )
    show.add_argument("--json", action="store_true", help="answer as JSON")
    out = told.add_parser("export", parents=[common, whose], help="take it away as a file")
    forms = ("json", "clr", "badge", "badge-jwt")
    out.add_argument("form", metavar="FORM", choices=forms, help="json, clr, badge or badge-jwt")
    out.add_argument("number", metavar="NUMBER", nargs="?", type=int, help="of a badge: the number of the credit")
    out.add_argument("-o", "--output", metavar="FILE", help="write it there; else it is printed")
    erase = told.add_parser("erase", parents=[common, whose], help="erase all of it; nothing brings it back")
    erase.add_argument("--yes", action="store_true", help="really erase it")
