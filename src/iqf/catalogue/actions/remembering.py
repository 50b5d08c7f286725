"""Decided fields while a collection is brought in: not overwritten, not disputed again over values already seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from iqf.catalogue.decided import Conflicts, Decision, field_text, same_value
from iqf.catalogue.models import FieldConflict
from iqf.catalogue.models.things import Thing
from iqf.evidence.models import Citation

if TYPE_CHECKING:
    from iqf.catalogue.actions.upsert import Batch

DECIDED_BEFORE = "An earlier decision is shown until somebody decides about the new value."
AGREED = "The sources no longer disagree."


def conflicts_of(batch: Batch) -> Conflicts:
    """The conflicts as this batch knows them: read once."""
    if batch.conflicts is None:
        batch.conflicts = Conflicts()
    return batch.conflicts


def without_decided(batch: Batch, row: Thing, wanted: Mapping[str, Any], said: Citation) -> dict[str, Any]:
    """The values wanted for a thing without those of fields that somebody has decided.

    A value that was not on the table then waits as a new conflict beside the decided one; when the collection goes
    back to a value that was, that conflict is over.
    """
    known = conflicts_of(batch)
    kept = dict(wanted)
    for name in known.fields(row.code):
        decision = known.decision(row.code, name) if name in kept else None
        if decision is None:
            continue
        text = field_text(kept.pop(name))
        new = "" if decision.knows(text) else text
        for conflict in known.waiting(row.code, name):
            if conflict.citation_other_id == said.pk and conflict.value_other != new:
                settle(batch, conflict)
        if new:
            _dispute(batch, row.code, decision, new, said)
    return kept


def _dispute(batch: Batch, code: str, decision: Decision, new: str, said: Citation) -> None:
    """Let a value that nobody had seen wait beside the decided one, once."""
    known = conflicts_of(batch)
    conflict = known.by_key.get((code, decision.field, new))
    if conflict is not None and not conflict.is_retired:
        return
    conflict = conflict or FieldConflict(subject=code, field=decision.field, value_other=new)
    conflict.value_shown, conflict.citation_shown = decision.value, decision.citation
    conflict.citation_other, conflict.reason = said, DECIDED_BEFORE
    conflict.retired_on, conflict.retired_because = None, ""
    conflict.save()
    known.add(conflict)
    after = {"field": decision.field, "shown": decision.value, "other": new}
    batch.note("create field conflict", code, {}, after)
    batch.writes += 1


def follow(batch: Batch, row: Thing, changed: Iterable[str], said: Citation) -> None:
    """What waits about the changed fields of a thing now speaks of their new values, or is over.

    A disagreement that this very collection states between two sources of its own is its own to change.
    """
    known = conflicts_of(batch)
    for name in changed:
        for conflict in known.waiting(row.code, name):
            other = conflict.citation_other
            if other.collection != batch.collection or other.pk == said.pk:
                now_shows(batch, conflict, field_text(getattr(row, name)), said)


def now_shows(batch: Batch, conflict: FieldConflict, text: str, said: Citation) -> None:
    """A waiting conflict about a field that now shows `text`."""
    if not text or same_value(conflict.field, text, conflict.value_other):
        settle(batch, conflict)
    elif conflict.value_shown != text:
        before = {"field": conflict.field, "shown": conflict.value_shown}
        conflict.value_shown, conflict.citation_shown = text, said
        conflict.save(update_fields=["value_shown", "citation_shown"])
        batch.note("change field conflict", conflict.subject, before, {"field": conflict.field, "shown": text})
        batch.writes += 1


def settle(batch: Batch, conflict: FieldConflict) -> None:
    """Retire a waiting conflict whose sources no longer disagree."""
    conflict.retired_on, conflict.retired_because = timezone.localdate(), AGREED
    conflict.save(update_fields=["retired_on", "retired_because"])
    before = {"field": conflict.field, "shown": conflict.value_shown, "other": conflict.value_other}
    batch.note("retire conflict", conflict.subject, before, {"retired_because": AGREED})
    batch.writes += 1
