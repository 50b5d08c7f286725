"""Why a group is met, not met, or cannot be decided: one plain sentence each.

Promise: the sentence names what decides (the missing unit, the short list, the credit not known) and
claims nothing beyond the verdict it explains.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iqf.analysis.rule_tree import CreditRange, Group, NodeAnswer, UnitFact, Verdict, level_bounds
from iqf.analysis.rule_words import name_units, number


@dataclass(frozen=True)
class Found:
    """What was found out about one group, ready to be explained."""

    verdict: Verdict
    short_list: bool
    credit: CreditRange
    units_met: int
    missing: tuple[str, ...]
    possible: tuple[str, ...]
    counted: tuple[str, ...]
    children: tuple[NodeAnswer, ...]


def because(group: Group, found: Found, units: Mapping[str, UnitFact]) -> str:
    """One or two plain sentences that say why the group has its verdict."""
    titles = {code: fact.title for code, fact in units.items()}
    if found.verdict == "met":
        return _met(group, found)
    if found.verdict == "not met":
        return _not_met(group, found, titles)
    return " ".join(_doubts(group, found, units, titles))


def _met(group: Group, found: Found) -> str:
    if group.kind == "pathway":
        done = [child.title or child.id for child in found.children if child.verdict == "met"]
        return f"Met through {name_units(done, {})}."
    if group.kind == "all" and group.structure_known:
        if not group.units:
            return "Every part is met."
        return "The unit is held." if len(group.units) == 1 else "Every unit is held."
    if not (group.min_units or group.min_credit or group.credit_at_level or group.min_children):
        return "Nothing more is asked here."
    return f"{number(found.units_met, 'unit')} held, {_credit(found.credit)}: the rule is reached."


def _not_met(group: Group, found: Found, titles: Mapping[str, str]) -> str:
    if found.missing:
        verb = "is" if len(found.missing) == 1 else "are"
        return f"{name_units(found.missing, titles)} {verb} required and not held."
    failing = [child.title or child.id for child in found.children if child.verdict == "not met"]
    if group.kind == "all" and failing:
        return f"Not met in {name_units(failing, {})}."
    if group.kind == "pathway":
        return "Too few of the pathways can be met in full."
    short = _shortfall(group, found)
    if short:
        return f"{short}."
    if group.kind == "all":
        return "What is held is barred beside, or already counts as, another unit that the rule needs."
    return "What is held does not reach the rule."


def _shortfall(group: Group, found: Found) -> str:
    said = []
    if group.min_units and found.units_met < group.min_units:
        said.append(f"{found.units_met} of {number(group.min_units, 'unit')}")
    high = found.credit.high
    if group.min_credit and high is not None and high < group.min_credit:
        said.append(f"{high} of {number(group.min_credit, 'credit')}")
    if said:
        return f"Only {' and '.join(said)} {'count' if len(said) > 1 else 'counted'}"
    floors = [f"{f.at_least} credits at level {f.level} or above" for f in group.credit_at_level]
    return f"What is held does not give {' and '.join(floors)}" if floors else ""


def _doubts(group: Group, found: Found, units: Mapping[str, UnitFact], titles: Mapping[str, str]) -> Sequence[str]:
    said = []
    if not group.structure_known:
        said.append("Which of these units are mandatory was not read.")
    if found.short_list and group.kind == "all":
        said.append(_short_mandatory(group, found))
    elif found.short_list:
        said.append(
            "The listed units held do not reach this rule, and the list is incomplete: "
            "the missing part may be among units that are not listed."
        )
    if found.possible:
        said.append(
            f"It depends on {name_units(found.possible, titles, 'or')}, which may have been taken "
            "as an option of a qualification held."
        )
    if found.credit.unknown_items and _asks_credit(group):
        said.append(f"The credit of {number(found.credit.unknown_items, 'counted unit')} is not known.")
    if group.credit_at_level and _unknown_levels(found.counted, units):
        said.append("The level of a counted unit is not known.")
    open_parts = [child.title or child.id for child in found.children if child.verdict == "cannot say"]
    if open_parts:
        said.append(f"It depends on {name_units(open_parts, {})}.")
    return said or ["What is known of the units held does not decide it."]


def _short_mandatory(group: Group, found: Found) -> str:
    unnamed = (group.min_units or 0) - len(group.units)
    more = f": {number(unnamed, 'more mandatory unit')} not named" if unnamed > 0 else ""
    held = "Nothing listed is missing" if not found.missing else "Not every listed unit is surely held"
    return f"{held}, but the list is known to be incomplete{more}."


def _asks_credit(group: Group) -> bool:
    return bool(group.min_credit or group.credit_at_level)


def _unknown_levels(counted: tuple[str, ...], units: Mapping[str, UnitFact]) -> bool:
    facts = (units.get(code, UnitFact(code)) for code in counted)
    return any(len(set(level_bounds(fact.level))) > 1 for fact in facts)


def _credit(credit: CreditRange) -> str:
    if credit.high == credit.known_low:
        return number(credit.known_low, "credit")
    if credit.high is None:
        return f"at least {number(credit.known_low, 'credit')}"
    return f"{credit.known_low} to {credit.high} credits"
