"""Is a step up, sideways or down, and does it cross occupational groups?

A role stands at the highest level of what everybody in it must hold, each choice at its lowest; where nothing binds,
at the lowest level of what it asks for most strongly. Groups are the clusters of one scheme. What is not on record
makes no claim.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import LEVELS, level_rank
from iqf.reports.asked import STRENGTH_ORDER
from iqf.reports.lists import DEFAULT_SCHEME

UP, SIDEWAYS, DOWN = "up", "sideways", "down"


@dataclass(frozen=True)
class Kinds:
    """Levels (as ranks) and groups of roles and qualifications, by code, as far as they are on record."""

    levels: Mapping[str, int]
    groups: Mapping[str, frozenset[str]]

    def direction(self, before: str, after: str) -> str:
        """`up`, `sideways` or `down`; blank where a level is not on record."""
        if before not in self.levels or after not in self.levels:
            return ""
        one, other = self.levels[before], self.levels[after]
        return SIDEWAYS if one == other else UP if other > one else DOWN

    def crosses(self, before: str, after: str) -> bool:
        """Whether the two have no group in common, though both stand in one."""
        one, other = self.groups.get(before, frozenset()), self.groups.get(after, frozenset())
        return bool(one and other) and not one & other

    def along(self, start: str, codes: Iterable[str]) -> list[tuple[str, bool]]:
        """For each place of a way, how it lies to the last one before it of which that is known."""
        found = []
        level, group = start, start
        for code in codes:
            found.append((self.direction(level, code), self.crosses(group, code)))
            level = code if code in self.levels else level
            group = code if self.groups.get(code) else group
        return found


def kinds_of(codes: Collection[str]) -> Kinds:
    """The levels and groups of these roles and qualifications."""
    things = m.Qualification.objects.filter(code__in=codes).select_related("cluster__scheme")
    levels = {q.code: level_rank(q.level) for q in things if q.level in LEVELS}
    groups: dict[str, set[str]] = defaultdict(set)
    for q in things:
        if q.cluster and q.cluster.scheme.key == DEFAULT_SCHEME:
            groups[q.code].add(q.cluster.key)
    placed = m.RoleCluster.objects.filter(LIVE, role__code__in=codes, cluster__scheme__key=DEFAULT_SCHEME)
    for role, cluster in placed.values_list("role__code", "cluster__key"):
        groups[role].add(cluster)
    return Kinds(levels | _role_levels(codes), {code: frozenset(keys) for code, keys in groups.items()})


def _role_levels(codes: Collection[str]) -> dict[str, int]:
    rows = m.Requirement.objects.filter(LIVE, role__code__in=codes, qualification__retired_on=None)
    asked: dict[str, dict[str, dict[str, list[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    told = rows.values_list(
        "role__code", "strength", "choice_group", "area_id", "qualification__code", "qualification__level"
    )
    for role, strength, group, area, code, level in told:
        if level in LEVELS and area is None:
            asked[role][strength][group or code].append(level_rank(level))
    found = {}
    for role, by_strength in asked.items():
        strongest = min(by_strength, key=lambda s: STRENGTH_ORDER[s])
        lowest = [min(ranks) for ranks in by_strength[strongest].values()]
        found[role] = max(lowest) if strongest == "mandatory" else min(lowest)
    return found
