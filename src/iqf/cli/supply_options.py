"""The options of the commands about take-up, supply and the workforce. No Django is loaded for them."""

import argparse
from typing import Any


def add_commands(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """`iqf takeup`, `iqf supply` and `iqf workforce`."""
    takeup = commands.add_parser("takeup", parents=parents, help="how many take it up, cut by a table's columns")
    takeup.add_argument(
        "dataset",
        metavar="DATASET",
        nargs="?",
        default="",
        help="a data set, by the stem of its file; CODE@1.0 for a version",
    )
    takeup.add_argument(
        "--of", metavar="CODE", default="", help="how many take this qualification, role or cluster, in every table"
    )
    takeup.add_argument("--nobody", action="store_true", help="what is listed here and nobody takes, in every table")
    takeup.add_argument(
        "--by",
        metavar="COLUMN",
        action="append",
        default=[],
        help="a column of it, period, region, authority, country, or role, cluster, qualification; again",
    )
    takeup.add_argument("--indicator", metavar="NAME", action="append", default=[], help="only this number")
    _add_where(takeup)
    takeup.add_argument("--csv", action="store_true", help="answer as CSV")
    takeup.add_argument(
        "--zip", metavar="FILE", help="write the table as official statistics are: data, meta, descriptor"
    )
    takeup.add_argument("--chart", metavar="FILE", help="write the chart (SVG), readable in print without colour")
    _add_supply(commands, parents)
    _add_workforce(commands, parents)


def _add_where(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--where",
        metavar="COLUMN=VALUE",
        action="append",
        default=[],
        help="only rows with this value; several values of one column: any of them",
    )


def _add_supply(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    supply = commands.add_parser(
        "supply", parents=parents, help="learners' share by area beside people's: low take-up, and where it is"
    )
    supply.add_argument("--of", dest="dataset", metavar="DATASET", help="a data set of learners; else the documents")
    supply.add_argument("--by", default="region", choices=("region", "authority"))
    supply.add_argument("--cluster", metavar="KEY", default="", help="of one cluster, where the table allows it")
    supply.add_argument("--level", metavar="LEVEL", default="", help="of one level, where the table allows it")
    supply.add_argument("--denominator", default="population", choices=("population", "workforce"))
    supply.add_argument("--beside", metavar="DATASET", default="", help="the data set that counts those people")
    supply.add_argument("--indicator", metavar="NAME", default="", help="the number that is compared")
    _add_where(supply)
    supply.add_argument(
        "--assume", metavar="LEARNERS", type=int, help="limits of the documents' shares, for so many learners in all"
    )
    supply.add_argument(
        "--demand",
        metavar="DATASET:INDICATOR",
        default="",
        help="a vacancy or turnover rate that counts as evidence that more are wanted",
    )
    supply.add_argument("--csv", action="store_true", help="answer as CSV")
    supply.add_argument(
        "--zip", metavar="FILE", help="write the table as official statistics are: data, meta, descriptor"
    )
    supply.add_argument("--chart", metavar="FILE", help="write the chart (SVG), readable in print without colour")


def _add_workforce(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    workforce = commands.add_parser(
        "workforce",
        parents=parents,
        help="how large the workforce is; an area's vacancies and turnover; pay of roles",
    )
    workforce.add_argument("area", metavar="AREA", nargs="?", default="", help="an area by its code or name")
    workforce.add_argument("--salaries", action="store_true", help="what roles pay, by official job profiles")
    workforce.add_argument("--chart", metavar="FILE", help="with an area or --salaries: write the chart (SVG)")
    workforce.add_argument("--csv", action="store_true", help="with --salaries: answer as CSV")
    workforce.add_argument("--zip", metavar="FILE", help="with --salaries: write the rows with a descriptor")
    workforce.add_argument(
        "--table", metavar="DATASET", default="", help="of an area: which table; CODE@1.0 for a version"
    )
    workforce.add_argument(
        "--beside",
        metavar="DATASET",
        default="",
        help="of an area: the table of its children; CODE@1.0 for a version",
    )
    workforce.add_argument(
        "--indicator", metavar="NAME", default="turnover_rate_fte", help="which number the chart of an area shows"
    )
