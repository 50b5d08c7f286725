"""Which apprenticeship standards lead into which roles and clusters? So a table by standard can be cut by those.

A standard is tied to a role where an official list says so (the standard is about the role, or the role's official
job profile names it), or where somebody decided it. It is known by every title and code that official lists give it,
compared without regard to case, spaces and hyphens, never by likeness.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from django.db.models import Q

from iqf.accounts.prepared import Prepared
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.indicators.subjects import LISTS
from iqf.register.models import OfficialRow
from iqf.reports.lists import DEFAULT_SCHEME
from iqf.reports.profile import AIM_STANDARDS, PROFILES, STANDARDS, VERSIONS

Linked = Literal["role", "cluster"]
COUNTED: Final = LISTS["standard"]
TIED: Final = (STANDARDS, AIM_STANDARDS, PROFILES, COUNTED)
_HYPHENS: Final = str.maketrans(dict.fromkeys("-‐‑‒–—", " "))


@dataclass(frozen=True)
class Standard:
    """A standard that leads into a role: its title and code (blank where none is given), every key by which tables
    may name it, and how we know that it leads there.
    """

    title: str
    code: str
    because: str
    keys: frozenset[str]


@dataclass
class _Named:
    """What one list says: a code, or only a title."""

    code: str
    title: str
    because: str
    keys: set[str] = field(default_factory=set)


def key(title: str) -> str:
    """A title or code as it is compared."""
    return " ".join(title.casefold().translate(_HYPHENS).split())


_links = Prepared(
    lambda roles: (
        m.OfficialLink.objects.filter(
            LIVE, role__in=roles, role__retired_on=None, official_row__retired=False, official_row__register__in=TIED
        )
        .select_related("official_row")
        .order_by("pk")
    )
)


def standards_into(roles: Collection[int]) -> Mapping[int, tuple[Standard, ...]]:
    """The standards that lead into each of these roles, by the number of the role in the database."""
    said: dict[int, list[_Named]] = defaultdict(list)
    for link in sorted(_links(roles), key=lambda link: TIED.index(link.official_row.register)):
        if link.role_id is not None:
            said[link.role_id] += _named(link.official_row, link.because)
    codes = {one.code for named in said.values() for one in named if one.code}
    other = _other_names(codes)
    return {role: tuple(_merged(named, other)) for role, named in said.items()}


def _named(row: OfficialRow, because: str) -> Iterator[_Named]:
    """The standards that an official row of a role is about, or names."""
    if row.register != PROFILES:
        code = {STANDARDS: row.facts.get("standard") or row.reference, AIM_STANDARDS: row.reference}
        yield _Named(code.get(row.register, ""), row.title, because)
        return
    for one in row.facts.get("standards") or ():
        if one.get("title"):
            yield _Named(one.get("code") or "", one["title"], f"Named by the official job profile “{row.title}”")


def _other_names(codes: Collection[str]) -> Mapping[str, set[str]]:
    """The titles and codes under which official lists know the standards of these codes."""
    under = Q(register__in=(STANDARDS, AIM_STANDARDS), reference__in=codes)
    for code in codes:
        under |= Q(register=VERSIONS, reference__startswith=f"{code}:")
    found: dict[str, set[str]] = defaultdict(set)
    rows = OfficialRow.objects.filter(under, retired=False) if codes else ()
    for row in rows:
        code = row.facts.get("standard") or row.reference
        found[code] |= {row.facts.get("title") or row.title, row.facts.get("lars_code") or ""}
    return found


def _merged(named: Iterable[_Named], other: Mapping[str, set[str]]) -> Iterator[Standard]:
    """Each standard once, whichever lists say so: those that share a title or a code are one."""
    whole: list[_Named] = []
    for one in named:
        one.keys = {key(name) for name in (one.title, one.code, *other.get(one.code, ())) if name}
        for same in [each for each in whole if each.keys & one.keys]:
            same.keys |= one.keys
            same.code = same.code or one.code
            break
        else:
            whole.append(one)
    return (Standard(one.title, one.code, one.because, frozenset(one.keys)) for one in whole)


def leads_to(kind: Linked, scheme: str = DEFAULT_SCHEME) -> Mapping[str, tuple[str, ...]]:
    """The roles, or the clusters of a scheme, that each standard leads into, by every key it goes by."""
    names = _names(kind, scheme)
    found: dict[str, set[str]] = defaultdict(set)
    for role, standards in standards_into(names).items():
        for standard in standards:
            for one in standard.keys:
                found[one].update(names[role])
    return {one: tuple(sorted(into)) for one, into in found.items() if into}


def cluster_called(name: str, scheme: str = DEFAULT_SCHEME) -> str:
    """The title of a cluster of a scheme, by its key or title. Raises NotFoundError, with those that there are."""
    known = dict(m.Cluster.objects.filter(LIVE, scheme__key=scheme).values_list("key", "title"))
    title = known.get(name) or next((t for t in known.values() if t.casefold() == name.casefold()), "")
    if not title:
        raise NotFoundError(f'There is no cluster "{name}"; there are {", ".join(sorted(known)) or "none"}.')
    return title


def _names(kind: Linked, scheme: str) -> Mapping[int, set[str]]:
    """What a role is called, or the clusters it stands in, by its number in the database."""
    if kind == "role":
        return {pk: {title} for pk, title in m.Role.objects.filter(LIVE).values_list("pk", "title")}
    found: dict[int, set[str]] = {}
    places = m.RoleCluster.objects.filter(LIVE, cluster__scheme__key=scheme, role__retired_on=None)
    for pk, title in places.values_list("role_id", "cluster__title"):
        found.setdefault(pk, set()).add(title)
    return found
