"""Fields that people changed, remembered as decided: imports leave them, and the page explains them.

Conflicts are read and written for all of them at once.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from iqf.accounts.models import AuditEvent
from iqf.catalogue.actions.overlaid import cover
from iqf.catalogue.editable.finding import AT_ONCE, in_parts
from iqf.catalogue.models import FieldConflict
from iqf.evidence.models import Citation

CHANGED = "Changed by an accepted proposal."


@dataclass(frozen=True)
class DecidedField:
    """A field of a thing that was changed: on which citation it stood, what it showed and held before, what it says,
    on whose word; its entry in the audit trail.
    """

    code: str
    field: str
    stood_on: int
    shown: str
    raw: str
    new: str
    citation: Citation
    event: AuditEvent


def remember(changed: Sequence[DecidedField], *, by: str, reason: str) -> None:
    """The changed fields are decided, in the order of the changes; what waited about them is decided with them."""
    about: dict[tuple[str, str], list[FieldConflict]] = defaultdict(list)
    for part in in_parts(one.code for one in changed):
        for row in FieldConflict.objects.select_for_update().filter(subject__in=part).order_by("pk"):
            about[row.subject, row.field].append(row)
    decided = {id(row): row for one in changed for row in _decide(one, about[one.code, one.field], by, reason)}
    fresh = [row for row in decided.values() if row.pk is None]
    for row in decided.values():
        if row.pk is not None:
            row.save()
    FieldConflict.objects.bulk_create(fresh, batch_size=AT_ONCE)


def _decide(one: DecidedField, about: list[FieldConflict], by: str, reason: str) -> list[FieldConflict]:
    """The conflicts about a field that a change of it decides; a new one joins those that there were."""
    last = max((c for c in about if c.is_decided), key=lambda c: c.decision or 0, default=None)
    mine = next((c for c in about if c.value_other == one.new), None)
    if mine is None:
        mine = FieldConflict(subject=one.code, field=one.field, value_other=one.new)
        about.append(mine)
    cover(mine)
    mine.value_shown, mine.reason = one.shown, CHANGED
    mine.citation_shown_id = (last.citation_decided_id if last else None) or one.stood_on
    mine.citation_other = one.citation
    mine.retired_on, mine.retired_because = None, ""
    decided = [c for c in about if c is mine or not (c.is_decided or c.is_retired)]
    for conflict in decided:
        conflict.value_decided, conflict.citation_decided, conflict.value_before = one.new, one.citation, one.raw
        conflict.decided_because, conflict.decided_by = reason, by
        conflict.decided_on, conflict.decision = timezone.localdate(), one.event.pk
    return decided
