"""A group of units to choose from lists enough units, and enough credit, for what it asks."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import rules
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing groups of units to choose from, with a minimum and a complete list. Unknown credit accuses nobody."""
    looked, cases = 0, []
    groups = within.limit(rules(), "qualification__code")
    groups = groups.filter(LIVE, kind="choose", list_complete=True, structure_known=True)
    parents = set(m.RuleGroup.objects.filter(LIVE, parent__isnull=False).values_list("parent_id", flat=True))
    for group in groups.select_related("qualification"):
        units = [row.unit for row in group.members.all()]
        if group.pk in parents or not units or not (group.min_units or group.min_credit):
            continue
        looked += 1
        most = [unit.credit_high for unit in units]
        held = f"{group.title} lists"
        if group.min_units and len(units) < group.min_units:
            cases.append(_example(group, f"{held} {len(units)} units and asks {group.min_units}"))
        elif group.min_credit and None not in most and sum(c or 0 for c in most) < group.min_credit:
            cases.append(_example(group, f"{held} {sum(c or 0 for c in most)} credits and asks {group.min_credit}"))
    return found(cases, looked, "No group of units to choose from has a minimum and a complete list.")


def _example(group: m.RuleGroup, matter: str) -> Example:
    return Example(group.qualification.code, group.qualification.title, matter)
