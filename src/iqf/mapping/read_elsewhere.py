"""Judgements made elsewhere, as they are handed over to be recorded: of units and statements that are held."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """What a file says about one statement: a verdict of 0, 1 or 2, and what is said beside it."""

    verdict: int
    doubt: bool = False
    rationale: str = ""
    quotation: str = ""
    quoted_from: str = ""
    quoted_at: int | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class FromFile:
    """What a file says about one unit: its row, verdicts by statement (a primary key) and verb, and of the whole.

    A statement that is not among the verdicts was not judged. `doubt`, `rationale`: None leaves what is held.
    """

    unit: int
    row: int
    verdicts: Mapping[tuple[int, str], Verdict]
    doubt: bool | None = None
    rationale: str | None = None
