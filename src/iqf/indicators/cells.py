"""What a printed cell of a number column is: a number, a marker, blank, or something that does not belong there."""

from typing import Final

from iqf.indicators.store import quoted, text
from iqf.indicators.words import SYMBOLS

NUMBER: Final = r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?"
"""A number as it may be printed: no thousands commas, no percent sign, no spaces inside."""


def trimmed(column: str) -> str:
    """SQL: the cell without spaces around it, blank where there is none."""
    return f"trim(coalesce({quoted(column)}, ''))"


def is_number(column: str) -> str:
    """SQL: whether the cell is a number."""
    return f"regexp_full_match({trimmed(column)}, {text(NUMBER)})"


def number(column: str) -> str:
    """SQL: the number, null where the cell is none."""
    return f"CASE WHEN {is_number(column)} THEN try_cast({trimmed(column)} AS DOUBLE) END"


def symbol(column: str) -> str:
    """SQL: the marker in the cell, null where it is none. `[c]`, as newer tables print it, is `c`."""
    bare = f"regexp_replace({trimmed(column)}, '^\\[(.*)\\]$', '\\1')"
    known = ", ".join(text(s) for s in SYMBOLS)
    return f"CASE WHEN {bare} IN ({known}) THEN {bare} END"


def typed(columns: list[tuple[str, str]]) -> str:
    """SQL: the columns of a table (name, kind) as a release keeps them, out of printed cells.

    Time, place and filters stay text as published, a blank is null; an indicator becomes a number beside its marker.
    """
    parts = []
    for name, kind in columns:
        if kind == "indicator":
            parts.append(f"{number(name)} AS {quoted(name)}")
            parts.append(f"{symbol(name)} AS {quoted(name + '__symbol')}")
        else:
            parts.append(f"nullif(CAST({quoted(name)} AS VARCHAR), '') AS {quoted(name)}")
    return ", ".join(parts)
