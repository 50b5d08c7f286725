"""Whether two names are of one awarding organisation: by title, other names, mergers, and near spelling.

Cautious towards saying that they differ: a brand, a former name or a merger is no disagreement.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE

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


class Owners:
    """The organisations of the catalogue, in families: all the names of one body and of its successors together."""

    def __init__(self) -> None:
        self._names: dict[int, set[str]] = defaultdict(set)
        for organisation in m.Organisation.objects.filter(LIVE):
            self._names[organisation.pk] |= _names_in(organisation.title)
        for other in m.OrganisationName.objects.filter(LIVE):
            self._names[other.organisation_id].add(plain_name(other.other_name))
        self._family = _families(self._names)

    def family(self, organisation: m.Organisation) -> set[str]:
        """Every plain name of an organisation, of those it merged into and of those that followed it."""
        return self._family.get(organisation.pk) or _names_in(organisation.title)

    def same(self, names: Iterable[str], organisation: m.Organisation) -> bool:
        """True where one of the printed names is the organisation's, or nearly."""
        said = {plain_name(n) for n in names if n}
        family = self.family(organisation)
        if said & family:
            return True
        if any(said & other for other in self._family.values()):
            return False
        return any(alike(a, b) for a in said for b in family)


def _names_in(title: str) -> set[str]:
    """The plain names in a title that may name several: CACHE / City & Guilds."""
    return {plain_name(part) for part in title.split(" / ")}


def _families(names: dict[int, set[str]]) -> dict[int, set[str]]:
    """Join the name sets that share a name, through any number of steps."""
    groups: list[tuple[set[int], set[str]]] = []
    for key, own in names.items():
        touching = [g for g in groups if g[1] & own]
        keys, said = {key}, set(own)
        for group in touching:
            keys |= group[0]
            said |= group[1]
        groups = [g for g in groups if g not in touching] + [(keys, said)]
    return {key: said for keys, said in groups for key in keys}
