"""Which roles and qualifications are there in each cluster, at which levels? And where do job functions overlap?"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet

from iqf.accounts.kept import Kept
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, NotFoundError
from iqf.codes import LEVELS, NO_LEVEL, level_words
from iqf.reports.lists import DEFAULT_SCHEME, Scheme, qualifications_in_clusters, schemes
from iqf.reports.things import Ref, Said, ref, said

PLACED = "A qualification counts in the cluster where this scheme places it."
NO_SCHEME = Scheme("", "No clusters yet", "", ())
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
class ClusterCounts:
    """One cluster in the overview: how many roles stand in it, and how many qualifications at each level."""

    key: str
    title: str
    note: str
    roles: int
    by_level: dict[str, int]

    @property
    def total(self) -> int:
        """How many qualifications."""
        return sum(self.by_level.values())


@dataclass(frozen=True)
class ClustersAnswer:
    """Clusters by levels under one scheme, with the rule by which a qualification counts in a cluster."""

    scheme: Scheme
    schemes: tuple[Scheme, ...]
    columns: tuple[tuple[str, str], ...]
    rows: tuple[ClusterCounts, ...]
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
    """Clusters by levels under a scheme; instead of an unknown one the default, and instead of that the first."""
    every = schemes()
    by_key = {s.key: s for s in every}
    chosen = by_key.get(scheme) or by_key.get(DEFAULT_SCHEME) or next(iter(every), NO_SCHEME)
    held = _counted()
    if chosen.key not in held:
        held[chosen.key] = _under(chosen, every)
    return held[chosen.key]


_counted: Kept[dict[str, ClustersAnswer]] = Kept(dict)
"""What was counted under each scheme that somebody asked for."""


def _under(chosen: Scheme, every: tuple[Scheme, ...]) -> ClustersAnswer:
    standing, rule = _standing(chosen.key)
    places = m.RoleCluster.objects.filter(LIVE, cluster__scheme__key=chosen.key, role__retired_on__isnull=True)
    roles = dict(places.order_by().values_list("cluster__key").annotate(n=Count("role", distinct=True)))
    by_level = _by_level(standing)
    notes = dict(m.Cluster.objects.filter(scheme__key=chosen.key).values_list("key", "note"))
    none = dict.fromkeys(COLUMNS, 0)
    return ClustersAnswer(
        scheme=chosen,
        schemes=every,
        columns=tuple((c, level_words(c)) for c in COLUMNS),
        rows=tuple(
            ClusterCounts(k, t, notes.get(k, ""), roles.get(k, 0), none | by_level.get(k, {}))
            for k, t in chosen.clusters
        ),
        rule=rule,
        unplaced_qualifications=m.Qualification.objects.filter(LIVE).exclude(pk__in=standing.values("of")).count(),
        unplaced_roles=m.Role.objects.filter(LIVE).exclude(pk__in=places.values("role")).count(),
    )


def _standing(scheme: str) -> tuple[QuerySet[Any, Any], str]:
    """The qualifications in clusters (of, at, standing): where the scheme places them, else by the roles that ask."""
    own = m.Qualification.objects.filter(LIVE, cluster__scheme__key=scheme)
    if own.exists():
        return own.values(of=F("pk"), at=F("cluster__key"), standing=F("level")).order_by(), PLACED
    asked = m.Requirement.objects.filter(
        LIVE,
        qualification__retired_on__isnull=True,
        role__retired_on__isnull=True,
        role__places__retired_on__isnull=True,
        role__places__cluster__scheme__key=scheme,
    )
    placed = asked.values(
        of=F("qualification"), at=F("role__places__cluster__key"), standing=F("qualification__level")
    )
    return placed.order_by(), BY_ROLE


def _by_level(standing: QuerySet[Any, Any]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, level, n in standing.values_list("at", "standing").annotate(n=Count("of", distinct=True)):
        found[key][_column(level)] += n
    return found


def _column(level: str) -> str:
    return "E" if level in LEVELS[:4] else level


def cluster(scheme: str, key: str) -> ClusterAnswer:
    """One cluster with its roles, and its qualifications by level. Raises NotFoundError."""
    found = m.Cluster.objects.filter(LIVE, scheme__key=scheme, key=key).select_related("scheme").first()
    if not found:
        raise NotFoundError(f'There is no cluster "{key}" in the scheme "{scheme}".')
    places = found.members.filter(LIVE, role__retired_on__isnull=True).select_related("role")
    roles = [place.role for place in places.prefetch_related("role__aliases")]
    row = _row(found.key, found.title, found.note, roles, _standing_at(scheme, key))
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


def _standing_at(scheme: str, key: str) -> list[m.Qualification]:
    held = [pk for pk, keys in qualifications_in_clusters(scheme).items() if key in keys]
    return list(m.Qualification.objects.filter(pk__in=held).select_related("owner").prefetch_related("aliases"))


def _row(key: str, title: str, note: str, roles: list[m.Role], own: list[m.Qualification]) -> ClusterRow:
    by_level: dict[str, list[m.Qualification]] = {c: [] for c in COLUMNS}
    for q in sorted(own, key=lambda q: q.title):
        by_level[_column(q.level)].append(q)
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
