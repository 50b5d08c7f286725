"""What entries are put together from: aliases, other names, clusters, outcomes, read once each, by the thing's id."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.joined import JOINABLE, other_titles
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
    roles_requiring: Mapping[int, list[tuple[str, str]]]
    holding: Mapping[int, list[int]]
    outcomes: Mapping[int, list[str]]
    clusters: Mapping[int, tuple[str, str]]
    role_clusters: Mapping[int, list[tuple[str, str]]]
    own_cluster: Mapping[int, list[tuple[str, str]]]
    placed: Mapping[int, tuple[tuple[str, str], ...]]
    owners: Mapping[int, Owner] = field(default_factory=dict)
    other_titles: Mapping[str, Mapping[int, list[str]]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Parts":
        """Read them all, one query each."""
        clusters = _clusters()
        role_clusters = _role_clusters(clusters)
        own_cluster = _own_cluster(clusters)
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
                "role__code",
                "role__title",
            ),
            holding=_lists(_members(), "unit_id", "group__qualification_id"),
            outcomes=_lists(m.UnitOutcome.objects.filter(LIVE).order_by("unit_id", "position"), "unit_id", "text"),
            clusters=clusters,
            role_clusters=role_clusters,
            own_cluster=own_cluster,
            placed=_placed(own_cluster, role_clusters),
            owners=_owners(organisation_aliases),
            other_titles={kind: other_titles(kind) for kind in JOINABLE},
        )

    def joined(self, kind: str, thing: int) -> list[str]:
        """The titles of the entries that turned out to be this thing."""
        return list(self.other_titles.get(kind, {}).get(thing, ()))

    def owner(self, organisation: int | None) -> Owner:
        """An owner by its id; an unnamed one where there is none."""
        return self.owners.get(organisation or 0, Owner())

    @cached_property
    def with_units(self) -> frozenset[int]:
        """The qualifications whose units are held."""
        return frozenset(holder for holders in self.holding.values() for holder in holders)

    def qualification_clusters(self, qualification: int) -> tuple[tuple[str, str], ...]:
        """Where a qualification stands, in every scheme."""
        return self.placed.get(qualification, ())

    def unit_clusters(self, unit: int) -> tuple[tuple[str, str], ...]:
        """Where the qualifications that hold a unit stand."""
        return _once(place for q in self.holding[unit] for place in self.qualification_clusters(q))

    def unit_roles(self, unit: int) -> tuple[str, ...]:
        """The codes of the roles that ask for a qualification that holds a unit."""
        return _once(code for q in self.holding[unit] for code, _ in self.roles_requiring[q])


def qualification_places() -> Mapping[int, tuple[tuple[str, str], ...]]:
    """Where each qualification stands, in every scheme: `scheme:key` and title of clusters, by the qualification."""
    clusters = _clusters()
    return _placed(_own_cluster(clusters), _role_clusters(clusters))


def called(model: type[Any]) -> Mapping[int, list[tuple[str, str]]]:
    """The aliases of things, as scheme and value, oldest first, by the thing."""
    return _aliases(model)


def _once(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


def _members() -> Any:
    """Units in standing groups of standing qualifications."""
    return m.GroupUnit.objects.filter(
        LIVE, group__retired_on__isnull=True, group__qualification__retired_on__isnull=True
    ).order_by("id")


def _own_cluster(clusters: Mapping[int, tuple[str, str]]) -> Mapping[int, list[tuple[str, str]]]:
    """The cluster under which a qualification is placed itself: one or none."""
    own: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, cluster in m.Qualification.objects.filter(LIVE).values_list("id", "cluster_id"):
        if cluster in clusters:
            own[pk].append(clusters[cluster])
    return own


def _placed(
    own: Mapping[int, list[tuple[str, str]]], role_clusters: Mapping[int, list[tuple[str, str]]]
) -> dict[int, tuple[tuple[str, str], ...]]:
    """Where each qualification stands: where it is placed itself; under schemes that place no qualification, wherever
    a role that asks for it stands (the rule of the pages about clusters)."""
    placing = {key.partition(":")[0] for places in own.values() for key, _ in places}
    placed = {pk: list(places) for pk, places in own.items()}
    asked = m.Requirement.objects.filter(LIVE, role__retired_on__isnull=True).order_by("id")
    for pk, role in asked.values_list("qualification_id", "role_id"):
        others = [place for place in role_clusters[role] if place[0].partition(":")[0] not in placing]
        placed.setdefault(pk, []).extend(others)
    return {pk: _once(places) for pk, places in placed.items()}


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
