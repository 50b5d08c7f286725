"""Every statement of a framework in parts belongs to one of its parts."""

from django.db.models import Exists, F, OuterRef

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing statements of frameworks in which some have a parent, which must stand too, in the same framework.
    Areas, features and what has parts of its own may stand alone.
    """
    inside = m.Statement.objects.filter(LIVE, framework=OuterRef("framework"), parent__isnull=False)
    rows = m.Statement.objects.filter(LIVE, Exists(inside), framework__retired_on__isnull=True)
    rows = within.limit(rows, "framework__code")
    parts = m.Statement.objects.filter(LIVE, parent=OuterRef("pk"))
    alone = rows.filter(~Exists(parts), parent__isnull=True).exclude(kind__in=("area", "feature"))
    lost = rows.filter(parent__retired_on__isnull=False)
    strange = rows.filter(parent__isnull=False).exclude(parent__framework=F("framework"))
    cases = [
        Example(f"{key}:{code}", title, matter)
        for found_rows, matter in (
            (alone, "it belongs to no part of its framework"),
            (lost, "the part it belongs to was retired"),
            (strange, "the part it belongs to is of another framework"),
        )
        for key, code, title in found_rows.order_by("framework__key", "position").values_list(
            "framework__key", "code", "title"
        )
    ]
    return found(cases, rows.count(), "No framework in parts is held.")
