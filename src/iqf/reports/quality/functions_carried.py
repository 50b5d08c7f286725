"""Every job function is the work of a role."""

from django.db.models import Exists, OuterRef

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing job functions; being a part of a role's work is enough."""
    rows = within.limit(m.JobFunction.objects.filter(LIVE), "roles__role__code").distinct().order_by("key")
    carried = m.RoleFunction.objects.filter(LIVE, function=OuterRef("pk"), role__retired_on__isnull=True)
    idle = rows.filter(~Exists(carried)).values_list("key", "title")
    cases = [Example(f"function:{key}", title, "no role carries it") for key, title in idle]
    return found(cases, rows.count(), "No job function is held.")
