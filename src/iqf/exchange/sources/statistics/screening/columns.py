"""Checks of columns: those that must be there, their names and labels."""

import re
from typing import Final

from iqf.exchange.sources.statistics.screening.finding import FAIL, NOTHING, WARNING, Asked, Found, found, worst
from iqf.indicators.standard import MANDATORY
from iqf.indicators.store import quoted

LONGEST_NAME: Final = 50
LONGEST_LABEL: Final = 80
LONGEST_ITEM: Final = 120
MOST_ITEMS: Final = 25_000


def mandatory_columns(asked: Asked) -> Found:
    """Time, geographic level and country have their columns."""
    held = set(asked.table.names("time", "place"))
    gone = [c for c in MANDATORY if c not in held]
    return found(FAIL, len(gone), [asked.fault(f'the column "{c}" is missing.', 1, c) for c in gone])


def has_indicator(asked: Asked) -> Found:
    """There is a column of numbers."""
    if asked.table.names("indicator"):
        return NOTHING
    return found(FAIL, 1, [asked.fault("no column holds numbers; a table needs an indicator.", 1)])


def column_names(asked: Asked) -> Found:
    """Names of columns are short, in small letters with underscores."""
    odd = [n for n in asked.table.names("filter", "indicator") if not re.fullmatch(r"[a-z][a-z0-9_]*", n)]
    long = [n for n in asked.table.names("filter", "indicator") if len(n) > LONGEST_NAME]
    places = [asked.fault(f'"{n}" is not in small letters, figures and underscores.', 1, n) for n in odd]
    places += [asked.fault(f'"{n}" is longer than {LONGEST_NAME} signs.', 1, n) for n in long]
    return found(WARNING, len(places), places)


def labels(asked: Asked) -> Found:
    """Labels of columns are short, and no two are the same."""
    columns = asked.table.of_kind("filter", "indicator")
    every = [c.label for c in columns]
    places = [
        asked.fault(f'the label of "{c.name}" is longer than {LONGEST_LABEL} signs.', None, c.name, c.label)
        for c in columns
        if len(c.label) > LONGEST_LABEL
    ]
    twice = sorted({label for label in every if every.count(label) > 1})
    places += [asked.fault(f'two columns have the label "{label}".', None, "label", label) for label in twice]
    return found(WARNING, len(places), places)


def filter_items(asked: Asked) -> Found:
    """Values of filters are short, and there are not too many of them."""
    places = []
    for name in asked.table.names("filter"):
        column = quoted(name)
        most, longest = asked.rows(f"SELECT count(DISTINCT {column}), max(length({column})) FROM t")[0]  # noqa: S608
        if most > MOST_ITEMS:
            places.append(asked.fault(f"the filter has {most} values; {MOST_ITEMS} is the most.", None, name))
        if (longest or 0) > LONGEST_ITEM:
            row, value = asked.where(f"length({column}) > {LONGEST_ITEM}", column)[1][0]
            message = f"a value of the filter has {longest} signs; {LONGEST_ITEM} is the most."
            places.append(asked.fault(message, row, name, value))
    return worst([_not_text(asked), found(WARNING, len(places), places)])


def _not_text(asked: Asked) -> Found:
    """Cells with a null character, which no text has and a database may refuse."""
    findings = []
    for name in asked.table.names("time", "place", "filter"):
        count, rows = asked.where(f"contains({quoted(name)}, chr(0))")
        message = "the cell holds a null character, which is no text; write the cell anew."
        findings.append(found(FAIL, count, [asked.fault(message, row, name) for (row,) in rows]))
    return worst(findings)


def filter_blanks(asked: Asked) -> Found:
    """Every row has a value in every filter."""
    findings = []
    for name in asked.table.names("filter"):
        count, _ = asked.where(f"trim(coalesce({quoted(name)}, '')) = ''")
        if count:
            findings.append((count, asked.fault(f"{count} rows have no value in this filter.", None, name)))
    return found(WARNING, sum(n for n, _ in findings), [place for _, place in findings])


def filter_totals(asked: Asked) -> Found:
    """Every filter has a value that stands for all the others."""
    lacking = [c.name for c in asked.table.of_kind("filter") if not c.total and c.name != asked.table.facts.named_by]
    message = 'no value of "{}" stands for all the others ("Total"), so what it divides is never added up here.'
    return found(WARNING, len(lacking), [asked.fault(message.format(name), None, name) for name in lacking])
