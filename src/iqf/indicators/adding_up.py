"""What adds up to what in a table of counts: filters to their totals, places to the places they lie in, and columns.

Read from the table itself, and always true of it. Where parts come short of a total there is a rest, where they come
to more some count in several; both are quantities that nobody shows, so that what is known of sizes counts too.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import Any, Final

from iqf.analysis.disclosure import Counts, Sum
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
    cells: dict[Any, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    unpublished: set[Any] = field(default_factory=set)
    kept: set[Any] = field(default_factory=set)


def cell_of(row: Row, filters: Sequence[HeldColumn]) -> Cell:
    """What a row is of. A place goes by its code, by its name where it has none."""
    level = row["geographic_level"] or ""
    found = [row.get(column) or "" for column in LEVEL_COLUMNS.get(level, ())]
    place = next((each for each in found if len(each) > 1), "")
    if level == "Regional" and place in INNER_OUTER:
        level = PART_OF_LONDON
    return (level, place, *(row[c.name] or "" for c in filters))


def counts_of(rows: Mapping[Cell, Row], columns: Sequence[HeldColumn], threshold: int) -> Counts:
    """The counts of one period with everything that is known to hold between them. Keys are (cell, indicator).

    In a row where few are counted, that none of them did something says it of each: such a 0 is kept back.
    """
    table = _Table(
        [c for c in columns if c.kind == "filter"], [c.name for c in columns if c.kind == "indicator"], dict(rows)
    )
    for cell, row in rows.items():
        table.cells |= {(cell, n): int(row[n]) for n in table.numbers if row[n] is not None}
    _filters(table)
    _places(table)
    _columns(table, threshold)
    return Counts(
        table.cells, tuple(table.sums), kept=frozenset(table.kept), unpublished=frozenset(table.unpublished)
    )


def _filters(table: _Table) -> None:
    """Each filter to its total, where the others are the same; a total that no row shows is a quantity too."""
    every = list(table.rows)
    for at, column in enumerate(table.filters, 2):
        if not column.total:
            continue
        groups = defaultdict(list)
        for cell in every:
            if cell[at] != column.total:
                groups[(*cell[:at], column.total, *cell[at + 1 :])].append(cell)
        for total, parts in groups.items():
            for name in table.numbers:
                _added(table, (total, name), [(part, name) for part in parts], column.name)
        every += [total for total in groups if total not in table.rows]


def _places(table: _Table) -> None:
    """Each place to the nearest wider one that the table has, where the filters are the same.

    What lies in no place of the next level (unknown, elsewhere) stands beside the places of that level.
    """
    levels = _levels(table)
    groups: dict[Cell, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    under: dict[str, set[str]] = defaultdict(set)
    for cell, row in table.rows.items():
        above = _above(table, levels, cell, row)
        if above is not None:
            groups[above][cell[0]].append(cell)
            under[cell[0]].add(above[0])
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


def _above(table: _Table, levels: Sequence[str], cell: Cell, row: Row) -> Cell | None:
    for level in levels[levels.index(cell[0]) + 1 :]:
        wider = (level, _code(row, level), *cell[2:])
        if wider in table.rows:
            return wider
    return None


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
    """What holds between the numbers of a row: one is the sum of two others, or never above another."""
    sums = list(_sums_of_two(table))
    in_sums = {(part, whole) for whole, first, second in sums for part in (first, second)}
    for cell in table.rows:
        for whole, first, second in sums:
            if all((cell, n) in table.cells for n in (whole, first, second)):
                table.sums.append(Sum((cell, whole), ((cell, first), (cell, second))))
    for part, whole in _never_above(table):
        for cell, few, many in _pairs(table, part, whole):
            if few == 0 < many < threshold:
                table.kept.add((cell, part))
            if few <= many and (part, whole) not in in_sums:
                table.sums.append(_within(table, (cell, part), (cell, whole)))


def _pairs(table: _Table, first: str, second: str) -> Iterator[tuple[Cell, int, int]]:
    for cell in table.rows:
        if (cell, first) in table.cells and (cell, second) in table.cells:
            yield cell, table.cells[cell, first], table.cells[cell, second]


def _sums_of_two(table: _Table) -> Iterator[tuple[str, str, str]]:
    for whole in table.numbers:
        for first, second in combinations([n for n in table.numbers if n != whole], 2):
            met = list(_threes(table, whole, first, second))
            adds_up = all(n == one + other for n, one, other in met)
            if adds_up and any(one and other for _, one, other in met):
                yield whole, first, second


def _threes(table: _Table, *names: str) -> Iterator[tuple[int, ...]]:
    for cell in table.rows:
        if all((cell, name) in table.cells for name in names):
            yield tuple(table.cells[cell, name] for name in names)


def _never_above(table: _Table) -> Iterator[tuple[str, str]]:
    for part, whole in permutations(table.numbers, 2):
        pairs = list(_pairs(table, part, whole))
        if pairs and sum(few <= many for _, few, many in pairs) >= MOSTLY * len(pairs):
            yield part, whole
