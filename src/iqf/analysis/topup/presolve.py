"""What a holding already meets, and which candidates can matter: the question before the solver sees it.

Promise: the cost of the best answer, and of each of the next best different ones, stays what it was. What the holding
meets is left out; so is a candidate that covers nothing asked for, and one that covers only statements while enough
others cover as much for no more.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from iqf.analysis.rule_count import count_simply
from iqf.analysis.rule_programme import count
from iqf.analysis.rule_reading import item_names, reading
from iqf.analysis.rules import Group, Holding, Ruleset, UnitFact, all_units, evaluate
from iqf.analysis.topup.records import Amount, Candidate, Choice, Cost, Need, Option, Question


@dataclass(frozen=True)
class Open:
    """What is still asked for, and what could be taken for it.

    `choices`: requirements not met, each with the options that can be met. `perhaps`: the same with every option that
    is not closed. `needs`: statements not reached for sure. `item`: unit → the name of its class of equivalents.
    `told`: what was asked of this question before; what is made of it by narrowing shares it.
    """

    question: Question
    choices: tuple[Choice, ...]
    perhaps: tuple[Choice, ...]
    needs: tuple[Need, ...]
    candidates: tuple[Candidate, ...]
    item: dict[str, str]
    bars: tuple[frozenset[str], ...]
    told: dict[object, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def contested(self) -> frozenset[str]:
        """Names of the classes of which not all may count."""
        return frozenset(chain.from_iterable(self.bars))

    def items_of(self, candidate: Candidate) -> frozenset[str]:
        """The classes of units that a candidate brings."""
        known = self.told.get(candidate.brings)
        if known is None:
            known = self.told[candidate.brings] = frozenset(self.item.get(unit, unit) for unit in candidate.brings)
        return known

    def held_items(self, option: str | None = None) -> frozenset[str]:
        """The classes of units that are held for sure; those that count towards `option`, where it is named."""
        units = self.question.holding.units if option is None else self.question.held_for(option)
        return frozenset(self.item.get(unit, unit) for unit in units)

    def held_everywhere(self) -> frozenset[str]:
        """The classes of units held that count wherever they are asked for: taking them again is of no use."""
        found = self.held_items()
        for choice in self.perhaps:
            for option in choice.options:
                found &= self.held_items(option.code)
        return found

    def reaching(self, need: Need) -> frozenset[str]:
        """The classes of units, and qualifications, that reach a statement as far as it is asked."""
        known = self.told.get(need)
        if known is None:
            found = (code for code, far in self.question.reach.items() if reaches(far.get(need.code), need))
            known = self.told[need] = frozenset(self.item.get(code, code) for code in found)
        return known


def reaches(far: str | None, need: Need) -> bool:
    """Whether reaching a statement so far is as far as it is asked."""
    return far == "fully" or (far == "partly" and not need.fully)


def meets(ruleset: Ruleset, facts: dict[str, UnitFact], units: Iterable[str]) -> bool:
    """Whether these units meet a rule for sure, whatever is not known of them."""
    read = reading(ruleset, facts, Holding(units=frozenset(units)), "worst")
    return ruleset.root.id in (count_simply(read) or count(read)).met


def met_by(option: Option, question: Question, units: Iterable[str], taken: Collection[str] = ()) -> bool:
    """Whether a holder of these units, of what is held and of the qualifications `taken` has the qualification."""
    if option.code in question.holding.qualifications or option.code in taken:
        return True
    held = question.held_for(option.code) | frozenset(units)
    return option.rules is not None and meets(option.rules, dict(question.facts), held)


def whole_allowed(rules: Ruleset | None, facts: Mapping[str, UnitFact]) -> bool:
    """Whether a qualification is taken whole: only where too little is on record of its units to say that they make
    it. Where all of them surely do, or surely do not, its units decide.
    """
    if rules is None:
        return True
    return evaluate(rules, facts, Holding(frozenset(all_units(rules.root)))).verdict == "cannot say"


def opened(question: Question, cost: Cost, answers: int) -> Open:
    """The question without what is met already, and without candidates that cannot matter to `answers` answers."""
    found = _asked(question)
    takeable = tuple(_takeable(found))
    brought = frozenset(chain.from_iterable(c.brings for c in takeable))
    whole = frozenset(c.code for c in takeable)
    choices = tuple(
        replace(c, options=tuple(o for o in c.options if met_by(o, question, brought, whole))) for c in found.perhaps
    )
    narrowed = replace(found, choices=choices, candidates=takeable)
    return replace(narrowed, candidates=_that_matter(narrowed, cost, answers))


def _asked(question: Question) -> Open:
    everywhere = Ruleset("", Group("statements"), equivalents=question.equivalents)
    codes = chain(question.facts, question.reach, *(c.brings for c in question.candidates), *question.barred)
    item = item_names(everywhere, codes)
    bars = tuple(frozenset(item[code] for code in bar) for bar in question.barred)
    choices = tuple(
        replace(c, options=tuple(o for o in c.options if not o.closed))
        for c in question.choices
        if not any(met_by(o, question, ()) for o in c.options)
    )
    asked = Open(question, choices, choices, question.needs, (), item, tuple(bar for bar in bars if len(bar) > 1))
    sure = (asked.held_items() - asked.contested) | question.holding.qualifications
    return replace(asked, needs=tuple(n for n in question.needs if not asked.reaching(n) & sure))


def _takeable(found: Open) -> Iterable[Candidate]:
    """What is not held; a qualification whole only where its units on record do not make it, less what is held."""
    options = {o.code: o for c in found.question.choices for o in c.options}
    held = found.held_everywhere()
    for candidate in found.question.candidates:
        option = options.get(candidate.code)
        if candidate.code in found.question.holding.qualifications:
            continue
        if candidate.kind == "unit" and found.items_of(candidate) <= held:
            continue
        if option is None:
            yield candidate
        elif not option.closed and whole_allowed(option.rules, found.question.facts):
            yield _less_what_is_held(candidate, option, found)


def _less_what_is_held(candidate: Candidate, option: Option, found: Open) -> Candidate:
    """Units held that a qualification lists may count towards it: it costs at most its whole, at least the rest."""
    held = found.held_items(option.code)
    listed = all_units(option.rules.root) if option.rules else ()
    facts = [found.question.facts.get(u, UnitFact(u)) for u in listed if found.item.get(u, u) in held]
    if not facts:
        return candidate
    return Candidate(
        candidate.code,
        candidate.title,
        candidate.kind,
        _rest(candidate.credit, [fact.credit_high for fact in facts]),
        _rest(candidate.hours, [fact.glh for fact in facts]),
        Amount(0, candidate.pounds.high),
        candidate.brings,
    )


def _rest(whole: Amount, parts: list[int | None]) -> Amount:
    spared = None if None in parts else sum(p for p in parts if p is not None)
    return Amount(0 if spared is None else max(0, whole.low - spared), whole.high)


def _that_matter(found: Open, cost: Cost, answers: int) -> tuple[Candidate, ...]:
    """Candidates with a place in a rule, and of those that only reach statements the ones not outdone.

    A candidate is outdone by `answers` others (of different classes, none contested) that reach as much and surely
    cost no more: each of the earlier answers can keep at most one of them from standing in for it.
    """
    options = [o for c in found.perhaps for o in c.options]
    listed = {found.item.get(u, u) for o in options if o.rules for u in all_units(o.rules.root)}
    named = {o.code for o in options}
    reached = _reached(found)
    kept: list[tuple[Candidate, frozenset[str]]] = []
    in_rules = []
    for candidate in sorted(found.candidates, key=lambda c: _dearness(c.price(cost), c.code)):
        items, reach = found.items_of(candidate), reached.get(candidate.code, frozenset())
        if candidate.code in named or items & listed:
            in_rules.append(candidate)
        elif reach and (items & found.contested or not _outdone(candidate, reach, kept, found, cost, answers)):
            kept.append((candidate, reach))
    return tuple(sorted((*in_rules, *(c for c, _ in kept)), key=lambda c: c.code))


def _dearness(amount: Amount, code: str) -> tuple[int, int, int, str]:
    return amount.high is None, amount.high or 0, amount.low, code


def _reached(found: Open) -> dict[str, frozenset[str]]:
    """The statements still asked for that each candidate reaches."""
    by_need = [(need.code, found.reaching(need)) for need in found.needs]
    return {
        c.code: frozenset(code for code, by in by_need if by & (found.items_of(c) | {c.code}))
        for c in found.candidates
    }


def _outdone(
    candidate: Candidate,
    reach: frozenset[str],
    kept: list[tuple[Candidate, frozenset[str]]],
    found: Open,
    cost: Cost,
    answers: int,
) -> bool:
    least = candidate.price(cost).low
    better: set[frozenset[str]] = set()
    for other, theirs in kept:
        high = other.price(cost).high
        if high is not None and high <= least and reach <= theirs and not found.items_of(other) & found.contested:
            better.add(found.items_of(other) | ({other.code} if other.kind == "qualification" else frozenset()))
            if len(better) >= answers:
                return True
    return False
