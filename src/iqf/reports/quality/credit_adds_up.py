"""The credits of the units of a mandatory group add up to what the rule asks."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import rules
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Groups in which every unit counts, whose credits are all known, and whose rule names a credit."""
    looked, cases = 0, []
    groups = rules().filter(LIVE, kind="all", min_credit__isnull=False).select_related("qualification")
    for group in within.limit(groups, "qualification__code"):
        credits = [row.unit.credit_low for row in group.members.all()]
        if not credits or None in credits:
            continue
        looked += 1
        held = sum(c for c in credits if c is not None)
        if held != group.min_credit:
            cases.append(_example(group, held))
    return found(cases, looked)


def _example(group: m.RuleGroup, held: int) -> Example:
    matter = f"{group.title} asks {group.min_credit} credits, the units listed give {held}"
    return Example(group.qualification.code, group.qualification.title, matter)
