"""The exact count: which units count where, as a mixed-integer programme (HiGHS through scipy).

Promise: of all ways to count what is held (each class of equivalents once, one unit of a barred set, no
more than the maximums, a required unit never also as a choice) the one that is best for the learner:
first the whole rule met, then as many groups as can be, then as many units. Proven, with no gap.

The programme, for a definite reading: kept[i] = item i is relied on (one per barred set); at[p] = place p
counts (one place per item); met[n] = group n is met; taken[n] = child group n is one of those chosen.
The same encoding with ``kept`` free describes every possible holder (``rule_difference``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from iqf.analysis.rule_count import Count, Place, count_simply, places_below, worth
from iqf.analysis.rule_reading import Reading

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

Terms = dict[int, float]
_ROOT_WEIGHT, _PREFERRED_WEIGHT, _GROUP_WEIGHT = 10_000.0, 100.0, 1.0


class SolverError(RuntimeError):
    """The solver stopped without a proven answer."""


@dataclass(frozen=True)
class Solved:
    """What a solver found: the best values (``None``: none), whether that is proven, and a bound that no cost is
    below. No values and proven: nothing fits. No values and not proven: time ran out."""

    values: Any
    proven: bool
    bound: float


class Programme:
    """A mixed-integer programme under construction: variables with a cost, rows with bounds."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.whole: list[int] = []
        self.cost: list[float] = []
        self._rows: list[tuple[Terms, float, float]] = []

    def variable(self, high: float = 1, whole: bool = True) -> int:
        """Add a variable between 0 and ``high``; returns its number."""
        self.low.append(0)
        self.high.append(high)
        self.whole.append(int(whole))
        self.cost.append(0)
        return len(self.cost) - 1

    def row(self, terms: Terms, low: float = -inf, high: float = inf) -> None:
        """Ask that low ≤ Σ coefficient × variable ≤ high."""
        self._rows.append((terms, low, high))

    def minimise(self, cost: Terms, seconds: float | None = None) -> tuple[Any, bool]:
        """Solve for the least ``cost``; (values or ``None`` when nothing fits, whether proven best)."""
        solved = self.solve(cost, seconds)
        if solved.values is None and not solved.proven:
            raise SolverError("The solver stopped at its time limit without an answer.")
        return solved.values, solved.proven

    def solve(self, cost: Terms, seconds: float | None = None) -> Solved:
        """Solve for the least ``cost`` within ``seconds``. Raises SolverError where the solver fails."""
        # Loaded here: the solver takes a second to load, and most answers are counted without it.
        import numpy as np
        from scipy.optimize import Bounds, milp

        vector = np.array(self.cost, dtype=float)
        for variable, amount in cost.items():
            vector[variable] += amount
        found = milp(
            vector,
            integrality=np.array(self.whole),
            bounds=Bounds(np.array(self.low), np.array(self.high)),
            constraints=self._constraints(),
            options={"mip_rel_gap": 0.0, "time_limit": inf if seconds is None else seconds},
        )
        if found.status == 2:
            return Solved(None, True, inf)
        if found.x is None and found.status != 1:
            raise SolverError(f"The solver stopped without an answer: {found.message}")
        bound = found.get("mip_dual_bound")
        return Solved(found.x, found.status == 0, -inf if bound is None else float(bound))

    def _constraints(self) -> "LinearConstraint":
        import numpy as np
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        numbers = [(r, v, a) for r, (terms, _, _) in enumerate(self._rows) for v, a in terms.items()]
        shape = (len(self._rows), len(self.cost))
        data = [a for _, _, a in numbers]
        matrix = csr_array((data, ([r for r, _, _ in numbers], [v for _, v, _ in numbers])), shape=shape)
        return LinearConstraint(matrix, np.array([r[1] for r in self._rows]), np.array([r[2] for r in self._rows]))


