"""The records of disclosure control: a rule of protection, counts that add up, and cells as they may be shown."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, inf
from typing import Final, Literal

Key = Hashable
CONFIDENTIAL: Final = "c"
LOW: Final = "low"
ALL: Final = ""
"""The name of all rows, or of all columns, in a table of two ways."""


@dataclass(frozen=True)
class Profile:
    """How a data set is protected.

    Counts from 1 to `threshold` − 1 are kept back, and 0 too where `zeros` is *hidden*. `base`: what is shown is
    rounded to its nearest multiple; None: not rounded. `dominance`: a count of which one contributor makes more than
    this share is kept back; None: contributors are not looked at. `secondary`: also what would give it away.
    """

    threshold: int = 5
    base: int | None = None
    zeros: Literal["shown", "hidden"] = "shown"
    dominance: float | None = None
    secondary: bool = True

    def __post_init__(self) -> None:
        if self.threshold < 1 or (self.base is not None and self.base < 1):
            raise ValueError("A threshold and a rounding base are 1 or more.")
        if self.dominance is not None and not 0 < self.dominance <= 1:
            raise ValueError("A dominance is a share: above 0, at most 1.")


@dataclass(frozen=True)
class Sum:
    """A count that is the sum of others: `total` = all of `parts`."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Counts:
    """Whole numbers by key, 0 or more, and which of them add up to which.

    `largest`: the most that one contributor has of a count, where dominance is looked at. `kept`: what is kept back
    whatever its value. `unpublished`: quantities that no table shows and everybody knows to exist, such as what a
    total has beyond its parts: they carry what is known of sizes ("no more learners than aims") into the sums.
    """

    cells: Mapping[Key, int]
    sums: tuple[Sum, ...] = ()
    largest: Mapping[Key, int] = field(default_factory=dict)
    kept: frozenset[Key] = frozenset()
    unpublished: frozenset[Key] = frozenset()

    def __post_init__(self) -> None:
        for key, value in self.cells.items():
            if value < 0:
                raise ValueError(f"{value} of {key!r} is no count.")
        for each in self.sums:
            if self.cells[each.total] != sum(self.cells[part] for part in each.parts):
                raise ValueError(f"The parts of {each.total!r} do not add up to it.")


@dataclass(frozen=True)
class Shown:
    """A cell as it is published: a number, or a symbol in its place (`c` kept back, `low` rounds to 0 but is not)."""

    value: int | None
    symbol: str = ""

    def says(self, base: int | None) -> tuple[float, float]:
        """The least and the most that the count can be, by this cell alone, where halves of `base` round up."""
        half = (base or 0) / 2
        if self.symbol == LOW:
            return 1.0, float(ceil(half) - 1)
        if self.value is None:
            return 0.0, inf
        if base is None or self.value == 0:
            return float(self.value), float(self.value)
        return float(ceil(self.value - half)), float(ceil(self.value + half) - 1)


def as_shown(value: int, base: int | None) -> Shown:
    """A count that is not kept back, as it is published: rounded where there is a base, halves up."""
    if base is None:
        return Shown(value)
    rounded = base * ((2 * value + base) // (2 * base))
    return Shown(None, LOW) if value and not rounded else Shown(rounded)


@dataclass(frozen=True)
class Protected:
    """A table that may be published, and how it was made so.

    `status`: *optimal* (least suppression, proven), *feasible* (within `gap` of the least), or *fallback* (safe, but
    more is kept back than needed). `exposed`: protected counts that earlier releases give away; none can be saved.
    `given_away`: how many counts that is, with those of earlier releases.
    """

    shown: Mapping[Key, Shown]
    counts: Counts
    profile: Profile
    primary: frozenset[Key]
    secondary: frozenset[Key]
    status: Literal["optimal", "feasible", "fallback"]
    gap: float | None
    exposed: frozenset[Key] = frozenset()
    given_away: int = 0

    @property
    def hidden(self) -> frozenset[Key]:
        """Everything that is kept back."""
        return self.primary | self.secondary

    @property
    def unseen(self) -> frozenset[Key]:
        """Every quantity of which this table shows no number."""
        return self.hidden | self.counts.unpublished


def two_way(counts: Mapping[tuple[str, str], int], groups: Mapping[str, str] | None = None) -> Counts:
    """A table of rows by columns with its row, column and grand totals, and totals of groups of rows (regions).

    Keys are (row, column); a total has `ALL` for what it is a total of, and a group's totals have its name as row.
    """
    groups = groups or {}
    rows, columns = list(dict.fromkeys(r for r, _ in counts)), list(dict.fromkeys(c for _, c in counts))
    above = {row: groups.get(row, ALL) for row in rows}
    names = list(dict.fromkeys(group for group in above.values() if group != ALL))
    cells: dict[Key, int] = {(r, c): counts.get((r, c), 0) for r in rows for c in columns}
    sums: list[Sum] = []
    for name in names:
        sums += _down(cells, name, [r for r in rows if above[r] == name], columns)
    sums += _down(cells, ALL, [*names, *(r for r in rows if above[r] == ALL)], columns)
    for row in (*rows, *names, ALL):
        sums.append(_summed(cells, (row, ALL), [(row, column) for column in columns]))
    return Counts(cells, tuple(sums))


def _down(cells: dict[Key, int], name: str, rows: Sequence[str], columns: Sequence[str]) -> list[Sum]:
    return [_summed(cells, (name, column), [(row, column) for row in rows]) for column in columns]


def _summed(cells: dict[Key, int], total: Key, parts: Sequence[Key]) -> Sum:
    cells[total] = sum(cells[part] for part in parts)
    return Sum(total, tuple(parts))


def rate(above: Shown, below: Shown, times: float = 100.0) -> float | None:
    """A rate recomputed from what is shown of its counts; None where either is kept back or `below` is 0."""
    if above.value is None or not below.value:
        return None
    return times * above.value / below.value
