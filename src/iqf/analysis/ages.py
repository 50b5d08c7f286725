"""Which ages does a printed age group hold, and do some groups together make up another exactly?

Promise: words that are not surely a span of ages are None, never a guess; groups stand for another only without gap
or overlap.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

_FORMS: Final = (
    (re.compile(r"(\d{1,2})\s*(?:-|–|to)\s*(\d{1,3})"), lambda a, b: (int(a), int(b))),
    (re.compile(r"(\d{1,3})\s*(?:\+|and over|and above|or over)"), lambda a: (int(a), None)),
    (re.compile(r"(?:under|below)\s*(\d{1,2})"), lambda a: (0, int(a) - 1)),
    (re.compile(r"(\d{1,3})"), lambda a: (int(a), int(a))),
)
_AROUND: Final = re.compile(r"\b(children|young people|people|adults|aged|ages|age|years|year olds|old)\b", re.I)


@dataclass(frozen=True, order=True)
class Ages:
    """Years of age from `low` to `high`, both within; `high` None: and over."""

    low: int
    high: int | None

    def meets(self, other: "Ages") -> bool:
        """Whether some age is in both."""
        return (self.high is None or other.low <= self.high) and (other.high is None or self.low <= other.high)

    def words(self) -> str:
        """As it is read: 19 to 24, 25 and over."""
        return f"{self.low} and over" if self.high is None else f"{self.low} to {self.high}"


def ages(text: str) -> Ages | None:
    """The ages that a group names: `19-24`, `25+`, `Under 19`, `Children aged 0 to 17 years`, `16`; else None."""
    bare = _AROUND.sub(" ", text.casefold()).strip()
    for form, made in _FORMS:
        if found := form.fullmatch(bare):
            low, high = made(*found.groups())
            return Ages(low, high) if high is None or low <= high else None
    return None


def made_up_of(wanted: Ages, groups: Collection[Ages]) -> tuple[Ages, ...]:
    """The groups that together are `wanted`, in order, without gap or overlap; none where there are no such groups.

    Of several ways the one with the widest first group is taken.
    """
    if wanted in groups:
        return (wanted,)
    for first in sorted(groups, key=lambda g: -(g.high if g.high is not None else 999)):
        if first.low != wanted.low or first.high is None or (wanted.high is not None and first.high >= wanted.high):
            continue
        if rest := made_up_of(Ages(first.high + 1, wanted.high), groups):
            return (first, *rest)
    return ()


def joined(groups: Collection[Ages]) -> tuple[Ages, ...]:
    """Spans of ages that follow each other put together: 19 to 24 and 25 and over are 19 and over."""
    spans: list[Ages] = []
    for group in sorted(groups, key=lambda g: g.low):
        last = spans[-1] if spans else None
        if last and (last.high is None or group.low <= last.high + 1):
            high = None if last.high is None or group.high is None else max(last.high, group.high)
            spans[-1] = Ages(last.low, high)
        else:
            spans.append(group)
    return tuple(spans)
