"""Every quantity of every release once, and the equations between them: what an attacker can write down.

The attacker is taken to know which counts did not change from one release to the next: such are one quantity, and so
are a total and its only part. Of a count that moved by fewer than the threshold the attacker is taken to know that,
and not by how much. Everything is reckoned in distances from the truth.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from iqf.analysis.disclosure.records import Counts, Key, Protected

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Scipy takes half a second to load: only who reckons waits for it, not who reads a profile.
NEAR: Final = 1e-6
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Equation = tuple[int, tuple[int, ...]]
"""A total and its parts, by their places among the quantities."""


@dataclass(frozen=True)
class System:
    """Quantities with their true values, and `matrix` @ distances = 0. `places`: where each release has its keys.

    `moves`: quantities that are by how much a count has moved, with how far each can be from the truth, down and up.
    `published`: the quantities that some release shows, or keeps back as `c`.
    """

    values: Numbers
    matrix: "csr_array"
    places: tuple[Mapping[Key, int], ...]
    moves: Mapping[int, tuple[float, float]]
    published: Flags

    @cached_property
    def most(self) -> float:
        """More than any quantity can be moved by."""
        return float(self.values.sum()) + 1000.0

    @cached_property
    def by_quantity(self) -> Any:
        """The same matrix, held by columns."""
        from scipy.sparse import csc_array

        return csc_array(self.matrix)

    @cached_property
    def wide(self) -> Flags:
        """The totals, and what else stands in an equation that adds up totals."""
        between = self.matrix[self.across]
        # In each equation the total has the sign +, its parts have -.
        totals = np.asarray(between.maximum(0).sum(axis=0)).ravel() > 0
        of_totals = (-between).maximum(0) @ totals.astype(float) > 0
        found: Flags = totals | (np.asarray(abs(between[of_totals]).sum(axis=0)).ravel() > 0)
        return found

    @cached_property
    def within(self) -> Flags:
        """The equations of two or three quantities of which one is published nowhere: what one cell alone says."""
        sizes = np.diff(self.matrix.indptr)
        known = abs(self.matrix) @ self.published.astype(float)
        found: Flags = (sizes <= 3) & (known < sizes)
        return found

    @cached_property
    def bundles(self) -> NDArray[np.intp]:
        """A number for each quantity, the same for those of one cell."""
        return tied(self.matrix[self.within])

    @cached_property
    def across(self) -> NDArray[np.intp]:
        """The equations between cells, the longest first."""
        order = np.argsort(-np.diff(self.matrix.indptr), kind="stable")
        return order[~self.within[order]]


def tied(equations: Any) -> NDArray[np.intp]:
    """A number for each quantity, the same for those that some equations tie together."""
    from scipy.sparse import bmat
    from scipy.sparse.csgraph import connected_components

    ties = bmat([[None, equations], [equations.T, None]])
    labels: Any = connected_components(ties, directed=False)[1]
    return np.asarray(labels[equations.shape[0] :], dtype=np.intp)


@dataclass(frozen=True)
class Room:
    """How far each quantity may be moved down and up from the truth, both 0 or more, where it is not shown now."""

    down: Numbers
    up: Numbers

    @property
    def none(self) -> Flags:
        """The quantities that are known for good."""
        return (self.down <= 0) & (self.up <= 0)


def system_of(earlier: Sequence[Protected], last: Counts, threshold: int) -> System:
    """The system of some releases of a table, and of the counts that come after them. `threshold`: of protection."""
    every = [*(release.counts for release in earlier), last]
    names = [(n, key) for n, counts in enumerate(every) for key in counts.cells]
    joined = _Joined(names)
    for n, counts in enumerate(every):
        for each in counts.sums:
            if len(each.parts) == 1:
                joined.join((n, each.total), (n, each.parts[0]))
    pairs = list(_met_again(every))
    for before, now, key in pairs:
        if every[before].cells[key] == every[now].cells[key]:
            joined.join((before, key), (now, key))
    held = {root: at for at, root in enumerate(dict.fromkeys(joined.root(name) for name in names))}
    places = tuple({key: held[joined.root((n, key))] for key in counts.cells} for n, counts in enumerate(every))
    moves = [
        ((places[before][key], places[now][key]), every[now].cells[key] - every[before].cells[key])
        for before, now, key in pairs
        if _moved_little(earlier[before], every[now].cells[key], key, threshold)
    ]
    values = np.zeros(len(held) + len(moves))
    for counts, at in zip(every, places, strict=True):
        for key, value in counts.cells.items():
            values[at[key]] = value
    ends = [(len(held) + n, pair) for n, (pair, _) in enumerate(moves)]
    known = {len(held) + n: (threshold + by, threshold - by) for n, (_, by) in enumerate(moves)}
    published = np.zeros(values.size, dtype=bool)
    published[[at[key] for counts, at in zip(every, places, strict=True) for key in counts.published]] = True
    return System(values, _matrix(every, places, ends, published), places, known, published)


def _met_again(every: Sequence[Counts]) -> Iterator[tuple[int, int, Key]]:
    """Each published count with the release that had it last, and the one that has it again."""
    seen: dict[Key, int] = {}
    for n, counts in enumerate(every):
        for key in counts.cells:
            if key not in counts.unpublished:
                if key in seen:
                    yield seen[key], n, key
                seen[key] = n


def _moved_little(before: Protected, value: int, key: Key, threshold: int) -> bool:
    """Whether a count moved, by fewer than the threshold.

    Not so one that was published and has become small: what was shown of it cannot be taken back, and says about what
    it is now to whoever takes it for unchanged.
    """
    old = before.counts.cells[key]
    fallen = value < threshold <= old and key not in before.hidden
    return 0 < abs(value - old) < threshold and not fallen


class _Joined:
    """Names that are one quantity (union and find)."""

    def __init__(self, names: Sequence[tuple[int, Key]]) -> None:
        self.above = {name: name for name in names}

    def root(self, name: tuple[int, Key]) -> tuple[int, Key]:
        """The name by which all that is joined with this one goes."""
        while self.above[name] != name:
            self.above[name] = self.above[self.above[name]]
            name = self.above[name]
        return name

    def join(self, one: tuple[int, Key], other: tuple[int, Key]) -> None:
        """Say that two are one."""
        self.above[self.root(other)] = self.root(one)


def _matrix(
    every: Sequence[Counts],
    places: Sequence[Mapping[Key, int]],
    moves: Sequence[tuple[int, tuple[int, int]]],
    published: Flags,
) -> "csr_array":
    from scipy.sparse import csr_array

    equations: set[Equation] = {(now, tuple(sorted((before, move)))) for move, (before, now) in moves}
    for counts, at in zip(every, places, strict=True):
        equations |= {(at[s.total], tuple(sorted(at[p] for p in s.parts))) for s in counts.sums if len(s.parts) > 1}
    equations = _telling(equations, published)
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    for number, (total, parts) in enumerate(sorted(equations)):
        rows += [number] * (len(parts) + 1)
        columns += [total, *parts]
        signs += [1.0, *([-1.0] * len(parts))]
    return csr_array((signs, (rows, columns)), shape=(len(equations), published.size))


def _telling(equations: set[Equation], published: Flags) -> set[Equation]:
    """Equations without such as only name a total that nobody shows and that is counted in nothing else."""
    while True:
        times = Counter(at for total, parts in equations for at in (total, *parts))
        kept = {each for each in equations if published[each[0]] or times[each[0]] > 1}
        if len(kept) == len(equations):
            return kept
        equations = kept


def room(system: System, earlier: Sequence[Protected]) -> Room:
    """How far each quantity may be from the truth for somebody who has the earlier releases only."""
    down, up = system.values.copy(), np.full(system.values.size, system.most)
    for release, at in zip(earlier, system.places, strict=False):
        for key, shown in release.shown.items():
            low, high = shown.says(release.profile)
            true, place = release.counts.cells[key], at[key]
            down[place], up[place] = min(down[place], true - low), min(up[place], high - true)
    for move, (less, more) in system.moves.items():
        down[move], up[move] = less, more
    return Room(np.maximum(down, 0), np.maximum(up, 0))
