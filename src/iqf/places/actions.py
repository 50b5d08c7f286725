"""Every write to places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from iqf.accounts.actions import audit
from iqf.places.models import Area, Membership, Reorganisation


@dataclass(frozen=True)
class AreaFacts:
    """An area as a file lists it; `parent` is the code of the area it is part of, blank where the file is silent."""

    code: str
    name: str
    kind: str
    parent: str = ""
    starts: str = ""
    ends: str = ""


@dataclass(frozen=True)
class ReorganisationFacts:
    """What came of an area, by codes: the day, and how (see `REORGANISED`)."""

    old: str
    new: str
    on: str
    how: str


@dataclass(frozen=True)
class MembershipFacts:
    """An area in a group, by codes, in the edition of a list."""

    area: str
    group: str
    edition: str


def hold_areas(*, by: str, areas: Iterable[AreaFacts]) -> int:
    """Create or change areas, parents listed before their parts. Returns how many rows were written.

    What a file does not say (a parent, a day) stays as it was.
    """
    held = {a.code: a for a in Area.objects.all()}
    writes = 0
    for facts in areas:
        old = held.get(facts.code)
        said = _said(facts, held)
        if old is None:
            held[facts.code] = Area.objects.create(code=facts.code, **said)
        elif differing := [name for name, value in said.items() if getattr(old, name) != value]:
            for name in differing:
                setattr(old, name, said[name])
            old.save(update_fields=differing)
        else:
            continue
        writes += 1
        audit(by=by, action="hold area", subject=facts.code, before={}, after={"name": facts.name})
    return writes


def place_areas(*, by: str, areas: Iterable[AreaFacts]) -> int:
    """Add areas that are not held; of those held, say only what they are part of, where that is not known yet."""
    above = {a.code: a.parent_id for a in Area.objects.all()}
    new = [f for f in areas if f.code not in above or (above[f.code] is None and f.parent in above)]
    held = dict(Area.objects.filter(code__in=[f.code for f in new]).values_list("code", "name"))
    kinds = dict(Area.objects.filter(code__in=held).values_list("code", "kind"))
    kept = (replace(f, name=held.get(f.code, f.name), kind=kinds.get(f.code, f.kind)) for f in new)
    return hold_areas(by=by, areas=kept)


def _said(facts: AreaFacts, held: Mapping[str, Area]) -> dict[str, object]:
    """What the facts of an area say, by field; what they do not say is not there."""
    said: dict[str, object] = {"name": facts.name, "kind": facts.kind}
    if facts.parent in held:
        said["parent"] = held[facts.parent]
    return said | {name: value for name in ("starts", "ends") if (value := getattr(facts, name))}


def hold_reorganisations(*, by: str, facts: Iterable[ReorganisationFacts]) -> int:
    """Hold what came of areas that are held. Returns how many rows were written."""
    held = {a.code: a for a in Area.objects.all()}
    known = set(Reorganisation.objects.values_list("old__code", "new__code"))
    fresh = [f for f in facts if (f.old, f.new) not in known]
    Reorganisation.objects.bulk_create(
        Reorganisation(old=held[f.old], new=held[f.new], on=f.on, how=f.how) for f in fresh
    )
    if fresh:
        audit(by=by, action="hold reorganisations", subject="area:*", before={}, after={"rows": len(fresh)})
    return len(fresh)


def hold_memberships(*, by: str, facts: Iterable[MembershipFacts]) -> int:
    """Hold which areas belong to which groups. Returns how many rows were written."""
    held = {a.code: a for a in Area.objects.all()}
    known = set(Membership.objects.values_list("area__code", "group__code", "edition"))
    fresh = [f for f in dict.fromkeys(facts) if (f.area, f.group, f.edition) not in known]
    Membership.objects.bulk_create(
        Membership(area=held[f.area], group=held[f.group], edition=f.edition) for f in fresh
    )
    if fresh:
        audit(by=by, action="hold memberships", subject="area:*", before={}, after={"rows": len(fresh)})
    return len(fresh)
