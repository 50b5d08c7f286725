"""A qualification begins before it ends, is certificated as long as it is offered, and begins within ten years."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from iqf.analysis.partial_dates import PartialDateError, before, partial
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found

DATES = {
    "operational_start": "operational start",
    "operational_end": "operational end",
    "last_new_start": "last new start",
    "certification_end": "certification end",
}
ORDERED = (
    ("operational_start", "operational_end"),
    ("operational_start", "last_new_start"),
    ("operational_start", "certification_end"),
    ("operational_end", "certification_end"),
    ("last_new_start", "certification_end"),
)
IN_SIGHT = timedelta(days=3653)
"""Nobody announces a first day more than ten years ahead: such a date is a slip of the pen."""


def check(within: Within = EVERYTHING) -> Found:
    """Standing qualifications with a date; windows of official recognition count as dates of theirs."""
    fields = ("code", "title", *DATES)
    things = within.limit(m.Qualification.objects.filter(LIVE), "code").order_by("code")
    rows = [r for r in things.values(*fields) if any_date(r, DATES)]
    windows = within.limit(m.Recognition.objects.filter(LIVE), "qualification__code").values(
        "started_from", "started_to", "recogniser", "qualification__code", "qualification__title"
    )
    cases = [Example(r["code"], r["title"], matter) for r in rows for matter in wrong(r, DATES, ORDERED, localdate())]
    for w in windows:
        named = {"started_from": f"window of {w['recogniser']}: first day", "started_to": "last day"}
        for matter in wrong(w, named, (("started_from", "started_to"),), localdate()):
            cases.append(Example(w["qualification__code"], w["qualification__title"], matter))
    return found(cases, len(rows) + len(windows), "No qualification with a date is held.")


def any_date(row: Mapping[str, Any], names: Mapping[str, str]) -> bool:
    """True where the row has one of these dates."""
    return any(row[name] for name in names)


def wrong(
    row: Mapping[str, Any], names: Mapping[str, str], ordered: Sequence[tuple[str, str]], today: date
) -> Iterator[str]:
    """What is impossible about the dates of a row, in words: no real day, wrong order, a start out of sight."""
    days = {}
    for name, words in names.items():
        try:
            days[name] = partial(row[name] or "")
        except PartialDateError:
            yield f"the {words} ({row[name]}) is not a day that exists"
    for first, second in ordered:
        one, two = days.get(first), days.get(second)
        if one and two and before(two, one):
            yield f"the {names[second]} ({two}) is before the {names[first]} ({one})"
    for name in dict.fromkeys(first for first, _ in ordered):
        start = days.get(name)
        if start and name.endswith(("start", "from")) and start.earliest > today + IN_SIGHT:
            yield f"the {names[name]} ({start}) is more than ten years ahead"
