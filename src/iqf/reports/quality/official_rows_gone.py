"""The official row that a qualification is tied to still stands on its list."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import Example, Found, found


def check() -> Found:
    """Standing links of standing qualifications to official rows."""
    rows = m.OfficialLink.objects.filter(LIVE, qualification__retired_on__isnull=True).order_by("qualification__code")
    fields = ("qualification__code", "qualification__title", "official_row__register", "official_row__reference")
    cases = [
        Example(code, title, f"{register} no longer lists {reference}")
        for code, title, register, reference in rows.filter(official_row__retired=True).values_list(*fields)
    ]
    return found(cases, rows.count(), "No qualification is tied to an official list.")
