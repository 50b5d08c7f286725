"""Which roles and qualifications are there in each cluster, at which levels? And where do job functions overlap?"""

from collections import defaultdict
from dataclasses import dataclass

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, NotFoundError
from iqf.codes import LEVELS, NO_LEVEL, level_words
from iqf.reports.lists import DEFAULT_SCHEME, Scheme, qualifications_in_clusters, schemes
from iqf.reports.things import Ref, Said, ref, said

PLACED = "A qualification counts in the cluster where this scheme places it."
BY_ROLE = "A qualification counts in every cluster that has a role asking for it."
CORE, RELEVANT, NEITHER = "core here", "generally relevant here", "no role of this cluster asks for it"
COLUMNS = ("E", "1", "2", "3", "4", "5", "6", "7", "8", NO_LEVEL, "")


@dataclass(frozen=True)
class ClusterRow:
    """One cluster: its roles, and its qualifications by level."""

    key: str
    title: str
    note: str
    roles: tuple[Ref, ...]
    by_level: dict[str, tuple[Ref, ...]]

    @property
    def total(self) -> int:
        """How many different qualifications."""
        return len({q.code for qs in self.by_level.values() for q in qs})

    @property
    def owners(self) -> tuple[str, ...]:
        """The organisations that own them."""
        return tuple(sorted({q.owner for qs in self.by_level.values() for q in qs if q.owner}))


@dataclass(frozen=True)
class ClustersAnswer:
    """Clusters by levels under one scheme, with the rule by which a qualification counts in a cluster."""

    scheme: Scheme
    schemes: tuple[Scheme, ...]
    columns: tuple[tuple[str, str], ...]
    rows: tuple[ClusterRow, ...]
    rule: str
    unplaced_roles: int
    unplaced_qualifications: int


@dataclass(frozen=True)
class ClusterAnswer:
    """One cluster of any scheme, also of one that places no roles.

    `classes`: each qualification by its code is core here (a role of the cluster asks for it as mandatory or
    significant), generally relevant here (as relevant only), or asked for by none of its roles.
    """

    scheme: str
    scheme_title: str
    cluster: ClusterRow
    columns: tuple[tuple[str, str], ...]
    classes: dict[str, str]


@dataclass(frozen=True)
class FunctionRow:
    """A job function: who carries it as main work, who as a part, and whether nobody does."""

    key: str
    title: str
    description: str
    cluster: str
    main: tuple[Ref, ...]
    part: tuple[Ref, ...]
    said: Said


def clusters(scheme: str = DEFAULT_SCHEME) -> ClustersAnswer:
    """Clusters by levels under a scheme; an unknown scheme falls back to the default one."""
    every = schemes()
    chosen = next((s for s in every if s.key == scheme), None) or next(s for s in every if s.key == DEFAULT_SCHEME)
    placed: dict[str, list[m.Role]] = defaultdict(list)
    for place in (
        m.RoleCluster.objects.filter(LIVE, cluster__scheme__key=chosen.key, role__retired_on__isnull=True)
        .select_related("role", "cluster")
        .prefetch_related("role__aliases")
    ):
        placed[place.cluster.key].append(place.role)
    own = _standing_in(chosen.key)
    held = {q.pk for standing in own.values() for q in standing}
    placed_itself = m.Qualification.objects.filter(LIVE, cluster__scheme__key=chosen.key).exists()
    notes = dict(m.Cluster.objects.filter(scheme__key=chosen.key).values_list("key", "note"))
    rows = tuple(_row(k, t, notes.get(k, ""), placed[k], own.get(k, [])) for k, t in chosen.clusters)
    in_scheme = {r.pk for roles in placed.values() for r in roles}
    return ClustersAnswer(
        scheme=chosen,
        schemes=every,
        columns=tuple((c, level_words(c)) for c in COLUMNS),
        rows=rows,
        rule=PLACED if placed_itself else BY_ROLE,
        unplaced_qualifications=m.Qualification.objects.filter(LIVE).exclude(pk__in=held).count(),
        unplaced_roles=m.Role.objects.filter(LIVE).exclude(pk__in=in_scheme).count(),
    )


def cluster(scheme: str, key: str) -> ClusterAnswer:
    """One cluster with its roles, and its qualifications by level. Raises NotFoundError."""
    found = m.Cluster.objects.filter(LIVE, scheme__key=scheme, key=key).select_related("scheme").first()
    if not found:
        raise NotFoundError(f'There is no cluster "{key}" in the scheme "{scheme}".')
    places = found.members.filter(LIVE, role__retired_on__isnull=True).select_related("role")
    roles = [place.role for place in places.prefetch_related("role__aliases")]
    row = _row(found.key, found.title, found.note, roles, _standing_in(scheme).get(key, []))
    columns = tuple((c, level_words(c)) for c in COLUMNS)
    return ClusterAnswer(found.scheme.key, found.scheme.title, row, columns, _classes(roles, row))


def _classes(roles: list[m.Role], row: ClusterRow) -> dict[str, str]:
    asked = m.Requirement.objects.filter(LIVE, role__in=roles).values_list("qualification__code", "strength")
    strengths: dict[str, set[str]] = defaultdict(set)
    for code, strength in asked:
        strengths[code].add(strength)
    return {
        q.code: CORE
        if strengths[q.code] & {"mandatory", "significant"}
        else RELEVANT
        if strengths[q.code]
        else NEITHER
        for things in row.by_level.values()
        for q in things
    }


def _standing_in(scheme: str) -> dict[str, list[m.Qualification]]:
    things = {
        q.pk: q for q in m.Qualification.objects.filter(LIVE).select_related("owner").prefetch_related("aliases")
    }
    standing: dict[str, list[m.Qualification]] = defaultdict(list)
    for pk, keys in qualifications_in_clusters(scheme).items():
        for key in keys:
            standing[key].append(things[pk])
    return standing


def _row(key: str, title: str, note: str, roles: list[m.Role], own: list[m.Qualification]) -> ClusterRow:
    by_level: dict[str, list[m.Qualification]] = {c: [] for c in COLUMNS}
    for q in sorted(own, key=lambda q: q.title):
        by_level["E" if q.level in LEVELS[:4] else q.level].append(q)
    return ClusterRow(
        key,
        title,
        note,
        tuple(ref(r) for r in sorted(roles, key=lambda r: r.title)),
        {c: tuple(ref(q) for q in qs) for c, qs in by_level.items()},
    )


def functions() -> tuple[FunctionRow, ...]:
    """Job functions by cluster, with the roles that carry each: overlaps have many, gaps have none."""
    rows = (
        m.JobFunction.objects.filter(LIVE)
        .select_related(*CITED, "cluster")
        .prefetch_related("roles__role__aliases")
        .order_by("cluster__position", "title")
    )
    return tuple(
        FunctionRow(
            f.key,
            f.title,
            f.description,
            f.cluster.title,
            _carriers(f, "main"),
            _carriers(f, "part"),
            said(f.citation),
        )
        for f in rows
    )


def _carriers(function: m.JobFunction, part: str) -> tuple[Ref, ...]:
    rows = [r.role for r in function.roles.all() if r.part == part and not r.is_retired and not r.role.is_retired]
    return tuple(ref(r) for r in sorted(rows, key=lambda r: r.title))
