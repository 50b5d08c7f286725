"""Answers as CSV that a spreadsheet opens safely; and the one rule by which cells are made safe, and taken back."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


def neutral(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it.

    So does text that begins as if it had got one, so that `told` gives back what was there. Numbers stay numbers.
    (OWASP, CSV injection.)
    """
    if isinstance(value, str) and (value.startswith(FORMULA_STARTS) or _GUARDED.match(value)):
        return "'" + value
    return "" if value is None else value


def told(cell: str) -> str:
    """What a cell says that may have been made neutral."""
    return cell[1:] if _GUARDED.match(cell) else cell


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A CSV table with a header, a byte-order mark so that spreadsheets read it as UTF-8, and neutral cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([neutral(c) for c in columns])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
