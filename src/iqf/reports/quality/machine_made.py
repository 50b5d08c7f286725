"""Alignments are judged by people. Those made by machine are counted here and say so wherever they show."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import Example, Found


def check() -> Found:
    """Standing alignments whose citation says machine, by framework."""
    rows = m.Alignment.objects.filter(LIVE, unit__isnull=False)
    made = rows.filter(citation__certainty="machine")
    by_framework: dict[str, int] = {}
    for title in made.values_list("statement__framework__title", flat=True):
        by_framework[title] = by_framework.get(title, 0) + 1
    examples = tuple(Example("", title, f"{n} alignments made by machine") for title, n in by_framework.items())
    return Found(made.count(), rows.count(), examples)
