"""The records of disclosure control: a rule of protection, counts that add up, and cells as they may be shown."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    this share is kept back; None: contributors are not looked at. `of`: the filter whose values are the contributors.
    `secondary`: also what would give it away.
    """

    threshold: int = 5
    base: int | None = None
    zeros: Literal["shown", "hidden"] = "shown"
    dominance: float | None = None
    secondary: bool = True
    of: str = ""

    def __post_init__(self) -> None:
        if self.threshold < 1 or (self.base is not None and self.base < 1):
            raise ValueError("A threshold and a rounding base are 1 or more.")
        if self.dominance is not None and not 0 < self.dominance <= 1:
            raise ValueError("A dominance is a share: above 0, at most 1.")


def dominated(count: int, largest: int, rule: Profile) -> bool:
    """Whether one contributor makes more of a count than a rule allows. `largest`: the most that one makes of it."""
    return rule.dominance is not None and count > 0 and largest / count > rule.dominance


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

    @property
    def published(self) -> Iterator[Key]:
        """The counts that the table shows, or keeps back as `c`."""
        return (key for key in self.cells if key not in self.unpublished)

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

    def says(self, rule: Profile) -> tuple[float, float]:
        """The least and the most that the count can be, by this cell and the rule alone, where halves round up."""
        half = (rule.base or 0) / 2
        if self.value is None and self.symbol != LOW:
            return 0.0, inf
        if self.value == 0 or (self.value is not None and rule.base is None):
            return float(self.value), float(self.value)
        middle = self.value or 0
        # A count that is shown is none of the small ones.
        return float(max(ceil(middle - half), rule.threshold)), float(ceil(middle + half) - 1)


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

    def called(self, names: Mapping[Key, Key]) -> "Protected":
        """The same table, where some of its counts go by other names."""

        def keys(of: Iterable[Key]) -> frozenset[Key]:
            return frozenset(names.get(key, key) for key in of)

        counts = Counts(
            {names.get(key, key): value for key, value in self.counts.cells.items()},
            tuple(
                Sum(names.get(each.total, each.total), tuple(names.get(part, part) for part in each.parts))
                for each in self.counts.sums
            ),
            {names.get(key, key): value for key, value in self.counts.largest.items()},
            keys(self.counts.kept),
            keys(self.counts.unpublished),
        )
        return replace(
            self,
            counts=counts,
            shown={names.get(key, key): cell for key, cell in self.shown.items()},
            primary=keys(self.primary),
            secondary=keys(self.secondary),
            exposed=keys(self.exposed),
        )


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
