"""What is a set of units like: how large, at which levels, whose, and how like each qualification there is?

Promise: sizes and shares are ranges where credit is not known; likeness is the share of units in common, where a unit
also counts as another that is its equivalent or has its title at its level. Never a claim that two are one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iqf.analysis.overlap import plain_title
from iqf.analysis.rules import UnitFact
from iqf.analysis.size import size
from iqf.analysis.topup.records import Amount, Total, total

NEAR_AT = 0.8
"""From this likeness on a qualification is called nearly the same."""


@dataclass(frozen=True)
class Share:
    """One level or owner: how many units, and their credit. `part`: of all credit, at half-way (None: no bound)."""

    key: str
    units: int
    credit: Total
    part: float | None


@dataclass(frozen=True)
class Like:
    """A qualification beside the set. `score`: units in common of all units of both (Jaccard 1901), 0 to 1.

    `inside`: how much of the set stands in it, 0 to 1. `units`: how many units it lists.
    """

    code: str
    score: float
    inside: float
    units: int

    @property
    def near(self) -> bool:
        """Whether the two are nearly the same, or all of the set stands in it."""
        return self.score >= NEAR_AT or self.inside == 1


def sizes(credit: Total) -> tuple[str, ...]:
    """`award`, `certificate`, `diploma`: the one that it is, or those that it may be where credit is not known."""
    least, most = size(max(1, credit.low)), "diploma" if credit.high is None else size(max(1, credit.high))
    every = ("award", "certificate", "diploma")
    return every[every.index(least) : every.index(most) + 1]


def shares(of: Mapping[str, Amount], keys: Mapping[str, str]) -> tuple[Share, ...]:
    """The units by level, owner or whatever `keys` says of each, most credit first."""
    grouped: dict[str, list[Amount]] = defaultdict(list)
    for code, amount in of.items():
        grouped[keys[code]].append(amount)
    whole = _middle(total(of.values()))
    found = []
    for key, amounts in grouped.items():
        own = total(amounts)
        middle = _middle(own)
        found.append(Share(key, len(amounts), own, middle / whole if middle is not None and whole else None))
    return tuple(sorted(found, key=lambda s: (-s.credit.low, -s.units, s.key)))


def _middle(credit: Total) -> float | None:
    return None if credit.high is None else (credit.low + credit.high) / 2


def alike(
    chosen: Iterable[str],
    existing: Mapping[str, Iterable[str]],
    facts: Mapping[str, UnitFact],
    item: Mapping[str, str] | None = None,
) -> tuple[Like, ...]:
    """Qualifications that have a unit in common with the set, likest first.

    `existing`: by qualification, the units that it lists. `item`: unit → the name of its class of equivalents.
    """
    own = same_units(chosen, facts, item or {})
    found = []
    for code, units in existing.items():
        theirs = same_units(units, facts, item or {})
        common = len(own & theirs)
        if common:
            found.append(Like(code, common / len(own | theirs), common / len(own), len(theirs)))
    return tuple(sorted(found, key=lambda like: (not like.near, -like.score, -like.inside, like.code)))


def same_units(units: Iterable[str], facts: Mapping[str, UnitFact], item: Mapping[str, str]) -> frozenset[str]:
    """The units by what they are: title and level where they have a title, else the class of equivalents."""
    found = set()
    for code in units:
        name = item.get(code, code)
        fact = facts.get(name) or facts.get(code)
        found.add(f"{plain_title(fact.title)}|{fact.level or ''}" if fact and fact.title else name)
    return frozenset(found)
