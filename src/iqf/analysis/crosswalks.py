"""What does a claim about one framework say of another, by way of a crosswalk between their statements?

Promise: nothing gains strength on the way. A claim passes statement by statement, each hop lets through what its
relation warrants, and the weakest hop decides; every derived claim carries its whole path. Two frameworks are joined
only by the hops that are given: no third one is ever gone through unasked. (Relations as in SSSOM and CASE.)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from iqf.analysis.coverage import Claim, Strength

Relation = Literal["equal", "subset", "superset", "intersects", "none"]
INVERSE: Final[Mapping[str, Relation]] = {
    "equal": "equal",
    "subset": "superset",
    "superset": "subset",
    "intersects": "intersects",
    "none": "none",
}
_POSSIBLE, _PARTLY, _FULLY = 1, 2, 3
_LEVEL: Final[Mapping[Strength | None, int]] = {None: _POSSIBLE, "partly": _PARTLY, "fully": _FULLY}
_STRENGTH: Final[Mapping[int, Strength | None]] = {_POSSIBLE: None, _PARTLY: "partly", _FULLY: "fully"}
_LETS_THROUGH: Final[Mapping[str, Mapping[int, int]]] = {
    "equal": {_FULLY: _FULLY, _PARTLY: _PARTLY},
    "subset": {_FULLY: _PARTLY, _PARTLY: _PARTLY},
    "superset": {_FULLY: _FULLY, _PARTLY: _POSSIBLE},
    "intersects": {_FULLY: _PARTLY, _PARTLY: _POSSIBLE},
}
"""By relation of the statement that is left to the one that is reached. All of a whole holds its parts; a part of a
whole may miss any other part of it.
"""


@dataclass(frozen=True)
class Hop:
    """Statement `first` of one framework stands in `relation` to `second` of another: it equals it, is a subset…

    `sure`: the texts were compared. Otherwise (by title only, or nobody said how) at most *partly* gets through.
    """

    first: str
    second: str
    relation: str
    sure: bool = False

    @property
    def turned(self) -> "Hop":
        """The same from the other side."""
        return Hop(self.second, self.first, INVERSE[self.relation], self.sure)


@dataclass(frozen=True)
class Derived:
    """A claim about a statement at the end of a path, with the hops it came by. Its strength None: possible only."""

    claim: Claim
    path: tuple[Hop, ...]


def passed(strength: Strength | None, hop: Hop) -> tuple[Strength | None] | None:
    """The strength that a claim has after a hop, in a tuple; None where nothing passes. Strength None: possible."""
    if hop.relation == "none":
        return None
    level = _LETS_THROUGH[hop.relation].get(_LEVEL[strength], _POSSIBLE)
    return (_STRENGTH[level if hop.sure else min(level, _PARTLY)],)


def derive(claims: Iterable[Claim], hops: Sequence[Hop], above: Mapping[str, str]) -> tuple[Derived, ...]:
    """What claims about one framework say of another. `above`: what each statement of the first stands under, if any.

    A claim below the statement that a hop leaves is a claim about a part of it: *partly*. Of several ways to one unit
    and statement the strongest counts, and of these the first.
    """
    return step([Derived(claim, ()) for claim in claims], hops, above)


def step(held: Iterable[Derived], hops: Sequence[Hop], above: Mapping[str, str]) -> tuple[Derived, ...]:
    """One step further along a path, as `derive`."""
    leaving: dict[str, list[Hop]] = {}
    for hop in hops:
        leaving.setdefault(hop.first, []).append(hop)
    best: dict[tuple[str, str], Derived] = {}
    for one in held:
        for hop, strength in _ways(one.claim, leaving, above):
            claim = Claim(one.claim.unit, hop.second, strength, one.claim.agreed)
            place = (claim.unit, claim.statement)
            if place not in best or _LEVEL[strength] > _LEVEL[best[place].claim.strength]:
                best[place] = Derived(claim, (*one.path, hop))
    return tuple(best.values())


def _ways(
    claim: Claim, leaving: Mapping[str, Sequence[Hop]], above: Mapping[str, str]
) -> list[tuple[Hop, Strength | None]]:
    """The hops that a claim can take, from its statement or from one that it is a part of; what passes by each."""
    found: list[tuple[Hop, Strength | None]] = []
    at: str | None = claim.statement
    strength = claim.strength
    while at is not None:
        for hop in leaving.get(at, ()):
            through = passed(strength, hop)
            if through:
                found.append((hop, through[0]))
        at = above.get(at)
        strength = strength and "partly"
    return found


def raised(claims: Iterable[Claim], above: Mapping[str, str]) -> tuple[Claim, ...]:
    """Derived claims at the top statements they stand under: all of a part is a part of the whole."""
    found = []
    for claim in claims:
        at, strength = claim.statement, claim.strength
        while (parent := above.get(at)) is not None:
            at, strength = parent, strength and "partly"
        found.append(Claim(claim.unit, at, strength, claim.agreed))
    return tuple(found)


def led_to(steps: Sequence[Sequence[Hop]], aboves: Sequence[Mapping[str, str]]) -> frozenset[str]:
    """The statements to which any way leads. `aboves`: of each framework that is left, what stands under what."""
    held: set[str] | None = None
    for hops, above in zip(steps, aboves, strict=True):
        leaving = None if held is None else {code for one in held for code in (one, *_ancestors(one, above))}
        held = {h.second for h in hops if h.relation != "none" and (leaving is None or h.first in leaving)}
    return frozenset(held or ())


def _ancestors(code: str, above: Mapping[str, str]) -> list[str]:
    found = []
    while code in above:
        code = above[code]
        found.append(code)
    return found


def told_whole(steps: Sequence[Sequence[Hop]]) -> frozenset[str]:
    """The statements at the end of which nothing found means nothing taught.

    There must be a way to them on which every statement that is left holds all of the one that is reached, surely.
    """
    held: frozenset[str] | None = None
    for hops in steps:
        safe = [h for h in hops if h.sure and h.relation in ("equal", "superset")]
        held = frozenset(h.second for h in safe if held is None or h.first in held)
    return held or frozenset()
