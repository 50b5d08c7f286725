"""Every source that facts rest on has a licence on record, so that others know what they may do with them."""

from django.db.models import Count

from iqf.evidence.models import Source
from iqf.reports.quality.finding import Example, Found, found


def check() -> Found:
    """Sources with at least one citation, the most cited first."""
    cited = Source.objects.annotate(facts=Count("citations")).filter(facts__gt=0)
    bare = cited.filter(licence="").order_by("-facts", "title").values_list("key", "title", "facts")
    cases = [
        Example(f"source:{key}", title, f"{facts:,} {'fact rests' if facts == 1 else 'facts rest'} on it")
        for key, title, facts in bare
    ]
    return found(cases, cited.count(), "No fact is cited.")
