"""What a role demands can still be begun: where a qualification is closed to new starts, another will do."""

from collections import defaultdict

from django.utils.timezone import localdate

from iqf.analysis.partial_dates import partial
from iqf.analysis.status import Availability, can_start
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Mandatory requirements of standing roles. One that is closed is a fault unless an alternative of its choice, or
    another mandatory qualification that it leads to, is not closed.
    """
    rows = m.Requirement.objects.filter(LIVE, role__retired_on__isnull=True, qualification__retired_on__isnull=True)
    rows = rows.filter(strength="mandatory")
    if within.codes is not None:
        roles = within.limit(rows, "role__code", "qualification__code").values("role")
        rows = rows.filter(role__in=roles)
    asked = list(rows.select_related("role", "qualification").order_by("role__code"))
    closed = {r.qualification_id for r in asked if _closed(r.qualification)}
    leading = _leading(closed)
    others: dict[tuple[int, str], set[int]] = defaultdict(set)
    for r in asked:
        if r.choice_group:
            others[r.role_id, r.choice_group].add(r.qualification_id)
    cases = [
        Example(r.role.code, r.role.title, f"it demands {r.qualification.title}, which is closed to new starts")
        for r in asked
        if r.qualification_id in closed
        and not (others[r.role_id, r.choice_group] - closed or leading[r.qualification_id])
    ]
    return found(cases, len(asked), "No role demands a qualification.")


def _closed(q: m.Qualification) -> bool:
    held = Availability(
        partial(q.operational_start),
        partial(q.operational_end),
        partial(q.certification_end),
        partial(q.last_new_start),
        q.stated_status,
    )
    started = held.operational_start is None or held.operational_start.earliest <= localdate()
    return started and can_start(held, localdate()).verdict == "no"


def _leading(closed: set[int]) -> dict[int, set[int]]:
    """By closed qualification, the mandatory ones that it leads to and that are not closed."""
    demanded = m.Requirement.objects.filter(LIVE, strength="mandatory").values("qualification_id")
    rows = m.Progression.objects.filter(LIVE, before_id__in=closed, after__in=demanded)
    found: dict[int, set[int]] = defaultdict(set)
    for link in rows.select_related("after"):
        if not _closed(link.after):
            found[link.before_id].add(link.after_id)
    return found
