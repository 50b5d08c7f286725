"""Commands about take-up and supply: a table cut, and areas compared, as text, JSON, CSV or chart."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from iqf.cli.answering import answered, ready
from iqf.cli.main import UsageError
from iqf.cli.text import supply as words
from iqf.exchange.formats.sheets import csv_text
from iqf.exchange.formats.supply import supply_table, takeup_table
from iqf.exchange.formats.supply_charts import supply_chart, takeup_chart
from iqf.exchange.formats.supply_words import supply_finding, takeup_finding
from iqf.reports import supply as supply_report
from iqf.reports import takeup as takeup_report
from iqf.reports.supply import SupplyAnswer


def takeup(options: argparse.Namespace) -> int:
    """How many take it up, cut as asked."""
    ready()
    answer = takeup_report.takeup(options.dataset, options.by, conditions(options.where), options.indicator)
    if options.csv:
        sys.stdout.write(csv_text(*takeup_table(answer)))
        return 0
    if options.chart:
        write_chart(options.chart, takeup_chart(answer))
        return answered(options, "takeup", answer, lambda found: f"{takeup_finding(found)}\n")
    return answered(options, "takeup", answer, words.takeup)


def supply(options: argparse.Namespace) -> int:
    """Learners' share by area beside people's."""
    ready()
    answer = _compared(options)
    if options.csv:
        sys.stdout.write(csv_text(*supply_table(answer)))
        return 0
    if options.chart:
        write_chart(options.chart, supply_chart(answer))
        return answered(options, "supply", answer, lambda found: f"{supply_finding(found)}\n")
    return answered(options, "supply", answer, words.supply)


def write_chart(name: str, svg: str) -> None:
    """Write a chart where it was asked for. Raises UsageError where the name is not one of an SVG file."""
    if Path(name).suffix.lower() != ".svg":
        raise UsageError(f"{name} should end in .svg, which is what is written there.")
    Path(name).write_text(svg, encoding="utf-8")


def _compared(options: argparse.Namespace) -> SupplyAnswer:
    if not options.dataset:
        if options.where or options.beside or options.indicator or options.by != "region":
            raise UsageError("--where, --beside, --indicator and --by go with a data set: --of DATASET.")
        if options.assume is not None and options.assume < 1:
            raise UsageError("--assume takes a number of learners, 1 or more.")
        return supply_report.from_documents(options.denominator, options.cluster, options.level, options.assume)
    if options.assume is not None:
        raise UsageError("--assume is for the documents, which print no numbers; a data set has its own.")
    return supply_report.supply(
        options.dataset,
        by=options.by,
        where=conditions(options.where),
        indicator=options.indicator,
        denominator=options.denominator,
        base=options.beside,
        cluster=options.cluster,
        level=options.level,
    )


def conditions(where: Sequence[str]) -> dict[str, list[str]]:
    """COLUMN=VALUE, as often as given, by column. Raises UsageError for what is not written so."""
    found: dict[str, list[str]] = {}
    for text in where:
        column, sign, value = text.partition("=")
        if not sign or not column.strip():
            raise UsageError(f'"{text}" is no condition; write it as COLUMN=VALUE, such as --where sex=Female.')
        found.setdefault(column.strip(), []).append(value.strip())
    return found


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"takeup": takeup, "supply": supply}
