"""What differs between two releases of a data set, in sentences; and whether it breaks what rests on the older one.

Breaking (a major version): a column or a row that could be cited is gone. Everything else (rows added, values
revised, columns added) is a minor version.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.indicators.store import asked, quoted, text

KEYS = ("time", "place", "filter")


@dataclass(frozen=True)
class Difference:
    """What changed, in sentences, and whether it breaks what rests on the older release."""

    sentences: tuple[str, ...]
    breaking: bool
    added: int = 0
    revised: int = 0
    gone: int = 0


def compare(old: HeldTable, columns: Sequence[HeldColumn], new: Path) -> Difference:
    """How the table at `new`, with these columns, differs from a release that is held."""
    sentences = _of_columns(old.columns, columns)
    breaking = any(" is gone" in s or " is now a" in s for s in sentences)
    counts = _of_rows(old, columns, new)
    if counts["added"]:
        sentences.append(f"{_rows(counts['added'])} added.")
    if counts["gone"]:
        sentences.append(f"{_rows(counts['gone'])} gone that the release before has.")
    for name, label in ((c.name, c.label) for c in columns if c.kind == "indicator"):
        if n := counts.get(f"i:{name}", 0):
            sentences.append(f'{n} value{"" if n == 1 else "s"} of "{label}" revised.')
    if not sentences:
        sentences.append("Nothing in the cells changed.")
    return Difference(
        tuple(sentences),
        breaking or bool(counts["gone"]),
        counts["added"],
        counts["revised"],
        counts["gone"],
    )


def _rows(n: int) -> str:
    return "1 row is" if n == 1 else f"{n} rows are"


def _of_columns(old: Sequence[HeldColumn], new: Sequence[HeldColumn]) -> list[str]:
    before, after = {c.name: c for c in old}, {c.name: c for c in new}
    said = [f'The {c.kind} "{c.name}" is gone.' for c in old if c.name not in after]
    said += [f'The {c.kind} "{c.name}" is new.' for c in new if c.name not in before]
    for name in before.keys() & after.keys():
        was, now = before[name], after[name]
        if was.kind != now.kind:
            said.append(f'The {was.kind} "{name}" is now a {now.kind}.')
        elif (was.label, was.unit) != (now.label, now.unit):
            said.append(f'The {now.kind} "{name}" is described in other words.')
    return said


def _of_rows(old: HeldTable, columns: Sequence[HeldColumn], new: Path) -> dict[str, int]:
    held = {c.name: c.kind for c in old.columns}
    both = [c for c in columns if held.get(c.name) == c.kind]
    keys = [c.name for c in both if c.kind in KEYS]
    numbers = [c.name for c in both if c.kind == "indicator"]
    if not keys:
        return {"added": 0, "gone": 0, "revised": 0}
    met = "n.present AND o.present"
    differs = {name: f"({_other(name)} OR {_other(name + '__symbol')})" for name in numbers}
    sums = {
        "added": "o.present IS NULL",
        "gone": "n.present IS NULL",
        "revised": f"{met} AND ({' OR '.join(differs.values()) or 'false'})",
        **{f"i:{name}": f"{met} AND {sql}" for name, sql in differs.items()},
    }
    joined = " AND ".join(f"n.{quoted(k)} IS NOT DISTINCT FROM o.{quoted(k)}" for k in keys)
    counted = ", ".join(f"count(*) FILTER (WHERE {sql})" for sql in sums.values())
    with asked() as db:
        row: Any = db.execute(
            f"SELECT {counted} FROM (SELECT *, true AS present FROM read_parquet({text(new)})) n "  # noqa: S608
            f"FULL JOIN (SELECT *, true AS present FROM read_parquet({text(old.path)})) o ON {joined}"
        ).fetchone()
    return dict(zip(sums, row, strict=True))


def _other(name: str) -> str:
    return f"n.{quoted(name)} IS DISTINCT FROM o.{quoted(name)}"
