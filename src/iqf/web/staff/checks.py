"""The outcome of every quality check, run once for each state of the data."""

import functools

from django.db.models import Max

from iqf.accounts.queries import data_version
from iqf.evidence.models import Retrieval
from iqf.reports.quality import Checked, quality


def checked() -> tuple[Checked, ...]:
    """Every check with every case that it found."""
    return _checked(data_version(), Retrieval.objects.aggregate(latest=Max("pk"))["latest"])


@functools.lru_cache(maxsize=1)
def _checked(version: str, latest_import: int | None) -> tuple[Checked, ...]:
    return quality(examples=1_000_000).checks
