"""Commands about take-up, supply and the workforce: tables cut, areas compared, as text, JSON, CSV or chart."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from iqf.cli.answering import answered, ready
from iqf.cli.main import UsageError
from iqf.cli.text import supply as words
from iqf.cli.text import workforce as workforce_text
from iqf.exchange.formats import workforce_words as say
from iqf.exchange.formats.derived import Derived, of_supply, of_takeup, package
from iqf.exchange.formats.nobody_takes import nobody_package, nobody_table
from iqf.exchange.formats.sheets import csv_text
from iqf.exchange.formats.supply import supply_table, takeup_table
from iqf.exchange.formats.supply_charts import supply_chart, takeup_chart
from iqf.exchange.formats.supply_words import supply_finding, takeup_finding
from iqf.exchange.formats.taken import taken_table
from iqf.exchange.formats.workforce import pay_package, pay_table
from iqf.reports import supply as supply_report
from iqf.reports import takeup as takeup_report
from iqf.reports import workforce as workforce_report
from iqf.reports.nobody_takes import nobody_takes
from iqf.reports.salaries import salaries
from iqf.reports.supply import SupplyAnswer
from iqf.reports.taken import taken
from iqf.reports.workforce_area import AreaAnswer
from iqf.reports.workforce_area import area as workforce_area


def takeup(options: argparse.Namespace) -> int:
    """How many take it up, cut as asked."""
    ready()
    if sum(map(bool, (options.dataset, options.of, options.nobody))) != 1:
        raise UsageError("Name a data set, or a qualification, role or cluster with --of CODE, or ask for --nobody.")
    if not options.dataset:
        return _of_things(options)
    answer = takeup_report.takeup(options.dataset, options.by, conditions(options.where), options.indicator)
    if options.csv:
        sys.stdout.write(csv_text(*takeup_table(answer)))
        return 0
    if options.zip:
        return write_package(options.zip, of_takeup(answer), [answer.citation])
    if options.chart:
        write_chart(options.chart, takeup_chart(answer))
        return answered(options, "takeup", answer, lambda found: f"{takeup_finding(found)}\n")
    return answered(options, "takeup", answer, words.takeup)


def _of_things(options: argparse.Namespace) -> int:
    """How many take one thing, or what nobody takes: in every table that is held."""
    if options.by or options.where or options.indicator or options.chart:
        raise UsageError("--by, --where, --indicator and --chart go with a data set.")
    if options.zip and not options.nobody:
        raise UsageError("--zip goes with a data set or with --nobody.")
    if options.nobody:
        idle = nobody_takes()
        if options.csv:
            sys.stdout.write(csv_text(*nobody_table(idle)))
            return 0
        if options.zip:
            return write_listed(options.zip, nobody_package(idle), idle.cited.citations)
        return answered(options, "takeup-nobody", idle, words.nobody)
    answer = taken(options.of)
    if options.csv:
        sys.stdout.write(csv_text(*taken_table(answer)))
        return 0
    return answered(options, "takeup", answer, words.taken)


def supply(options: argparse.Namespace) -> int:
    """Learners' share by area beside people's."""
    ready()
    answer = _compared(options)
    if options.csv:
        sys.stdout.write(csv_text(*supply_table(answer)))
        return 0
    if options.zip:
        return write_package(options.zip, of_supply(answer), answer.citations)
    if options.chart:
        write_chart(options.chart, supply_chart(answer))
        return answered(options, "supply", answer, lambda found: f"{supply_finding(found)}\n")
    return answered(options, "supply", answer, words.supply)


def write_chart(name: str, svg: str) -> None:
    """Write a chart where it was asked for. Raises UsageError where the name is not one of an SVG file."""
    if Path(name).suffix.lower() != ".svg":
        raise UsageError(f"{name} should end in .svg, which is what is written there.")
    Path(name).write_text(svg, encoding="utf-8")


def write_package(name: str, table: Derived | None, citations: Sequence[str]) -> int:
    """Write a table in the standard format where it was asked for. Raises UsageError where it cannot be."""
    if Path(name).suffix.lower() != ".zip":
        raise UsageError(f"{name} should end in .zip, which is what is written there.")
    if table is None:
        raise UsageError("The standard format needs one type of year and whole areas; take --csv or --json.")
    Path(name).write_bytes(package(table))
    sys.stdout.write("".join(f"{cited}\n" for cited in citations))
    sys.stdout.write(f"Written to {name}: the data, their meta file and a descriptor.\n")
    return 0


def write_listed(name: str, packed: bytes, citations: Sequence[str]) -> int:
    """Write rows with their descriptor where it was asked for. Raises UsageError where the name is of no zip file."""
    if Path(name).suffix.lower() != ".zip":
        raise UsageError(f"{name} should end in .zip, which is what is written there.")
    Path(name).write_bytes(packed)
    sys.stdout.write("".join(f"{cited}\n" for cited in citations))
    sys.stdout.write(f"Written to {name}: the rows and a descriptor.\n")
    return 0


def _compared(options: argparse.Namespace) -> SupplyAnswer:
    if not options.dataset:
        if options.where or options.beside or options.indicator or options.demand or options.by != "region":
            raise UsageError("--where, --beside, --indicator, --demand and --by go with a data set: --of DATASET.")
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
        demand=options.demand,
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


def workforce(options: argparse.Namespace) -> int:
    """How large the workforce is; or one area's numbers; or what roles pay."""
    ready()
    if options.salaries and options.area:
        raise UsageError("Job profiles speak of the whole country: --salaries takes no area.")
    if options.salaries:
        return _pay(options)
    if options.csv or options.zip:
        raise UsageError("--csv and --zip go with --salaries; of an area take --json, or iqf takeup DATASET --zip.")
    if options.area:
        found = workforce_area(options.area, options.table, options.beside)
        if options.chart:
            write_chart(options.chart, _area_chart(found, options.indicator))
        return answered(options, "workforce-area", found, workforce_text.area)
    if options.chart:
        raise UsageError("A chart is of an area or of pay: give an AREA, or --salaries.")
    return answered(options, "workforce", workforce_report.sizes(), workforce_text.sizes)


def _pay(options: argparse.Namespace) -> int:
    """What roles pay, as asked for."""
    paid = salaries()
    if options.csv:
        sys.stdout.write(csv_text(*pay_table(paid)))
        return 0
    if options.zip:
        return write_listed(options.zip, pay_package(paid), paid.cited.citations)
    if options.chart:
        write_chart(options.chart, say.salaries_chart(paid))
    return answered(options, "salaries", paid, workforce_text.salaries)


def _area_chart(found: AreaAnswer, indicator: str) -> str:
    shown = [rate.indicator for rate in found.rates]
    if indicator not in shown:
        raise UsageError(f'"{indicator}" is not shown of an area; there is {", ".join(shown)}.')
    return say.area_chart(found, indicator)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "takeup": takeup,
    "supply": supply,
    "workforce": workforce,
}
