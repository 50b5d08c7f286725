"""The attacker: between which numbers must a hidden count lie, for somebody who has every table ever published?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog

from iqf.analysis.disclosure.records import LOW, Key, Protected, Shown
from iqf.analysis.disclosure.system import system_of


@dataclass(frozen=True)
class Interval:
    """What an attacker can prove of a count: it is `low` or more and `high` or less (None: nothing bounds it)."""

    low: float
    high: float | None


def intervals(releases: Sequence[Protected], of: int = -1) -> dict[Key, Interval]:
    """What all releases together prove of the counts that one of them keeps back: the last, unless `of` says which.

    Two linear programmes for each count: the least and the most that it can be, given every equation, every number
    shown in any release, and how it was rounded.
    """
    system = system_of([release.counts for release in releases])
    bounds = np.column_stack([np.zeros(system.values.size), np.full(system.values.size, np.inf)])
    for release, at in zip(releases, system.places, strict=True):
        for key, shown in release.shown.items():
            low, high = _known(shown, release.profile.base)
            place = at[key]
            bounds[place] = max(bounds[place][0], low), min(bounds[place][1], high)
    keys = sorted(releases[of].hidden, key=repr)
    return {key: _interval(system.matrix, bounds, system.places[of][key]) for key in keys}


def _known(shown: Shown, base: int | None) -> tuple[float, float]:
    """What one published cell says of its count by itself."""
    half = (base or 0) / 2
    if shown.symbol == LOW:
        return 0.0, half
    if shown.value is None:
        return 0.0, np.inf
    return max(0.0, shown.value - half), shown.value + half


def _interval(matrix: Any, bounds: Any, at: int) -> Interval:
    cost = np.zeros(bounds.shape[0])
    cost[at] = 1.0
    zero = np.zeros(matrix.shape[0])
    least: Any = linprog(cost, A_eq=matrix, b_eq=zero, bounds=bounds, method="highs")
    most: Any = linprog(-cost, A_eq=matrix, b_eq=zero, bounds=bounds, method="highs")
    # Status 3: nothing bounds it. An answer other than that or the optimum would be a fault of ours.
    if least.status != 0 or most.status not in (0, 3):
        raise ArithmeticError(f"The attacker's programme ended with {least.message} and {most.message}")
    return Interval(float(least.fun), None if most.status == 3 else -float(most.fun))
