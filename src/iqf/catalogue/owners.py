"""The organisations of the catalogue by every name they have, their predecessors and their successors."""

from collections import defaultdict
from collections.abc import Iterable

from iqf.analysis.names import OtherName, alike, families, plain_name, read_name
from iqf.analysis.same_body import Bodies, Body
from iqf.catalogue import models as m
from iqf.catalogue.joined import other_titles
from iqf.catalogue.models.organisations import OTHERS_NAMES
from iqf.catalogue.models.things import LIVE

SEVERAL = " / "


class Owners:
    """The organisations of the catalogue, in families: all the names of one body and of its successors together."""

    def __init__(self) -> None:
        names: dict[int, set[str]] = defaultdict(set)
        self._held = {o.pk: o for o in m.Organisation.objects.filter(LIVE) if not _is_several(o.title)}
        own: dict[int, list[OtherName]] = {pk: [OtherName("name", o.title)] for pk, o in self._held.items()}
        for organisation in self._held.values():
            names[organisation.pk].add(plain_name(organisation.title))
        for pk, titles in other_titles("organisation").items():
            for title in titles if pk in own else ():
                names[pk].add(plain_name(title))
                own[pk].append(OtherName("trading", title))
        for other in m.OrganisationName.objects.filter(LIVE):
            names[other.organisation_id].add(plain_name(other.other_name))
            if other.organisation_id in own and other.kind not in OTHERS_NAMES:
                own[other.organisation_id].append(OtherName(other.kind, other.other_name))
        self._families = families(names.values())
        self._bodies = Bodies(Body(str(pk), tuple(found)) for pk, found in own.items())

    def named(self, printed: str) -> m.Organisation | None:
        """The organisation that a list prints, by a name of its own; None where none or several are called that."""
        same = self._bodies.same(read_name(printed))
        return self._held[int(same.key)] if same else None

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
