"""What adds up to what in a table of counts: filters to their totals, places to the places they lie in, and columns.

Read from the table itself, and always true of it. Where parts come short of a total there is a rest, where they come
to more some count in several; both are quantities that nobody shows, so that what is known of sizes counts too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations
from typing import Any, Final

import numpy as np

from iqf.analysis.column_sums import Numbers, column_sums
from iqf.analysis.disclosure import Counts, Profile, Sum, dominated
from iqf.indicators.queries import HeldColumn
from iqf.indicators.standard import INNER_OUTER, LEVEL_COLUMNS

Row = Mapping[str, Any]
Cell = tuple[str, ...]
"""Level, place, and the value of each filter: what a row of one period is of."""
PART_OF_LONDON: Final = "Part of London"
LONDON: Final = "E12000007"
MOSTLY: Final = 0.9
"""A column is taken as never above another where that is so in this share of the rows."""


@dataclass
class _Table:
    """The rows of one period by what they are of, with the quantities and sums found so far."""

    filters: Sequence[HeldColumn]
    numbers: Sequence[str]
    rows: dict[Cell, Row]
    rule: Profile
    cells: dict[Any, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    unpublished: set[Any] = field(default_factory=set)
    kept: set[Any] = field(default_factory=set)
    largest: dict[Any, int] = field(default_factory=dict)


def cell_of(row: Row, filters: Sequence[HeldColumn]) -> Cell:
    """What a row is of. A place goes by its code, by its name where it has none."""
    level = row["geographic_level"] or ""
    found = [row.get(column) or "" for column in LEVEL_COLUMNS.get(level, ())]
    place = next((each for each in found if len(each) > 1), "")
    if level == "Regional" and place in INNER_OUTER:
        level = PART_OF_LONDON
    return (level, place, *(row[c.name] or "" for c in filters))


def counts_of(rows: Mapping[Cell, Row], columns: Sequence[HeldColumn], rule: Profile) -> Counts:
    """The counts of one period with everything that is known to hold between them. Keys are (cell, indicator).

    In a row where few are counted, that none of them did something says it of each: such a 0 is kept back.
    """
    table = _Table(
        [c for c in columns if c.kind == "filter"], [c.name for c in columns if c.kind == "indicator"], {**rows}, rule
    )
    for cell, row in rows.items():
        table.cells |= {(cell, n): int(row[n]) for n in table.numbers if row[n] is not None}
    _filters(table)
    _places(table)
    _contributing_places(table)
    _columns(table, rule.threshold)
    return Counts(
        table.cells,
        tuple(table.sums),
        largest=table.largest,
        kept=frozenset(table.kept),
        unpublished=frozenset(table.unpublished),
    )


def _filters(table: _Table) -> None:
    """Each filter to its total, where the others are the same; a total that no row shows is a quantity too."""
    every = list(table.rows)
    for at, column in enumerate(table.filters, 2):
        if not column.total:
            continue
        groups = defaultdict(list)
        for cell in every:
            if cell[at] != column.total and not _in_a_group(table, cell, column):
                groups[(*cell[:at], column.total, *cell[at + 1 :])].append(cell)
        for total, parts in groups.items():
            for name in table.numbers:
                _added(table, (total, name), [(part, name) for part in parts], column.name)
                if column.name == table.rule.of:
                    _contributed(table, (total, name), [(part, name) for part in parts])
        every += [total for total in groups if total not in table.rows]


def _in_a_group(table: _Table, cell: Cell, groups: HeldColumn) -> bool:
    """Whether a row is of something that lies in one of the groups of a filter, and so in no other."""
    return any(
        column.group == groups.name and column.total and cell[at] != column.total
        for at, column in enumerate(table.filters, 2)
    )


def _contributed(table: _Table, total: Any, parts: Sequence[Any]) -> None:
    """What the largest contributor makes of a count; where that is too much, its own part is kept back too."""
    held = [part for part in parts if part in table.cells]
    if total[0] not in table.rows or total not in table.cells or not held:
        return
    largest = max(held, key=lambda part: table.cells[part])
    table.largest[total] = table.cells[largest]
    if dominated(table.cells[total], table.cells[largest], table.rule):
        table.kept.add(largest)


def _places(table: _Table) -> None:
    """Each place to the nearest wider one that the table has, where the filters are the same.

    What lies in no place of the next level (unknown, elsewhere) stands beside the places of that level.
    """
    levels = _levels(table)
    groups: dict[Cell, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    under: dict[str, set[str]] = defaultdict(set)
    for cell, row in table.rows.items():
        wider = _wider(table, levels, cell, row)
        if wider:
            groups[wider[0]][cell[0]].append(cell)
            under[cell[0]].add(wider[0][0])
    for total, by_level in groups.items():
        for level in [each for each in levels if each in by_level]:
            beside = next((each for each in by_level if each in under[level]), None)
            if beside:
                by_level[beside] += by_level.pop(level)
        for level, parts in by_level.items():
            for name in table.numbers:
                _added(table, (total, name), [(part, name) for part in parts], level)


def _levels(table: _Table) -> list[str]:
    """The levels that the table has, the finest first: those with the most places."""
    places = defaultdict(set)
    for cell in table.rows:
        places[cell[0]].add(cell[1])
    return sorted(places, key=lambda level: (-len(places[level]), level == "National"))


def _contributing_places(table: _Table) -> None:
    """What places contribute to every wider one, where places are those who contribute."""
    levels = _levels(table)
    made: dict[Cell, list[Cell]] = defaultdict(list)
    for cell, row in table.rows.items():
        if table.rule.of in LEVEL_COLUMNS.get(cell[0], ()):
            for wider in _wider(table, levels, cell, row):
                made[wider].append(cell)
    for total, parts in made.items():
        for name in table.numbers:
            _contributed(table, (total, name), [(part, name) for part in parts])


def _wider(table: _Table, levels: Sequence[str], cell: Cell, row: Row) -> list[Cell]:
    """The rows of the places that hold a row's place, where the filters are the same, the nearest first."""
    above = [(level, _code(row, level), *cell[2:]) for level in levels[levels.index(cell[0]) + 1 :]]
    return [wider for wider in above if wider in table.rows]


