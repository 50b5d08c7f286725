"""The parts of a text that may touch a statement on their own: the whole, its clauses, short windows of words."""

import itertools
import re
from collections.abc import Sequence
from typing import Final

Span = tuple[int, int]

BOUND: Final = re.compile(
    r"[.;:•*|\n]+\s*|,\s+|\s+[-–—]\s+|\s*[()]\s*|/|\b(?:and|or|including|such as|in order to|to ensure|ensuring|"
    r"using|by|with|e\.g\.|eg|from|through|while|whilst|when)\b",
    re.IGNORECASE,
)
"""What parts clauses: marks, and the words that join one matter to another."""
WORD: Final = re.compile(r"\w[\w'’&+#-]*")
CLAUSES: Final[tuple[int, ...]] = ()
WINDOWS: Final = (2, 3, 4, 6, 9)
"""Lengths of windows in words, for texts that say many things in a row."""
STEPS: Final = 6
"""Windows of so many words and more move by two words, shorter ones by one."""


def segments(text: str, windows: Sequence[int] = CLAUSES) -> list[Span]:
    """Places of the whole, of each clause and of windows of these many words; each wording once, in that order."""
    spans = [_trimmed(text, 0, len(text)), *_clauses(text), *_windows(text, windows)]
    told: dict[str, Span] = {}
    for start, end in spans:
        if WORD.search(text, start, end):
            told.setdefault(text[start:end].casefold(), (start, end))
    return list(told.values())


def _clauses(text: str) -> list[Span]:
    bounds = [(0, 0), *(m.span() for m in BOUND.finditer(text)), (len(text), len(text))]
    return [_trimmed(text, before[1], after[0]) for before, after in itertools.pairwise(bounds)]


def _windows(text: str, lengths: Sequence[int]) -> list[Span]:
    words = [m.span() for m in WORD.finditer(text)]
    return [
        (words[at][0], words[at + length - 1][1])
        for length in lengths
        for at in range(0, len(words) - length + 1, 2 if length >= STEPS else 1)
    ]


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), max(start, end - (len(part) - len(part.rstrip())))
