"""The attacker: between which numbers must a hidden count lie, for somebody who has every table ever published?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from iqf.analysis.disclosure.records import Key, Protected
from iqf.analysis.disclosure.system import room, system_of


@dataclass(frozen=True)
class Interval:
    """What an attacker can prove of a count: it is `low` or more and `high` or less (None: nothing bounds it)."""

    low: float
    high: float | None


def intervals(
    releases: Sequence[Protected], of: int = -1, only: Collection[Key] | None = None
) -> dict[Key, Interval]:
    """What all releases together prove of the counts that one of them keeps back: the last, unless `of` says which.

    `only`: of these counts alone.

    Two linear programmes for each count: the least and the most that it can be, given every equation, every number
    shown in any release, and how it was rounded.
    """
    system = system_of(releases[:-1], releases[-1].counts, max(each.profile.threshold for each in releases))
    free = room(system, releases)
    bounds = np.column_stack([-free.down, np.where(free.up < system.most, free.up, np.inf)])
    mine, at = releases[of], system.places[of]
    return {
        key: _interval(system.matrix, bounds, at[key], mine.counts.cells[key])
        for key in sorted(mine.hidden if only is None else mine.hidden & set(only), key=repr)
    }


def _interval(matrix: Any, bounds: Any, at: int, true: int) -> Interval:
    from scipy.optimize import linprog

    cost = np.zeros(bounds.shape[0])
    cost[at] = 1.0
    zero = np.zeros(matrix.shape[0])
    least: Any = linprog(cost, A_eq=matrix, b_eq=zero, bounds=bounds, method="highs")
    most: Any = linprog(-cost, A_eq=matrix, b_eq=zero, bounds=bounds, method="highs")
    # Status 3: nothing bounds it. An answer other than that or the optimum would be a fault of ours.
    if least.status != 0 or most.status not in (0, 3):
        raise ArithmeticError(f"The attacker's programme ended with {least.message} and {most.message}")
    return Interval(true + float(least.fun), None if most.status == 3 else true - float(most.fun))
