"""The options of the commands about coverage. No Django is loaded for them."""

import argparse
from typing import Any

CUTS = ("qualification", "unit", "level", "cluster", "role", "owner", "kind")
RULES = ("any", "mandatory", "best-option", "credit")


def add_commands(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """`iqf coverage`: a table of any framework, as text, JSON, CSV, a workbook a chart; or what is behind a cell."""
    coverage = commands.add_parser("coverage", parents=parents, help="what the units teach against a framework")
    coverage.add_argument("framework", metavar="FRAMEWORK", nargs="?", default="", help="such as common-core-2005")
    coverage.add_argument("--by", default="qualification", choices=CUTS)
    coverage.add_argument(
        "--rule",
        default="any",
        choices=RULES,
        help="any unit; mandatory units only; the choice of units that reaches most; or credit",
    )
    coverage.add_argument("--scheme", default="sectors-2008", help="cluster scheme (with --by cluster)")
    coverage.add_argument("--csv", action="store_true", help="answer as CSV")
    coverage.add_argument("--xlsx", metavar="FILE", help="write a workbook: the table, every rule, how to read it")
    coverage.add_argument("--chart", metavar="FILE", help="write the chart (SVG), readable in print without colour")
    coverage.add_argument("--area", metavar="CODE", help="the units and words behind one area, such as CC1")
    coverage.add_argument(
        "--through",
        metavar="OTHER",
        action="append",
        default=[],
        help="by the judgements of another framework, along crosswalks; several: every step of the way, in order",
    )
    coverage.add_argument("--draft", metavar="PROPOSAL", type=int, help="of the framework that a proposal drafts")
    coverage.add_argument("--as", dest="viewer", metavar="USER", help="with --draft: who asks; others do not see it")
    coverage.add_argument("--role", metavar="ROLE", help="what one role requires of it, and what teaches that")
    coverage.add_argument("--row", metavar="KEY", default="", help="with --area: of this row only, by its key")
    _add_carry(commands, parents)
    _add_edition(commands, parents)
    _add_overlap(commands, parents)


def _add_carry(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """`iqf carry`: what units teach of an old edition, proposed for the one that replaces it."""
    carry = commands.add_parser("carry", parents=parents, help="propose alignments to an old edition for the new one")
    carry.add_argument("old", metavar="OLD", help="the edition that was judged, such as common-core-2005")
    carry.add_argument("new", metavar="NEW", help="the edition that replaces it")
    carry.add_argument("--dry-run", action="store_true", help="say what would be carried over, propose nothing")
    carry.add_argument("--reason", metavar="TEXT", default="", help="why; readers of the history see it")
    carry.add_argument("--source", metavar="TEXT", default="", help="the document or record that says so")
    carry.add_argument("--as", dest="by", metavar="USER", help="who is recorded as the author")


def _add_edition(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """`iqf edition`: a draft of the edition that replaces one."""
    edition = commands.add_parser("edition", parents=parents, help="draft the next edition of a framework")
    edition.add_argument("old", metavar="OLD", help="the edition that it replaces, such as common-core-2010")
    edition.add_argument("new", metavar="NEW", help="its short name, such as common-core-2027")
    edition.add_argument("--title", metavar="TEXT", default="", help="its title; else that of the edition before")
    edition.add_argument("--edition", metavar="TEXT", default="", help="which edition it is, such as the year")
    edition.add_argument("--dry-run", action="store_true", help="say what it would hold, draft nothing")
    edition.add_argument("--as", dest="by", metavar="USER", help="who is recorded as the author")


def _add_overlap(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """`iqf overlap`: what two qualifications have in common, or how crowded a cluster is."""
    overlap = commands.add_parser(
        "overlap", parents=parents, help="what two qualifications have in common, or a whole cluster"
    )
    overlap.add_argument("a", metavar="A", nargs="?", default="", help="a qualification")
    overlap.add_argument("b", metavar="B", nargs="?", default="", help="another one")
    overlap.add_argument("--cluster", metavar="KEY", help="instead of two: how crowded this cluster is")
    overlap.add_argument("--scheme", default="sectors-2008", help="cluster scheme (with --cluster)")
