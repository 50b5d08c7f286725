"""The part of a large question that can matter to some target: one reading of the data serves many targets.

Promise: the answer is that of the whole question. What can matter is what the rules list, what reaches the
statements, and what is equivalent to any of that or barred with it; what brings none of it is in no answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from iqf.analysis.rules import all_units
from iqf.analysis.topup.records import Choice, Need, Question

T = TypeVar("T")


class Narrowing:
    """A question about everything, of which the part that matters to any choices and needs is found quickly."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._reaching: dict[str, list[str]] = defaultdict(list)
        for code, far in question.reach.items():
            for statement in far:
                self._reaching[statement].append(code)
        self._bringing: dict[str, list[int]] = defaultdict(list)
        for n, candidate in enumerate(question.candidates):
            for code in {candidate.code, *candidate.brings}:
                self._bringing[code].append(n)
        self._equivalents = _places(question.equivalents)
        self._barred = _places(question.barred)

    def of_use(self, choices: Iterable[Choice], needs: Iterable[Need]) -> frozenset[str]:
        """The units and qualifications that can matter to these, as codes."""
        options = [option for choice in choices for option in choice.options]
        found = {option.code for option in options}
        found |= {unit for option in options if option.rules for unit in all_units(option.rules.root)}
        found |= {code for need in needs for code in self._reaching.get(need.code, ())}
        fresh = found
        while fresh:
            tied = {unit for group in self._tied(fresh) for unit in group}
            fresh = tied - found
            found |= fresh
        return frozenset(found)

    def asking(self, choices: tuple[Choice, ...], needs: tuple[Need, ...]) -> Question:
        """The question for these alone."""
        whole, of_use = self.question, self.of_use(choices, needs)
        candidates = _in_order(whole.candidates, self._bringing, of_use)
        known = of_use.union(*(candidate.brings for candidate in candidates))
        return replace(
            whole,
            choices=choices,
            needs=needs,
            candidates=candidates,
            facts={code: whole.facts[code] for code in known if code in whole.facts},
            reach={code: whole.reach[code] for code in of_use if code in whole.reach},
            equivalents=_in_order(whole.equivalents, self._equivalents, known),
            barred=_in_order(whole.barred, self._barred, known),
        )

    def _tied(self, codes: Iterable[str]) -> Iterable[frozenset[str]]:
        """The equivalents of these, and what is barred with them."""
        listed = list(codes)
        yield from _in_order(self.question.equivalents, self._equivalents, listed)
        yield from _in_order(self.question.barred, self._barred, listed)


def _places(groups: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    """In which of the groups each unit is."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        for unit in group:
            found[unit].append(n)
    return found


def _in_order(every: Sequence[T], places: dict[str, list[int]], codes: Iterable[str]) -> tuple[T, ...]:
    """Those that any of the codes stands in, in the order in which all stand."""
    return tuple(every[n] for n in sorted({n for code in codes for n in places.get(code, ())}))
