"""Nothing that stands points to something that was retired."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within

LINKS = (
    (m.Requirement, "role", "qualification", "asks for"),
    (m.Progression, "before", "after", "leads to"),
    (m.Comparison, "qualification", "counterpart", "compares with"),
    (m.GroupUnit, "group__qualification", "unit", "is made up of"),
    (m.RoleFunction, "role", "function", "carries"),
    (m.RoleCluster, "role", "cluster", "has its place in"),
    (m.EntryCriterion, "role", "employer", "has entry criteria of"),
    (m.RoleBody, "role", "organisation", "names"),
    (m.QualificationBody, "qualification", "organisation", "names"),
    (m.Alignment, "unit", "statement", "is said to reach"),
    (m.Criterion, "framework", "statement", "has criteria for"),
    (m.Crosswalk, "first", "second", "is compared with"),
)
"""Each kind of link: from what, to what, and the words between them."""
WITHOUT_CODE = ("function", "cluster")


def check(within: Within = EVERYTHING) -> Found:
    """Standing links between two things, by kind; things retired together with their links do not count."""
    cases: list[Example] = []
    looked = 0
    for model, first, second, words in LINKS:
        rows = model._default_manager.filter(LIVE, **{f"{first}__isnull": False, f"{second}__isnull": False})
        ends = [f"{end}__code" for end in (first, second) if end not in WITHOUT_CODE]
        rows = within.limit(rows, *ends)
        looked += rows.count()
        gone = Q(**{f"{first}__retired_on__isnull": False}) | Q(**{f"{second}__retired_on__isnull": False})
        cases += _examples(rows.filter(gone).select_related(first, second), first, second, words)
    return Found(len(cases), looked, tuple(cases), "Nothing is linked.")


def _examples(rows: QuerySet[Any], first: str, second: str, words: str) -> Iterator[Example]:
    for row in rows:
        one, two = attrgetter(first.replace("__", "."))(row), getattr(row, second)
        gone = " and ".join(thing.title for thing in (one, two) if thing.is_retired)
        yield Example(getattr(one, "code", ""), one.title, f"{words} {two.title}; retired: {gone}")
