"""Verdicts as they are entered at the desk, and as a draft keeps them: no judgement yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from iqf.mapping.models import Assignment


@dataclass(frozen=True)
class Given:
    """A verdict of 0, 1 or 2 as it is entered at the desk, with what is said beside it.

    `quotation`: words of the unit; `quoted_from`: which of its texts they stand in; `quoted_at`: where, from 0.
    """

    verdict: int
    doubt: bool = False
    rationale: str = ""
    quotation: str = ""
    quoted_from: str = ""
    quoted_at: int | None = None


Entered = Mapping[tuple[str, str], Given]
"""Verdicts by the statement's code and the verb."""


def drafted(held: Assignment) -> dict[tuple[str, str], Given]:
    """What a rater has entered and not handed in, by the statement's code and the verb."""
    found = {}
    for row in held.draft.get("verdicts", ()):
        said = dict(row)
        place = said.pop("statement"), said.pop("verb")
        found[place] = Given(**said)
    return found
