"""How many would be expected of each area's people, group by group, if all took part as often as in the whole?

Promise: a group of which a number is missing makes the sum unknown, never smaller. (Indirect standardisation: N. E.
Breslow and N. E. Day, Statistical Methods in Cancer Research II (1987), p. 65. METHODS, *Take-up and supply*.)
"""

from collections.abc import Mapping, Sequence

Numbers = Mapping[str, float | None]
"""A number for each group; None: not published."""


def summed(areas: Mapping[str, Numbers]) -> dict[str, float | None]:
    """All areas together, group by group; None for a group of which any area lacks the number or the row."""
    groups = dict.fromkeys(group for numbers in areas.values() for group in numbers)
    return {group: together([numbers.get(group) for numbers in areas.values()]) for group in groups}


def rates(counted: Numbers, people: Numbers) -> dict[str, float | None]:
    """How many were counted for each of the people of a group, in the whole; None where that cannot be said.

    Groups are those of `counted`; a group without its people, or of nobody, has no rate.
    """
    return {group: _rate(count, people.get(group)) for group, count in counted.items()}


def expected(rate: Numbers, people: Numbers) -> float | None:
    """E = Σ rate of a group × people of the group; None where either is missing for any group."""
    parts = [None if r is None or (p := people.get(group)) is None else r * p for group, r in rate.items()]
    return together(parts)


def _rate(count: float | None, people: float | None) -> float | None:
    return None if count is None or not people else count / people


def together(values: Sequence[float | None]) -> float | None:
    """The sum of some numbers; None where one is missing or there is none: hidden parts are never passed over."""
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
