"""Where two entries share a qualification number, one ends before the other begins."""

from collections import defaultdict
from itertools import combinations

from django.db.models import Count

from iqf.analysis.partial_dates import before, partial
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Standing qualifications with a number. Dates that do not decide do not accuse: both ends must be known."""
    rows = m.Qualification.objects.filter(LIVE).exclude(number="")
    if within.codes is not None:
        rows = rows.filter(number__in=within.limit(rows, "code").order_by().values("number"))
    shared = rows.order_by().values("number").annotate(n=Count("id")).filter(n__gt=1).values("number")
    by_number: dict[str, list[m.Qualification]] = defaultdict(list)
    for qualification in rows.filter(number__in=shared).order_by("code"):
        by_number[qualification.number].append(qualification)
    cases = [
        Example(one.code, one.title, f"{number} is also the number of {other.code} {other.title}, at the same time")
        for number, held in by_number.items()
        for one, other in combinations(held, 2)
        if not (_ends_first(one, other) or _ends_first(other, one))
    ]
    return found(cases, rows.count(), "No qualification with a number is held.")


def _ends_first(one: m.Qualification, other: m.Qualification) -> bool:
    end, start = partial(one.operational_end), partial(other.operational_start)
    return bool(end and start and before(end, start) is not False)
