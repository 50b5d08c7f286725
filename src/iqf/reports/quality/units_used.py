"""Every unit is part of a qualification."""

from django.db.models import Exists, OuterRef

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing units; a place in a group of a retired qualification does not count."""
    units = within.limit(m.Unit.objects.filter(LIVE), "code").order_by("code")
    places = m.GroupUnit.objects.filter(
        LIVE, unit=OuterRef("pk"), group__retired_on__isnull=True, group__qualification__retired_on__isnull=True
    )
    idle = units.filter(~Exists(places)).values_list("code", "title")
    return found(
        [Example(code, title, "in no qualification") for code, title in idle], units.count(), "No unit is held."
    )
