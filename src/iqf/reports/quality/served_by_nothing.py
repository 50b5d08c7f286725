"""Every role has a qualification that serves it, or a stated position at entry."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing roles without any requirement or entry position."""
    served = m.Requirement.objects.filter(LIVE).values("role_id")
    placed = m.EntryPosition.objects.filter(LIVE).values("role_id")
    roles = within.limit(m.Role.objects.filter(LIVE), "code").order_by("title")
    bare = roles.exclude(pk__in=served).exclude(pk__in=placed)
    return found([Example(r.code, r.title, "nothing is recorded for it") for r in bare], roles.count())
