"""How much of a framework do very many units reach, under any number of holders, in a blink?

Promise: the counts of `coverage`, for arrays instead of records: distinct units, judged and not judged told apart,
the strict and the lenient reading beside the count. `coverage` is the same sum done slowly; tests hold them equal.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from iqf.analysis.coverage import CoverageRow, Rule

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
PARTLY: Final = 1
FULLY: Final = 2
"""How strong a claim is; 0 is one that some rater gave and nobody accepted."""
ONLY_SOME: Final = 0
"""Only some raters gave it; 1: every one did; -1: there was one rater."""


@dataclass(frozen=True)
class Known:
    """What is known of each unit (a row) for each statement (a column); `credit` -1 where it is not known.

    `low` is what every rater gave, `high` what any rater gave.
    """

    judged: Bools
    touches: Bools
    fully: Bools
    low: Bools
    high: Bools
    credit: Ints

    @classmethod
    def of(
        cls, claims: Sequence[NDArray[Any]], judged: NDArray[Any], credit: Ints, shape: tuple[int, int]
    ) -> "Known":
        """From claims, as places of units, places of statements, strengths and whether raters agree; and from the
        places of units that were put to raters. A unit with an accepted claim was judged. `shape`: units, statements.
        """
        unit, statement, strength, agreed = claims
        accepted = strength >= PARTLY

        def marked(keep: Any) -> Bools:
            found = np.zeros(shape, bool)
            found[unit[keep], statement[keep]] = True
            return found

        seen = np.zeros(shape[0], bool)
        seen[judged] = True
        seen[unit[accepted]] = True
        return cls(
            seen,
            marked(accepted),
            marked(strength == FULLY),
            marked(accepted & (agreed != ONLY_SOME)),
            marked(slice(None)),
            credit,
        )

    def only(self, statement: int) -> "Known":
        """The same for one statement, by its place."""
        one = slice(statement, statement + 1)
        touches, fully, low, high = (part[:, one] for part in (self.touches, self.fully, self.low, self.high))
        return Known(self.judged, touches, fully, low, high, self.credit)

    def columns(self, rule: Rule) -> Ints:
        """What one unit adds to each count of a holder: how many, how many judged, without any, of which amount, of
        unknown amount; then for each statement touched, fully, low and high."""
        return self._credited if rule == "credit" else self._counted

    @cached_property
    def _counted(self) -> Ints:
        return self._weighted(self.judged.astype(np.int32), 0)

    @cached_property
    def _credited(self) -> Ints:
        weight = np.where(self.judged, np.maximum(self.credit, 0), 0).astype(np.int32)
        return self._weighted(weight, self.judged & (self.credit < 0))

    def _weighted(self, weight: Ints, unknown: Bools | int) -> Ints:
        size = self.touches.shape[1]
        found = np.empty((len(weight), HEADS + 4 * size), np.int32)
        none = self.judged & ~self.touches.any(axis=1)
        for place, head in enumerate((1, self.judged, none, weight, unknown)):
            found[:, place] = head
        for place, part in enumerate((self.touches, self.fully, self.low, self.high)):
            begin = HEADS + place * size
            np.multiply(part, weight[:, None], out=found[:, begin : begin + size])
        return found


HEADS: Final = 5


@dataclass(frozen=True)
class Counts:
    """Every holder (a row) under one rule: the numbers of `Known.columns` summed over its distinct units."""

    rule: Rule
    statements: tuple[str, ...]
    sums: Ints

    def __len__(self) -> int:
        return len(self.sums)

    @cached_property
    def touches(self) -> Ints:
        """How many units, or credits, of each holder touch each statement."""
        found: Ints = self.sums[:, HEADS : HEADS + len(self.statements)]
        return found

    @cached_property
    def seen(self) -> Bools:
        """Which holders have a judged unit."""
        found: Bools = self.sums[:, 1] > 0
        return found

    @property
    def not_judged(self) -> int:
        """How many holders have none."""
        return len(self) - int(self.seen.sum())

    @cached_property
    def areas_reached(self) -> dict[int, int]:
        """How many holders with a judged unit reach k statements."""
        found = np.bincount(np.count_nonzero(self.touches, axis=1), minlength=len(self.statements) + 1)
        found[0] -= self.not_judged
        return {k: int(n) for k, n in enumerate(found)}

    def shares(self) -> dict[str, float | None]:
        """The share of holders with a judged unit that touch each statement; under *credit*, of their credit."""
        credit = self.rule == "credit"
        whole = int(self.sums[:, 3].sum()) if credit else int(self.seen.sum())
        counts = self.touches.sum(axis=0) if credit else np.count_nonzero(self.touches, axis=0)
        return {s: int(n) / whole if whole else None for s, n in zip(self.statements, counts, strict=True)}

    def row(self, place: int, key: str, still_open: Collection[str] = ()) -> CoverageRow:
        """One holder as a record."""
        numbers = self.sums[place].tolist()
        size = len(self.statements)

        def part(n: int) -> Mapping[str, int]:
            return dict(zip(self.statements, numbers[HEADS + n * size : HEADS + (n + 1) * size], strict=True))

        total, judged, none, amount, unknown = numbers[:HEADS]
        unsure = tuple(s for s in self.statements if s in set(still_open))
        return CoverageRow(key, total, judged, part(0), part(1), part(2), part(3), none, amount, unknown, unsure)


def counts(under: Any, known: Known, statements: Sequence[str], rule: Rule) -> Counts:
    """The counts of every holder. `under`: a sparse matrix of holders by units (`matrix`), of those that count."""
    return Counts(rule, tuple(statements), np.asarray(under @ known.columns(rule)))


def matrix(rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, int]) -> Any:
    """A sparse matrix with a one for each of these places, however often it is named."""
    found = _sparse((np.ones(len(rows), np.int32), (rows, columns)), shape=shape)
    found.data[:] = 1
    return found


def ordered_matrix(rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, int]) -> Any:
    """The same from places that stand in order of their rows, each once: nothing has to be sorted."""
    begins = np.searchsorted(rows, np.arange(shape[0] + 1)).astype(np.int32)
    return _sparse((np.ones(len(rows), np.int32), columns, begins), shape=shape)


def through(holders: Any, held: Any) -> Any:
    """What holders have by way of what they hold: two matrices of ones as one matrix of ones."""
    found = _sparse(holders @ held)
    found.data[:] = 1
    return found


def _sparse(*parts: Any, **shape: Any) -> Any:
    # Loading scipy takes half a second: only who counts waits for it.
    from scipy.sparse import csr_matrix

    return csr_matrix(*parts, **shape)
