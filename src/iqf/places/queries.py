"""Shared reads of places: what an area is part of, what came of it, what it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from iqf.places.models import Area, Membership, Reorganisation


@dataclass(frozen=True)
class Placed:
    """An area with what it is part of, from the nearest up; what came of it and what it came from; its groups."""

    code: str
    name: str
    kind: str
    within: tuple[str, ...]
    became: tuple[tuple[str, str, str], ...]
    came_from: tuple[tuple[str, str, str], ...]
    groups: tuple[str, ...]


def placed(code: str) -> Placed | None:
    """An area by its code; None where it is not held. Reorganisations are (code, day, how)."""
    area = Area.objects.filter(code=code).select_related("parent__parent__parent").first()
    if area is None:
        return None
    return Placed(
        area.code,
        area.name,
        area.kind,
        tuple(_above(area)),
        tuple(Reorganisation.objects.filter(old=area).order_by("new__code").values_list("new__code", "on", "how")),
        tuple(Reorganisation.objects.filter(new=area).order_by("old__code").values_list("old__code", "on", "how")),
        tuple(Membership.objects.filter(area=area).order_by("group__code").values_list("group__code", flat=True)),
    )


def _above(area: Area) -> list[str]:
    found: list[str] = []
    at = area.parent
    while at is not None and at.code not in found:
        found.append(at.code)
        at = at.parent
    return found


def regions_of(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Code and name of the region that each of these areas is in; those of which it is not held are left out."""
    found = {}
    for area in Area.objects.filter(code__in=list(codes)).select_related("parent__parent"):
        above = (area.parent, area.parent.parent if area.parent else None)
        region = next((each for each in above if each and each.kind == "region"), None)
        if region:
            found[area.code] = region.code, region.name
    return found


def lists_held() -> bool:
    """Whether lists of areas were read in, so that a code on none of them is worth a word."""
    return Membership.objects.exists()


def names_by_code() -> dict[str, str]:
    """The name of every area that is held."""
    return dict(Area.objects.values_list("code", "name"))


def renamed_codes(codes: Iterable[str]) -> dict[str, str]:
    """For each of these codes that an area gave up for another, with nothing else changed: the code it got."""
    facts = Reorganisation.objects.filter(old__code__in=list(codes), how="code")
    return dict(facts.values_list("old__code", "new__code"))


def reorganised(codes: Iterable[str]) -> tuple[tuple[str, str, str, str, str], ...]:
    """What these areas were divided or merged into, or came from: old code and name, new code and name, day."""
    listed = list(codes)
    facts = Reorganisation.objects.filter(Q(old__code__in=listed) | Q(new__code__in=listed)).exclude(how="code")
    found = facts.order_by("on", "old__name", "new__name")
    return tuple(found.values_list("old__code", "old__name", "new__code", "new__name", "on"))
