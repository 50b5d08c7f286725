"""Commands about statistical tables: what is held, and the figures of one, as published."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from iqf.cli.answering import answered
from iqf.cli.main import UsageError
from iqf.cli.text import figures as words
from iqf.exchange.formats.figures import figures_csv, package
from iqf.indicators.asking import MOST
from iqf.indicators.models import Dataset
from iqf.reports import figures as report

SHOWN = 40
"""So many figures are printed for people, unless they say."""


def figures(options: argparse.Namespace) -> int:
    """The figures of a data set; without one, the data sets that are held."""
    _ready()
    if not options.dataset:
        return answered(options, "datasets", report.datasets(), words.datasets)
    if options.zip:
        return _package(options)
    most = options.limit or (MOST if options.json or options.csv else SHOWN)
    if most < 1 or options.offset < 0:
        raise UsageError("--limit is 1 or more and --offset 0 or more.")
    answer = report.figures(
        options.dataset,
        options.version,
        by=[name.strip() for each in options.by for name in each.split(",")],
        where=[_chosen(each) for each in options.where],
        indicators=options.indicator,
        limit=most,
        offset=options.offset,
    )
    if options.csv:
        sys.stdout.write(figures_csv(answer))
        return 0
    return answered(options, "figures", answer, words.figures)


def _ready() -> None:
    """Refuse in a sentence where there is no database; a table needs nothing else."""
    name = connection.settings_dict["NAME"]
    made = connection.vendor != "sqlite" or "mode=memory" in str(name) or Path(name).exists()
    if not made or Dataset._meta.db_table not in connection.introspection.table_names():
        raise UsageError(f"There are no data in {settings.IQF_HOME} yet; begin with: iqf ingest statistics PATH")


def _chosen(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals or not column.strip():
        raise UsageError(f'"{text}" chooses nothing; write --where COLUMN=VALUE, such as --where sex=Total.')
    return column.strip(), value.strip()


def _package(options: argparse.Namespace) -> int:
    path = Path(options.zip)
    if path.suffix.lower() != ".zip":
        raise UsageError(f"{options.zip} should end in .zip, which is what is written there.")
    answer = report.figures(options.dataset, options.version, limit=1)
    path.write_bytes(package(answer.table))
    sys.stdout.write(f"{answer.citation}\nWritten to {path}: the data, their meta file and a descriptor.\n")
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"figures": figures}
