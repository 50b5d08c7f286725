"""Every unit says what a learner will know or be able to do: it has learning outcomes."""

from django.db.models import Exists, OuterRef

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing units; an outcome that was retired does not count."""
    units = within.limit(m.Unit.objects.filter(LIVE), "code").order_by("code")
    stated = m.UnitOutcome.objects.filter(LIVE, unit=OuterRef("pk"))
    bare = units.filter(~Exists(stated)).values_list("code", "title", "summary")
    cases = [
        Example(code, title, "only a summary" if summary else "neither outcomes nor a summary")
        for code, title, summary in bare
    ]
    return found(cases, units.count(), "No unit is held.")
