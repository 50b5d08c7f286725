"""How far hidden quantities can be moved while what is shown stays: many at once, or one with the attacker's proof.

What is shown never moves, so that hidden quantities fall apart into parts that no equation ties together; each part
is reckoned alone. One table in which a quantity has moved as far as it needs shows for good that it is free: that
stays so whatever is hidden besides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from iqf.analysis.disclosure.system import NEAR, Flags, Numbers, Room, System, tied

Places = NDArray[np.intp]
LONGEST: Final = 60.0
"""Seconds that one programme may take."""
STOPPED: Final = 1
"""What linprog says of a programme that was stopped."""
LOCAL: Final = 5000
"""Of a part with more quantities than these, some are taken that are enough as a rule."""
TOGETHER: Final = 4000
"""Small parts are moved in one programme until so many quantities are in it."""
FEW: Final = 100
SPARSE: Final = 300
"""Where there is less than one wish to so many quantities, tables are made for few wishes each."""
WAVES: Final = (5, 4, 3)
"""In how many tables, one after another, what is left is tried in turn."""


class NotSafeInTimeError(ArithmeticError):
    """No safe choice was found in time, not even one that hides too much."""


class Wish(NamedTuple):
    """That a quantity can be moved up (or down) by as much as is needed."""

    at: int
    up: bool
    needed: float


@dataclass(frozen=True)
class Reach:
    """How far one quantity can be moved, and the weight of each quantity in the bound that shows it (a cut).

    `coefficients` times which are hidden is at least `distance` for any choice of what is hidden, by duality.
    """

    distance: float
    coefficients: Numbers

    def short_of(self, wish: Wish) -> bool:
        """Whether the quantity cannot go as far as is wished."""
        return self.distance < wish.needed - NEAR

    def may_help(self, wish: Wish) -> bool:
        """Whether it could if more were hidden, as far as this bound tells."""
        return float(np.minimum(self.coefficients, wish.needed).sum()) >= wish.needed - NEAR


def reach(system: System, free: Room, part: Places, at: int, up: bool) -> Reach:
    """How far one hidden quantity can go up or down with those of its `part`, while all equations hold.

    Distances above `System.most` are not looked for.
    """
    equations, used = shaken(system, part)
    cost = np.zeros(system.values.size)
    cost[at] = -1.0 if up else 1.0
    found = _solved(cost[part], equations, np.column_stack([-free.down[part], free.up[part]]))
    prices = np.zeros(system.matrix.shape[0])
    prices[used] = found.eqlin.marginals
    reduced = cost - system.matrix.T @ prices
    # By duality the distance is the sum of what each quantity may give, priced; what is shown may give nothing.
    coefficients = np.maximum(reduced, 0) * free.down + np.maximum(-reduced, 0) * free.up
    return Reach(-float(found.fun), coefficients)


def shaken(system: System, part: Places) -> tuple[Any, Places]:
    """The equations in which any of these quantities stands, with the columns of these alone; and which they are."""
    columns: Any = system.by_quantity[:, part].tocsr()
    used = np.flatnonzero(np.diff(columns.indptr))
    return columns[used], used


def parts(system: System, moving: Flags) -> list[Places]:
    """The quantities that may move, in groups that no equation ties together, the smallest group first."""
    which = np.flatnonzero(moving)
    labels = tied(system.by_quantity[:, which].tocsr())
    order = np.argsort(labels, kind="stable")
    groups = np.split(which[order], np.flatnonzero(np.diff(labels[order])) + 1)
    return sorted(groups, key=len)


def near(system: System, part: Places, wishes: Sequence[Wish], most: int) -> Places:
    """Of a large part about `most` quantities that matter most for some wishes: enough to fulfil them, as a rule.

    Those in the equations of the wishes and in others that meet these most often: whatever stands in any other
    equation stays as it is. Where a cell has several counts they stay together.
    """
    if part.size <= most:
        return part
    bundles, matrix = system.bundles, system.matrix
    theirs = np.isin(bundles, bundles[[wish.at for wish in wishes]])
    mine = np.flatnonzero(abs(matrix) @ theirs.astype(float))
    beside = np.isin(bundles, bundles[matrix[mine].indices]).astype(float)
    met = (abs(matrix) @ beside)[system.across]
    rank = np.full(matrix.shape[0], -1)
    rank[system.across[np.argsort(-met, kind="stable")]] = np.arange(system.across.size)
    rank[mine] = -1
    # A cell comes as late as the shortest equation that it stands in.
    last = np.full(bundles.max() + 1, -1)
    np.maximum.at(last, bundles[matrix.indices], np.repeat(rank, np.diff(matrix.indptr)))
    order = last[bundles[part]]
    found: Places = part[order <= np.partition(order, most)[most]]
    return found


def not_moved(system: System, free: Room, hidden: Flags, wishes: Sequence[Wish]) -> list[Wish]:
    """The wishes that no table made here fulfils: they may be impossible, the others surely are not.

    At first totals stand still, which makes the parts small; then all that is hidden may move, near what is left.
    """
    left = list(wishes)
    for moving, waves in ((hidden & ~system.wide, WAVES), (hidden, WAVES[2:])):
        groups = list(_grouped(system, moving, left))
        left = [wish for part, some in groups for wish in _left_of(system, free, part, some, waves)]
    return left


def _grouped(system: System, moving: Flags, wishes: Sequence[Wish]) -> Iterator[tuple[Places, list[Wish]]]:
    """The wishes with the quantities that may move for them; small parts together. Such as stand still come alone."""
    place = np.full(system.values.size, -1)
    every = parts(system, moving)
    for number, part in enumerate(every):
        place[part] = number
    by_part: dict[int, list[Wish]] = {}
    for wish in wishes:
        by_part.setdefault(int(place[wish.at]), []).append(wish)
    yield np.array([], dtype=np.intp), by_part.pop(-1, [])
    some: list[int] = []
    for number in sorted(by_part):
        if some and sum(every[n].size for n in some) + every[number].size > TOGETHER:
            yield np.concatenate([every[n] for n in some]), [w for n in some for w in by_part[n]]
            some = []
        some.append(number)
    if some:
        yield np.concatenate([every[n] for n in some]), [w for n in some for w in by_part[n]]


def _left_of(system: System, free: Room, part: Places, wishes: list[Wish], each: Sequence[int]) -> list[Wish]:
    """What is left of some wishes when one table after another has been made in which many are fulfilled at once.

    A small count goes up by what several others give, so that few of them can go up in one table while the others go
    down; each is tried once among few, and once among more of those that are left.
    """
    chance = np.random.default_rng(len(wishes))
    left = wishes
    for waves in each if part.size else ():
        turn = chance.integers(waves, size=system.values.size)
        for wave in range(waves):
            tried = {w.at: w for w in left if not w.up} | {w.at: w for w in left if w.up and turn[w.at] == wave}
            done = _done(system, free, part, [tried[at] for at in sorted(tried)])
            left = [wish for wish in left if wish not in done]
    return left


def _done(system: System, free: Room, part: Places, wishes: Sequence[Wish]) -> set[Wish]:
    """Which wishes are fulfilled in tables made for them: in one; for a few in a large part, in one near each few."""
    few = FEW if part.size > LOCAL and len(wishes) * SPARSE < part.size else max(1, len(wishes))
    found: set[Wish] = set()
    for some in (wishes[n : n + few] for n in range(0, len(wishes), few)):
        moved, _ = _moved(system, free, near(system, part, some, LOCAL) if few == FEW else part, some)
        found |= {wish for wish in some if _fulfilled(wish, moved)}
    return found


def _fulfilled(wish: Wish, moved: Numbers) -> bool:
    return bool((moved[wish.at] if wish.up else -moved[wish.at]) >= wish.needed - NEAR)


def would_help(
    system: System, free: Room, hidden: Flags, cost: Numbers, wishes: Sequence[Wish]
) -> tuple[list[int], list[Wish]]:
    """What is shown and would best let more of these wishes be fulfilled, one for each equation; and what is left.

    By the prices of the equations: a hint, not a proof.
    """
    most = max(wish.needed for wish in wishes)
    found: list[int] = []
    left: list[Wish] = []
    for part, some in _grouped(system, hidden, wishes):
        if not part.size or not some:
            left += some
            continue
        tried = _apart(system, some)
        moved, prices = _moved(system, free, near(system, part, tried, LOCAL), tried)
        left += [wish for wish in some if not _fulfilled(wish, moved)]
        price = system.matrix.T @ prices
        gives = np.where(price > 0, np.minimum(free.up, most), np.minimum(free.down, most))
        worth = np.where(hidden | (cost <= 0), 0.0, np.abs(price) * gives / np.maximum(cost, 1.0))
        found += _one_each(system, worth)
    return found, left


def _apart(system: System, wishes: Sequence[Wish]) -> list[Wish]:
    """Wishes of which no two are of quantities in one equation, so that none stands in another's way."""
    used: set[int] = set()
    found = []
    for wish in wishes:
        equations = _equations(system, wish.at)
        if not equations & used:
            used |= equations
            found.append(wish)
    return found


