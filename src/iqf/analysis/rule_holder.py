"""A holder who takes nothing to spare: rows of a programme that describe one, for any question about holders.

A unit is spare when its group, and every group above it, reach whatever they reach without it too, counted up to
their maximums; a mandatory group needs all of its units. Whoever meets a rule and can do without no unit is such a
holder.
"""

from collections.abc import Mapping

from iqf.analysis.rule_count import Place
from iqf.analysis.rule_least import Least
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
    least = Least(programme, read, holder)
    for index, node in enumerate(read.nodes):
        for unit in node.units:
            if not unit.startswith(GHOST):
                _needed(least, index, unit)


def _needed(least: Least, index: int, unit: str) -> None:
    """A counted unit must be missed by its group or a group above: Σ reasons ≥ counted."""
    read, holder = least.read, least.holder
    place = (read.nodes[index].id, unit)
    reasons: Terms = {holder.counted[0][place]: -1.0}
    if read.nodes[index].kind == "all":
        reasons[holder.met[index]] = 1.0
    if read.nodes[index].loose:
        reasons[holder.in_full[index]] = 1.0
    above = index
    while above >= 0:
        for rank, number in _minimums(read.nodes[above]):
            if rank is None or (read.rank[unit] >= rank and read.credit[unit]):
                reasons[_missed(least, above, rank, number, place)] = 1.0
        above = read.nodes[above].parent
    least.programme.row(reasons, low=0)


def _minimums(node: Node) -> list[tuple[int | None, int]]:
    """Each minimum of a group: of units (None) or of credit at a level rank and above, and the number to reach."""
    asked = [(None, node.min_units), (0, node.min_credit), *node.floors]
    return [] if node.whole else [(rank, number) for rank, number in asked if number]


def _missed(least: Least, index: int, rank: int | None, number: int, place: Place) -> int:
    """A variable that can be 1 only if a group reaches a number, and would not without the unit at a place."""
    missed = least.programme.variable()
    reached, without = least.with_it(index, rank), least.without(index, rank, place)
    least.programme.row(reached | {missed: reached.get(missed, 0.0) - number}, low=0)
    most = least.most(without)
    least.programme.row(without | {missed: most}, high=most + number - 1)
    return missed
