"""Which columns of counts add up to which others in every row? All such sums of two or more columns, of dozens too.

Linear algebra leaves few choices: where the columns that fit under another are independent, there is one way at most
to make it of them, and each column that depends on others doubles the ways. Tables of few rows, where nearly every
column does, are searched instead. What is found is held against every row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Sum = tuple[int, tuple[int, ...]]
"""The place of a column, and those of the columns that add up to it."""
ROWS: Final = 400
"""So many rows, spread over the table, are looked at to find sums."""
FREE: Final = 12
"""With more columns than these that depend on others, choices are searched one by one."""
NEAR: Final = 1e-6
STEPS: Final = 20_000
"""So many choices are looked at in all. Only tables of a few rows of small numbers have more."""


def column_sums(numbers: Numbers) -> list[Sum]:
    """Each column that is the sum of two or more others in every row in which all of them have numbers.

    `numbers`: rows by columns, 0 or more, NaN where there is none. Columns of nothing but 0 are part of no sum; of
    columns that are alike in every row the first stands for all, and the next ones where a sum takes several.
    """
    own = _different(numbers)
    rows = np.unique(numbers[:, [alike[0] for alike in own]], axis=0)
    looked_at = rows[np.unique(np.linspace(0, len(rows) - 1, ROWS).astype(int))] if len(rows) else rows
    search = _Search(looked_at, [len(alike) for alike in own])
    found: list[Sum] = []
    relations = _relations(rows)
    for whole in np.argsort(np.nansum(rows, axis=0), kind="stable"):
        for parts in search.sums_of(int(whole)):
            more = [*found, (int(whole), parts)]
            # Where every row tells, what follows from the sums found already says nothing new.
            if _holds(rows, int(whole), parts) and (relations < 0 or _spanned(more, len(own)) == len(more)):
                found = more
            if len(found) == relations:
                return [_named(each, own) for each in found]
    return [_named(each, own) for each in found]


def _different(numbers: Numbers) -> list[list[int]]:
    """The columns that have anything in them, those together that are alike in every row."""
    found: dict[bytes, list[int]] = {}
    for at in range(numbers.shape[1]):
        if np.nansum(numbers[:, at]) > 0:
            found.setdefault(numbers[:, at].tobytes(), []).append(at)
    return list(found.values())


def _relations(rows: Numbers) -> int:
    """How many independent linear relations there are between columns; -1 where not every row tells."""
    if np.isnan(rows).any() or not rows.size:
        return -1
    return int(rows.shape[1] - np.linalg.matrix_rank(rows))


def _spanned(found: Sequence[Sum], width: int) -> int:
    vectors = np.zeros((len(found), width))
    for vector, (whole, parts) in zip(vectors, found, strict=True):
        vector[whole] = -1
        np.add.at(vector, list(parts), 1)
    return int(np.linalg.matrix_rank(vectors))


def _ways(rows: Numbers, whole: int, fits: Sequence[int], copies: Sequence[int]) -> Iterator[tuple[int, ...]] | None:
    """The choices of `fits` that add up to a column, each taken as often as there are copies of it, by what the
    independent ones of them leave open; None where that is too much.
    """
    from scipy.linalg import qr  # loaded here: who reads a rule does not wait for it

    if not fits or not len(rows):
        return None if fits else iter(())
    triangle, order = qr(rows[:, fits], mode="r", pivoting=True)
    sizes = np.abs(np.diag(triangle))
    rank = int((sizes > NEAR * max(1.0, sizes.max(initial=0.0))).sum())
    fits = [fits[at] for at in order]
    most = np.array([copies[at] for at in fits])
    if np.log2(most[rank:] + 1).sum() > FREE:
        return None
    sure, open_ = rows[:, fits[:rank]], rows[:, fits[rank:]]
    made = np.linalg.lstsq(sure, np.column_stack([rows[:, whole], open_]), rcond=None)[0]
    choices = np.array(list(product(*(range(each + 1) for each in most[rank:]))), dtype=float)
    weights = np.column_stack([made[:, 0] - choices @ made[:, 1:].T, choices])
    often = np.round(weights).astype(int)
    plain = (np.abs(weights - often) < NEAR).all(axis=1) & (often >= 0).all(axis=1) & (often <= most).all(axis=1)
    return (tuple(int(at) for at in np.repeat(fits, way)) for way in often[plain])


def _holds(rows: Numbers, whole: int, parts: Sequence[int]) -> bool:
    """Whether a sum is true of every row that has all its numbers, and each part counts in some."""
    together = rows[:, list(parts)]
    told = ~np.isnan(together).any(axis=1) & ~np.isnan(rows[:, whole])
    adds_up = np.array_equal(together[told].sum(axis=1), rows[told, whole])
    return adds_up and bool((together[told].max(axis=0, initial=0) > 0).all())


def _named(found: Sum, own: Sequence[Sequence[int]]) -> Sum:
    whole, parts = found
    return own[whole][0], tuple(sorted(column for part in set(parts) for column in own[part][: parts.count(part)]))


@dataclass
class _Search:
    """The rows that are searched, how often there is each of their columns, and how many choices were looked at."""

    rows: Numbers
    copies: Sequence[int]
    steps: int = 0

    def sums_of(self, whole: int) -> Iterator[tuple[int, ...]]:
        """Every choice of two columns or more that fill a column, as far as the rows searched show."""
        rows = self.rows[~np.isnan(self.rows[:, whole])]
        fits = [at for at in range(rows.shape[1]) if at != whole and not (rows[:, at] > rows[:, whole]).any()]
        ways = _ways(rows[~np.isnan(rows[:, [whole, *fits]]).any(axis=1)], whole, fits, self.copies)
        if ways is None:
            ways = self._filled(rows, rows[:, whole].copy(), fits, ())
        return (parts for parts in ways if len(parts) > 1)

    def _filled(
        self, rows: Numbers, missing: Numbers, fits: list[int], chosen: tuple[int, ...]
    ) -> Iterator[tuple[int, ...]]:
        self.steps += 1
        if self.steps > STEPS:
            return
        open_ = np.flatnonzero(missing > 0)
        if not open_.size:
            yield chosen
            return
        fits = [at for at in fits if not (rows[:, at] > missing).any()]
        offered = rows[open_][:, fits] * [self.copies[at] for at in fits]
        if (np.where(np.isnan(offered), np.inf, offered).sum(axis=1) < missing[open_]).any():
            return
        fills = np.isnan(offered) | (offered > 0)
        row = int(np.argmin(fills.sum(axis=1)))
        for at in (at for at, fill in zip(list(fits), fills[row], strict=True) if fill):
            fits = [other for other in fits if other != at]
            # Where a part has no number nothing is missing any more: that row is left out (NaN compares as not so).
            for often in range(1, self.copies[at] + 1):
                yield from self._filled(rows, missing - often * rows[:, at], fits, (*chosen, *(at,) * often))
