"""Every qualification admitted from an official list is placed: it has units, a cluster, or a role that asks."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing admissions about which nothing is known but what their list prints."""
    rows = within.limit(m.Qualification.objects.filter(LIVE, admission__isnull=False), "code").order_by("title")
    placed = set(m.Requirement.objects.filter(LIVE).values_list("qualification_id", flat=True))
    placed |= set(m.RuleGroup.objects.filter(LIVE).values_list("qualification_id", flat=True))
    bare = [q for q in rows if q.cluster_id is None and q.pk not in placed]
    return found([Example(q.code, q.title, "admitted, and not mapped yet") for q in bare], rows.count())
