"""Every role has a place in each way of dividing the workforce that divides most of it."""

from collections import defaultdict

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing roles under each scheme that gives a place to half of them; a scheme made for some is no gap."""
    roles = {pk: (code, title) for pk, code, title in m.Role.objects.filter(LIVE).values_list("pk", "code", "title")}
    placed: dict[int, set[int]] = defaultdict(set)
    places = m.RoleCluster.objects.filter(LIVE, cluster__retired_on__isnull=True, role__in=list(roles))
    for scheme_id, role in places.values_list("cluster__scheme_id", "role_id"):
        placed[scheme_id].add(role)
    looked, cases = 0, []
    for scheme in m.ClusterScheme.objects.filter(LIVE):
        if 2 * len(placed[scheme.pk]) < len(roles) or not roles:
            continue
        looked += len(roles)
        bare = sorted(roles[pk] for pk in roles.keys() - placed[scheme.pk] if within.has(roles[pk][0]))
        cases += [Example(code, title, f"it has no place in {scheme.title}") for code, title in bare]
    return found(cases, looked, "No way of dividing the workforce gives a place to half of the roles.")
