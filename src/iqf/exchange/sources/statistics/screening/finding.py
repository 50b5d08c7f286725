"""What a check of a table finds: pass, warning or fail, in a sentence, with the first rows it concerns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from iqf.exchange.sources.pattern import Fault
from iqf.exchange.sources.statistics.reading import ROW
from iqf.exchange.sources.statistics.shaping import Shaped

PASSED: Final = "pass"
WARNING: Final = "warning"
FAIL: Final = "fail"
SURE: Final = 4
"""So many signs a word has before another is guessed from it."""
FIRST: Final = 5
"""So many rows are named of each thing found."""


@dataclass(frozen=True)
class Found:
    """What one check found: how much of it, and the first places, each in a sentence of its own."""

    outcome: str
    count: int
    places: tuple[Fault, ...]


NOTHING: Final = Found(PASSED, 0, ())


@dataclass(frozen=True)
class Asked:
    """A table in front of its checks: `db` has its printed cells as `t`, every column text, and `__row`."""

    table: Shaped
    db: Any

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a question in SQL."""
        found: list[tuple[Any, ...]] = self.db.execute(sql).fetchall()
        return found

    def where(self, condition: str, *shown: str) -> tuple[int, list[tuple[Any, ...]]]:
        """How many rows a condition holds for, and the first that differ in these columns: their row and cells."""
        count = int(self.rows(f"SELECT count(*) FROM t WHERE {condition}")[0][0])  # noqa: S608
        if not count:
            return 0, []
        columns = ", ".join((f"min({ROW})", *shown))
        grouped = f"GROUP BY {', '.join(shown)} " if shown else ""
        return count, self.rows(f"SELECT {columns} FROM t WHERE {condition} {grouped}ORDER BY 1 LIMIT {FIRST}")  # noqa: S608

    def fault(
        self, message: str, row: int | None = None, column: str = "", value: Any = "", expected: str = ""
    ) -> Fault:
        """A fault of this file, in the column that it has there."""
        theirs = self.table.theirs.get(column, column)
        return Fault(message, self.table.file, row, theirs, "" if value is None else str(value), expected)


def nearest_of(value: str | None, words: Iterable[str], otherwise: str) -> str:
    """The published word that was probably meant, else what is said of all of them."""
    by_folded = {word.casefold(): word for word in words}
    meant = (value or "").strip().casefold()
    near = get_close_matches(meant, list(by_folded), n=1, cutoff=0.75) if len(meant) >= SURE else []
    return by_folded[near[0]] if near else otherwise


def found(outcome: str, count: int, places: Sequence[Fault]) -> Found:
    """A finding of this outcome, or a pass where there is nothing."""
    return Found(outcome, count, tuple(places)) if count else NOTHING


def worst(findings: Sequence[Found]) -> Found:
    """Several findings of one check as one: the worst outcome, and everything found with it."""
    for outcome in (FAIL, WARNING):
        these = [f for f in findings if f.outcome == outcome]
        if these:
            return Found(outcome, sum(f.count for f in these), tuple(p for f in these for p in f.places))
    return NOTHING
