"""An award, certificate or diploma of the credit framework has the credit that its name promises."""

import re

from django.db.models import Q

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import rules
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found

SIZES = {"Award": (1, 12), "Certificate": (13, 36), "Diploma": (37, None)}
"""Least and most credit by the word in the title: the sizes of the Qualifications and Credit Framework."""
ERA = ("2008", "2015-10")
"""From the framework's first year until its rules were withdrawn; before and after, the words promise no size."""
_WORD = re.compile(r"\b(Award|Certificate|Diploma)\b")


def check(within: Within = EVERYTHING) -> Found:
    """Standing regulated qualifications begun in the era, whose title names one size and whose credit is known: as
    stated, else as its units add up where every unit is mandatory.
    """
    begun = Q(operational_start__gte=ERA[0], operational_start__lt=ERA[1])
    rows = within.limit(m.Qualification.objects.filter(LIVE, kind="regulated qualification"), "code")
    rows = rows.filter(begun | Q(title__contains="(QCF)"))
    added = _added_up([q.pk for q in rows if q.credit is None])
    looked, cases = 0, []
    for q in rows.order_by("code"):
        words, credit = set(_WORD.findall(q.title)), q.credit if q.credit is not None else added.get(q.pk)
        if credit is None or len(words) != 1:
            continue
        looked += 1
        least, most = SIZES[words.pop()]
        if credit < least or (most and credit > most):
            asked = f"{least} to {most}" if most else f"{least} or more"
            cases.append(Example(q.code, q.title, f"{credit} credits, where its name promises {asked}"))
    return found(cases, looked, "No qualification of the credit framework with a known credit is held.")


def _added_up(qualifications: list[int]) -> dict[int, int]:
    """The credit of the units of each qualification that has nothing to choose, where every unit's is known."""
    sums: dict[int, int | None] = {}
    for group in rules(qualifications):
        credits = [
            row.unit.credit_low if row.unit.credit_low == row.unit.credit_high else None
            for row in group.members.all()
        ]
        sure = group.kind == "all" and group.list_complete and group.structure_known and None not in credits
        before = sums.get(group.qualification_id, 0)
        total = sum(c for c in credits if c is not None)
        sums[group.qualification_id] = before + total if sure and before is not None else None
    return {key: total for key, total in sums.items() if total}
