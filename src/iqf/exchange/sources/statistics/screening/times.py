"""Checks of time: periods and identifiers are valid, and of one type of year."""

import re

from iqf.exchange.sources.statistics.screening.finding import FAIL, NOTHING, Asked, Found, found, nearest_of
from iqf.indicators.standard import IDENTIFIERS, SIX_FIGURES
from iqf.indicators.store import text

_PERIOD = "trim(coalesce(time_period, ''))"
_SIX = f"regexp_full_match({_PERIOD}, '\\d{{6}}')"
_USUAL = "one of the published words, such as Academic year, Calendar year or Financial year"
_NEXT = f"try_cast({_PERIOD}[5:6] AS INT) = (try_cast({_PERIOD}[1:4] AS INT) + 1) % 100"


def time_period(asked: Asked) -> Found:
    """A period is a year of four figures, or two that follow each other in six (202324)."""
    good = f"(regexp_full_match({_PERIOD}, '(19|20)\\d\\d') OR ({_SIX} AND {_NEXT}))"
    count, rows = asked.where(f"NOT coalesce({good}, false)", "time_period")
    places = [
        asked.fault(
            f'"{value or ""}" is not a period; write {_meant(value or "")}.',
            row,
            "time_period",
            value,
            "2024, or 202324",
        )
        for row, value in rows
    ]
    return found(FAIL, count, places)


def _meant(value: str) -> str:
    """The period that was meant by other notations, such as 2023/24 or 2023-2024; else how one is written."""
    two = re.fullmatch(r"((?:19|20)\d\d)\s*[/-]\s*(?:(?:19|20)?(\d\d))", value)
    if two and int(two[2]) == (int(two[1]) + 1) % 100:
        return two[1] + two[2]
    if whole := re.fullmatch(r"(\d{4}|\d{6})\.0+", value):
        return whole[1]
    return "2024, or 202324 where it spans two years"


def time_identifier(asked: Asked) -> Found:
    """A time identifier is one of the published list."""
    known = ", ".join(map(text, IDENTIFIERS))
    count, rows = asked.where(f"coalesce(time_identifier, '') NOT IN ({known})", "time_identifier")
    places = [
        asked.fault(
            f'"{value or ""}" is not a time identifier; write {nearest_of(value, IDENTIFIERS, _USUAL)}.',
            row,
            "time_identifier",
            value,
            "such as Academic year",
        )
        for row, value in rows
    ]
    return found(FAIL, count, places)


def one_year_type(asked: Asked) -> Found:
    """All periods are of one type of year, or one type of part of a year, and written in its way."""
    seen = asked.rows("SELECT time_identifier, min(__row), count(*) FROM t GROUP BY 1 ORDER BY 2")
    first = next((s for s in seen if s[0] in IDENTIFIERS), None)
    if first is None:
        return NOTHING
    of = IDENTIFIERS[first[0]]
    others = [s for s in seen if IDENTIFIERS.get(s[0]) not in (of, None)]
    places = [
        asked.fault(
            f'"{name}" stands beside "{first[0]}" (row {first[1]}); a table holds one type of year, so make two.',
            row,
            "time_identifier",
            name,
            of,
        )
        for name, row, _ in others
    ]
    if others:
        return found(FAIL, sum(n for *_, n in others), places)
    return _written_so(asked, of)


def _written_so(asked: Asked, of: str) -> Found:
    """Whether six figures are used for years that span two, and four for the others."""
    year = of.removesuffix(" by quarters")
    if year not in ("Calendar year", "Reporting year", *SIX_FIGURES):
        return NOTHING
    wrong = f"regexp_full_match({_PERIOD}, '\\d{{4}}')" if year in SIX_FIGURES else _SIX
    figures = "six" if year in SIX_FIGURES else "four"
    like = "202324, where it spans two years" if figures == "six" else "2024, or name the type of year that spans two"
    count, rows = asked.where(wrong, "time_period")
    places = [
        asked.fault(f"a period of this type ({of}) has {figures} figures; write {like}.", row, "time_period", value)
        for row, value in rows
    ]
    return found(FAIL, count, places)
