"""Checks of number cells: each is a number, a known marker, or blank."""

import re

from iqf.exchange.sources.statistics.screening.finding import FAIL, FIRST, WARNING, Asked, Found, found, worst
from iqf.indicators.cells import is_number, number, symbol, trimmed
from iqf.indicators.store import quoted, text
from iqf.indicators.words import SYMBOLS

COMMAS = r"[-+£]?\d{1,3}(,\d{3})+(\.\d+)?"
PERCENT = r"[-+]?[\d,]*\.?\d+\s*%"
POUNDS = r"[-+]?£[\d,]*\.?\d+"


def plain_numbers(asked: Asked) -> Found:
    """Numbers are printed bare: no thousands commas, percent signs or pound signs."""
    kinds = (
        (COMMAS, "has thousands commas; write the figures alone"),
        (PERCENT, "has a percent sign; write the number alone, and % as the unit in the meta file"),
        (POUNDS, "has a pound sign; write the number alone, and £ as the unit in the meta file"),
    )
    findings = []
    for name in asked.table.names("indicator"):
        for like, what in kinds:
            count, rows = asked.where(f"regexp_full_match({trimmed(name)}, {text(like)})", quoted(name))
            places = [asked.fault(f'"{v}" {what}.', row, name, v, _bare(v)) for row, v in rows]
            findings.append(found(FAIL, count, places))
    return worst(findings)


def _bare(value: str) -> str:
    return "".join(sign for sign in value if sign in "+-.0123456789")


def known_symbols(asked: Asked) -> Found:
    """What stands in place of a number is a known marker."""
    odd_ones = "|".join((COMMAS, PERCENT, POUNDS))
    findings = []
    for name in asked.table.names("indicator"):
        cell = trimmed(name)
        odd = (
            f"{cell} <> '' AND NOT {is_number(name)} AND ({symbol(name)}) IS NULL "
            f"AND NOT regexp_full_match({cell}, {text(odd_ones)})"
        )
        count, rows = asked.where(odd, quoted(name))
        places = [
            asked.fault(
                f'"{v}" is neither a number nor a known marker ({", ".join(SYMBOLS)}); {_mended(v)}.', row, name, v
            )
            for row, v in rows
        ]
        findings += [found(FAIL, count, places), _endless(asked, name)]
    return worst(findings)


def _mended(value: str) -> str:
    """What to do about a cell that is neither a number nor a marker."""
    if value.startswith(("#", "=")):
        return "a spreadsheet wrote it: put the number there, and save its values, not its formulas"
    if re.fullmatch(r"[-+]?[0-9 ]+(\.[0-9]+)?", value):
        return "write the figures without spaces"
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]{1,2}", value):
        return f"write {value.replace(',', '.')}"
    return "write the number alone, or the marker that says why there is none"


def _endless(asked: Asked, name: str) -> Found:
    """Numbers with more figures than any number here has: they would be read as endless."""
    value = f"try_cast({trimmed(name)} AS DOUBLE)"
    count, rows = asked.where(f"{is_number(name)} AND coalesce(isinf({value}), true)", quoted(name))
    message = "is larger than any number can be here; write what was counted"
    return found(FAIL, count, [asked.fault(f'"{v}" {message}.', row, name, v) for row, v in rows])


def counts_below_zero(asked: Asked) -> Found:
    """What is counted is 0 or more."""
    findings = []
    for column in asked.table.of_kind("indicator"):
        if column.counting:
            count, rows = asked.where(f"({number(column.name)}) < 0", quoted(column.name))
            said = f"is fewer than none; {column.counting} are counted here"
            places = [asked.fault(f'"{v}" {said}.', row, column.name, v) for row, v in rows]
            findings.append(found(WARNING, count, places))
    return worst(findings)


def blank_cells(asked: Asked) -> Found:
    """A cell without a number says why, by a marker."""
    findings = []
    for name in asked.table.names("indicator"):
        count, rows = asked.where(f"{trimmed(name)} = ''")
        cells = (
            "1 cell is blank and does not say why; it stays"
            if count == 1
            else f"{count} cells are blank and do not say why; they stay"
        )
        message = f"{cells} blank, and {'is' if count == 1 else 'are'} not taken as zero."
        findings.append(found(WARNING, count, [asked.fault(message, rows[0][0] if rows else None, name)]))
    both = worst(findings)
    return found(both.outcome, both.count, both.places[:FIRST])