def _equations(system: System, at: int) -> set[int]:
    return set(system.by_quantity.indices[slice(*system.by_quantity.indptr[at : at + 2])].tolist())


def _one_each(system: System, worth: Numbers) -> list[int]:
    """What is worth most, so that no two stand in one equation."""
    used: set[int] = set()
    found = []
    for at in np.argsort(-worth)[: np.count_nonzero(worth > NEAR)].tolist():
        equations = _equations(system, at)
        if not equations & used:
            used |= equations
            found.append(at)
    return found


def _moved(system: System, free: Room, part: Places, wishes: Sequence[Wish]) -> tuple[Numbers, Numbers]:
    """How far each quantity is moved in a table in which as many of these wishes as can be are fulfilled at once; and
    what a little more room in each equation would be worth.
    """
    cost = np.zeros(system.values.size)
    lower, upper = -free.down, free.up.copy()
    for wish in wishes:
        cost[wish.at] = (-1.0 if wish.up else 1.0) / wish.needed
        # Nothing is won by moving it further.
        if wish.up:
            upper[wish.at] = min(upper[wish.at], wish.needed)
        else:
            lower[wish.at] = max(lower[wish.at], -wish.needed)
    equations, used = shaken(system, part)
    found = _solved(cost[part], equations, np.column_stack([lower[part], upper[part]]))
    moved, prices = np.zeros(system.values.size), np.zeros(system.matrix.shape[0])
    prices[used] = found.eqlin.marginals
    # The solver's word is not taken for it: a table that does not add up shows nothing.
    if np.abs(equations @ found.x).max(initial=0.0) <= NEAR:
        moved[part] = found.x
    return moved, prices


def _solved(cost: Numbers, equations: Any, bounds: Any) -> Any:
    from scipy.optimize import linprog

    zeros = np.zeros(equations.shape[0])
    found: Any = linprog(
        cost, A_eq=equations, b_eq=zeros, bounds=bounds, method="highs", options={"time_limit": LONGEST}
    )
    if found.status == STOPPED:
        raise NotSafeInTimeError("A programme of the attacker took too long.")
    if found.status != 0:
        raise ArithmeticError(f"The programme of an attack ended with: {found.message}")
    return found
