"""What a check finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q, QuerySet

NOTHING = "Nothing of the kind is held."


@dataclass(frozen=True)
class Within:
    """Which things a check looks at, by their codes; None: all. It says the same of one of them either way."""

    codes: frozenset[str] | None = None

    def limit(self, rows: QuerySet[Any], *paths: str) -> QuerySet[Any]:
        """Those rows of which one of these paths is the code of a thing looked at."""
        if self.codes is None:
            return rows
        return rows.filter(reduce(or_, (Q(**{f"{path}__in": self.codes}) for path in paths)))

    def has(self, code: str) -> bool:
        """True for a thing looked at."""
        return self.codes is None or code in self.codes


EVERYTHING: Final = Within()


@dataclass(frozen=True)
class Example:
    """One case: the thing by its code, or the fact by its subject, and what is the matter with it."""

    code: str
    title: str
    matter: str


@dataclass(frozen=True)
class Found:
    """How many cases, of how many looked at, and every case; `nothing` says why where nothing was looked at."""

    count: int
    of: int
    examples: tuple[Example, ...]
    nothing: str = NOTHING


def found(cases: Sequence[Example], of: int, nothing: str = NOTHING) -> Found:
    """All cases as a finding."""
    return Found(len(cases), of, tuple(cases), nothing)
