"""The best choice under a plain rule, without a solver: so many units of each list, and of some lists all.

Promise: exact where it answers (statements first, then fully, then fewest units, as `rule_best` promises), and None
where the rule is not plain or there is too much to remember. Of equal choices the one listed first is taken.
"""

from collections.abc import Collection, Mapping
from typing import Final

from iqf.analysis.rule_reading import GHOST, Node, Reading

MOST_STATES: Final = 4000
"""So many different reaches of one list are kept at once; with more, the solver is asked."""

Reached = tuple[int, int]
"""Statements touched and statements taught fully, a bit for each."""
Picked = dict[Reached, tuple[str, ...]]


def plain_choice(
    read: Reading, touches: Mapping[str, Collection[str]], fully: Mapping[str, Collection[str]]
) -> tuple[str, ...] | None:
    """Units (codes) of a holder who takes nothing to spare and reaches most. None where the rule is not plain.

    Lists of which so many are to be chosen are gone through unit by unit: for each number of units chosen, every
    different reach is kept once (a dynamic programme over reaches).
    """
    if not _is_plain(read):
        return None
    bits = _Bits(touches, fully)
    states: Picked = {(0, 0): ()}
    for node in read.nodes:
        chosen = {bits.of(node.units): node.units} if node.kind == "all" else _choices(node, bits)
        states = _joined(states, chosen)
        if not states or len(states) > MOST_STATES:
            return None
    best = max(states, key=lambda r: (r[0].bit_count(), r[1].bit_count()))
    return states[best]


def _is_plain(read: Reading) -> bool:
    """Whether each unit counts for itself, in one place, and groups ask for all units or for so many of them."""
    listed = [unit for node in read.nodes for unit in node.units]
    if read.bars or len({read.item[unit] for unit in listed}) < len(listed):
        return False
    return all(_is_plain_node(node) for node in read.nodes)


def _is_plain_node(node: Node) -> bool:
    if node.loose or node.max_units is not None or node.max_credit is not None or node.max_children is not None:
        return False
    if any(unit.startswith(GHOST) for unit in node.units) or node.id.startswith(GHOST):
        return False
    if node.kind == "all":
        return node.whole or not (node.min_units or node.min_credit or node.floors)
    chooses = node.kind == "choose" and not node.children and not (node.min_credit or node.floors)
    return chooses and node.min_units <= len(node.units)


class _Bits:
    """Statements as bits of a number, so that what several units reach is an *or*."""

    def __init__(self, touches: Mapping[str, Collection[str]], fully: Mapping[str, Collection[str]]) -> None:
        self.touches, self.fully = touches, fully
        self.places: dict[str, int] = {}

    def of(self, units: Collection[str]) -> Reached:
        """What these units reach together."""
        touched = whole = 0
        for unit in units:
            touched |= self._number(self.touches.get(unit, ()))
            whole |= self._number(self.fully.get(unit, ()))
        return touched, whole

    def _number(self, statements: Collection[str]) -> int:
        return sum(1 << self.places.setdefault(each, len(self.places)) for each in set(statements))


def _choices(node: Node, bits: _Bits) -> Picked:
    """Every different reach of as many units of a list as it asks for, each with the units first listed for it."""
    by_number: list[Picked] = [{(0, 0): ()}, *({} for _ in range(node.min_units))]
    for unit in node.units:
        touched, whole = bits.of((unit,))
        for number in range(node.min_units, 0, -1):
            kept = by_number[number]
            for (t, f), units in by_number[number - 1].items():
                kept.setdefault((t | touched, f | whole), (*units, unit))
        if sum(map(len, by_number)) > MOST_STATES:
            return {}
    return by_number[node.min_units]


def _joined(states: Picked, chosen: Picked) -> Picked:
    """What each of the states reaches with each of the choices."""
    found: Picked = {}
    if len(states) * len(chosen) > MOST_STATES * 4:
        return {}
    for (t, f), units in states.items():
        for (touched, whole), more in chosen.items():
            found.setdefault((t | touched, f | whole), (*units, *more))
    return found
