"""Which qualifications for leaders suit managers at each level, and which cross professional lines?

A qualification is for leaders where its cluster is that of managers and leaders, or its title says so. It crosses
professional lines where roles of more than one sector ask for it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
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
    """A qualification for leaders. `sectors`: those of the roles that ask for it. `closed`: why none can begin it."""

    qualification: Ref
    roles: tuple[Ref, ...]
    sectors: tuple[str, ...]
    closed: str

    @property
    def crosses(self) -> bool:
        """Whether roles of more than one sector ask for it."""
        return len(self.sectors) > 1


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
    found = [
        Leading(
            named[code],
            tuple(sorted((named[r] for r in asked[code]), key=lambda r: r.title)),
            tuple(sorted({title for r in asked[code] for title in sectors[r]})),
            closed_because(thing, on),
        )
        for code, thing in things.items()
    ]
    found.sort(key=lambda x: (level_rank(x.qualification.level or ""), -len(x.sectors), x.qualification.title))
    return LeadershipAnswer(tuple(found), (__doc__ or "").split("\n\n", 1)[1].strip().replace("\n", " "), on)


def _leads(thing: m.Qualification) -> bool:
    return bool(thing.cluster and thing.cluster.key == LEADERS) or bool(WORDS.search(thing.title))


def _asked(codes: Iterable[str]) -> dict[str, set[str]]:
    rows = m.Requirement.objects.filter(LIVE, qualification__code__in=list(codes), role__retired_on=None)
    found: dict[str, set[str]] = defaultdict(set)
    for qualification, role in rows.values_list("qualification__code", "role__code"):
        found[qualification].add(role)
    return found


def _sectors(roles: Iterable[str]) -> dict[str, set[str]]:
    rows = m.RoleCluster.objects.filter(LIVE, role__code__in=list(roles), cluster__scheme__key=DEFAULT_SCHEME)
    found: dict[str, set[str]] = defaultdict(set)
    for role, title in rows.values_list("role__code", "cluster__title"):
        found[role].add(title)
    return found
