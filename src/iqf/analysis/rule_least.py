"""What a group comes to without one of its units, as a sum that is never below the truth.

The programme's own sums (`rule_programme.Encoding.worth`) are never above it, as who asks whether a minimum is
reached must not be told more than there is. Who asks whether one would be missed must not be told less.
"""

from iqf.analysis.rule_count import Place, places_below
from iqf.analysis.rule_programme import Encoding, Programme, Terms
from iqf.analysis.rule_reading import Reading

Seen = tuple[int, int, int, Place | None]
"""A group, the group above that it counts towards, the least level rank, and the place that is left out."""


class Least:
    """The sums of one holder's groups, each described once."""

    def __init__(self, programme: Programme, read: Reading, holder: Encoding) -> None:
        self.programme, self.read, self.holder = programme, read, holder
        self._described: dict[Seen, Terms] = {}
        self._below = [frozenset(places_below(read, index)) for index in range(len(read.nodes))]

    def with_it(self, index: int, rank: int | None) -> Terms:
        """What a group comes to: units (`rank` None), or credit at a level rank and above."""
        if rank is None:
            return dict.fromkeys(self.holder.counted[index].values(), 1.0)
        return dict(self.holder.worth(index, index, rank))

    def without(self, index: int, rank: int | None, place: Place) -> Terms:
        """The same without the unit at a place, and never less than it is."""
        if rank is None:
            return {v: 1.0 for p, v in self.holder.counted[index].items() if p != place}
        return dict(self._credit(index, index, rank, place))

    def most(self, terms: Terms) -> float:
        """The most that a sum can come to."""
        return sum(amount * self.programme.high[variable] for variable, amount in terms.items())

    def _credit(self, index: int, seen: int, rank: int, left_out: Place | None) -> Terms:
        key = (index, seen, rank, left_out if left_out in self._below[index] else None)
        if key not in self._described:
            self._described[key] = self._capped(index, self._sum(*key))
        return self._described[key]

    def _sum(self, index: int, seen: int, rank: int, left_out: Place | None) -> Terms:
        node, counted = self.read.nodes[index], self.holder.counted[seen]
        terms: Terms = {}
        for unit in node.units:
            place = (node.id, unit)
            if self.read.rank[unit] >= rank and place != left_out:
                terms[counted[place]] = float(self.read.credit[unit])
        for child in node.children:
            for variable, amount in self._credit(child, seen, rank, left_out).items():
                terms[variable] = terms.get(variable, 0.0) + amount
        bonus = self.holder.bonus(index, rank)
        if bonus and left_out is None:
            full = self.programme.variable(whole=False)
            below = [counted[place] for place in self._below[index]]
            self.programme.row({full: 1.0, **dict.fromkeys(below, -1.0)}, low=1.0 - len(below))
            terms[full] = float(bonus)
        return terms

    def _capped(self, index: int, terms: Terms) -> Terms:
        """A variable that is the group's maximum or more, or what the sum comes to or more, whichever suits."""
        cap, most = self.read.nodes[index].max_credit, self.most(terms)
        if cap is None or most <= cap:
            return terms
        total, at_cap = self.programme.variable(high=most, whole=False), self.programme.variable()
        self.programme.row({total: 1.0, at_cap: -float(cap)}, low=0)
        self.programme.row({total: 1.0, at_cap: most, **{v: -amount for v, amount in terms.items()}}, low=0)
        return {total: 1.0}
