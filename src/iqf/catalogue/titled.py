"""Qualifications and units of the catalogue as records that likeness compares, with every name of their owners."""

from collections.abc import Callable, Collection, Iterator

from iqf.analysis.likeness import Titled
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.owners import Owners


def titled_qualifications(among: Collection[str] | None = None) -> Iterator[Titled]:
    """Every standing qualification, or those of these codes, in the order of codes.

    What stands for many has no one owner.
    """
    names = _names()
    rows = m.Qualification.objects.filter(LIVE) if among is None else m.Qualification.objects.filter(code__in=among)
    for q in rows.select_related("owner").order_by("code"):
        owners = () if q.stands_for else names(q.owner)
        ends = q.last_new_start or q.operational_end
        yield Titled(q.code, q.title, owners, q.level, q.kind, q.number, q.operational_start, ends)


def titled_units(among: Collection[str] | None = None) -> Iterator[Titled]:
    """Every standing unit under its code, or those of these codes, in the order of codes."""
    names = _names()
    rows = m.Unit.objects.filter(LIVE) if among is None else m.Unit.objects.filter(code__in=among)
    for u in rows.select_related("owner").order_by("code"):
        yield Titled(u.code, u.title, names(u.owner), u.level, number=u.reference)


def _names() -> Callable[[m.Organisation | None], tuple[str, ...]]:
    """All names of an owner, looked up once for each."""
    owners = Owners()
    known: dict[int, tuple[str, ...]] = {}

    def names(owner: m.Organisation | None) -> tuple[str, ...]:
        if owner is None:
            return ()
        if owner.pk not in known:
            known[owner.pk] = tuple(sorted(owners.family(owner)))
        return known[owner.pk]

    return names
