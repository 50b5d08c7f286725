"""What a check finds."""

from collections.abc import Sequence
from dataclasses import dataclass

NOTHING = "Nothing of the kind is held."


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
