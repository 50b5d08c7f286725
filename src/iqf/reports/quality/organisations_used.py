"""Every organisation owns something, or has a part in a role or programme, or was followed by one that does."""

from django.db.models import Exists, OuterRef, Q

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found

FOLLOWED = ("merged into", "successor")


def check(within: Within = EVERYTHING) -> Found:
    """Standing organisations; those that are only held as the followers of others count as used."""
    rows = within.limit(m.Organisation.objects.filter(LIVE), "code").order_by("code")
    here = OuterRef("pk")
    used = (
        Exists(m.Qualification.objects.filter(LIVE, owner=here))
        | Exists(m.Unit.objects.filter(LIVE, owner=here))
        | Exists(m.RoleBody.objects.filter(LIVE, organisation=here))
        | Exists(m.QualificationBody.objects.filter(LIVE, organisation=here))
        | Exists(m.EntryCriterion.objects.filter(LIVE, employer=here))
        | Exists(m.Opinion.objects.filter(LIVE, organisation=here))
        | Exists(m.OrganisationName.objects.filter(LIVE, organisation=here, kind__in=FOLLOWED))
    )
    followers = m.OrganisationName.objects.filter(LIVE, kind__in=FOLLOWED).values("other_name")
    idle = rows.filter(~Q(used)).exclude(title__in=followers).values_list("code", "title", "kind")
    cases = [Example(code, title, f"{kind}; nothing is recorded of what it does here") for code, title, kind in idle]
    return found(cases, rows.count(), "No organisation is held.")
