"""What a check finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """One case: the thing by its code, or the fact by its subject, and what is the matter with it."""

    code: str
    title: str
    matter: str


@dataclass(frozen=True)
class Found:
    """How many cases, of how many looked at, and every case."""

    count: int
    of: int
    examples: tuple[Example, ...]


def found(cases: list[Example], of: int) -> Found:
    """All cases as a finding."""
    return Found(len(cases), of, tuple(cases))
