"""How crowded is a cluster: one award from how many bodies, which units are shared, and which say the same twice?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iqf.analysis.crowding import Crowding, Entry, Why
from iqf.analysis.crowding import crowding as reckon
from iqf.analysis.likeness import within
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.catalogue.rulesets import equivalent_classes
from iqf.catalogue.titled import titled_qualifications, titled_units
from iqf.codes import LEVELS, NO_LEVEL, level_words
from iqf.reports.lists import DEFAULT_SCHEME, qualifications_in_clusters
from iqf.reports.things import Ref, ref

ORDER = ("E", *LEVELS, NO_LEVEL, "")


@dataclass(frozen=True)
class AwardShown:
    """One award with every entry of it, their different owners, and why they are taken for one."""

    entries: tuple[Ref, ...]
    owners: tuple[str, ...]
    why: Why


@dataclass(frozen=True)
class AtLevel:
    """The awards at one level, those that most bodies offer first; how many entries and how many owners."""

    level: str
    words: str
    awards: tuple[AwardShown, ...]
    entries: int
    owners: int


@dataclass(frozen=True)
class UnitShared:
    """One unit in several entries, and in how many different awards: sharing as it is meant to be."""

    unit: Ref
    entries: tuple[Ref, ...]
    awards: int


@dataclass(frozen=True)
class UnitsRepeated:
    """Two units that look like one: how like and why, and who has the one and not the other. Duplication, perhaps."""

    a: Ref
    b: Ref
    score: float
    why: str
    in_a: tuple[Ref, ...]
    in_b: tuple[Ref, ...]


@dataclass(frozen=True)
class CrowdingAnswer:
    """One cluster: its awards by level, what is shared and what is said twice.

    `without_units`: how many of its entries have no unit on record, so that nothing of them is shared or repeated.
    """

    scheme: str
    key: str
    title: str
    levels: tuple[AtLevel, ...]
    shared: tuple[UnitShared, ...]
    repeated: tuple[UnitsRepeated, ...]
    without_units: int

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return sum(at.entries for at in self.levels)

    @property
    def awards(self) -> int:
        """How many different awards they are."""
        return sum(len(at.awards) for at in self.levels)

    @property
    def crowded(self) -> AtLevel | None:
        """The level with the most entries; None where there is none with more than one."""
        most = max(self.levels, key=lambda at: at.entries, default=None)
        return most if most and most.entries > 1 else None


def crowding(key: str, scheme: str = DEFAULT_SCHEME, *, repeated: bool = True) -> CrowdingAnswer:
    """The cluster with this key in a scheme; without looking for what is said twice where that is not asked for.

    Raises NotFoundError.
    """
    cluster = m.Cluster.objects.filter(LIVE, scheme__key=scheme, key=key).first()
    if cluster is None:
        raise NotFoundError(f'There is no cluster "{key}" in the scheme "{scheme}".')
    here = [pk for pk, keys in qualifications_in_clusters(scheme).items() if key in keys]
    things = m.Qualification.objects.filter(LIVE, pk__in=here).select_related("owner").prefetch_related("aliases")
    held = {q.code: q for q in things.order_by("title", "code")}
    entries = _entries(held)
    units = _units({unit for entry in entries for unit in entry.units})
    pairs = within(titled_units(units)).pairs if repeated else ()
    alike = [(p.a, p.b, p.score, p.why) for p in pairs]
    found = reckon(entries, alike, equivalent_classes())
    refs = {code: ref(q) for code, q in held.items()}
    return CrowdingAnswer(
        scheme=scheme,
        key=key,
        title=cluster.title,
        levels=_levels(found, held, refs),
        shared=tuple(UnitShared(units[s.unit], _of(refs, s.entries), s.awards) for s in found.shared),
        repeated=tuple(
            UnitsRepeated(units[r.a], units[r.b], r.score, r.why, _of(refs, r.in_a), _of(refs, r.in_b))
            for r in found.repeated
        ),
        without_units=sum(not entry.units for entry in entries),
    )


def _of(refs: Mapping[str, Ref], codes: Iterable[str]) -> tuple[Ref, ...]:
    return tuple(refs[code] for code in codes)


def _entries(held: Mapping[str, m.Qualification]) -> list[Entry]:
    units: dict[str, set[str]] = defaultdict(set)
    rows = m.GroupUnit.objects.filter(
        LIVE, group__retired_on__isnull=True, group__qualification__code__in=held, unit__retired_on__isnull=True
    )
    for qualification, unit in rows.values_list("group__qualification__code", "unit__code"):
        units[qualification].add(unit)
    names = {t.key: frozenset(t.owners) for t in titled_qualifications(held)}
    return [
        Entry(code, q.title, q.level, q.owner.title if q.owner else "", names[code], frozenset(units[code]))
        for code, q in held.items()
    ]


def _units(codes: set[str]) -> dict[str, Ref]:
    rows = m.Unit.objects.filter(LIVE, code__in=codes).select_related("owner").prefetch_related("aliases")
    return {u.code: ref(u) for u in rows}


def _levels(found: Crowding, held: Mapping[str, m.Qualification], refs: Mapping[str, Ref]) -> tuple[AtLevel, ...]:
    by_level: dict[str, list[AwardShown]] = defaultdict(list)
    for award in found.awards:
        by_level[award.level].append(AwardShown(_of(refs, award.entries), award.owners, award.why))
    order = sorted(by_level, key=lambda level: ORDER.index(level) if level in ORDER else len(ORDER))
    return tuple(
        AtLevel(
            level,
            level_words(level),
            tuple(by_level[level]),
            sum(len(award.entries) for award in by_level[level]),
            len({owner for award in by_level[level] for owner in award.owners}),
        )
        for level in order
    )
