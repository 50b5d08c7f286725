"""Which roles, qualifications, units and organisations are there? Lists that filter, with counts."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED
from iqf.codes import level_rank
from iqf.reports.things import Ref, ref, shown_level

DEFAULT_SCHEME = "sectors-2008"
NOT_PLACED = "Not placed yet"


@dataclass(frozen=True)
class Scheme:
    """A way of dividing the workforce, with its clusters in order: (key, title)."""

    key: str
    title: str
    note: str
    clusters: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """One thing in a list: the thing, and the facts that the list shows and filters by."""

    thing: Ref
    facts: dict[str, Any]


@dataclass(frozen=True)
class Listing:
    """A list after its filters: the rows, and for each filter the values there are with how many rows each has."""

    rows: tuple[Row, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]


def schemes() -> tuple[Scheme, ...]:
    """Every scheme that places roles, in order."""
    rows = m.ClusterScheme.objects.filter(LIVE).prefetch_related("clusters__members")
    return tuple(
        Scheme(s.key, s.title, s.note, tuple((c.key, c.title) for c in s.clusters.all() if not c.is_retired))
        for s in rows
        if any(c.members.all() for c in s.clusters.all())
    )


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


def _listing(rows: Iterable[Row], filters: dict[str, str], facet_names: tuple[str, ...]) -> Listing:
    """Filter by facts; a facet counts what would be left if only its own filter were lifted."""
    everything = list(rows)

    def keeps(row: Row, but: str = "") -> bool:
        return all(_holds(row.facts.get(n), v) for n, v in filters.items() if v and n != but)

    facets = {}
    for name in facet_names:
        counts = Counter(v for row in everything if keeps(row, but=name) for v in _values(row.facts.get(name)))
        facets[name] = tuple(sorted(counts.items(), key=_facet_order(name)))
    kept = tuple(row for row in everything if keeps(row))
    return Listing(kept, len(everything), facets)


def _values(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple) else (str(value),) if value not in (None, "") else ("not known",)


def _holds(value: Any, wanted: str) -> bool:
    return wanted in _values(value)


def _facet_order(name: str) -> Callable[[tuple[str, int]], Any]:
    if name == "level":
        return lambda item: (level_rank(item[0].replace("Entry level", "E").replace(" ", "")), item[0])
    return lambda item: item[0]


def roles(scheme: str = DEFAULT_SCHEME, **filters: str) -> Listing:
    """Roles with their place in a scheme; filters: cluster, constituency, tier, status, entry."""
    rows = (
        m.Role.objects.filter(LIVE)
        .prefetch_related("aliases", "places__cluster__scheme", "entry_positions", "requirements")
        .order_by("title")
    )
    return _listing(
        (
            Row(
                ref(r),
                {
                    "cluster": tuple(
                        p.cluster.title for p in r.places.all() if p.cluster.scheme.key == scheme and not p.is_retired
                    )
                    or ("Not placed",),
                    "constituency": r.constituency,
                    "tier": r.tier,
                    "status": r.status,
                    "entry": next((p.entry for p in r.entry_positions.all() if not p.is_retired), ""),
                    "requirements": sum(not q.is_retired for q in r.requirements.all()),
                    "description": r.description,
                },
            )
            for r in rows
        ),
        filters,
        ("cluster", "constituency", "tier", "status", "entry"),
    )


def qualifications(**filters: str) -> Listing:
    """Qualifications by level and title.

    Filters: level, kind, owner, cluster, subject_area, age_focus, status, units, verified. The sector subject area is
    what official lists print under it: none where no list does, several where they differ.
    """
    areas = _subject_areas()
    rows = (
        m.Qualification.objects.filter(LIVE)
        .select_related(*CITED, "owner", "cluster")
        .prefetch_related("aliases")
        .annotate(
            with_units=Count("groups__members", filter=Q(groups__members__retired_on__isnull=True)),
        )
    )
    return _listing(
        (
            Row(
                ref(q),
                {
                    "level": shown_level(q.level),
                    "kind": q.kind,
                    "owner": q.owner.title if q.owner else "",
                    "cluster": q.cluster.title if q.cluster else NOT_PLACED,
                    "subject_area": areas.get(q.pk, ""),
                    "age_focus": q.age_focus,
                    "status": q.stated_status,
                    "units": "with units" if q.with_units else "no units held",
                    "verified": "seen at its source" if q.citation.verified else "not checked",
                    "credit": q.credit,
                },
            )
            for q in sorted(rows, key=lambda q: (level_rank(q.level), q.title))
        ),
        filters,
        ("level", "kind", "cluster", "subject_area", "owner", "age_focus", "status", "units", "verified"),
    )


def _subject_areas() -> dict[int, tuple[str, ...]]:
    """The sector subject areas that official lists print, by qualification."""
    links = m.OfficialLink.objects.filter(LIVE, qualification__isnull=False, official_row__retired=False)
    printed: dict[int, set[str]] = {}
    for pk, area in links.values_list("qualification_id", "official_row__facts__subject_area"):
        if pk and area:
            printed.setdefault(pk, set()).add(area)
    return {pk: tuple(sorted(areas)) for pk, areas in printed.items()}


def units(**filters: str) -> Listing:
    """Units by level and title; filters: level, owner, shared, outcomes, verified."""
    rows = (
        m.Unit.objects.filter(LIVE)
        .select_related(*CITED, "owner")
        .prefetch_related("aliases")
        .annotate(
            used=Count(
                "groups__group__qualification",
                filter=Q(groups__retired_on__isnull=True, groups__group__retired_on__isnull=True),
                distinct=True,
            ),
            told=Count("outcomes", distinct=True),
        )
    )
    return _listing(
        (
            Row(
                ref(u),
                {
                    "level": shown_level(u.level),
                    "owner": u.owner.title if u.owner else "",
                    "credit_low": u.credit_low,
                    "credit_high": u.credit_high,
                    "qualifications": u.used,
                    "shared": "shared" if u.used > 1 else "in one qualification" if u.used else "in none",
                    "outcomes": "with outcomes" if u.told else "no outcomes held",
                    "verified": "seen at its source" if u.citation.verified else "not checked",
                },
            )
            for u in sorted(rows, key=lambda u: (level_rank(u.level), u.title))
        ),
        filters,
        ("level", "owner", "shared", "outcomes", "verified"),
    )


def organisations(**filters: str) -> Listing:
    """Organisations by name; filter: kind."""
    rows = (
        m.Organisation.objects.filter(LIVE)
        .prefetch_related("aliases")
        .annotate(
            owned=Count("qualifications", filter=Q(qualifications__retired_on__isnull=True), distinct=True),
            unit_count=Count("units", filter=Q(units__retired_on__isnull=True), distinct=True),
        )
        .order_by("title")
    )
    return _listing(
        (Row(ref(o), {"kind": o.kind, "qualifications": o.owned, "units": o.unit_count}) for o in rows),
        filters,
        ("kind",),
    )


def frameworks() -> Listing:
    """Frameworks with how many statements and judged units each has."""
    rows = m.Framework.objects.filter(LIVE).annotate(
        count=Count("statements", filter=Q(statements__retired_on__isnull=True), distinct=True),
        judged_units=Count("judged", filter=Q(judged__retired_on__isnull=True), distinct=True),
    )
    return _listing(
        (
            Row(ref(f), {"edition": f.edition, "adopted": f.adopted, "statements": f.count, "judged": f.judged_units})
            for f in rows
        ),
        {},
        (),
    )
