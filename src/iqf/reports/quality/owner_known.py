"""Every qualification has an owner: somebody to ask. An entry that stands for many may have many."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing qualifications, but for entries that stand for many; an owner that was retired owns nothing."""
    rows = m.Qualification.objects.filter(LIVE, stands_for="").order_by("code")
    rows = within.limit(rows, "code", "owner__code")
    bare = rows.filter(owner__isnull=True).values_list("code", "title")
    gone = rows.filter(owner__retired_on__isnull=False).values_list("code", "title", "owner__title")
    cases = [Example(*row, "no owner is recorded") for row in bare]
    cases += [Example(code, title, f"its owner, {owner}, was retired") for code, title, owner in gone]
    return found(cases, rows.count(), "No qualification is held.")
