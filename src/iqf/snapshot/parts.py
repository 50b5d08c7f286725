"""What entries are put together from: aliases, other names, clusters, outcomes, read once each, by the thing's id."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE

FOLLOWED = ("merged into", "successor")


@dataclass(frozen=True)
class Owner:
    """An organisation as its qualifications are found by it: title, other names, codes, and who followed it."""

    title: str = ""
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    followed_by: tuple[str, ...] = ()


@dataclass
class Parts:
    """The lists that belong to things, by the id of the thing. Only standing rows."""

    role_aliases: Mapping[int, list[tuple[str, str]]]
    qualification_aliases: Mapping[int, list[tuple[str, str]]]
    unit_aliases: Mapping[int, list[tuple[str, str]]]
    organisation_aliases: Mapping[int, list[tuple[str, str]]]
    role_titles: Mapping[int, list[str]]
    role_functions: Mapping[int, list[str]]
    roles_requiring: Mapping[int, list[str]]
    outcomes: Mapping[int, list[str]]
    clusters: Mapping[int, tuple[str, str]]
    role_clusters: Mapping[int, list[tuple[str, str]]]
    owners: Mapping[int, Owner] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Parts":
        """Read them all, one query each."""
        clusters = _clusters()
        organisation_aliases = _aliases(m.OrganisationAlias)
        return cls(
            role_aliases=_aliases(m.RoleAlias),
            qualification_aliases=_aliases(m.QualificationAlias),
            unit_aliases=_aliases(m.UnitAlias),
            organisation_aliases=organisation_aliases,
            role_titles=_lists(m.RoleTitle.objects.filter(LIVE).order_by("id"), "role_id", "title"),
            role_functions=_lists(
                m.RoleFunction.objects.filter(LIVE, function__retired_on__isnull=True).order_by("id"),
                "role_id",
                "function__title",
            ),
            roles_requiring=_lists(
                m.Requirement.objects.filter(LIVE, role__retired_on__isnull=True).order_by("id"),
                "qualification_id",
                "role__title",
            ),
            outcomes=_lists(m.UnitOutcome.objects.filter(LIVE).order_by("unit_id", "position"), "unit_id", "text"),
            clusters=clusters,
            role_clusters=_role_clusters(clusters),
            owners=_owners(organisation_aliases),
        )

    def owner(self, organisation: int | None) -> Owner:
        """An owner by its id; an unnamed one where there is none."""
        return self.owners.get(organisation or 0, Owner())


def _lists(query: Any, key: str, *fields: str) -> Mapping[int, list[Any]]:
    """One list for each key: of values for one field, of tuples for several."""
    lists: dict[int, list[Any]] = defaultdict(list)
    for row in query.values_list(key, *fields).iterator(chunk_size=5000):
        lists[row[0]].append(row[1] if len(fields) == 1 else tuple(row[1:]))
    return lists


def _aliases(model: type[Any]) -> Mapping[int, list[tuple[str, str]]]:
    return _lists(model.objects.order_by("id"), "thing_id", "scheme", "value")


def _clusters() -> dict[int, tuple[str, str]]:
    rows = m.Cluster.objects.filter(LIVE, scheme__retired_on__isnull=True).values_list(
        "id", "scheme__key", "key", "title"
    )
    return {pk: (f"{scheme}:{key}", title) for pk, scheme, key, title in rows}


def _role_clusters(clusters: Mapping[int, tuple[str, str]]) -> Mapping[int, list[tuple[str, str]]]:
    places: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows: Iterable[tuple[int, int]] = m.RoleCluster.objects.filter(LIVE).order_by("id").values_list("role", "cluster")
    for role, cluster in rows:
        if cluster in clusters:
            places[role].append(clusters[cluster])
    return places


def _owners(aliases: Mapping[int, list[tuple[str, str]]]) -> dict[int, Owner]:
    names = _lists(m.OrganisationName.objects.filter(LIVE).order_by("id"), "organisation_id", "other_name", "kind")
    owners = {}
    for pk, code, title in m.Organisation.objects.values_list("id", "code", "title"):
        own = tuple(name for name, kind in names[pk] if kind not in FOLLOWED)
        after = tuple(f"{kind} {name}" for name, kind in names[pk] if kind in FOLLOWED)
        owners[pk] = Owner(title, own, (code, *(value for _, value in aliases[pk])), after)
    return owners