class Encoding:
    """The rules of a reading as rows of ``programme``. ``free``: any unit may be held, not only ``held``."""

    def __init__(self, programme: Programme, reading: Reading, free: bool = False) -> None:
        self.programme = programme
        self.reading = reading
        standing = dict.fromkeys(reading.item[u] for node in reading.nodes for u in node.units)
        self.kept = {i: programme.variable(high=float(free or i in reading.held)) for i in standing}
        self.met = [programme.variable() for _ in reading.nodes]
        self.taken = {c: programme.variable() for n in self._choosers() for c in reading.nodes[n].children}
        self.counted: dict[int, dict[Place, int]] = {}
        self._worth: dict[tuple[int, int, int], Terms] = {}
        self.chosen: dict[str, list[int]] = {}
        self.in_full: dict[int, int] = {}
        self._bars()
        self._places()
        for index in reversed(range(len(reading.nodes))):
            self._conditions(index)

    def _choosers(self) -> list[int]:
        """Groups of which not every child counts."""
        return [
            n
            for n, node in enumerate(self.reading.nodes)
            if node.kind == "pathway" or (node.max_children is not None and node.max_children < len(node.children))
        ]

    def _bars(self) -> None:
        for bar in self.reading.bars:
            self.programme.row({self.kept[item]: 1 for item in sorted(bar) if item in self.kept}, high=1)

    def _places(self) -> None:
        """Each item counts at one place at most, and a place counts upwards as far as maximums let it."""
        by_item: dict[str, list[int]] = {item: [] for item in self.kept}
        for index in reversed(range(len(self.reading.nodes))):
            node = self.reading.nodes[index]
            own = {(node.id, unit): self.programme.variable() for unit in node.units}
            for (_, unit), variable in own.items():
                by_item[self.reading.item[unit]].append(variable)
            self.counted[index] = self._counted(index, own)
        for item, variables in by_item.items():
            self.programme.row({**dict.fromkeys(variables, 1.0), self.kept[item]: -1}, high=0)
        self._required_once()

    def _counted(self, index: int, own: dict[Place, int]) -> dict[Place, int]:
        """The variables that say which places count towards a group: those below, or fewer."""
        node = self.reading.nodes[index]
        below = own | {p: v for child in node.children for p, v in self.counted[child].items()}
        limited = node.max_units is not None and node.max_units < len(below)
        if not limited and not any(child in self.taken for child in node.children):
            return below
        here = {place: self.programme.variable() for place in below}
        for place, variable in here.items():
            self.programme.row({variable: 1, below[place]: -1}, high=0)
        for child in node.children:
            if child in self.taken:
                for place in self.counted[child]:
                    self.programme.row({here[place]: 1, self.taken[child]: -1}, high=0)
        if limited:
            self.programme.row(dict.fromkeys(here.values(), 1.0), high=float(node.max_units or 0))
        return here

    def _required_once(self) -> None:
        """A unit that a met group requires does not also count as somebody's choice.

        In a loose group it may be required there too, so there it may count.
        """
        for index, node in enumerate(self.reading.nodes):
            for unit in node.units if node.kind != "all" and not node.loose else ():
                self.chosen.setdefault(self.reading.item[unit], []).append(self._own_variable(index, unit))

    def _require(self, index: int, required: int) -> None:
        """Variable ``required`` may be 1 only if the group is held in full, each unit as a required one."""
        node = self.reading.nodes[index]
        for item in dict.fromkeys(self.reading.item[unit] for unit in node.units):
            self.programme.row({required: 1, self.kept[item]: -1}, high=0)
            for variable in self.chosen.get(item, []):
                self.programme.row({variable: 1, required: 1}, high=1)
        for child in node.children:
            self.programme.row({required: 1, self.met[child]: -1}, high=0)

    def _own_variable(self, index: int, unit: str) -> int:
        return self.counted[index][(self.reading.nodes[index].id, unit)]

    def _conditions(self, index: int) -> None:
        """What must hold for ``met`` of one group to be 1."""
        node, needs = self.reading.nodes[index], {self.met[index]: 1.0}
        if node.kind == "all":
            self._require(index, self.met[index])
        elif node.loose:
            everything = self.in_full[index] = self.programme.variable()
            self._require(index, everything)
            needs[everything] = -1
        if node.kind != "all":
            self._children(index, needs)
        if not node.whole:
            self._reach(dict.fromkeys(self.counted[index].values(), 1.0), node.min_units, needs)
            for rank, credit in ((0, node.min_credit), *node.floors):
                if credit:
                    self._reach(self.worth(index, index, rank), credit, needs)

    def _reach(self, terms: Terms, least: int, needs: Terms) -> None:
        """Σ terms ≥ least wherever Σ needs is 1."""
        if least:
            self.programme.row(terms | {v: -least * sign for v, sign in needs.items()}, low=0)

    def _children(self, index: int, needs: Terms) -> None:
        node, met, rows = self.reading.nodes[index], self.met[index], self.programme
        done: Terms = {}
        for child in node.children:
            taken = self.taken.get(child)
            done[self.met[child] if taken is None else self._both(self.met[child], taken)] = 1
            if node.kind == "pathway" and taken is not None:
                rows.row({met: 1, taken: 1, self.met[child]: -1}, high=1)
        chosen = [self.taken[child] for child in node.children if child in self.taken]
        if chosen and node.max_children is not None:
            rows.row(dict.fromkeys(chosen, 1.0), high=float(node.max_children))
        self._reach(done, node.min_children, needs)

    def _both(self, first: int, second: int) -> int:
        both = self.programme.variable()
        self.programme.row({both: 1, first: -1}, high=0)
        self.programme.row({both: 1, second: -1}, high=0)
        return both

    def worth(self, index: int, seen: int, rank: int) -> Terms:
        """Credits of group ``index`` as it counts towards group ``seen`` (itself or one above it)."""
        key = (index, seen, rank)
        if key not in self._worth:
            self._worth[key] = self._worth_terms(index, seen, rank)
        return self._worth[key]

    def _worth_terms(self, index: int, seen: int, rank: int) -> Terms:
        node, reading = self.reading.nodes[index], self.reading
        terms: Terms = {}
        for unit in node.units:
            if reading.rank[unit] >= rank:
                terms |= self.credit(self.counted[seen][(node.id, unit)], unit)
        for child in node.children:
            for variable, amount in self.worth(child, seen, rank).items():
                terms[variable] = terms.get(variable, 0) + amount
        bonus = self.bonus(index, rank)
        if bonus:
            terms[self._in_full(index, seen)] = float(bonus)
        if node.max_credit is None:
            return terms
        total = self.programme.variable(high=float(node.max_credit), whole=False)
        self.programme.row({total: 1, **{v: -a for v, a in terms.items()}}, high=0)
        return {total: 1}

    def credit(self, counts: int, unit: str) -> Terms:
        """The credit of a unit where the variable ``counts`` says that it counts."""
        return {counts: float(self.reading.credit[unit])}

    def bonus(self, index: int, rank: int) -> int:
        """What the published total of a wholly mandatory group adds to the known credits of its units."""
        node = self.reading.nodes[index]
        below = places_below(self.reading, index)
        if not node.whole or any(self.reading.rank[unit] < rank for _, unit in below):
            return 0
        own = sum(self.reading.credit[unit] for unit in node.units)
        own += sum(worth(self.reading, child, frozenset(below), rank) for child in node.children)
        return max(0, node.min_credit - own)

    def _in_full(self, index: int, seen: int) -> int:
        full = self.programme.variable(whole=False)
        for place in places_below(self.reading, index):
            self.programme.row({full: 1, self.counted[seen][place]: -1}, high=0)
        return full


