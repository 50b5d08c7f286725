"""Checks of number cells: each is a number, a known marker, or blank."""

from iqf.exchange.sources.statistics.screening.finding import FAIL, FIRST, WARNING, Asked, Found, found, worst
from iqf.indicators.cells import is_number, symbol, trimmed
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
            asked.fault(f'"{v}" is neither a number nor a known marker ({", ".join(SYMBOLS)}).', row, name, v)
            for row, v in rows
        ]
        findings.append(found(FAIL, count, places))
    return worst(findings)


def blank_cells(asked: Asked) -> Found:
    """A cell without a number says why, by a marker."""
    findings = []
    for name in asked.table.names("indicator"):
        count, rows = asked.where(f"{trimmed(name)} = ''")
        message = f"{count} cells are blank and do not say why; they stay blank, and are not taken as zero."
        findings.append(found(WARNING, count, [asked.fault(message, rows[0][0] if rows else None, name)]))
    both = worst(findings)
    return found(both.outcome, both.count, both.places[:FIRST])
