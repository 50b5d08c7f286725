"""What tables count that the catalogue may hold too: learning aims, apprenticeship standards, subject areas."""

import hashlib
from pathlib import Path
from typing import Final, Literal

from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.indicators.store import asked, quoted, text

Kind = Literal["aim", "standard", "subject area"]
COLUMNS: Final[dict[Kind, tuple[str, ...]]] = {
    "aim": ("learning_aim", "learn_aim_ref", "qualification_number"),
    "standard": ("std_fwk_name", "standard", "standard_name", "st_code", "standard_code"),
    "subject area": ("ssa_t2_desc", "sector_subject_area", "ssa_t1_desc"),
}
"""How tables name the column of each, the finer of two first. A standard goes by its title or its code."""
LISTS: Final[dict[Kind, str]] = {"aim": "counted-aims", "standard": "counted-standards"}
"""The lists of the register that hold what tables count, so that each can be tied to what the catalogue holds."""
FLAGGED: Final = ("std_fwk_flag", "Standard")
"""In tables that count standards and the frameworks before them, what says that a row is of a standard."""


def reference_of(title: str) -> str:
    """A reference for a standard that is printed by its title: the same words always give the same one."""
    words = " ".join(title.casefold().split())
    return f"S-{hashlib.blake2b(words.encode(), digest_size=8).hexdigest()}".upper()


def column_of(columns: tuple[HeldColumn, ...], kind: Kind) -> HeldColumn | None:
    """The filter of a table whose values are of this kind; None where it has none."""
    filters = {c.name: c for c in columns if c.kind == "filter"}
    return next((filters[name] for name in COLUMNS[kind] if name in filters), None)


def only_such(columns: tuple[HeldColumn, ...], kind: Kind) -> dict[str, list[str]]:
    """What must hold besides for a row to be of this kind."""
    flag, value = FLAGGED
    return {flag: [value]} if kind == "standard" and any(c.name == flag for c in columns) else {}


def printed_values(cells: Path, columns: tuple[HeldColumn, ...], kind: Kind, row: str = "") -> dict[str, int]:
    """The different values of this kind in a table, in order, without the one for all; none where it has none.

    Each with the first row of the file that prints it, where `row` names the column of row numbers; else with 0.
    """
    column = column_of(columns, kind)
    if column is None:
        return {}
    name = f"trim({quoted(column.name)})"
    conditions = [f"coalesce({name}, '') NOT IN ('', {text(column.total)})"]
    conditions += [f"{quoted(c)} IN ({', '.join(map(text, v))})" for c, v in only_such(columns, kind).items()]
    first = f"min({quoted(row)})" if row else "0"
    where = " AND ".join(conditions)
    sql = f"SELECT {name}, {first} FROM read_parquet({text(cells)}) WHERE {where} GROUP BY 1 ORDER BY 1"  # noqa: S608
    with asked() as db:
        return {str(value): int(place) for value, place in db.execute(sql).fetchall()}


def complete(table: HeldTable, kind: Kind) -> bool:
    """Whether the table prints every value of this kind that anybody takes, so that one it lacks nobody takes."""
    column = column_of(table.columns, kind)
    return column is not None and column.name == table.complete_for
