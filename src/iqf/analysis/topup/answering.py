"""The top-up: the least-cost set that takes a holding to a target, its proof, and the next best different answers.

Promise: exact, by mixed-integer programming (HiGHS through scipy): of all sets of candidates that reach the target
for sure, the one that costs least, and of those the one with fewest items. Never a silent greedy: *optimal* is said
only where it is proven (`proving`), else the gap is said. Where the solver is stopped before it has an answer, one is
made by leaving out of everything whatever is not needed, dearest first, and the words say that time ran out.

A different answer is one that does not have all items of an earlier one (nor an equivalent of each): the same with
something to spare is not different. (METHODS, *Routes, top-ups, composition*.)

    from iqf.analysis.topup.answering import top_up
    from iqf.analysis.topup.records import Amount, Candidate, Choice, Need, Option, Question
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from iqf.analysis.rule_words import number
from iqf.analysis.topup.explaining import explained
from iqf.analysis.topup.presolve import Open, opened
from iqf.analysis.topup.prices import Prices
from iqf.analysis.topup.proving import Proof, by_the_solver, over_the_bounds
from iqf.analysis.topup.records import COSTS, Answer, Candidate, Cost, Question, Status, TopUp, Unmet, total
from iqf.analysis.topup.refusing import one_by_one, together
from iqf.analysis.topup.search import DoubtfulSearch, Search, in_doubt

SECONDS = 10.0
"""How long each programme may take before its best answer so far is given, with the gap."""

UNITS: dict[Cost, tuple[str, str]] = {
    "credit": ("credit", "credits"),
    "hours": ("guided learning hour", "guided learning hours"),
    "pounds": ("pound", "pounds"),
}


def top_up(
    question: Question,
    cost: Cost = "credit",
    alternatives: int = 3,
    seconds: float = SECONDS,
    plenty: int | None = None,
) -> TopUp:
    """The least that takes the holding to the target, in credits, guided learning hours or pounds.

    `alternatives`: how many of the next best different answers to look for. `seconds`: limit for each programme.
    `plenty`: what stands for no upper bound (`Prices`), where answers to several questions are to be compared.
    Raises RuleError or TopUpError on records that cannot be read, SolverError if the solver fails.
    """
    found = opened(question, cost, alternatives + 1)
    if not found.choices and not found.needs:
        nothing = Answer((), "optimal", 0, {name: total(()) for name in COSTS})
        return TopUp(question.target, cost, "optimal", "What is held is enough: nothing more is needed.", nothing)
    unmet = one_by_one(found)
    if unmet:
        return _impossible(question, cost, unmet)
    answers = list(_Answers(found, cost, seconds, plenty).up_to(alternatives + 1))
    if not answers:
        return _impossible(question, cost, (together(found, _fits),))
    best = answers[0]
    return TopUp(question.target, cost, best.status, words(best, cost), best, tuple(answers[1:]))


def words(answer: Answer, cost: Cost) -> str:
    """What may be claimed of an answer, in a sentence."""
    items, these = number(len(answer.items), "item"), "this" if len(answer.items) == 1 else "these"
    if answer.timed_out and answer.gap != 0:
        how = f"by at most {number_of(answer.gap, cost)}" if answer.gap is not None else "by an amount without bound"
        return f"This reaches the target. The search was stopped at its time limit: another may cost less, {how}."
    if answer.status == "optimal":
        more = ", whatever the amounts not known turn out to be" if answer.cost[cost].unknown_items else ""
        return f"Nothing that reaches the target costs less than {these} {items}{more}."
    if answer.gap is None:
        return "This reaches the target. What it costs is not known and has no upper bound, so another may cost less."
    most = number_of(answer.gap, cost)
    if answer.cost[cost].unknown_items:
        return (
            f"This reaches the target. What it costs is not known exactly; another may cost less, by at most {most}."
        )
    known = f"Of all sets that surely reach the target at a known number of {UNITS[cost][1]}, none costs less."
    return f"{known} Where that is not on record another may, by at most {most}."


def number_of(amount: int, cost: Cost) -> str:
    """An amount in words: `3 credits`."""
    one, many = UNITS[cost]
    return f"{amount:,} {one if amount == 1 else many}"


def _impossible(question: Question, cost: Cost, unmet: tuple[Unmet, ...]) -> TopUp:
    said = "No set of what can be taken reaches the target."
    return TopUp(question.target, cost, "impossible", said, None, (), unmet)


def _fits(found: Open) -> bool:
    """Whether taking everything reaches what is asked."""
    return Search(found).programme.solve({}).values is not None


@dataclass
class _Answers:
    """The answers to one open question, best first."""

    found: Open
    cost: Cost
    seconds: float
    plenty: int | None = None

    @cached_property
    def search(self) -> Search:
        return Search(self.found)

    @cached_property
    def prices(self) -> Prices:
        return Prices(self.found.candidates, self.cost, self.plenty)

    @cached_property
    def doubtful(self) -> DoubtfulSearch | None:
        """The programme over all sets that may reach the target; None where every amount and credit is known."""
        if self.prices.known and not in_doubt(self.found):
            return None
        return DoubtfulSearch(self.found, self.prices, self.cost)

    def up_to(self, most: int) -> Iterator[Answer]:
        """So many answers, each the best that differs from those before."""
        for _ in range(most):
            answer = self._next(first=_ == 0)
            if answer is None:
                return
            yield answer
            codes = [item.candidate.code for item in answer.items]
            self.search.cut(codes)
            if self.doubtful:
                self.doubtful.cut(codes)

    def _next(self, first: bool) -> Answer | None:
        solved = self.search.solve({c: self.prices.middle(c) for c in self.search.take}, self.seconds)
        if solved.values is not None:
            chosen = self.search.chosen(solved)
        elif first and not solved.proven and _fits(self.found):
            chosen = _left_out(self.found, self.prices)
        else:
            return None
        if self.doubtful:
            proof = over_the_bounds(self.doubtful, chosen, self.prices, self.seconds)
        else:
            proof = by_the_solver(solved, chosen, self.prices, self.search.scale)
        return self._answer(chosen, replace(proof, timed_out=proof.timed_out or not solved.proven))

    def _answer(self, chosen: tuple[str, ...], proof: Proof) -> Answer:
        said = explained(self.found, chosen)
        taken: list[Candidate] = [item.candidate for item in said.items]
        status: Status = "optimal" if proof.gap == 0 else "feasible"
        sums = {name: total(c.price(name) for c in taken) for name in COSTS}
        return Answer(said.items, status, proof.gap, sums, said.via, proof.timed_out)


def _left_out(found: Open, prices: Prices) -> tuple[str, ...]:
    """Everything but what can be left out, tried dearest first: what reaches the target with nothing to spare."""
    kept = sorted(found.candidates, key=lambda c: (-prices.middle(c.code), c.code))
    for candidate in tuple(kept):
        fewer = [c for c in kept if c is not candidate]
        if _fits(replace(found, candidates=tuple(fewer))):
            kept = fewer
    return tuple(c.code for c in kept)
