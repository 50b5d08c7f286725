"""Every quantity of every release once, and the equations between them: what an attacker can write down.

The attacker is taken to know which counts did not change from one release to the next: such are one quantity, and so
are a total and its only part. Of a count that moved by fewer than the threshold the attacker is taken to know that,
and not by how much. Everything is reckoned in distances from the truth.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class System:
    """Quantities with their true values, and `matrix` @ distances = 0. `places`: where each release has its keys.

    `moves`: quantities that are by how much a count has moved, with how far each can be from the truth, down and up.
    """

    values: Numbers
    matrix: "csr_array"
    places: tuple[Mapping[Key, int], ...]
    moves: Mapping[int, tuple[float, float]]

    @property
    def most(self) -> float:
        """More than any quantity can be moved by."""
        return float(self.values.sum()) + 1000.0


@dataclass(frozen=True)
class Room:
    """How far each quantity may be moved down and up from the truth, both 0 or more, where it is not shown now."""

    down: Numbers
    up: Numbers

    @property
    def none(self) -> Flags:
        """The quantities that are known for good."""
        return (self.down <= 0) & (self.up <= 0)


@dataclass(frozen=True)
class Reach:
    """How far one quantity can be moved, and the weight of each quantity in the bound that shows it (a cut).

    `coefficients` times which are hidden is at least `distance` for any choice of what is hidden, by duality.
    """

    distance: float
    coefficients: Numbers


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
    return System(values, _matrix(every, places, ends, values.size), places, known)


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
    width: int,
) -> "csr_array":
    from scipy.sparse import csr_array

    equations = {(now, tuple(sorted((before, move)))) for move, (before, now) in moves}
    for counts, at in zip(every, places, strict=True):
        equations |= {(at[s.total], tuple(sorted(at[p] for p in s.parts))) for s in counts.sums if len(s.parts) > 1}
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    for number, (total, parts) in enumerate(sorted(equations)):
        rows += [number] * (len(parts) + 1)
        columns += [total, *parts]
        signs += [1.0, *([-1.0] * len(parts))]
    return csr_array((signs, (rows, columns)), shape=(len(equations), width))


def room(system: System, earlier: Sequence[Protected]) -> Room:
    """How far each quantity may be from the truth for somebody who has the earlier releases only."""
    down, up = system.values.copy(), np.full(system.values.size, system.most)
    for release, at in zip(earlier, system.places, strict=False):
        for key, shown in release.shown.items():
            low, high = shown.says(release.profile.base)
            true, place = release.counts.cells[key], at[key]
            down[place], up[place] = min(down[place], true - low), min(up[place], high - true)
    for move, (less, more) in system.moves.items():
        down[move], up[move] = less, more
    return Room(np.maximum(down, 0), np.maximum(up, 0))


def reach(system: System, free: Room, hidden: Flags, at: int, up: bool) -> Reach:
    """How far one hidden quantity can go up or down while all that is shown and every equation hold.

    Distances above `System.most` are not looked for.
    """
    from scipy.optimize import linprog

    which = np.flatnonzero(hidden)
    part, used = shaken(system, which)
    cost = np.zeros(system.values.size)
    cost[at] = -1.0 if up else 1.0
    bounds: Any = np.column_stack([-free.down[which], free.up[which]])
    found: Any = linprog(cost[which], A_eq=part, b_eq=np.zeros(used.size), bounds=bounds, method="highs")
    if found.status != 0:
        raise ArithmeticError(f"The programme of an attack ended with: {found.message}")
    prices = np.zeros(system.matrix.shape[0])
    prices[used] = found.eqlin.marginals
    reduced = cost - system.matrix.T @ prices
    # By duality the distance is the sum of what each quantity may give, priced; what is shown may give nothing.
    coefficients = np.maximum(reduced, 0) * free.down + np.maximum(-reduced, 0) * free.up
    return Reach(-float(found.fun), coefficients)


def shaken(system: System, which: NDArray[np.intp]) -> tuple[Any, NDArray[np.intp]]:
    """The equations in which any of these quantities stands, with the columns of these alone; and which they are."""
    from scipy.sparse import csc_array

    part: Any = csc_array(system.matrix)[:, which].tocsr()
    used = np.flatnonzero(np.diff(part.indptr))
    return part[used], used


def together(system: System, free: Room, hidden: Flags, wanted: Sequence[int], needed: Numbers, up: bool) -> Flags:
    """Which of some hidden quantities go as far as each needs when as many as can are moved at once.

    What is moved far enough beside others needs no programme of its own. A quantity has two columns here: as far as
    it needs, which counts, and beyond, which does not.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csc_array, csr_array, hstack

    which = np.flatnonzero(hidden)
    part, used = shaken(system, which)
    position = {int(q): n for n, q in enumerate(which)}
    here = np.array([position[q] for q in wanted], dtype=np.intp)
    lower, upper = -free.down[which], free.up[which].copy()
    beyond = np.zeros(len(wanted))
    if up:
        beyond, upper[here] = np.maximum(upper[here] - needed, 0), np.minimum(upper[here], needed)
        extra = np.column_stack([np.zeros(len(wanted)), beyond])
    else:
        beyond, lower[here] = np.maximum(-lower[here] - needed, 0), np.maximum(lower[here], -needed)
        extra = np.column_stack([-beyond, np.zeros(len(wanted))])
    cost = np.zeros(which.size + len(wanted))
    cost[here] = -1.0 if up else 1.0
    both = csc_array(part)
    matrix: Any = csr_array(hstack([both, both[:, here]]))
    bounds: Any = np.vstack([np.column_stack([lower, upper]), extra])
    found: Any = linprog(cost, A_eq=matrix, b_eq=np.zeros(used.size), bounds=bounds, method="highs")
    if found.status != 0:
        raise ArithmeticError(f"The programme of an attack ended with: {found.message}")
    moved: Flags = np.abs(found.x[here]) >= needed - NEAR
    this_way: Flags = np.sign(found.x[here]) == (1 if up else -1)
    return moved & this_way
