"""What has changed between two texts, word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Kind = Literal["same", "gone", "new", "cut"]
AROUND: Final = 12
"""So many words of what stayed are shown on either side of a change; more of them are cut."""
_WORDS: Final = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A run of words: the same in both texts, gone from the first, new in the second; or cut: the same, left out."""

    kind: Kind
    text: str


def difference(before: str, after: str, *, around: int | None = AROUND) -> tuple[Piece, ...]:
    """The pieces of two texts in order: gone and same make the first text, new and same the second.

    `around`: of a run that stayed, so many words beside a change are kept and the rest is cut; None keeps all, and
    then nothing of either text is lost.
    """
    one, two = _WORDS.findall(before), _WORDS.findall(after)
    pieces = list(_runs(one, two))
    return tuple(pieces if around is None else _cut(pieces, around))


def _runs(one: Sequence[str], two: Sequence[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(one[a:b]))
            continue
        if b > a:
            yield Piece("gone", "".join(one[a:b]))
        if d > c:
            yield Piece("new", "".join(two[c:d]))


def _cut(pieces: Sequence[Piece], around: int) -> Iterator[Piece]:
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        words = _WORDS.findall(piece.text)
        head, tail = (around if place else 0), (around if place < last else 0)
        if piece.kind != "same" or len(words) <= head + tail + 1:
            yield piece
            continue
        if head:
            yield Piece("same", "".join(words[:head]))
        yield Piece("cut", "".join(words[head : len(words) - tail]))
        if tail:
            yield Piece("same", "".join(words[-tail:]))
