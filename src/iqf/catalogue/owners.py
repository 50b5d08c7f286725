"""The organisations of the catalogue by every name they have, their predecessors and their successors."""

from collections import defaultdict
from collections.abc import Iterable

from iqf.analysis.names import alike, families, plain_name
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE

SEVERAL = " / "


class Owners:
    """The organisations of the catalogue, in families: all the names of one body and of its successors together."""

    def __init__(self) -> None:
        names: dict[int, set[str]] = defaultdict(set)
        for organisation in m.Organisation.objects.filter(LIVE):
            if not _is_several(organisation.title):
                names[organisation.pk].add(plain_name(organisation.title))
        for other in m.OrganisationName.objects.filter(LIVE):
            names[other.organisation_id].add(plain_name(other.other_name))
        self._families = families(names.values())

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
