"""The options of the commands that keep the data: make it, read files in, serve it. No Django is loaded for them."""

import argparse
import os
from typing import Any

from iqf.cli import people_options
from iqf.exchange.sources.known import in_words

TABLE_WORDS = {
    "--dataset": "the data set of which this is a release; else the file's name",
    "--title": "its title, where the file does not say",
    "--counting": "what it counts: learners, starts, achievements, aims, enrolments, people, workers, several",
    "--located": "where: residence, delivery, workplace, none",
    "--part": "which part of the year, where its cells do not say: Academic year Q1 is August to October",
}


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """`iqf demo`, `serve`, `migrate`, `fetch`, `ingest` and `user`."""
    demo = commands.add_parser("demo", parents=[common], help="build the starter database and serve the site")
    serve = commands.add_parser("serve", parents=[common], help="serve the site from the data there are")
    for command in (demo, serve):
        command.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000", help="port on localhost")
        command.add_argument("--workers", type=int, default=2, help="processes, each of 4 threads (default 2)")
    demo.add_argument("--no-browser", action="store_true", help="do not open a browser")
    commands.add_parser("migrate", parents=[common], help="make or update the database")
    _add_sources(commands, common)
    people_options.add_commands(commands, common)


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
    ingest.add_argument(
        "--protect",
        metavar="RULE",
        nargs="?",
        const="",
        help="the table has true counts: publish it protected, by threshold=5,base=10,zeros=shown or what you give "
        "(statistics; learner records always are)",
    )
    ingest.add_argument(
        "--areas",
        choices=("district", "none"),
        default="district",
        help="by which areas of the home learners are counted: postcode districts, their letters alone, or none "
        "(learner records only)",
    )
    ingest.add_argument("--as", dest="by", metavar="USER", help="who is recorded for the change")
    for command in (fetch, ingest):
        command.add_argument("--json", action="store_true", help="answer as JSON")
