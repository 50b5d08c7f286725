"""The official row that a thing is tied to still stands on its list."""

from iqf.catalogue import models as m
from iqf.catalogue.models.official import TIED_KINDS
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import Example, Found, found


def check() -> Found:
    """Standing links of standing qualifications, organisations and roles to official rows."""
    looked, cases = 0, []
    for kind in TIED_KINDS:
        standing = {f"{kind}__isnull": False, f"{kind}__retired_on__isnull": True}
        rows = m.OfficialLink.objects.filter(LIVE, **standing).order_by(f"{kind}__code")
        looked += rows.count()
        fields = (f"{kind}__code", f"{kind}__title", "official_row__register", "official_row__reference")
        cases += [
            Example(code, title, f"{register} no longer lists {reference}")
            for code, title, register, reference in rows.filter(official_row__retired=True).values_list(*fields)
        ]
    return found(cases, looked, "Nothing is tied to an official list.")
