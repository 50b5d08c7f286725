"""Every quantity of every release once, and the equations between them: what an attacker can write down.

A count that has the same key and the same value in two releases is one quantity: the attacker is taken to know that
it did not change. Otherwise they are two, and nothing ties them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_array, csr_array

from iqf.analysis.disclosure.records import Counts, Key

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class System:
    """Quantities with their true values, and `matrix` @ quantities = 0. `places`: where each release has its keys."""

    values: Numbers
    matrix: csr_array
    places: tuple[Mapping[Key, int], ...]

    @property
    def most(self) -> float:
        """More than any quantity can be moved by."""
        return float(self.values.sum()) + 1000.0


@dataclass(frozen=True)
class Reach:
    """How far one quantity can be moved, and the weight of each quantity in the bound that shows it (a cut).

    `coefficients` times which are hidden is at least `distance` for any choice of what is hidden, by duality.
    """

    distance: float
    coefficients: Numbers


def system_of(releases: Sequence[Counts]) -> System:
    """The system of some releases of one table."""
    held: dict[tuple[Key, int], int] = {}
    places = tuple(
        {key: held.setdefault((key, value), len(held)) for key, value in counts.cells.items()} for counts in releases
    )
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    equations: set[tuple[int, tuple[int, ...]]] = set()
    for counts, at in zip(releases, places, strict=True):
        equations |= {(at[s.total], tuple(sorted(at[p] for p in s.parts))) for s in counts.sums}
    for number, (total, parts) in enumerate(sorted(equations)):
        rows += [number] * (len(parts) + 1)
        columns += [total, *parts]
        signs += [1.0, *([-1.0] * len(parts))]
    matrix = csr_array((signs, (rows, columns)), shape=(len(equations), len(held)))
    return System(np.array([value for _, value in held], dtype=float), matrix, places)


def reach(system: System, hidden: Flags, at: int, up: bool) -> Reach:
    """How far one hidden quantity can go up or down while all that is shown and every equation hold.

    A hidden quantity may be anything from 0. Distances above `System.most` are not looked for.
    """
    which = np.flatnonzero(hidden)
    part: Any = csc_array(system.matrix)[:, which]
    cost = np.zeros(system.values.size)
    cost[at] = -1.0 if up else 1.0
    bounds: Any = np.column_stack([-system.values[which], np.full(which.size, system.most)])
    used = np.flatnonzero(np.diff(part.tocsr().indptr))
    found: Any = linprog(
        cost[which], A_eq=part.tocsr()[used], b_eq=np.zeros(used.size), bounds=bounds, method="highs"
    )
    if found.status != 0:
        raise ArithmeticError(f"The programme of an attack ended with: {found.message}")
    prices = np.zeros(system.matrix.shape[0])
    prices[used] = found.eqlin.marginals
    reduced = cost - system.matrix.T @ prices
    # By duality the distance is the sum of what each quantity may give, priced; what is shown may give nothing.
    coefficients = np.maximum(reduced, 0) * system.values + np.maximum(-reduced, 0) * system.most
    return Reach(-float(found.fun), coefficients)
