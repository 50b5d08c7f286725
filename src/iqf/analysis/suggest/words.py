"""The words of a text as they are compared: folded, without the commonest, cut to their stems."""

import itertools
import re
from functools import lru_cache
from typing import Final

TOKEN: Final = re.compile(r"[a-z][a-z0-9+#'-]+|[cr](?![a-z])")
COMMON: Final = (
    "the a an and or of to in for with on by as at from be is are that this which their its it within where other "
    "others all any how including such using"
)
STOP: Final = frozenset(COMMON.split())
ENDINGS: Final = (
    "ations", "ation", "ings", "ing", "ments", "ment", "ies", "ied", "ers", "er", "ed", "es", "s", "e", "y", "ly",
)  # fmt: skip
CHARACTERS: Final = (3, 4, 5)
LEAST: Final = 4
"""A stem keeps at least so many letters."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The word without its ending: `managing`, `manages`, `management` → `manag`."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            root = word[: -len(ending)]
            return root[:-1] if root.endswith("e") and len(root) > LEAST else root
    return word


@lru_cache(maxsize=32_768)
def tokens(text: str) -> tuple[str, ...]:
    """The stems of a text in its order, without the commonest words."""
    return tuple(stem(word) for word in TOKEN.findall(text.casefold()) if word not in STOP)


def grams(text: str) -> list[str]:
    """Stems and pairs of neighbouring stems."""
    found = tokens(text)
    return [*found, *(f"{a}_{b}" for a, b in itertools.pairwise(found))]


def character_grams(text: str) -> list[str]:
    """Three to five characters in a row, within words, the space before and after a word among them: as
    scikit-learn's `char_wb` cuts them.
    """
    found: list[str] = []
    for word in text.lower().split():
        padded = f" {word} "
        for length in CHARACTERS:
            found += [padded[at : at + length] for at in range(max(1, len(padded) - length + 1))]
            if len(padded) <= length:
                break
    return found
