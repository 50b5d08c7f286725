"""The options of the commands about judgements: in and out, agreement, batches. No Django is loaded for them."""

import argparse
from typing import Any


def add_import(formats: Any, common: argparse.ArgumentParser) -> None:
    """`iqf import judgements`."""
    judgements = formats.add_parser("judgements", parents=[common], help="what one rater judged elsewhere")
    judgements.add_argument("file", metavar="FILE", help="CSV, .xlsx or SSSOM: a column or a row for each statement")
    judgements.add_argument("--framework", metavar="FRAMEWORK", required=True, help="what units were judged against")
    judgements.add_argument("--rater", metavar="NAME", required=True, help="who or what judged")
    judgements.add_argument(
        "--kind", choices=("person", "machine"), required=True, help="a machine is never a person"
    )
    judgements.add_argument(
        "--about", metavar="TEXT", default="", help="of a new rater: which machine, or from where"
    )
    judgements.add_argument("--batch", metavar="KEY", help="an open batch; else the file is a closed one by itself")
    judgements.add_argument("--dry-run", action="store_true", help="say what it would do, write nothing")
    judgements.add_argument("--json", action="store_true", help="answer as JSON")
    judgements.add_argument("--as", dest="by", metavar="USER", help="who is recorded as having read it in")


def add_case(outs: Any, backs: Any, common: argparse.ArgumentParser) -> None:
    """`iqf export case` and `iqf import case`."""
    out = outs.add_parser("case", parents=[common], help="a framework with its statements, as CASE 1.1 JSON")
    out.add_argument("framework", metavar="FRAMEWORK", help="key, code or title, such as common-core-2010")
    out.add_argument("-o", "--output", metavar="FILE", help="FILE.json; else it is printed")
    back = backs.add_parser("case", parents=[common], help="propose what a CASE package (1.0 or 1.1) says")
    back.add_argument("file", metavar="FILE", help="the package, in JSON")
    back.add_argument("--dry-run", action="store_true", help="say what it would change, propose nothing")
    back.add_argument("--reason", metavar="TEXT", default="", help="why; readers of the history see it")
    back.add_argument("--source", metavar="TEXT", default="", help="the document or record that says so")
    back.add_argument("--json", action="store_true", help="answer as JSON")
    back.add_argument("--as", dest="by", metavar="USER", help="who is recorded as the author")


def add_export(formats: Any, common: argparse.ArgumentParser) -> None:
    """`iqf export sssom`."""
    sssom = formats.add_parser("sssom", parents=[common], help="judgements of closed batches, as SSSOM TSV")
    sssom.add_argument("framework", metavar="FRAMEWORK", help="what units were judged against")
    sssom.add_argument("--rater", metavar="NAME", default="", help="only those of this rater")
    sssom.add_argument("-o", "--output", metavar="FILE", help="FILE.tsv; else it is printed")


def add_commands(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """`iqf agreement` and `iqf batch`."""
    agreement = commands.add_parser("agreement", parents=parents, help="how far the raters of a framework agree")
    agreement.add_argument("framework", metavar="FRAMEWORK", help="key, code or title, such as common-core-2005")
    agreement.add_argument(
        "--scale",
        choices=("touches", "verdict"),
        default="touches",
        help="whether a unit reaches a statement (default), or the verdict itself",
    )
    agreement.add_argument("--verb", choices=("teaches", "assesses"), default="teaches", help="what was judged")
    agreement.add_argument("--csv", action="store_true", help="answer as CSV")
    suggest = commands.add_parser("suggest", parents=parents, help="which statements each unit probably touches")
    suggest.add_argument("framework", metavar="FRAMEWORK", help="key, code or title, such as common-core-2005")
    suggest.add_argument("--batch", metavar="KEY", help="only the units of this batch")
    suggest.add_argument(
        "--encoder", metavar="DIR", help="folder of a sentence encoder (else IQF_ENCODER, else none)"
    )
    suggest.add_argument("--csv", action="store_true", help="answer as CSV: every suggestion")
    batch = commands.add_parser(
        "batch", parents=parents, help="batches of units that are judged: list, next, suggest, close, accept"
    )
    batch.add_argument(
        "do", choices=("list", "next", "show", "suggest", "trust", "close", "accept", "withdraw"), help="what to do"
    )
    batch.add_argument("key", metavar="KEY", nargs="?", help="which batch; next: which framework")
    batch.add_argument("--most", metavar="N", type=int, default=20, help="next: how many units to choose")
    batch.add_argument("--seed", metavar="N", type=int, default=0, help="next: another draw of those at random")
    batch.add_argument(
        "--encoder", metavar="DIR", help="suggest: folder of a sentence encoder (else IQF_ENCODER, else none)"
    )
    batch.add_argument("--reason", metavar="TEXT", default="", help="why; it stays with the change")
    batch.add_argument("--leave-open", action="store_true", help="close although raters differ")
    batch.add_argument("--as", dest="by", metavar="USER", help="who is recorded for it")
