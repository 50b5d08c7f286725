"""The programme of a top-up: what is taken, which rules that meets, which statements it reaches.

Promise: its solutions are exactly the sets of candidates that, with what is held, meet every requirement and reach
every statement for sure: the rules are those of `rule_programme`, read in their worst case, one copy for each
qualification, tied together by what is taken. So a unit shared by two qualifications is paid for once, and counts in
each of them once.

take[c] = candidate c is taken; for each option with rules, kept[i] = a unit of class i is relied on, at most what is
held or brought; seen[i] = a class in a barred set counts for statements. (HiGHS through scipy.)
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from iqf.analysis.rule_programme import Encoding, Programme, Solved, Terms
from iqf.analysis.rule_reading import Reading, plenty, reading
from iqf.analysis.rules import Holding, Ruleset, UnitFact, all_units
from iqf.analysis.topup.presolve import Open
from iqf.analysis.topup.prices import Prices
from iqf.analysis.topup.records import Candidate, Choice, Cost, Need, Option


class Search:
    """The programme of one question: sets that reach its target for sure."""

    def __init__(self, found: Open) -> None:
        self.found = found
        self.programme = Programme()
        self.take = {c.code: self.programme.variable() for c in found.candidates}
        self.held = found.held_items()
        self.providers: dict[str, list[int]] = {}
        for candidate in found.candidates:
            for item in found.items_of(candidate):
                self.providers.setdefault(item, []).append(self.take[candidate.code])
        self._choices()
        self._needs()

    def cut(self, codes: Iterable[str]) -> None:
        """Leave out every set that has all of these, or an equivalent of each: none but junk would be different."""
        terms: Terms = {}
        chosen = [c for c in self.found.candidates if c.code in set(codes)]
        for candidate in chosen:
            same = self.found.items_of(candidate)
            for other in self.found.candidates:
                if other.code == candidate.code or (other.kind == "unit" and self.found.items_of(other) == same):
                    terms[self.take[other.code]] = 1
        self.programme.row(terms, high=len(chosen) - 1)

    def solve(self, prices: Mapping[str, int], seconds: float, fewest: bool = True) -> Solved:
        """The least set at these prices; among those, `fewest` items. The cost and bound are scaled: see `scale`."""
        scale = self.scale if fewest else 1
        cost = {self.take[code]: float(price * scale + (1 if fewest else 0)) for code, price in prices.items()}
        return self.programme.solve(cost, seconds)

    @property
    def scale(self) -> int:
        """By how much a price weighs more than one item fewer."""
        return len(self.take) + 1

    def chosen(self, solved: Solved) -> tuple[str, ...]:
        """The codes of what is taken."""
        return tuple(code for code, variable in self.take.items() if solved.values[variable] > 0.5)

    def asked(self) -> tuple[Choice, ...]:
        """The requirements, with the options by which they can be met."""
        return self.found.choices

    def encoding(self, rules: Ruleset) -> Encoding:
        """The rows of one rule."""
        return Encoding(self.programme, reading(rules, self.found.question.facts, Holding(), "worst"), free=True)

    def by_rule(self, option: Option) -> bool:
        """Whether an option is met by its units; else it is taken whole."""
        return option.rules is not None and option.code not in self.take

    def _choices(self) -> None:
        for choice in self.asked():
            ways: Terms = {self.take[o.code]: 1 for o in choice.options if o.code in self.take}
            for option in choice.options:
                if option.rules is not None and self.by_rule(option):
                    ways[self._rule(option.rules, self.found.held_items(option.code))] = 1
            self.programme.row(ways, low=1)

    def _rule(self, rules: Ruleset, held: frozenset[str]) -> int:
        """A variable that can be 1 only where a rule is met."""
        encoding = self.encoding(rules)
        names: dict[str, set[str]] = {}
        for unit, name in encoding.reading.item.items():
            names.setdefault(name, set()).add(self.found.item.get(unit, unit))
        for name, variable in encoding.kept.items():
            items = names.get(name, {name})
            if not items & held:
                takes = dict.fromkeys((v for item in items for v in self.providers.get(item, ())), -1.0)
                self.programme.row({**takes, variable: 1}, high=0)
        return encoding.met[0]

    def _needs(self) -> None:
        seen = {item: self._seen(item) for item in sorted(self.found.contested)}
        for bar in self.found.bars:
            self.programme.row({seen[item]: 1 for item in bar}, high=1)
        for need in self.found.needs:
            self.programme.row(self._reaching(need, seen), low=1)

    def _seen(self, item: str) -> int:
        variable = self.programme.variable()
        if item not in self.held:
            takes = dict.fromkeys(self.providers.get(item, ()), -1.0)
            self.programme.row({**takes, variable: 1}, high=0)
        return variable

    def _reaching(self, need: Need, seen: Mapping[str, int]) -> Terms:
        terms: Terms = {}
        for name in sorted(self.found.reaching(need)):
            if name in seen:
                terms[seen[name]] = 1
            elif name in self.take and name not in self.providers:
                terms[self.take[name]] = 1
            else:
                terms |= dict.fromkeys(self.providers.get(name, ()), 1.0)
        return terms


class DoubtfulSearch(Search):
    """Every set that *may* reach the target: credits and levels that a rule counts may be anything within bounds.

    Where a unit is paid for in credits, the credit that a rule counts is the credit that is paid: amount[c] lies
    between the bounds of candidate c where it is taken, and a rule counts no more of it than that.
    """

    def __init__(self, found: Open, prices: Prices, cost: Cost) -> None:
        self.prices = prices
        brought = Counter(item for c in found.candidates for item in found.items_of(c))
        self.paid = {c.code for c in found.candidates if cost == "credit" and _pays_its_credit(c, found, brought)}
        self.amount: dict[str, int] = {}
        super().__init__(found)

    def asked(self) -> tuple[Choice, ...]:
        """The requirements, with every option that is not closed."""
        return self.found.perhaps

    def by_rule(self, option: Option) -> bool:
        """By units too, where an option may be taken whole."""
        return option.rules is not None

    def encoding(self, rules: Ruleset) -> Encoding:
        """The rows of one rule, with credits and levels at their highest, as far as they are not paid for."""
        most = plenty(rules.root)
        facts = self.found.question.facts
        highest = {u: at_its_highest(facts.get(u, UnitFact(u)), most) for u in all_units(rules.root)}
        return _Paid(self, reading(rules, highest, Holding(), "worst"))

    def worst_for(self, chosen: Collection[str], seconds: float) -> Solved:
        """The set that is cheapest where the items of `chosen` cost most and all others least."""
        cost: Terms = {}
        for code, take in self.take.items():
            if code in chosen:
                cost[take] = float(self.prices.high(code))
            elif code in self.amount:
                cost[self.amount[code]] = 1.0
            else:
                cost[take] = float(self.prices.low(code))
        return self.programme.solve(cost, seconds)

    def amount_of(self, code: str) -> int:
        """The variable that says what is paid for a candidate."""
        if code not in self.amount:
            high, low = float(self.prices.high(code)), float(self.prices.low(code))
            amount = self.programme.variable(high=high, whole=False)
            self.programme.row({amount: 1, self.take[code]: -high}, high=0)
            self.programme.row({amount: 1, self.take[code]: -low}, low=0)
            self.amount[code] = amount
        return self.amount[code]


class _Paid(Encoding):
    """The rows of a rule that counts no more credit of a unit than is paid for it."""

    def __init__(self, search: DoubtfulSearch, read: Reading) -> None:
        self.search = search
        super().__init__(search.programme, read, free=True)

    def credit(self, counts: int, unit: str) -> Terms:
        """The credit of a unit where it counts: a variable of its own where that credit is paid for."""
        if unit not in self.search.paid:
            return super().credit(counts, unit)
        most = float(self.reading.credit[unit])
        credit = self.programme.variable(high=most, whole=False)
        self.programme.row({credit: 1, counts: -most}, high=0)
        self.programme.row({credit: 1, self.search.amount_of(unit): -1}, high=0)
        return {credit: 1}


def _pays_its_credit(candidate: Candidate, found: Open, brought: Mapping[str, int]) -> bool:
    """Whether what is paid for a unit is its own credit, not known exactly, and nothing else can bring the unit."""
    fact = found.question.facts.get(candidate.code, UnitFact(candidate.code))
    same = (fact.credit_low or 0, fact.credit_high) == (candidate.credit.low, candidate.credit.high)
    if not same or fact.credit_known or candidate.brings != {candidate.code}:
        return False
    return all(brought[item] == 1 for item in found.items_of(candidate))


def in_doubt(found: Open) -> bool:
    """Whether a credit or level of a unit that a rule counts is not known: then more sets may reach the target."""
    options = [o for c in found.perhaps for o in c.options]
    listed = [u for o in options if o.rules for u in all_units(o.rules.root)]
    facts = (found.question.facts.get(u, UnitFact(u)) for u in listed)
    return any(not fact.credit_known or fact.level in (None, "", "Entry") for fact in facts)


def at_its_highest(fact: UnitFact, most: int) -> UnitFact:
    """A unit with the highest credit and level that it may have; `most` stands for no known bound."""
    credit = most if fact.credit_high is None else fact.credit_high
    level = "8" if not fact.level else "E3" if fact.level == "Entry" else fact.level
    return replace(fact, level=level, credit_low=credit, credit_high=credit)
