"""How known tables write years, places and providers: SQL that makes the standard columns of a file's own cells."""

import re
from collections.abc import Mapping
from typing import Final

from iqf.indicators.standard import LEVEL_COLUMNS, NOT_KNOWN
from iqf.indicators.store import quoted, text

ENGLAND: Final = {"country_code": "'E92000001'", "country_name": "'England'"}


def academic(column: str) -> str:
    """SQL: 202526 out of `2025/26 (Aug to Apr)`, `2025/26` or `202526`; what reads otherwise stays as it is."""
    return f"regexp_replace(trim({quoted(column)}), '^(20\\d\\d)/?(\\d\\d)( \\(.*\\))?$', '\\1\\2')"


PARTS: Final = {"oct": "Academic year Q1", "jan": "Academic year Q1-Q2", "apr": "Academic year Q1-Q3"}
"""A year that is not over, by the month up to which it is counted, as the standard names it."""
WHOLE: Final = "Academic year"


def academic_part(column: str) -> str:
    """SQL: `Academic year`, or the part of it that a cell such as `2025/26 (Aug to Apr)` says that it is.

    Brackets that say anything else stay as they are, so that the screening refuses what may be no whole year.
    """
    said = f"regexp_extract({quoted(column)}, '\\(.*\\)')"
    month = f"regexp_extract(lower({said}), '\\(aug[a-z]* to ([a-z]{{3}})', 1)"
    cases = " ".join(f"WHEN {text(until)} THEN {text(part)}" for until, part in {**PARTS, "jul": WHOLE}.items())
    return f"CASE {month} {cases} ELSE coalesce(nullif({said}, ''), {text(WHOLE)}) END"


def part_named(stem: str) -> str:
    """The part of a year that a file's name says its table is of (`…Aug21-Apr22…`); blank where it says none."""
    found = re.search(r"Aug\d\d-(Oct|Jan|Apr)\d\d", stem, re.IGNORECASE)
    return PARTS[found[1].lower()] if found else ""


def year_named(stem: str) -> str:
    """The academic year that a file's name says its table is of (`ILR21` ends in 2021); blank where it says none."""
    found = re.search(r"ILR(\d\d)(?!\d)", stem)
    return f"20{int(found[1]) - 1:02}{found[1]}" if found else ""


def ukprn(column: str) -> str:
    """SQL: the provider number at the end of a provider's name; blank where there is none."""
    return f"regexp_extract({quoted(column)}, '\\((\\d{{8}})\\)\\s*$', 1)"


PLACED: Final = {
    "National": ("E92",),
    "Regional": ("E12", "E13"),
    "Local authority": ("E10",),
    "Local authority district": ("E06", "E07", "E08", "E09"),
    "Mayoral combined authority": ("E47",),
    "Local enterprise partnership": ("E37",),
    "Local skills improvement plan area": ("E69",),
    "Parliamentary constituency": ("E14",),
}
"""The geographic level of a place, by the first three signs of its code."""
OUTSIDE: Final = "Local authority district"
"""The level of a row whose place has no code (`z`, `x`): outside England, or not known where."""


def _starts(code: str, level: str) -> str:
    """SQL: whether the code is one of this level."""
    among = f"left(trim({quoted(code)}), 3) IN ({', '.join(map(text, PLACED[level]))})"
    none = f"trim({quoted(code)}) IN ({', '.join(text(each) for each in NOT_KNOWN if each)})"
    return f"({among} OR {none})" if level == OUTSIDE else among


def places(code: str, name: str) -> dict[str, str]:
    """The standard columns of place of a file that has one column of codes and one of names.

    A code of no kind known here stands as the level, where the screening refuses it in the file's own word.
    """
    cases = " ".join(f"WHEN {_starts(code, level)} THEN {text(level)}" for level in PLACED)
    found = {"geographic_level": f"CASE {cases} ELSE coalesce({quoted(code)}, '') END", **ENGLAND}
    for level in PLACED:
        if level != "National":
            for column, own in zip(LEVEL_COLUMNS[level], (code, name), strict=True):
                found[column] = f"CASE WHEN {_starts(code, level)} THEN {quoted(own)} END"
    return found


def translated(column: str, words: Mapping[str, str]) -> str:
    """SQL: a cell in the standard's words for it; what has none stays as it is."""
    cases = " ".join(f"WHEN {text(k)} THEN {text(v)}" for k, v in words.items())
    return f"CASE {quoted(column)} {cases} ELSE {quoted(column)} END"


def of_provider(year: str, column: str, number: str, total: str) -> dict[str, str]:
    """The standard columns of a table by year and provider, in which one name stands for all providers."""
    every = f"{quoted(column)} = {text(total)}"
    return {
        "time_period": academic(year),
        "time_identifier": academic_part(year),
        "geographic_level": f"CASE WHEN {every} THEN 'National' ELSE 'Provider' END",
        **ENGLAND,
        "provider_ukprn": f"CASE WHEN NOT {every} THEN {number} END",
        "provider_name": f"CASE WHEN NOT {every} THEN {quoted(column)} END",
    }
