"""Which roles, qualifications, units and organisations are there? Lists that filter, with counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Q

from iqf.accounts.kept import Kept
from iqf.accounts.prepared import Prepared
from iqf.analysis.facets import Facet, Value, facet
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import level_rank
from iqf.evidence.models import VERIFIED
from iqf.reports.listing import Counted, Listing, Row, listing
from iqf.reports.things import ref, shown_level

DEFAULT_SCHEME = "sectors-2008"
NOT_PLACED = "Not placed yet"
NOT_IN_SCHEME = "Not placed"


@dataclass(frozen=True)
class Scheme:
    """A way of dividing the workforce, with its clusters in order: (key, title)."""

    key: str
    title: str
    note: str
    clusters: tuple[tuple[str, str], ...]


def _placing() -> tuple[Scheme, ...]:
    """Every scheme that places roles, in order."""
    rows = m.ClusterScheme.objects.filter(LIVE).prefetch_related("clusters")
    placing = set(m.RoleCluster.objects.order_by().values_list("cluster__scheme_id", flat=True).distinct())
    return tuple(
        Scheme(s.key, s.title, s.note, tuple((c.key, c.title) for c in s.clusters.all() if not c.is_retired))
        for s in rows
        if s.pk in placing
    )


schemes = Kept(_placing)


def qualifications_in_clusters(scheme: str) -> dict[int, set[str]]:
    """The clusters in which each qualification stands under a scheme, by the qualification's id.

    Where qualifications are placed under the scheme themselves, that is where they stand; under any other scheme a
    qualification stands wherever a role that asks for it does.
    """
    placed: dict[int, set[str]] = {}
    own = m.Qualification.objects.filter(LIVE, cluster__scheme__key=scheme).values_list("id", "cluster__key")
    pairs: list[tuple[int, str | None]] = list(own)
    if not pairs:
        asked = m.Requirement.objects.filter(
            LIVE,
            qualification__retired_on__isnull=True,
            role__retired_on__isnull=True,
            role__places__retired_on__isnull=True,
            role__places__cluster__scheme__key=scheme,
        ).values_list("qualification_id", "role__places__cluster__key")
        pairs = list(asked)
    for qualification, cluster in pairs:
        if cluster:
            placed.setdefault(qualification, set()).add(cluster)
    return placed


def roles(scheme: str = DEFAULT_SCHEME, **filters: str) -> Listing:
    """Roles with their place in a scheme; filters: cluster, constituency, tier, status, entry."""
    held = _roles()
    clusters = held.clusters.get(scheme) or facet([(NOT_IN_SCHEME,)] * held.rest.ids.size)
    counted = Counted(held.rest.ids, {"cluster": clusters, **held.rest.facets})
    return listing(counted, filters, lambda ids: _role_rows(ids, scheme))


@dataclass(frozen=True)
class _Roles:
    """All roles, with what each counts as in any scheme and in each."""

    rest: Counted
    clusters: dict[str, Facet]


def _count_roles() -> _Roles:
    rows = list(m.Role.objects.filter(LIVE).order_by("title").values_list("pk", "constituency", "tier", "status"))
    entry: dict[int, str] = {}
    for pk, asked in m.EntryPosition.objects.filter(LIVE).values_list("role_id", "entry"):
        entry.setdefault(pk, asked)
    placed: dict[str, dict[int, list[str]]] = {}
    places = m.RoleCluster.objects.filter(LIVE).values_list("cluster__scheme__key", "role_id", "cluster__title")
    for scheme, pk, title in places:
        placed.setdefault(scheme, {}).setdefault(pk, []).append(title)
    ids = [row[0] for row in rows]
    return _Roles(
        _counted(
            ids,
            constituency=[row[1] for row in rows],
            tier=[row[2] for row in rows],
            status=[row[3] for row in rows],
            entry=[entry.get(pk) for pk in ids],
        ),
        {scheme: facet(tuple(titles.get(pk, (NOT_IN_SCHEME,))) for pk in ids) for scheme, titles in placed.items()},
    )


def _role_rows(ids: Sequence[int], scheme: str) -> dict[int, Row]:
    placed: dict[int, list[str]] = {}
    for pk, cluster in _placed(ids, scheme):
        placed.setdefault(pk, []).append(cluster)
    entry, requirements = dict(_entries(ids)), dict(_requirements(ids))
    return {
        r.pk: Row(
            ref(r),
            {
                "cluster": tuple(placed.get(r.pk, ())) or (NOT_IN_SCHEME,),
                "constituency": r.constituency,
                "tier": r.tier,
                "status": r.status,
                "entry": entry.get(r.pk, ""),
                "requirements": requirements.get(r.pk, 0),
                "description": r.description,
            },
        )
        for r in _roles_of(ids)
    }


_roles_of = Prepared(lambda ids: m.Role.objects.filter(LIVE, pk__in=ids).prefetch_related("aliases"))
_placed: Prepared[tuple[int, str]] = Prepared(
    lambda ids, scheme: (
        m.RoleCluster.objects.filter(LIVE, role__in=ids, cluster__scheme__key=scheme)
        .order_by("pk")
        .values_list("role_id", "cluster__title")
    )
)
_entries: Prepared[tuple[int, str]] = Prepared(
    lambda ids: m.EntryPosition.objects.filter(LIVE, role__in=ids).order_by("-pk").values_list("role_id", "entry")
)
"""The first of each role last."""
_requirements: Prepared[tuple[int, int]] = Prepared(
    lambda ids: (
        m.Requirement.objects.filter(LIVE, role__in=ids).order_by().values_list("role_id").annotate(n=Count("pk"))
    )
)


def qualifications(**filters: str) -> Listing:
    """Qualifications by level and title.

    Filters: level, kind, owner, cluster, subject_area, age_focus, status, units, verified. The sector subject area is
    what official lists print under it: none where no list does, several where they differ.
    """
    return listing(_qualifications(), filters, _qualification_rows)


_QUALIFICATION = (
    *("pk", "level", "title", "kind", "owner__title", "cluster__title", "age_focus", "stated_status"),
    "citation__certainty",
)


def _count_qualifications() -> Counted:
    rows = sorted(
        m.Qualification.objects.filter(LIVE).values_list(*_QUALIFICATION), key=lambda q: (level_rank(q[1]), q[2])
    )
    areas, with_units = _subject_areas(), _with_units()
    return _counted(
        [q[0] for q in rows],
        level=[shown_level(q[1]) for q in rows],
        kind=[q[3] for q in rows],
        cluster=[q[5] or NOT_PLACED for q in rows],
        subject_area=[areas.get(q[0], "") for q in rows],
        owner=[q[4] for q in rows],
        age_focus=[q[6] for q in rows],
        status=[q[7] for q in rows],
        units=[_units_words(q[0] in with_units) for q in rows],
        verified=[_verified_words(q[8] in VERIFIED) for q in rows],
    )


def _qualification_rows(ids: Sequence[int]) -> dict[int, Row]:
    areas, with_units = _subject_areas(ids), _with_units(ids)
    return {
        q.pk: Row(
            ref(q),
            {
                "level": shown_level(q.level),
                "kind": q.kind,
                "owner": q.owner.title if q.owner else "",
                "cluster": q.cluster.title if q.cluster else NOT_PLACED,
                "subject_area": areas.get(q.pk, ""),
                "age_focus": q.age_focus,
                "status": q.stated_status,
                "units": _units_words(q.pk in with_units),
                "verified": _verified_words(q.citation.verified),
                "credit": q.credit,
            },
        )
        for q in _qualifications_of(ids)
    }


_qualifications_of = Prepared(
    lambda ids: (
        m.Qualification.objects.filter(LIVE, pk__in=ids)
        .select_related("citation", "owner", "cluster")
        .prefetch_related("aliases")
    )
)


def _subject_areas(ids: Sequence[int] | None = None) -> dict[int, tuple[str, ...]]:
    """The sector subject areas that official lists print, by qualification: of these, or of all."""
    links = m.OfficialLink.objects.filter(LIVE, qualification__isnull=False, official_row__retired=False)
    links = links if ids is None else links.filter(qualification__in=ids)
    printed: dict[int, set[str]] = {}
    for pk, area in links.values_list("qualification_id", "official_row__facts__subject_area"):
        if pk and area:
            printed.setdefault(pk, set()).add(area)
    return {pk: tuple(sorted(areas)) for pk, areas in printed.items()}


def _with_units(ids: Sequence[int] | None = None) -> set[int]:
    """The qualifications, of these or of all, for which units are on record."""
    members = m.GroupUnit.objects.filter(LIVE)
    members = members if ids is None else members.filter(group__qualification__in=ids)
    return set(members.values_list("group__qualification_id", flat=True).order_by().distinct())


def _units_words(held: bool) -> str:
    return "with units" if held else "no units held"


def _verified_words(verified: bool) -> str:
    return "seen at its source" if verified else "not checked"


def units(**filters: str) -> Listing:
    """Units by level and title; filters: level, owner, shared, outcomes, verified."""
    return listing(_units(), filters, _unit_rows)


def _count_units() -> Counted:
    columns = ("pk", "level", "title", "owner__title", "citation__certainty")
    rows = sorted(m.Unit.objects.filter(LIVE).values_list(*columns), key=lambda u: (level_rank(u[1]), u[2]))
    used, told = _used(), _with_outcomes()
    return _counted(
        [u[0] for u in rows],
        level=[shown_level(u[1]) for u in rows],
        owner=[u[3] for u in rows],
        shared=[_shared_words(used.get(u[0], 0)) for u in rows],
        outcomes=[_outcomes_words(u[0] in told) for u in rows],
        verified=[_verified_words(u[4] in VERIFIED) for u in rows],
    )


def _unit_rows(ids: Sequence[int]) -> dict[int, Row]:
    used, told = _used(ids), _with_outcomes(ids)
    return {
        u.pk: Row(
            ref(u),
            {
                "level": shown_level(u.level),
                "owner": u.owner.title if u.owner else "",
                "credit_low": u.credit_low,
                "credit_high": u.credit_high,
                "qualifications": used.get(u.pk, 0),
                "shared": _shared_words(used.get(u.pk, 0)),
                "outcomes": _outcomes_words(u.pk in told),
                "verified": _verified_words(u.citation.verified),
            },
        )
        for u in _units_of(ids)
    }


_units_of = Prepared(
    lambda ids: (
        m.Unit.objects.filter(LIVE, pk__in=ids).select_related("citation", "owner").prefetch_related("aliases")
    )
)


def _used(ids: Sequence[int] | None = None) -> dict[int, int]:
    """In how many qualifications each unit stands, of these or of all; those in none are left out."""
    members = m.GroupUnit.objects.filter(LIVE, group__retired_on__isnull=True)
    members = members if ids is None else members.filter(unit__in=ids)
    counted = members.order_by().values_list("unit_id").annotate(n=Count("group__qualification", distinct=True))
    return dict(counted)


def _with_outcomes(ids: Sequence[int] | None = None) -> set[int]:
    """The units, of these or of all, whose learning outcomes are on record."""
    outcomes = m.UnitOutcome.objects.all() if ids is None else m.UnitOutcome.objects.filter(unit__in=ids)
    return set(outcomes.values_list("unit_id", flat=True).order_by().distinct())


def _shared_words(used: int) -> str:
    return "shared" if used > 1 else "in one qualification" if used else "in none"


def _outcomes_words(told: bool) -> str:
    return "with outcomes" if told else "no outcomes held"


def organisations(**filters: str) -> Listing:
    """Organisations by name; filter: kind."""
    held = _organisations()
    return listing(held.all, filters, lambda ids: _organisation_rows(ids, held))


@dataclass(frozen=True)
class _Organisations:
    """All organisations, and how many standing qualifications and units those own that own any, by their ids."""

    all: Counted
    qualifications: Mapping[int, int]
    units: Mapping[int, int]


def _count_organisations() -> _Organisations:
    rows = list(m.Organisation.objects.filter(LIVE).order_by("title").values_list("pk", "kind"))
    every = _counted([pk for pk, _ in rows], kind=[kind for _, kind in rows])
    return _Organisations(every, _owning(m.Qualification), _owning(m.Unit))


def _organisation_rows(ids: Sequence[int], held: _Organisations) -> dict[int, Row]:
    return {
        o.pk: Row(
            ref(o),
            {
                "kind": o.kind,
                "qualifications": held.qualifications.get(o.pk, 0),
                "units": held.units.get(o.pk, 0),
            },
        )
        for o in _organisations_of(ids)
    }


def _owning(model: type[m.Qualification] | type[m.Unit]) -> dict[int, int]:
    owned = model._default_manager.filter(LIVE, owner__isnull=False).order_by()
    return dict(owned.values_list("owner_id").annotate(n=Count("pk")))


_organisations_of = Prepared(lambda ids: m.Organisation.objects.filter(LIVE, pk__in=ids).prefetch_related("aliases"))


def _counted(ids: Sequence[int], **columns: Iterable[Value]) -> Counted:
    return Counted(np.array(ids, dtype=np.int64), {name: facet(values) for name, values in columns.items()})


_roles, _qualifications = Kept(_count_roles), Kept(_count_qualifications)
_units, _organisations = Kept(_count_units), Kept(_count_organisations)


def frameworks() -> Listing:
    """Frameworks with how many statements and judged units each has."""
    rows = m.Framework.objects.filter(LIVE).annotate(
        count=Count("statements", filter=Q(statements__retired_on__isnull=True), distinct=True),
        judged_units=Count("judged", filter=Q(judged__retired_on__isnull=True), distinct=True),
    )
    listed = tuple(
        Row(ref(f), {"edition": f.edition, "adopted": f.adopted, "statements": f.count, "judged": f.judged_units})
        for f in rows
    )
    return Listing(listed, len(listed), {})
