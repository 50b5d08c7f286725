"""A holder who takes nothing to spare: rows of a programme that describe one, for any question about holders.

A unit is spare when its group, and every group above it, reach whatever they reach without it too (minimums summed
plainly, before maximums; a mandatory group needs all of its units).
"""

from collections.abc import Mapping

from iqf.analysis.rule_programme import Encoding, Programme, Terms
from iqf.analysis.rule_reading import GHOST, Node, Reading
from iqf.analysis.rule_tree import Ruleset, UnitFact, all_units


def all_known(ruleset: Ruleset, units: Mapping[str, UnitFact], read: Reading) -> bool:
    """Whether lists, splits, credits and levels are all on record: then an answer about holders is exact."""
    if any(not (group.list_complete and group.structure_known) for group in ruleset.root.walk()):
        return False
    facts = [units.get(code, UnitFact(code)) for code in all_units(ruleset.root)]
    whole = all(fact.credit_known for fact in facts) and all(fact.level != "Entry" and fact.level for fact in facts)
    return whole and not any(code.startswith(GHOST) for code in read.credit)


def fewest(read: Reading) -> frozenset[str]:
    """The items of a holder who meets the rule with fewest of what is held; none where nobody does.

    What such a holder does without, some holder does without: only these items can be sure of every holder.
    """
    programme = Programme()
    holder = Encoding(programme, read)
    programme.row({holder.met[0]: 1}, low=1)
    values, _ = programme.minimise(dict.fromkeys(holder.kept.values(), 1.0))
    if values is None:
        return frozenset()
    return frozenset(item for item, variable in holder.kept.items() if values[variable] > 0.5)


def only_what_counts(programme: Programme, read: Reading, holder: Encoding) -> None:
    """Ask that every unit held counts towards the qualification."""
    counted: dict[str, Terms] = {item: {variable: 1.0} for item, variable in holder.kept.items()}
    for (_, unit), variable in holder.counted[0].items():
        counted[read.item[unit]][variable] = -1.0
    for terms in counted.values():
        programme.row(terms, high=0)


def nothing_spare(programme: Programme, read: Reading, holder: Encoding) -> None:
    """Ask that no unit of the holder is spare."""
    for index, node in enumerate(read.nodes):
        for unit in node.units:
            if not unit.startswith(GHOST):
                _needed(programme, read, holder, index, unit)


def _needed(programme: Programme, read: Reading, holder: Encoding, index: int, unit: str) -> None:
    """A counted unit must be missed by its group or a group above: Σ reasons ≥ counted."""
    place = (read.nodes[index].id, unit)
    reasons: Terms = {holder.counted[0][place]: -1.0}
    if read.nodes[index].kind == "all":
        reasons[holder.met[index]] = 1.0
    above = index
    while above >= 0:
        node = read.nodes[above]
        for values, least in _minimums(read, holder, above, node):
            mine = values.get(holder.counted[above][place], 0.0)
            if mine:
                reasons[_missed(programme, values, least, mine)] = 1.0
        above = node.parent
    programme.row(reasons, low=0)


def _minimums(read: Reading, holder: Encoding, index: int, node: Node) -> list[tuple[Terms, int]]:
    """What each minimum of a group adds up, before maximums, and the number to reach."""
    if node.whole:
        return []
    places = holder.counted[index]
    found = [(dict.fromkeys(places.values(), 1.0), node.min_units)]
    for rank, least in ((0, node.min_credit), *node.floors):
        high = {p: v for p, v in places.items() if read.rank[p[1]] >= rank}
        found.append(({v: float(read.credit[p[1]]) for p, v in high.items()}, least))
    return [(values, least) for values, least in found if least]


def _missed(programme: Programme, values: Terms, least: int, mine: float) -> int:
    """A variable that can be 1 only if the sum reaches ``least`` and would not without ``mine``."""
    missed = programme.variable()
    programme.row(values | {missed: -float(least)}, low=0)
    total = sum(values.values())
    programme.row(values | {missed: total}, high=total + least - 1 + mine)
    return missed
