"""Whether two names are of one organisation, by their words alone.

Cautious towards saying that they differ: another spelling, a longer form or initials is no disagreement.
"""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

ALIKE = 80
_FORMS = re.compile(r"\b(?:ltd|limited|plc|llp|the)\b")
_COMMON = re.compile(
    r"\b(?:awards?|awarding|qualifications?|education|training|institute|university|college|council|body|and|of|for|in)\b"
)


def plain_name(name: str) -> str:
    """A name without case, punctuation, legal form."""
    said = re.sub(r"[^a-z0-9 ]+", " ", name.casefold().replace("&", " and ").replace("'", ""))
    return " ".join(_FORMS.sub(" ", said).split())


def _telling(plain: str) -> str:
    """The words of a name that tell it from others; all of them where none does."""
    return " ".join(_COMMON.sub(" ", plain).split()) or plain


def alike(first: str, second: str) -> bool:
    """True where two plain names are spelled nearly the same, one holds the other, or one is the other's initials."""
    a, b = _telling(first), _telling(second)
    if fuzz.token_set_ratio(a, b) >= ALIKE:
        return True
    return any(len(x) > 2 and x == "".join(w[0] for w in y.split()) for x, y in ((first, second), (second, first)))


def families(names: Iterable[set[str]]) -> list[set[str]]:
    """Name sets joined where they share a name, through any number of steps: all the names of one body together."""
    joined: list[set[str]] = []
    for own in names:
        touching = [f for f in joined if f & own]
        joined = [f for f in joined if not f & own] + [own.union(*touching)]
    return joined
