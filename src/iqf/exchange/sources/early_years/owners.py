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
SEVERAL = " / "
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
        names: dict[int, set[str]] = defaultdict(set)
        for organisation in m.Organisation.objects.filter(LIVE):
            if not _is_several(organisation.title):
                names[organisation.pk].add(plain_name(organisation.title))
        for other in m.OrganisationName.objects.filter(LIVE):
            names[other.organisation_id].add(plain_name(other.other_name))
        self._families = _families(names.values())

    def family(self, organisation: m.Organisation) -> set[str]:
        """Every plain name of an organisation, of those it merged into and of those that followed it."""
        own = {plain_name(part) for part in organisation.title.split(SEVERAL)}
        return own.union(*(f for f in self._families if f & own))

    def same(self, names: Iterable[str], organisation: m.Organisation) -> bool:
        """True where one of the printed names is the organisation's, or nearly."""
        said = {plain_name(n) for n in names if n}
        family = self.family(organisation)
        if said & family:
            return True
        if any(said & other for other in self._families):
            return False
        return any(alike(a, b) for a in said for b in family)


def _is_several(title: str) -> bool:
    """True for an entry that names several: CACHE / City & Guilds. It joins no families."""
    return SEVERAL in title


def _families(names: Iterable[set[str]]) -> list[set[str]]:
    """Join the name sets that share a name, through any number of steps."""
    families: list[set[str]] = []
    for own in names:
        touching = [f for f in families if f & own]
        families = [f for f in families if not f & own] + [own.union(*touching)]
    return families
