"""Which apprenticeship standards lead into which roles and clusters? So a table by standard can be cut by those.

A standard is tied to a role where an official list says so: the standard is about the role, or the role's official
job profile names it. Titles are compared without regard to case and spaces, never by likeness.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.lists import DEFAULT_SCHEME
from iqf.reports.profile import PROFILES, STANDARDS

Linked = Literal["role", "cluster"]
COLUMNS: Final = ("std_fwk_name", "standard", "standard_name")
"""How tables name the column that holds the title of a standard."""


def key(title: str) -> str:
    """A title as it is compared."""
    return " ".join(title.casefold().split())


def leads_to(kind: Linked, scheme: str = DEFAULT_SCHEME) -> Mapping[str, tuple[str, ...]]:
    """The roles, or the clusters of a scheme, that each standard leads into, by its title as it is compared."""
    links = m.OfficialLink.objects.filter(LIVE, role__retired_on=None, official_row__retired=False)
    links = links.filter(official_row__register__in=(PROFILES, STANDARDS)).select_related("role", "official_row")
    found: dict[str, set[str]] = {}
    names = _names(kind, scheme)
    for link in links:
        if link.role_id is None:
            continue
        for title in _titles(link.official_row.register, link.official_row.title, link.official_row.facts):
            found.setdefault(key(title), set()).update(names.get(link.role_id, ()))
    return {title: tuple(sorted(into)) for title, into in found.items() if into}


def _titles(register: str, title: str, facts: Mapping[str, object]) -> Iterable[str]:
    if register == STANDARDS:
        return (title,)
    named = facts.get("standards")
    return tuple(one["title"] for one in named if one.get("title")) if isinstance(named, list) else ()


def _names(kind: Linked, scheme: str) -> Mapping[int, set[str]]:
    """What a role is called, or the clusters it stands in, by its number in the database."""
    if kind == "role":
        return {pk: {title} for pk, title in m.Role.objects.filter(LIVE).values_list("pk", "title")}
    found: dict[int, set[str]] = {}
    places = m.RoleCluster.objects.filter(cluster__scheme__key=scheme)
    for pk, title in places.values_list("role_id", "cluster__title"):
        found.setdefault(pk, set()).add(title)
    return found
