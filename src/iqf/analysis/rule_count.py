"""Counting in a definite reading: what a set of counted units is worth, and the quick way to count.

Promise: where no unit stands in two groups, no barred pair is held and no maximum bites, everything held
simply counts, and this module says so without an optimiser. Where a choice must be made it returns
``None`` and ``rule_programme`` decides exactly.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iqf.analysis.rule_reading import Node, Reading

Place = tuple[str, str]
"""One standing of a unit: (group id, unit code)."""


@dataclass(frozen=True)
class Count:
    """One way to count: the groups met, and for every group the places that count towards it."""

    met: frozenset[str]
    counted: Mapping[str, frozenset[Place]]


def worth(
    reading: Reading,
    index: int,
    places: frozenset[Place],
    rank: int = 0,
    credit: Mapping[str, int] | None = None,
) -> int:
    """Credits that ``places`` are worth to group ``index``, from units at level rank ``rank`` or above.

    Each group gives at most its ``max_credit``; a wholly mandatory group counted in full gives at least
    its published total, whatever is known of its units. ``credit`` replaces the reading's own credits.
    """
    node = reading.nodes[index]
    values = reading.credit if credit is None else credit
    mine = [u for u in node.units if (node.id, u) in places and reading.rank[u] >= rank]
    total = sum(values[unit] for unit in mine)
    total += sum(worth(reading, child, places, rank, values) for child in node.children)
    if node.whole and total < node.min_credit and _in_full(reading, index, places, rank):
        total = node.min_credit
    return total if node.max_credit is None else min(total, node.max_credit)


def places_below(reading: Reading, index: int) -> tuple[Place, ...]:
    """Every standing of a unit in the group and the groups below it."""
    node = reading.nodes[index]
    own = tuple((node.id, unit) for unit in node.units)
    return own + tuple(place for child in node.children for place in places_below(reading, child))


def reaches(reading: Reading, index: int, places: frozenset[Place]) -> bool:
    """Whether ``places`` reach the group's minimums of units, credit and credit at a level."""
    node = reading.nodes[index]
    if node.whole:
        return True
    if len(places) < node.min_units or worth(reading, index, places) < node.min_credit:
        return False
    return all(worth(reading, index, places, rank) >= credit for rank, credit in node.floors)


def count_simply(reading: Reading) -> Count | None:
    """Count everything held, bottom up; ``None`` when the holder has a choice to make about what counts."""
    if _needs_choice(reading):
        return None
    met: set[str] = set()
    counted: dict[str, frozenset[Place]] = {}
    for index in reversed(range(len(reading.nodes))):
        node = reading.nodes[index]
        chosen = _chosen(reading, index, met, counted)
        if chosen is None:
            return None
        places = {(node.id, u) for u in node.units if reading.item[u] in reading.held}
        places.update(place for child in chosen for place in counted[reading.nodes[child].id])
        if node.max_units is not None and len(places) > node.max_units:
            return None
        counted[node.id] = frozenset(places)
        if _is_met(reading, index, met, counted[node.id], chosen):
            met.add(node.id)
    return Count(frozenset(met), counted)


def _in_full(reading: Reading, index: int, places: frozenset[Place], rank: int) -> bool:
    below = places_below(reading, index)
    return all(place in places and reading.rank[place[1]] >= rank for place in below)


def _needs_choice(reading: Reading) -> bool:
    held = [reading.item[u] for node in reading.nodes for u in node.units if reading.item[u] in reading.held]
    standings = Counter(held)
    if any(number > 1 for number in standings.values()):
        return True
    return any(sum(item in standings for item in bar) > 1 for bar in reading.bars)


def _chosen(
    reading: Reading, index: int, met: Iterable[str], counted: Mapping[str, frozenset[Place]]
) -> tuple[int, ...] | None:
    """The child groups that count; ``None`` when that is a choice."""
    node = reading.nodes[index]
    begun = tuple(c for c in node.children if reading.nodes[c].id in met or counted[reading.nodes[c].id])
    limit = len(node.children) if node.max_children is None else node.max_children
    if node.kind != "pathway":
        return node.children if len(begun) <= limit else None
    done = tuple(child for child in begun if reading.nodes[child].id in met)
    if not _always_needed(reading, node) and len(done) < len(begun):
        return None
    chosen = done if len(done) >= node.min_children else begun
    return chosen if len(chosen) <= limit else None


def _always_needed(reading: Reading, node: Node) -> bool:
    """Whether every group above asks for all of its children, so that nothing above can do without it."""
    while node.parent >= 0:
        node = reading.nodes[node.parent]
        if node.kind != "all":
            return False
    return True


def _is_met(reading: Reading, index: int, met: set[str], places: frozenset[Place], chosen: tuple[int, ...]) -> bool:
    node = reading.nodes[index]
    done = [child for child in chosen if reading.nodes[child].id in met]
    everything = len(done) == len(node.children) and all(reading.item[u] in reading.held for u in node.units)
    if node.kind == "all":
        return everything and reaches(reading, index, places)
    if node.loose and everything:
        return True
    if node.kind == "pathway" and len(done) < len(chosen):
        return False
    return len(done) >= node.min_children and reaches(reading, index, places)
