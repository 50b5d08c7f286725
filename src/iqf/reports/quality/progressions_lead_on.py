"""Stated progressions lead on: never in a circle, and never down from one level to a lower one."""

from collections import defaultdict

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import LEVELS, level_rank, level_words
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing progressions between standing qualifications; sideways is allowed, unknown levels accuse nobody."""
    rows = m.Progression.objects.filter(LIVE, before__retired_on__isnull=True, after__retired_on__isnull=True)
    onward: dict[int, set[int]] = defaultdict(set)
    for before, after in rows.values_list("before_id", "after_id"):
        onward[before].add(after)
    rows = within.limit(rows, "before__code", "after__code")
    links = list(rows.select_related("before", "after").order_by("before__code", "after__code"))
    cases = []
    for link in links:
        one, two = link.before, link.after
        if one.level in LEVELS and two.level in LEVELS and level_rank(two.level) < level_rank(one.level):
            down = f"from {level_words(one.level).lower()} down to {level_words(two.level).lower()}"
            cases.append(Example(one.code, one.title, f"it is said to lead to {two.title}, {down}"))
        if _reaches(two.pk, one.pk, onward):
            cases.append(Example(one.code, one.title, f"it leads to {two.title}, which leads back to it"))
    return found(cases, len(links), "No progression is stated.")


def _reaches(start: int, goal: int, onward: dict[int, set[int]]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        fresh = onward.get(at, set()) - seen
        seen |= fresh
        waiting += fresh
    return False
