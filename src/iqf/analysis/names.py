"""Whether two names are of one organisation, by their words alone; and what a printed name says beside the name.

Cautious towards saying that they differ: another spelling, a longer form or initials is no disagreement.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

ALIKE = 80
_FORMS = re.compile(r"\b(?:ltd|limited|plc|llp|the)\b")
_COMMON = re.compile(
    r"\b(?:awards?|awarding|qualifications?|education|training|institute|university|college|council|body|and|of|for|in)\b"
)
_BRACKET = re.compile(r"\s*\(((?:[^()]|\([^()]*\))*)\)")
_TRADING = re.compile(r"^(.+?)\s+(?:trading as|t/a)\s+(.+)$", re.IGNORECASE)
_NOTATIONS = (
    ("former", re.compile(r"^form(?:er|al)ly (?:known as )?(.+)$", re.IGNORECASE)),
    ("now", re.compile(r"^now (?:known as )?(.+)$", re.IGNORECASE)),
    ("trading", re.compile(r"^(?:trading as|t/a)(?: as)? (.+)$", re.IGNORECASE)),
    ("", re.compile(r"^(the)$|^(?:note:|not |withdrawn |in liquidation|part of |ceased )|^EPA\d{4}$", re.IGNORECASE)),
)
"""What brackets after a name may say. The last says nothing of the name."""
_MANY = re.compile(r"^(?:various|all|any|multiple)\b", re.IGNORECASE)
_SHORT = re.compile(r"^[A-Za-z][A-Za-z0-9&]{1,7}$", re.ASCII)


@dataclass(frozen=True)
class OtherName:
    """A name and what it is: `name`, `registered`, `legal`, `trading`, `former`, `acronym`, or `now`."""

    kind: str
    text: str


def read_name(printed: str) -> tuple[OtherName, ...]:
    """The names in a printed name: the name itself first, then what the notation adds.

    "Edexcel (now Pearson Education Ltd)", "X (formerly Y)", "X trading as Y", "X (ACR)", "X (The)". Brackets in any
    other use are part of the name. None for "Various Awarding Organisations" and the like, which name nobody.
    """
    said = " ".join(printed.split())
    if not said or names_nobody(said):
        return ()
    others: list[OtherName] = []
    name = " ".join(_BRACKET.sub(lambda found: _taken(found, said, others), said).split())
    if match := _TRADING.match(name):
        name = match[1]
        others.append(OtherName("trading", match[2]))
    return (OtherName("name", name or said), *others)


def _taken(found: re.Match[str], said: str, others: list[OtherName]) -> str:
    """What stays of a bracket in the name: nothing where it is a known notation, which goes among the others."""
    inside = found[1].strip()
    for kind, notation in _NOTATIONS:
        if match := notation.match(inside):
            if kind:
                others.append(OtherName(kind, match[1].strip()))
            return ""
    if _SHORT.match(inside) and is_short_for(inside, said[: found.start()]):
        others.append(OtherName("acronym", inside))
        return ""
    return found[0]


def is_short_for(short: str, name: str) -> bool:
    """True where a word with several capitals begins as the name does and has its letters in their order."""
    letters, rest = short.casefold().replace("&", ""), iter(plain_name(name).replace(" ", ""))
    if sum(c.isupper() for c in short) < 2 or not plain_name(name).startswith(letters[:1]):
        return False
    return all(letter in rest for letter in letters)


def plain_name(name: str) -> str:
    """A name without case, punctuation, legal form."""
    said = re.sub(r"[^a-z0-9 ]+", " ", name.casefold().replace("&", " and ").replace("'", ""))
    return " ".join(_FORMS.sub(" ", said).split())


def without_brackets(name: str) -> str:
    """A name in plain letters without what stands in brackets: "social worker" of "Social Worker (Degree)"."""
    return plain_name(_BRACKET.sub("", name))


def names_nobody(printed: str) -> bool:
    """True for "Various Awarding Organisations" and the like: many, and none of them."""
    return bool(_MANY.match(" ".join(printed.split())))


def telling_words(name: str) -> str:
    """The words of a name that tell it from others, made plain; all of them where none does."""
    plain = plain_name(name)
    return " ".join(_COMMON.sub(" ", plain).split()) or plain


def alike(first: str, second: str) -> bool:
    """True where two plain names are spelled nearly the same, one holds the other, or one is the other's initials."""
    a, b = telling_words(first), telling_words(second)
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
