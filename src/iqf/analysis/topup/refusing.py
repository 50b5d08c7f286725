"""Why a target cannot be reached, and what would make it possible.

Promise: each requirement and statement named cannot be met by itself whatever is taken; where each can be met by
itself, a smallest set of those that cannot be met together is named.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from iqf.analysis.rule_words import name_units, number
from iqf.analysis.rules import Holding, RuleAnswer, evaluate
from iqf.analysis.topup.presolve import Open
from iqf.analysis.topup.records import Choice, Need, Option, Unmet

Feasible = Callable[[Open], bool]


def one_by_one(found: Open) -> tuple[Unmet, ...]:
    """The requirements and statements that cannot be met whatever is taken."""
    return (*_requirements(found), *_statements(found))


def together(found: Open, feasible: Feasible) -> Unmet:
    """A smallest set of requirements and statements that cannot be met together (deletion filter)."""
    kept: list[Choice | Need] = [*found.choices, *found.needs]
    for part in tuple(kept):
        fewer = [other for other in kept if other is not part]
        if not feasible(_only(found, fewer)):
            kept = fewer
    named = "; ".join(part.title or part.code if isinstance(part, Need) else part.title for part in kept)
    return Unmet(
        "together",
        "",
        named,
        "Each of these can be met, but not all of them: units that they need are barred beside each other.",
        "a unit for one of them that is not barred beside the others",
    )


def _only(found: Open, parts: Sequence[Choice | Need]) -> Open:
    choices = tuple(p for p in parts if isinstance(p, Choice))
    return replace(found, choices=choices, perhaps=choices, needs=tuple(p for p in parts if isinstance(p, Need)))


def _requirements(found: Open) -> Iterator[Unmet]:
    asked = {c.id: c for c in found.question.choices}
    for choice in found.choices:
        if not choice.options:
            yield from (_option(found, asked[choice.id], option) for option in asked[choice.id].options)


def _option(found: Open, choice: Choice, option: Option) -> Unmet:
    if option.closed:
        would = "another qualification that counts instead and is open"
        return Unmet("rule", option.code, option.title, option.closed, would)
    if option.rules is None:
        return Unmet(
            "rule",
            option.code,
            option.title,
            "Which units it is made of is not on record, and it is not among what can be taken.",
            "that its units are put on record, or that it can be taken as a whole",
        )
    units = frozenset(u for c in found.question.candidates for u in c.brings) | found.question.held_for(option.code)
    answer = evaluate(option.rules, found.question.facts, Holding(units))
    return _rule(found, option, answer)


def _rule(found: Open, option: Option, answer: RuleAnswer) -> Unmet:
    """The parts of the rule that stay open when everything that can be taken is taken."""
    lowest = [n for n in answer.nodes if n.verdict != "met" and all(c.verdict == "met" for c in n.children)]
    missing = tuple(dict.fromkeys(code for n in lowest for code in n.missing))
    titles = {code: fact.title for code, fact in found.question.facts.items()}
    said = " ".join(f"“{n.title or n.id}”: {n.because}" for n in lowest[:3])
    if missing:
        would = f"that {name_units(missing, titles, 'and')} can be taken"
    else:
        short = max((n.credit_short for n in lowest), default=0)
        would = f"{number(short, 'more credit')} on offer" if short else "that its units are put on record in full"
    return Unmet("rule", option.code, option.title, f"Even with everything that can be taken: {said}", would, missing)


def _statements(found: Open) -> Iterator[Unmet]:
    offered = {item for c in found.candidates for item in found.items_of(c) | {c.code}} | found.held_items()
    for need in found.needs:
        by = found.reaching(need)
        if not by & offered:
            far = " fully" if need.fully else ""
            why = f"Nothing that can be taken is on record as reaching it{far}."
            if by:
                why = f"What reaches it{far} cannot be taken now."
            yield Unmet(
                "statement", need.code, need.title, why, f"a unit that teaches it{far}: a gap worth reporting"
            )
