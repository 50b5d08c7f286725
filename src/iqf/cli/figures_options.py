"""The options of the commands about statistical tables. No Django is loaded for them."""

import argparse
from typing import Any


def add_commands(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """`iqf figures`: what is held, or the figures of one data set."""
    figures = commands.add_parser("figures", parents=parents, help="figures of a statistical table, as published")
    figures.add_argument("dataset", metavar="DATASET", nargs="?", default="", help="its file's name; none: list them")
    figures.add_argument(
        "--by",
        metavar="COLUMN",
        action="append",
        default=[],
        help="keep this column open and hold the others at their totals; may be given several times",
    )
    figures.add_argument(
        "--where",
        metavar="COLUMN=VALUE",
        action="append",
        default=[],
        help="rows with this value, in the file's own words; several: all must hold",
    )
    figures.add_argument(
        "--indicator",
        metavar="NAME",
        action="append",
        default=[],
        help="this number only; several may be given",
    )
    figures.add_argument("--version", metavar="VERSION", help="another release than the current one, such as 1.0")
    figures.add_argument("--limit", type=int, metavar="N", help="at most so many figures (text 40, else 100000)")
    figures.add_argument("--offset", type=int, default=0, metavar="N", help="pass over so many figures")
    figures.add_argument("--csv", action="store_true", help="answer as CSV")
    figures.add_argument("--zip", metavar="FILE", help="write the whole release: data, meta file and descriptor")
