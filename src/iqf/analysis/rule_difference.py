"""How far can two holders of one qualification differ?

Promise: every pair of valid holders is considered, exactly, by one mixed-integer programme over two copies of the
rule. Where lists, credits or the split are not fully known the answer says *bound*: then what two holders have in
common is at least what is said, and the difference is that of the rule read in the holder's favour.

A holder here takes nothing to spare (`rule_holder`). Spare units never lower what two holders share, so the fewest in
common is the fewest among all holders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from iqf.analysis.rule_holder import all_known, nothing_spare, only_what_counts
from iqf.analysis.rule_programme import Encoding, Programme
from iqf.analysis.rule_reading import GHOST, Reading, reading
from iqf.analysis.rule_words import number
from iqf.analysis.rules import CreditRange, Holding, Ruleset, UnitFact, evaluate, sure_units

SECONDS = 30.0
"""How long each of the programmes may take before its best bound so far is given as a bound."""


@dataclass(frozen=True)
class HolderPair:
    """Two selections of unit codes, each of which meets the rule, and what they share."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    common: tuple[str, ...]


@dataclass(frozen=True)
class HolderDifference:
    """How far two holders of ``target`` can differ; units as codes, credits in credits.

    ``always``: units that every holder has. ``fewest_common_*``: the least two holders can share.
    ``most_different_units``: the most units that only one of two holders has. ``least_alike`` and ``furthest``: a
    pair for each. ``status``: *exact*; *bound* (see the module); *impossible*: no selection meets the rule.
    """

    target: str
    status: Literal["exact", "bound", "impossible"]
    words: str
    always: tuple[str, ...]
    always_credit: CreditRange
    fewest_common_units: int
    fewest_common_credit: int
    most_different_units: int
    least_alike: HolderPair | None
    furthest: HolderPair | None


def difference(ruleset: Ruleset, units: Mapping[str, UnitFact], seconds: float = SECONDS) -> HolderDifference:
    """The units every holder shares, the fewest (and least credit) two can share, the most only one has.

    ``units``: facts by code. ``seconds``: limit for each of three programmes; past it the status is *bound*.
    Raises RuleError on facts that cannot be read.
    """
    sure = sure_units(ruleset, units)
    credit = evaluate(ruleset, units, Holding(units=frozenset(sure))).nodes[0].credit_met
    read = reading(ruleset, units, Holding(), "best")
    pairs = _Pairs(read, units)
    fewest, shared, proven_units = pairs.fewest(dict.fromkeys(pairs.common, 1), seconds)
    if fewest is None:
        return _impossible(ruleset, sure, credit)
    _, shared_credit, proven_credit = pairs.fewest({i: pairs.least_credit(i) for i in pairs.common}, seconds)
    lean = _Pairs(read, units)
    for holder in lean.holders:
        nothing_spare(lean.programme, read, holder)
    furthest, apart, proven_apart = lean.furthest(seconds)
    proven = proven_units and proven_credit and proven_apart
    known = all_known(ruleset, units, read)
    return HolderDifference(
        target=ruleset.target,
        status="exact" if known and proven else "bound",
        words=_words(len(sure), shared, apart, known and proven),
        always=sure,
        always_credit=credit,
        fewest_common_units=shared,
        fewest_common_credit=max(shared_credit, credit.known_low),
        most_different_units=apart,
        least_alike=fewest,
        furthest=furthest,
    )


def _impossible(ruleset: Ruleset, sure: tuple[str, ...], credit: CreditRange) -> HolderDifference:
    said = "No selection of the listed units meets the rule, so nobody's holding can be compared."
    return HolderDifference(ruleset.target, "impossible", said, sure, credit, 0, 0, 0, None, None)


def _words(always: int, shared: int, apart: int, exact: bool) -> str:
    every = f"Every holder has the same {number(always, 'unit')}" if always else "No unit is common to every holder"
    if exact and not apart:
        return f"{every}; no two holders differ."
    least = f"two holders share at least {number(shared, 'unit')}"
    if exact:
        return f"{every}; {least}, and up to {number(apart, 'unit')} can be held by only one of them."
    return (
        f"{every}; {least}. As far as the units are known, up to {number(apart, 'unit')} can be held by only one "
        "of them; more may be possible."
    )


class _Pairs:
    """Two holders of one rule, as one programme. ``common``: item → variable that is 1 when both have it."""

    def __init__(self, read: Reading, units: Mapping[str, UnitFact]) -> None:
        self.read, self.units, self.programme = read, units, Programme()
        self.holders = [Encoding(self.programme, read, free=True) for _ in range(2)]
        for holder in self.holders:
            self.programme.row({holder.met[0]: 1}, low=1)
            only_what_counts(self.programme, read, holder)
        first, second = (holder.kept for holder in self.holders)
        more = dict.fromkeys(first.values(), 1.0) | dict.fromkeys(second.values(), -1.0)
        self.programme.row(more, low=0)  # the pair is unordered: let the first hold no less
        self.common = {item: self.programme.variable() for item in first if not item.startswith(GHOST)}
        for item, both in self.common.items():
            self.programme.row({first[item]: 1, second[item]: 1, both: -1}, high=1)

    def least_credit(self, item: str) -> float:
        """The least credit that having an item in common can mean."""
        named = [code for code in self.read.credit if self.read.item[code] == item]
        return float(min(self.units.get(code, UnitFact(code)).credit_low or 0 for code in named))

    def fewest(self, weight: Mapping[str, float], seconds: float) -> tuple[HolderPair | None, int, bool]:
        """The pair that shares least by weight, among those the smallest holdings; (pair, weight, proven)."""
        many = 2.0 * len(self.common) + 1
        cost = {self.common[item]: weight[item] * many for item in self.common}
        cost |= {holder.kept[item]: 1.0 for holder in self.holders for item in self.common}
        values, proven = self.programme.minimise(cost, seconds)
        if values is None:
            return None, 0, proven
        pair, both = self._pair(values)
        return pair, round(sum(weight[item] for item in both)), proven

    def furthest(self, seconds: float) -> tuple[HolderPair | None, int, bool]:
        """The pair with most units that only one has; (pair, how many, proven)."""
        cost = dict.fromkeys(self.common.values(), 2.0)
        cost |= {holder.kept[item]: -1.0 for holder in self.holders for item in self.common}
        values, proven = self.programme.minimise(cost, seconds)
        if values is None:
            return None, 0, proven
        pair, both = self._pair(values)
        return pair, len(pair.first) + len(pair.second) - 2 * len(both), proven

    def _pair(self, values: Any) -> tuple[HolderPair, set[str]]:
        held = [
            {
                self.read.item[unit]: unit
                for (_, unit), variable in holder.counted[0].items()
                if values[variable] > 0.5 and not unit.startswith(GHOST)
            }
            for holder in self.holders
        ]
        both = held[0].keys() & held[1].keys()
        first, second = (tuple(sorted(units.values())) for units in held)
        return HolderPair(first, second, tuple(sorted(held[0][item] for item in both))), set(both)
