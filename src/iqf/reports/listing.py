"""A list of things that filters: all are counted, and only the rows that somebody looks at are read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, overload

import numpy as np
from numpy.typing import NDArray

from iqf.analysis.facets import Facet, narrow
from iqf.codes import level_rank
from iqf.reports.things import Ref

AT_ONCE: Final = 500
"""So many rows are read together where all are gone through."""


@dataclass(frozen=True)
class Row:
    """One thing in a list: the thing, and the facts that the list shows and filters by."""

    thing: Ref
    facts: dict[str, Any]


ReadRows = Callable[[Sequence[int]], Mapping[int, Row]]
"""The rows of these ids, in any order."""


class Rows(Sequence[Row]):
    """The rows of a list in order; read when they are looked at."""

    def __init__(self, ids: Sequence[int], read: ReadRows) -> None:
        self._ids = ids
        self._read = read

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return self._rows(self._ids[at])
        return self._rows([self._ids[at]])[0]

    def __iter__(self) -> Iterator[Row]:
        for first in range(0, len(self), AT_ONCE):
            yield from self[first : first + AT_ONCE]

    def _rows(self, ids: Sequence[int]) -> tuple[Row, ...]:
        found = self._read(ids) if ids else {}
        # What was retired since the list was counted is not there any more.
        return tuple(found[pk] for pk in ids if pk in found)


@dataclass(frozen=True)
class Listing:
    """A list after its filters: the rows, and for each filter the values there are with how many rows each has."""

    rows: Sequence[Row]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True)
class Counted:
    """All things of a list: their ids in the order of the list, and what each counts as."""

    ids: NDArray[np.int64]
    facets: Mapping[str, Facet]


def listing(counted: Counted, filters: Mapping[str, str], read: ReadRows) -> Listing:
    """The list under these filters; a facet counts what would be left if only its own filter were lifted."""
    found = narrow(counted.ids.size, counted.facets, filters)
    facets = {name: tuple(sorted(each.items(), key=_order(name))) for name, each in found.counts.items()}
    return Listing(Rows(counted.ids[found.kept].tolist(), read), counted.ids.size, facets)


def _order(name: str) -> Callable[[tuple[str, int]], Any]:
    if name == "level":
        return lambda item: (level_rank(item[0].replace("Entry level", "E").replace(" ", "")), item[0])
    return lambda item: item[0]
