"""Which qualifications for leaders suit managers at each level, and which cross professional lines?

A qualification is for leaders where its cluster is that of managers and leaders, or its title says so. It crosses
professional lines where roles of more than one sector ask for it, or a role over several: one that stands among
managers and leaders and in no other sector.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import level_rank
from iqf.reports.lists import DEFAULT_SCHEME
from iqf.reports.targets import closed_because
from iqf.reports.things import Ref, refs

LEADERS = "managers-leaders"
WORDS = re.compile(r"\b(leaders?|leadership|managers?|management|headship)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Leading:
    """A qualification for leaders. `sectors`: those of the roles that ask for it, managers and leaders not counted.

    `over`: of these roles, those that stand in no other sector. `closed`: why none can begin it.
    """

    qualification: Ref
    roles: tuple[Ref, ...]
    sectors: tuple[str, ...]
    over: tuple[Ref, ...]
    crosses: bool
    closed: str


@dataclass(frozen=True)
class LeadershipAnswer:
    """The qualifications for leaders, lowest level first; of a level, those that cross most sectors first."""

    found: tuple[Leading, ...]
    rule: str
    as_of: date


def leadership(on: date) -> LeadershipAnswer:
    """Every standing qualification for leaders and managers, with the roles and sectors that ask for it."""
    things = {q.code: q for q in m.Qualification.objects.filter(LIVE).select_related("cluster") if _leads(q)}
    asked = _asked(things)
    sectors = _sectors({role for roles in asked.values() for role in roles})
    named = refs({*things, *sectors, *(r for roles in asked.values() for r in roles)}, ("qualification", "role"))
    found = [_leading(named[code], asked[code], sectors, named, closed_because(q, on)) for code, q in things.items()]
    found.sort(key=lambda x: (level_rank(x.qualification.level or ""), -len(x.sectors), x.qualification.title))
    return LeadershipAnswer(tuple(found), (__doc__ or "").split("\n\n", 1)[1].strip().replace("\n", " "), on)


def _leading(
    thing: Ref,
    roles: Iterable[str],
    sectors: Mapping[str, set[tuple[str, str]]],
    named: Mapping[str, Ref],
    closed: str,
) -> Leading:
    over = [r for r in roles if {key for key, _ in sectors[r]} == {LEADERS}]
    of = tuple(sorted({title for r in roles for key, title in sectors[r] if key != LEADERS}))
    return Leading(thing, _named(roles, named), of, _named(over, named), len(of) > 1 or bool(over), closed)


def _leads(thing: m.Qualification) -> bool:
    return bool(thing.cluster and thing.cluster.key == LEADERS) or bool(WORDS.search(thing.title))


def _asked(codes: Iterable[str]) -> dict[str, set[str]]:
    rows = m.Requirement.objects.filter(LIVE, qualification__code__in=list(codes), role__retired_on=None)
    found: dict[str, set[str]] = defaultdict(set)
    for qualification, role in rows.values_list("qualification__code", "role__code"):
        found[qualification].add(role)
    return found


def _named(roles: Iterable[str], named: Mapping[str, Ref]) -> tuple[Ref, ...]:
    return tuple(sorted((named[r] for r in roles), key=lambda r: r.title))


def _sectors(roles: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """The sectors of each role, by key and title."""
    rows = m.RoleCluster.objects.filter(LIVE, role__code__in=list(roles), cluster__scheme__key=DEFAULT_SCHEME)
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for role, key, title in rows.values_list("role__code", "cluster__key", "cluster__title"):
        found[role].add((key, title))
    return found
