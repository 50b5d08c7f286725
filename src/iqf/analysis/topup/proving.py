"""Is the answer the least there is, whatever the amounts not known turn out to be? If not proven, how far off?

Promise: *optimal* only where no set that may reach the target can cost less, under any amounts within their bounds.

With amounts in bounds, a set S is beaten worst where its own items cost most and all others least: amounts of items
that both have cancel out. So with price c'(i) = high(i) in S and low(i) elsewhere, the most that another set can be
cheaper is high(S) − min c'(T) over all sets T that may reach the target (the greatest regret: Inuiguchi & Sakawa,
*European Journal of Operational Research* 86 (1995) 526; Kasperski & Zieliński, *Operations Research Letters* 34
(2006) 69). It is zero exactly where S is best under all amounts. One more programme decides it. S itself is the best
set half-way between the bounds: if any set is best under all amounts, that one is, and its greatest regret is at most
twice the least possible one (the second paper). T ranges over all sets that *may* reach the target
(`search.DoubtfulSearch`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil, inf

from iqf.analysis.rule_programme import Solved
from iqf.analysis.topup.prices import Prices
from iqf.analysis.topup.search import DoubtfulSearch

_ROUNDING = 1e-6
"""What a solver's bound may lie above a whole number without meaning the next one."""


@dataclass(frozen=True)
class Proof:
    """`gap`: how much cheaper another set may be at most (None: no bound is known). `timed_out`: a limit was hit."""

    gap: int | None
    timed_out: bool


def by_the_solver(solved: Solved, chosen: Collection[str], prices: Prices, scale: int) -> Proof:
    """Where every amount is known: the solver's own proof, or its bound where it was stopped."""
    if solved.proven:
        return Proof(0, False)
    bound = max(0.0, solved.bound - scale) / (2 * scale) if solved.bound > -inf else 0.0
    spent = sum(prices.low(code) for code in chosen)
    return Proof(max(0, spent - ceil(bound - _ROUNDING)), True)


def over_the_bounds(search: DoubtfulSearch, chosen: Collection[str], prices: Prices, seconds: float) -> Proof:
    """Where amounts or credits have bounds: the most that another set may be cheaper than the chosen one."""
    solved = search.worst_for(chosen, seconds)
    spent = sum(prices.high(code) for code in chosen)
    avoidable = prices.unbounded & set(chosen)
    if solved.proven and solved.values is not None:
        avoidable -= set(search.chosen(solved))
    gap = max(0, spent - ceil(solved.bound - _ROUNDING)) if solved.bound > -inf else spent
    return Proof(None if gap and avoidable else gap, not solved.proven)
