"""Every qualification that was not admitted from a list is asked for by a role, or leads to one that is."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing qualifications that no role asks for and that lead nowhere; not those admitted from official lists."""
    asked = m.Requirement.objects.filter(LIVE).values("qualification_id")
    leading = m.Progression.objects.filter(LIVE).values("before_id")
    rows = within.limit(m.Qualification.objects.filter(LIVE, admission__isnull=True), "code").order_by("title")
    idle = rows.exclude(pk__in=asked).exclude(pk__in=leading)
    return found([Example(q.code, q.title, "no role asks for it and it leads nowhere") for q in idle], rows.count())
