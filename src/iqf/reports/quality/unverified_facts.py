"""Every fact has been seen at its source. Facts that were recalled and not checked are counted here."""

from django.db.models import Count

from iqf.evidence.models import Citation, FieldMark
from iqf.reports.quality.finding import Example, Found


def check() -> Found:
    """Citations and single fields that were recalled; one example for each kind of fact."""
    recalled = Citation.objects.filter(certainty="unverified")
    fields = FieldMark.objects.filter(certainty="unverified")
    by_kind: dict[str, int] = {}
    for subject in recalled.values_list("subject", flat=True):
        kind = subject.partition(":")[0]
        by_kind[kind] = by_kind.get(kind, 0) + 1
    examples = [
        Example(kind, kind.replace("_", " "), f"{n} facts not checked") for kind, n in sorted(by_kind.items())
    ]
    for row in fields.values("field").annotate(n=Count("id")).order_by("-n"):
        examples.append(Example(row["field"], f"field {row['field']}", f"{row['n']} values recalled"))
    total = Citation.objects.count() + FieldMark.objects.count()
    return Found(recalled.count() + fields.count(), total, tuple(examples))
