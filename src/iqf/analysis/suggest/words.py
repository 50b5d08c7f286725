"""The words of a text as they are compared: folded, without the commonest, cut to their stems."""

import itertools
import re
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
LEAST: Final = 4
"""A stem keeps at least so many letters."""


def stem(word: str) -> str:
    """The word without its ending: `managing`, `manages`, `management` → `manag`."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            root = word[: -len(ending)]
            return root[:-1] if root.endswith("e") and len(root) > LEAST else root
    return word


def tokens(text: str) -> list[str]:
    """The stems of a text in its order, without the commonest words."""
    return [stem(word) for word in TOKEN.findall(text.casefold()) if word not in STOP]


def grams(text: str) -> list[str]:
    """Stems and pairs of neighbouring stems."""
    found = tokens(text)
    return found + [f"{a}_{b}" for a, b in itertools.pairwise(found)]
