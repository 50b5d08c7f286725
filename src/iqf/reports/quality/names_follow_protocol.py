"""Every qualification is named by the naming protocol: title, level, owner, number and age focus say one thing each."""

from iqf.analysis.naming import Named, check
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import Example, Found, found


def _named(q: m.Qualification) -> Named:
    return Named(q.title, q.level, q.owner.title if q.owner else "", q.number, q.age_focus, q.award_type)


def check_names() -> Found:
    """Qualifications with a rule of the protocol that they do not keep."""
    things = m.Qualification.objects.filter(LIVE).select_related("owner").order_by("code")
    cases = [Example(q.code, q.title, breach.sentence) for q in things for breach in check(_named(q))]
    return found(cases, len(things))
