"""Every unit of a rule group is listed. Where the list is known to be short, verdicts say so."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing groups of units whose list is incomplete or whose structure was not read."""
    rows = m.RuleGroup.objects.filter(LIVE, members__isnull=False).select_related("qualification").distinct()
    rows = within.limit(rows, "qualification__code")
    cases = [
        Example(g.qualification.code, g.qualification.title, f"{g.title}: {_matter(g)}")
        for g in rows
        if not (g.list_complete and g.structure_known)
    ]
    return found(cases, len(rows))


def _matter(group: m.RuleGroup) -> str:
    return "the list is incomplete" if group.structure_known else "what is mandatory was not read"
