"""Decided fields while a collection is brought in: not overwritten, not disputed again over values already seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from iqf.catalogue.decided import Conflicts, Decision, field_text, same_value
from iqf.catalogue.joining import compared
from iqf.catalogue.models import FieldConflict
from iqf.catalogue.models.things import Thing
from iqf.evidence.models import Citation

if TYPE_CHECKING:
    from iqf.catalogue.actions.upsert import Batch

DECIDED_BEFORE = "An earlier decision is shown until somebody decides about the new value."
JOINED_SAYS = "An entry that was joined into this one says something else by now."
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
    _wait(batch, code, decision.field, new, said, (decision.value, decision.citation, DECIDED_BEFORE))


def _wait(batch: Batch, code: str, field: str, new: str, said: Citation, now: tuple[str, Citation, str]) -> None:
    """Let a value wait beside what is shown `now`: that value, on whose word, and why the two are there."""
    known = conflicts_of(batch)
    conflict = known.by_key.get((code, field, new))
    if conflict is not None and not conflict.is_retired:
        return
    conflict = conflict or FieldConflict(subject=code, field=field, value_other=new)
    conflict.value_shown, conflict.citation_shown, conflict.reason = now[0], now[1], now[2]
    conflict.citation_other = said
    conflict.retired_on, conflict.retired_because = None, ""
    conflict.save()
    known.add(conflict)
    batch.note("create field conflict", code, {}, {"field": field, "shown": conflict.value_shown, "other": new})
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


def tell_kept(batch: Batch, row: Thing, changed: Iterable[str]) -> None:
    """What changed in a thing that was joined into another reaches that other: as a conflict where the two differ.

    Called once both are stored.
    """
    if (now := batch.joined.now(row)) is row:
        return
    kept: Thing = type(row)._default_manager.select_related("citation").get(pk=now.pk)
    known, said = conflicts_of(batch), row.citation
    for name in set(changed) & set(compared(type(row))):
        text, shown = field_text(getattr(row, name)), field_text(getattr(kept, name))
        for conflict in known.waiting(kept.code, name):
            if conflict.citation_other_id == said.pk and conflict.value_other != text:
                settle(batch, conflict)
        decision = known.decision(kept.code, name)
        if (
            not text
            or getattr(row, name) == kept
            or same_value(name, text, shown)
            or (decision and decision.knows(text))
        ):
            continue
        standing = (shown, kept.citation, JOINED_SAYS)
        if decision:
            standing = (decision.value, decision.citation, DECIDED_BEFORE)
        _wait(batch, kept.code, name, text, said, standing)


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
