"""Official lists are no more than a year old, and data files of our own no more than two; documents do not age."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils.timezone import localdate

from iqf.analysis.partial_dates import PartialDateError, partial
from iqf.evidence.models import Retrieval
from iqf.reports.quality.finding import Example, Found, found

PERIODS = {"official list": 366, "iqf data file": 731}
"""Days after which a source of a kind is stale. Kinds that are not here are documents: they say what they said."""


def check() -> Found:
    """The latest file of each list: its day of publication where it is known, else the day when it was read."""
    latest: dict[tuple[str, str], tuple[date, Retrieval]] = {}
    for file in Retrieval.objects.filter(source__kind__in=PERIODS).select_related("source").order_by("pk"):
        key, day = (file.source.key, file.summary.get("register", "")), _day(file)
        if key not in latest or day >= latest[key][0]:
            latest[key] = day, file
    return found(list(_stale(latest.values())), len(latest), "No official list has been read.")


def _day(file: Retrieval) -> date:
    """The last day that the file can speak of."""
    try:
        published = partial(file.published_on)
    except PartialDateError:
        published = None
    return published.latest if published else file.retrieved_at.date()


def _stale(latest: Iterable[tuple[date, Retrieval]]) -> Iterator[Example]:
    for day, file in sorted(latest, key=lambda pair: pair[0]):
        if localdate() - day > timedelta(days=PERIODS[file.source.kind]):
            of = "published" if file.published_on else "read"
            register = file.summary.get("register", "")
            said = f"the latest file held ({file.file_name}) was {of} on {file.published_on or day.isoformat()}"
            yield Example(
                f"source:{file.source.key}", file.source.title, f"{said}{' for ' + register if register else ''}"
            )
