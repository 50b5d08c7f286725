"""How many things each value of each filter would leave, every filter counted under all the others.

A million things are counted in some hundredths of a second: values are numbers, and a filter is a mask.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Flags = NDArray[np.bool_]
NOT_KNOWN: Final = "not known"
Value = str | tuple[str, ...] | None


@dataclass(frozen=True)
class Facet:
    """What each of some things counts as: thing number `things[i]` has the value `labels[codes[i]]`."""

    labels: tuple[str, ...]
    things: Numbers
    codes: Numbers

    def holding(self, value: str, length: int) -> Flags:
        """Which of the things have a value."""
        flags = np.zeros(length, dtype=bool)
        if value in self.labels:
            flags[self.things[self.codes == self.labels.index(value)]] = True
        return flags

    def counts(self, among: Flags) -> dict[str, int]:
        """How many of some things have each value; values that none has are left out."""
        found = np.bincount(self.codes[among[self.things]], minlength=len(self.labels))
        return {label: int(n) for label, n in zip(self.labels, found, strict=True) if n}


@dataclass(frozen=True)
class Narrowed:
    """The numbers of the things under all filters, in order; and the counts of each filter's values."""

    kept: NDArray[np.intp]
    counts: Mapping[str, Mapping[str, int]]


def facet(values: Iterable[Value]) -> Facet:
    """One value, several or none for each thing in turn. A blank one counts as *not known*."""
    codes: dict[str, int] = {}
    things: list[int] = []
    held: list[int] = []
    for number, value in enumerate(values):
        each = dict.fromkeys(value) if isinstance(value, tuple) else (value or NOT_KNOWN,)
        for one in each:
            things.append(number)
            held.append(codes.setdefault(one, len(codes)))
    return Facet(tuple(codes), np.array(things, dtype=np.int32), np.array(held, dtype=np.int32))


def narrow(length: int, facets: Mapping[str, Facet], wanted: Mapping[str, str]) -> Narrowed:
    """The things that have every value wanted, with what any other choice would give. Filters that are blank are off.

    `length`: how many things there are. Raises KeyError for a filter that is none of the facets.
    """
    masks = {name: facets[name].holding(value, length) for name, value in wanted.items() if value}
    everything = np.ones(length, dtype=bool)

    def under(but: str = "") -> Flags:
        kept = everything
        for name, mask in masks.items():
            if name != but:
                kept = kept & mask
        return kept

    all_hold = under()
    return Narrowed(
        np.flatnonzero(all_hold),
        {name: each.counts(under(name) if name in masks else all_hold) for name, each in facets.items()},
    )
