"""The level of a qualification is the one that its title names."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import level_in_title, level_words
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Qualifications whose title names one level."""
    looked, cases = 0, []
    for q in within.limit(m.Qualification.objects.filter(LIVE), "code").order_by("code"):
        named = level_in_title(q.title)
        if not named:
            continue
        looked += 1
        if named[0] != q.level[:1]:
            cases.append(Example(q.code, q.title, f"held as {level_words(q.level).lower()}"))
    return found(cases, looked)
