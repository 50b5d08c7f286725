"""Rules of combination: does what a person holds make the qualification, and if not, what is missing?

Promise: the answer is *met* only if it is met whatever the unknown facts turn out to be, *not met* only
if it is not met whatever they are, and *cannot say* otherwise, with the reason. Nothing counts twice: a
unit that stands in two groups counts in one, chosen exactly so that the holder gets the best verdict.

    from iqf.analysis.rules import Group, Holding, Ruleset, UnitFact, evaluate

Rules of combination are those of the Qualifications and Credit Framework (Ofqual/08/3726, *Regulatory
arrangements for the QCF*, 2008, section 2): mandatory and optional groups, credit at a level, barred
combinations, equivalent units, pathways.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from iqf.analysis.rule_count import Count, worth
from iqf.analysis.rule_holder import fewest
from iqf.analysis.rule_programme import SolverError, count
from iqf.analysis.rule_reading import GHOST, Reading, item_names, plenty, reading
from iqf.analysis.rule_reasons import Found, because
from iqf.analysis.rule_tree import (
    CountedUnit,
    CreditRange,
    Group,
    Holding,
    LevelFloor,
    NodeAnswer,
    RuleAnswer,
    RuleError,
    Ruleset,
    UnitFact,
    Verdict,
    all_units,
)
from iqf.analysis.rule_words import listing, words

__all__ = [
    "CountedUnit",
    "CreditRange",
    "Group",
    "Holding",
    "LevelFloor",
    "NodeAnswer",
    "RuleAnswer",
    "RuleError",
    "Ruleset",
    "SolverError",
    "UnitFact",
    "Verdict",
    "all_units",
    "evaluate",
    "possible_units",
    "required_units",
    "sure_units",
    "words",
]


def evaluate(ruleset: Ruleset, units: Mapping[str, UnitFact], holding: Holding) -> RuleAnswer:
    """Whether ``holding`` meets ``ruleset``, node by node.

    ``units``: what is known of each unit by code; a listed unit that is not in it is one of which nothing
    is known. Credits in credits. Holding the target qualification itself is met. Groups are answered under
    the one way of counting that is best for the holder. Raises RuleError on facts that cannot be read,
    SolverError if the optimiser fails.
    """
    if ruleset.target in holding.qualifications:
        return _held_already(ruleset, units)
    answering = _Answering(ruleset, units, holding)
    root = answering.node(ruleset.root, 0)
    return RuleAnswer(
        target=ruleset.target,
        verdict=root.verdict,
        because=root.because,
        nodes=tuple(_flat(root)),
        counted=answering.counted_units(),
        notes=answering.notes(),
    )


def required_units(ruleset: Ruleset) -> tuple[str, ...]:
    """Units that the rule requires by name of every holder: in groups where all is required, from the
    root down. Codes in the order of the tree. Units that merely cannot be avoided are in ``sure_units``.
    """
    return tuple(dict.fromkeys(_required(ruleset.root)))


def sure_units(ruleset: Ruleset, units: Mapping[str, UnitFact] | None = None) -> tuple[str, ...]:
    """Units that every holder has (or has an equivalent of): without them the rule cannot be met, whatever
    the unknown facts are. Includes the required ones and those no choice can avoid. Exact for ``units``.
    """
    facts = units or {}
    listed = all_units(ruleset.root)
    named = item_names(ruleset, listed)
    sure = {named[code] for code in required_units(ruleset)}
    if len(sure) < len({named[code] for code in listed}):
        lean = fewest(reading(ruleset, facts, Holding(units=frozenset(listed)), "best"))
        for item in (lean or frozenset(named.values())) - sure:
            others = frozenset(code for code in listed if named[code] != item)
            best = reading(ruleset, facts, Holding(units=others), "best")
            if ruleset.root.id not in count(best).met:
                sure.add(item)
    return tuple(code for code in listed if named[code] in sure)


def possible_units(ruleset: Ruleset, units: Mapping[str, UnitFact] | None = None) -> tuple[str, ...]:
    """Listed units that a holder may or may not have: everything listed that is not sure."""
    sure = set(sure_units(ruleset, units))
    return tuple(code for code in all_units(ruleset.root) if code not in sure)


def _required(group: Group) -> tuple[str, ...]:
    if group.kind != "all" or not group.structure_known:
        return ()
    return group.units + tuple(code for child in group.children for code in _required(child))


@dataclass(frozen=True)
class _Case:
    """One definite reading with its count."""

    reading: Reading
    count: Count
    index: Mapping[str, int]

    def places(self, group_id: str) -> frozenset[tuple[str, str]]:
        return frozenset(p for p in self.count.counted[group_id] if not p[1].startswith(GHOST))


class _Answering:
    """The worst and the best case of one question, and the node answers read from them."""

    def __init__(self, ruleset: Ruleset, units: Mapping[str, UnitFact], holding: Holding) -> None:
        self.ruleset = ruleset
        self.units = units
        self.holding = holding
        self.worst = self._case("worst", frozenset())
        self.best = self._case("best", self.worst.count.met)
        self.named = self.best.reading.item

    def _case(self, case: str, preferred: frozenset[str]) -> _Case:
        read = reading(self.ruleset, self.units, self.holding, "best" if case == "best" else "worst")
        return _Case(read, count(read, preferred), {node.id: n for n, node in enumerate(read.nodes)})

    def node(self, group: Group, depth: int) -> NodeAnswer:
        """The answer for one group and those below it."""
        children = tuple(self.node(child, depth + 1) for child in group.children)
        verdict = self._verdict(group)
        credit = self._credit(group)
        surely = len(self.worst.places(group.id))
        missing = self._missing(group)
        listed = tuple(dict.fromkeys(group.units))
        found = Found(
            verdict=verdict,
            short_list=self._short_list(group),
            credit=credit,
            units_met=surely,
            missing=missing,
            possible=self._possible(group),
            counted=tuple(sorted(unit for _, unit in self.best.places(group.id))),
            children=children,
        )
        choice = verdict != "met" and (group.kind == "choose" or not group.structure_known)
        required = group.kind == "all" and group.structure_known
        needed = max(len(listed), group.min_units or 0) if required and listed else group.min_units
        titles = {code: fact.title for code, fact in self.units.items()}
        return NodeAnswer(
            id=group.id,
            title=group.title,
            words=words(group, titles),
            verdict=verdict,
            credit_met=credit,
            credit_needed=group.min_credit,
            units_met=surely,
            units_needed=needed,
            missing=missing,
            could_add=tuple(u for u in listed if not self._held(u)) if choice else (),
            credit_short=0 if verdict == "met" else max(0, (group.min_credit or 0) - credit.known_low),
            units_short=0 if verdict == "met" else max(0, (needed or 0) - surely),
            because=because(group, found, self.units),
            depth=depth,
            children=children,
        )

    def _verdict(self, group: Group) -> Verdict:
        if group.id in self.worst.count.met:
            return "met"
        return "cannot say" if group.id in self.best.count.met else "not met"

    def _credit(self, group: Group) -> CreditRange:
        """Credit of the listed units that count, surely and at most; the unlisted part is not in it."""
        surely = worth(self.worst.reading, self.worst.index[group.id], self.worst.places(group.id))
        places = self.best.places(group.id)
        facts = [self.units.get(code, UnitFact(code)) for _, code in places]
        most = worth(self.best.reading, self.best.index[group.id], places)
        high: int | None = max(most, surely)
        if most >= plenty(self.ruleset.root) and any(fact.credit_high is None for fact in facts):
            high = group.max_credit
        unknown = 0 if high == surely else sum(not fact.credit_known for fact in facts)
        return CreditRange(surely, high, unknown)

    def _missing(self, group: Group) -> tuple[str, ...]:
        if group.kind != "all" or not group.structure_known:
            return ()
        return tuple(code for code in dict.fromkeys(group.units) if not self._held(code))

    def _held(self, code: str) -> bool:
        return self.named[code] in self.worst.reading.held

    def _possible(self, group: Group) -> tuple[str, ...]:
        places = (code for _, code in self.best.places(group.id))
        return tuple(sorted(code for code in places if not self._held(code)))

    def _short_list(self, group: Group) -> bool:
        """Whether the best case fills a gap in this group's list with units that are not listed."""
        nodes = self.best.reading.nodes
        filled = nodes[self.best.index[group.id]].units
        return any(u.startswith(GHOST) for u in filled) or f"{GHOST}{group.id}" in self.best.index

    def counted_units(self) -> tuple[CountedUnit, ...]:
        """Which unit counts in which group, surely (the worst case)."""
        places = sorted(self.worst.places(self.ruleset.root.id))
        return tuple(CountedUnit(unit, group, self._thanks_to(unit)) for group, unit in places)

    def _thanks_to(self, unit: str) -> str:
        if unit in self.holding.units:
            return unit
        return min(code for code in self.holding.units if self.named.get(code) == self.named[unit])

    def notes(self) -> tuple[str, ...]:
        """What the holder should know about what did not count, or counted as something else."""
        counted = self.counted_units()
        notes = [self._bar_note(bar, {c.unit for c in counted}) for bar in self.ruleset.barred]
        notes += [
            f"{self._title(c.held)} counts as its equivalent {self._title(c.unit)}."
            for c in counted
            if c.held != c.unit
        ]
        return tuple(note for note in notes if note)

    def _bar_note(self, bar: frozenset[str], counted: set[str]) -> str:
        listed = set(all_units(self.ruleset.root))
        held = sorted(code for code in bar & listed if self._held(code))
        if len({self.named[code] for code in held}) < 2:
            return ""
        chosen = [self._title(code) for code in held if code in counted]
        said = f"{chosen[0]} was counted, which is best for the holder" if chosen else "neither was needed"
        return f"{listing([self._title(code) for code in held])} are barred together: only one counts; {said}."

    def _title(self, code: str) -> str:
        fact = self.units.get(code)
        return f"“{fact.title}”" if fact and fact.title else code


def _held_already(ruleset: Ruleset, units: Mapping[str, UnitFact]) -> RuleAnswer:
    reason = "The qualification itself is held."
    titles = {code: fact.title for code, fact in units.items()}
    root = ruleset.root
    node = NodeAnswer(
        id=root.id,
        title=root.title,
        words=words(root, titles),
        verdict="met",
        credit_met=CreditRange(root.min_credit or 0, root.max_credit, 0),
        credit_needed=root.min_credit,
        units_met=len(sure_units(ruleset, units)),
        units_needed=root.min_units,
        missing=(),
        could_add=(),
        credit_short=0,
        units_short=0,
        because=reason,
    )
    return RuleAnswer(ruleset.target, "met", reason, (node,))


def _flat(node: NodeAnswer) -> list[NodeAnswer]:
    return [node, *(below for child in node.children for below in _flat(child))]