def _code(row: Row, level: str) -> str:
    if level == PART_OF_LONDON:
        return row.get("region_code") or ""
    code = next((row.get(column) for column in LEVEL_COLUMNS.get(level, ()) if row.get(column)), None) or ""
    return LONDON if level == "Regional" and code in INNER_OUTER else code


def _added(table: _Table, total: Any, parts: Sequence[Any], by: str) -> None:
    """What holds between a total and its parts, by what the numbers are."""
    held = [part for part in parts if part in table.cells]
    if not held:
        return
    whole = sum(table.cells[part] for part in held)
    if total not in table.cells:
        if total[0] not in table.rows:
            _hold(table, total, whole)
            table.sums.append(Sum(total, tuple(held)))
        return
    rest = table.cells[total] - whole
    if rest > 0 or len(held) < len(parts):
        if rest < 0:
            return
        held.append(_hold(table, ("rest", total, by), rest))
    if rest >= 0:
        table.sums.append(Sum(total, tuple(held)))
        return
    together = _hold(table, ("together", total, by), whole)
    table.sums += [Sum(together, tuple(held)), Sum(together, (total, _hold(table, ("again", total, by), -rest)))]
    table.sums += [_within(table, part, total) for part in held if table.cells[part] <= table.cells[total]]


def _within(table: _Table, part: Any, whole: Any) -> Sum:
    """A count that is of some of those that another counts."""
    return Sum(whole, (part, _hold(table, ("beyond", whole, part), table.cells[whole] - table.cells[part])))


def _hold(table: _Table, key: Any, value: int) -> Any:
    table.cells[key] = value
    table.unpublished.add(key)
    return key


def _columns(table: _Table, threshold: int) -> None:
    """What holds between the numbers of a row: one is the sum of others, or never above another."""
    numbers = np.array([[_number(table, cell, n) for n in table.numbers] for cell in table.rows])
    sums = [(table.numbers[whole], [table.numbers[p] for p in parts]) for whole, parts in column_sums(numbers)]
    never_above = _never_above(table.numbers, numbers)
    for cell in table.rows:
        held = {n: table.cells[cell, n] for n in table.numbers if (cell, n) in table.cells}
        here = [(whole, parts) for whole, parts in sums if whole in held and held.keys() >= set(parts)]
        table.sums += [Sum((cell, whole), tuple((cell, part) for part in parts)) for whole, parts in here]
        pairs = tuple(p for p in never_above if held.keys() >= set(p) and held[p[0]] <= held[p[1]])
        table.kept |= {(cell, few) for few, many in pairs if held[few] == 0 < held[many] < threshold}
        for part, whole in _telling(pairs, frozenset((part, whole) for whole, parts in here for part in parts)):
            table.sums.append(_within(table, (cell, part), (cell, whole)))


def _number(table: _Table, cell: Cell, name: str) -> float:
    return table.cells.get((cell, name), np.nan)


def _never_above(names: Sequence[str], numbers: Numbers) -> list[tuple[str, str]]:
    """Pairs of columns of which the first is as good as never above the second."""
    found = []
    for part, whole in permutations(range(len(names)), 2):
        few, many = numbers[:, part], numbers[:, whole]
        told = ~np.isnan(few) & ~np.isnan(many)
        if told.any() and np.mean(few[told] <= many[told]) >= MOSTLY:
            found.append((names[part], names[whole]))
    return found


@lru_cache(maxsize=1024)
def _telling(pairs: tuple[tuple[str, str], ...], in_sums: frozenset[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The pairs that say something: not those that follow from a sum, or from two others by way of a third column."""
    kept = {*pairs, *in_sums}
    between = {name for pair in kept for name in pair}
    for part, whole in pairs:
        if any((part, name) in kept and (name, whole) in kept for name in between - {part, whole}):
            kept.discard((part, whole))
    return tuple(pair for pair in pairs if pair in kept and pair not in in_sums)
