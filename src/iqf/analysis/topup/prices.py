"""What candidates cost in one kind of cost, as numbers a solver can add up: lowest, highest, half-way.

Promise: an amount without a known upper bound is given one above twice the sum of everything else. So whatever holds
at that number holds at every higher one; half-way too, a set that does without it is cheaper than any set with it.
"""

from collections.abc import Iterable

from iqf.analysis.topup.records import Amount, Candidate, Cost


class Prices:
    """The prices of candidates in one kind of cost, whole numbers; `unbounded`: codes without an upper bound.

    `plenty`: what stands for no upper bound, where several questions are to be compared; at least that of all their
    candidates together.
    """

    def __init__(self, candidates: Iterable[Candidate], cost: Cost, plenty: int | None = None) -> None:
        self.amounts: dict[str, Amount] = {c.code: c.price(cost) for c in candidates}
        self.unbounded = frozenset(code for code, amount in self.amounts.items() if amount.high is None)
        self.plenty = plenty or 1 + 2 * sum(a.low if a.high is None else a.high for a in self.amounts.values())
        self.known = all(amount.known for amount in self.amounts.values())

    def low(self, code: str) -> int:
        """The least it can cost."""
        return self.amounts[code].low

    def high(self, code: str) -> int:
        """The most it can cost; where no bound is known, more than twice everything else together."""
        amount = self.amounts[code]
        return amount.low + self.plenty if amount.high is None else amount.high

    def middle(self, code: str) -> int:
        """Twice the price half-way between its bounds: a whole number."""
        return self.low(code) + self.high(code)
