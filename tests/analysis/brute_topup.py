"""A second, naive implementation of top-ups: every subset of what can be taken, under every amount.

It shares the records and the evaluator of rules with the product (the evaluator has a naive second of its own).
"""

from dataclasses import replace
from itertools import chain, combinations, product

from iqf.analysis.rules import Holding, evaluate
from iqf.analysis.topup.records import Amount


def subsets(things):
    things = list(things)
    return chain.from_iterable(combinations(things, size) for size in range(len(things) + 1))


def same(question, unit):
    """Everything that stands for the unit, itself included."""
    found, grown = {unit}, True
    while grown:
        more = {u for c in question.equivalents if c & found for u in c}
        grown = not more <= found
        found |= more
    return found


def reached(question, units, qualifications):
    """Whether every statement is reached, under the best choice of one unit of each barred pair."""
    classes = {frozenset(same(question, u)) for u in units}
    bars = [{frozenset(same(question, u)) for u in bar} for bar in question.barred]
    bars = [bar for bar in bars if len(bar) > 1]
    for counted in subsets(classes):
        if any(len(bar & set(counted)) > 1 for bar in bars):
            continue
        codes = {u for c in counted for u in c} | set(qualifications)
        far = [{question.reach.get(code, {}).get(n.code) for code in codes} for n in question.needs]
        if all("fully" in f or ("partly" in f and not n.fully) for f, n in zip(far, question.needs, strict=True)):
            return True
    return False


def fits(question, taken):
    """Whether the target is surely reached by what is held and what is taken."""
    taken = [c for c in taken if _takeable(question, c)]
    brought = {u for c in taken for u in c.brings}
    units = question.holding.units | brought
    codes = {c.code for c in taken if c.kind == "qualification"} | question.holding.qualifications
    for choice in question.choices:
        if not any(_has(question, o, brought, codes) for o in choice.options):
            return False
    return reached(question, units, codes)


def _has(question, option, brought, codes):
    if option.code in question.holding.qualifications:
        return True
    rules = option.rules
    held_by_rule = rules and evaluate(rules, question.facts, Holding(question.held_for(option.code))).verdict
    if option.closed:
        return held_by_rule == "met"
    if option.code in codes:
        return True
    return (
        bool(rules)
        and evaluate(rules, question.facts, Holding(question.held_for(option.code) | brought)).verdict == "met"
    )


def _takeable(question, candidate):
    """Whether a qualification can be taken as a whole; a unit always can."""
    options = [o for c in question.choices for o in c.options if o.code == candidate.code]
    return all(whole(question, o) and not o.closed for o in options)


def whole(question, option):
    """Whether a qualification is taken whole: too little is on record of its units to say that they make it."""
    if option.rules is None:
        return True
    everything = frozenset(u for g in option.rules.root.walk() for u in g.units)
    return evaluate(option.rules, question.facts, Holding(everything)).verdict == "cannot say"


def all_fitting(question):
    """Every set that reaches the target. (What more is taken never hurts, so the whole decides whether any does.)"""
    if not fits(question, question.candidates):
        return []
    return [taken for taken in subsets(question.candidates) if fits(question, taken)]


def least(question, cost="credit", fitting=None, but_not=()):
    """The least cost of a set that reaches the target and holds none of the earlier sets; None: there is none."""
    fitting = all_fitting(question) if fitting is None else fitting
    costs = [
        sum(c.price(cost).low for c in taken)
        for taken in fitting
        if not any(_has_all_of(question, taken, earlier) for earlier in but_not)
    ]
    return min(costs, default=None)


def _has_all_of(question, taken, earlier):
    """Whether every code of an earlier set, or an equivalent of it, is taken."""
    codes = {c.code for c in taken}
    return all(same(question, code) & codes for code in earlier)


def cases(question):
    """The question with every amount and credit settled, in each of some ways within its bounds."""
    unsure = sorted(code for code, fact in question.facts.items() if not fact.credit_known)
    ways = [_ways(question.facts[code]) for code in unsure]
    for settled in product(*ways):
        credit = dict(zip(unsure, settled, strict=True))
        facts = {
            u: replace(f, credit_low=credit.get(u, f.credit_low), credit_high=credit.get(u, f.credit_high))
            for u, f in question.facts.items()
        }
        candidates = tuple(
            replace(c, credit=Amount(credit[c.code], credit[c.code])) if c.code in credit else c
            for c in question.candidates
        )
        yield replace(question, facts=facts, candidates=candidates)


def _ways(fact):
    low = fact.credit_low or 0
    high = low + 20 if fact.credit_high is None else fact.credit_high
    return sorted({low, (low + high) // 2, high})
