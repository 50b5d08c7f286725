"""Every qualification is named by the naming protocol: its title, level, owner, number and age focus agree."""

from iqf.analysis import naming
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Qualifications with a rule of the protocol that they do not keep."""
    things = within.limit(m.Qualification.objects.filter(LIVE), "code").select_related("owner").order_by("code")
    cases = [Example(q.code, q.title, breach.sentence) for q in things for breach in naming.check(_named(q))]
    return found(cases, len(things))


def _named(q: m.Qualification) -> naming.Named:
    owner = q.owner.title if q.owner else ""
    return naming.Named(q.title, q.level, owner, q.number, q.age_focus, q.award_type)
