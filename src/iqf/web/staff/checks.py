"""The outcome of every quality check, and what may be one thing, reckoned once for each state of the data."""

import functools

from django.db.models import Max

from iqf.accounts.queries import data_version
from iqf.evidence.models import Retrieval
from iqf.reports.duplicates import Found, find
from iqf.reports.quality import Checked, quality


def checked() -> tuple[Checked, ...]:
    """Every check with every case that it found."""
    return _checked(data_version(), Retrieval.objects.aggregate(latest=Max("pk"))["latest"])


@functools.lru_cache(maxsize=1)
def _checked(version: str, latest_import: int | None) -> tuple[Checked, ...]:
    return quality(examples=1_000_000).checks


def likeness_of(of: str) -> Found:
    """Every pair of qualifications or units that may be the same thing."""
    return _likeness_of(of, data_version(), Retrieval.objects.aggregate(latest=Max("pk"))["latest"])


@functools.lru_cache(maxsize=2)
def _likeness_of(of: str, version: str, latest_import: int | None) -> Found:
    return find(of)
