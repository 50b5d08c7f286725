"""Cells that run a title, other titles and a description together: where the title most likely ends.

Other titles say the same in other words, so a good cut leaves a title that the words after it repeat, and that
repeats no word itself. A cell is read by itself: what stands in other rows changes nothing. Measured on the skills of
edition 1.2 (13,577 with a known title): 74 in 100 are cut in the right place.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

SMALL = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "in",
        "for",
        "to",
        "and",
        "or",
        "on",
        "with",
        "by",
        "at",
        "as",
        "from",
        "their",
        "its",
        "s",
    )
)
LONGEST = 16
"""No title has more words."""
REACH = 3
"""Another title has at most so many words more or fewer."""
ENDS = ("ations", "ation", "ings", "ing", "ment", "ers", "er", "ies", "es", "s", "ed", "e", "y")
SAME_START, LAST, REPEATS, SMALL_START = 0.15, 0.6, 0.6, 0.3
"""Weights, chosen on every third of those skills."""

_OTHER = re.compile(r"[^\w+#.-]")


def split_title(cell: str) -> tuple[str, str]:
    """The title at the beginning of a cell, and the rest of the cell."""
    words = cell.split()
    if not words:
        return "", ""
    cut = _cut(words[: 2 * LONGEST + REACH + 2])
    return " ".join(words[:cut]), " ".join(words[cut:])


def _cut(words: Sequence[str]) -> int:
    stems = [_stem(w) for w in words]
    end = _description(words)
    cuts = [k for k in range(1, min(LONGEST, end) + 1) if words[k - 1].lower() not in SMALL]
    return max(cuts, key=lambda k: (_score(words, stems, k, end), -k), default=min(end, LONGEST))


def _score(words: Sequence[str], stems: Sequence[str], cut: int, end: int) -> float:
    """How good a title the words before a cut make."""
    title = _telling(stems[:cut])
    if not title:
        return -9.0
    repeats = REPEATS * (len(title) - len(set(title)))
    if cut >= end:
        return LAST - repeats
    score = _repeated(title, stems[cut : min(end, 2 * cut + REACH)], cut)
    return score + SAME_START * (stems[cut] == stems[0]) - SMALL_START * (words[cut].lower() in SMALL) - repeats


def _repeated(title: Sequence[str], stems: Sequence[str], cut: int) -> float:
    """How much of a title of so many words the next ones repeat at best: 1 where all, less where the sizes differ."""
    best, telling, wanted = 0.0, 0, set(title)
    shared: set[str] = set()
    for size, stem in enumerate(stems, start=1):
        if stem in SMALL:
            continue
        telling += 1
        if stem in wanted:
            shared.add(stem)
        if size >= cut - REACH:
            best = max(best, 2 * len(shared) / (len(title) + telling) - 0.02 * abs(size - cut))
    return best


def _telling(stems: Iterable[str]) -> list[str]:
    return [s for s in stems if s not in SMALL]


def _description(words: Sequence[str]) -> int:
    """Where the sentence that describes begins: a capital word that an uncapitalised one follows."""
    for i in range(1, len(words)):
        sentence = words[i][:1].isupper() and words[i][1:].islower()
        if words[i] in ("A", "An", "The") or (sentence and i + 3 < len(words) and not words[i + 1][:1].isupper()):
            return i
    return len(words)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    plain = _OTHER.sub("", word.lower())
    for end in ENDS:
        if plain.endswith(end) and len(plain) - len(end) >= 3:
            return plain[: -len(end)]
    return plain