def count(reading: Reading, preferred: Iterable[str] = ()) -> Count:
    """The best way to count a reading; groups in ``preferred`` come before others when not all can be met.

    Exact. Raises SolverError if the optimiser gives up (it has no limit on time, so it should not).
    """
    return count_simply(reading) or _count_exactly(reading, frozenset(preferred))


def _count_exactly(reading: Reading, preferred: frozenset[str]) -> Count:
    programme = Programme()
    encoding = Encoding(programme, reading)
    counted = {v for index in encoding.counted for v in encoding.counted[index].values()}
    cost = dict.fromkeys(counted, -_GROUP_WEIGHT / (2 * len(counted) + 1))
    for index, node in enumerate(reading.nodes):
        weight = _PREFERRED_WEIGHT if node.id in preferred else _GROUP_WEIGHT
        cost[encoding.met[index]] = -(_ROOT_WEIGHT if index == 0 else weight)
    values, _ = programme.minimise(cost)
    if values is not None and values[encoding.met[0]] < 0.5:
        programme.row({encoding.met[0]: 1}, low=1)
        refuted, _ = programme.minimise(cost)  # "not met" is proven on its own: nothing must fit
        values = values if refuted is None else refuted
    if values is None:
        raise SolverError("The rule could not be counted: nothing fits, though counting nothing always should.")
    return _read(reading, encoding, values)


def _read(reading: Reading, encoding: Encoding, values: Any) -> Count:
    met = (node.id for index, node in enumerate(reading.nodes) if values[encoding.met[index]] > 0.5)
    counted: Mapping[str, frozenset[Place]] = {
        reading.nodes[index].id: frozenset(place for place, v in places.items() if values[v] > 0.5)
        for index, places in encoding.counted.items()
    }
    return Count(frozenset(met), counted)
