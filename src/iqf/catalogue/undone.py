"""Decisions about a thing that stood after one of its changes and were undone since, where something waits again."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from iqf.accounts.models import AuditEvent
from iqf.catalogue.decided import Conflicts
from iqf.catalogue.earlier import DECISIONS
from iqf.catalogue.models.things import Thing

DECIDE, UNDO = DECISIONS
VALUES = "values"
"""So the trail names the values that were on the table. What was decided by joining two entries names no field."""


@dataclass(frozen=True)
class Undone:
    """A decision that was undone: its number, what it said the field is, and why; the values that wait there now."""

    number: int
    field: str
    value: str
    reason: str
    waiting: tuple[str, ...]


def undone_since(thing: Thing, number: int) -> tuple[Undone, ...]:
    """The decisions that stood after change `number` of a thing and do not now, while sources disagree there."""
    known = Conflicts([thing.code])
    found = []
    for field, event in _standing_after(thing, number).items():
        waiting = known.waiting(thing.code, field)
        now = known.decision(thing.code, field)
        if waiting and (now is None or now.number < event.pk):
            values = dict.fromkeys([*(row.value_shown for row in waiting), *(row.value_other for row in waiting)])
            found.append(Undone(event.pk, field, _as_typed(thing, event, field), event.reason, tuple(values)))
    return tuple(found)


def _standing_after(thing: Thing, number: int) -> dict[str, AuditEvent]:
    """The latest decision about each field that nobody had undone by then; undoing one takes back the latest."""
    made: dict[str, list[AuditEvent]] = defaultdict(list)
    events = AuditEvent.objects.filter(subject=thing.code, action__in=DECISIONS, pk__lte=number).order_by("pk")
    for event in events:
        for field in event.after:
            if event.action == DECIDE and VALUES in event.after and field in event.before:
                made[field].append(event)
            elif event.action == UNDO and made[field]:
                made[field].pop()
    return {field: held[-1] for field, held in made.items() if held}


def _as_typed(thing: Thing, event: AuditEvent, field: str) -> str:
    """The value as a person would type it: a thing by its code, another row by its name."""
    kept = str(event.after[field])
    column: Any = thing._meta.get_field(field)
    if not column.is_relation or issubclass(column.related_model, Thing):
        return kept
    row = column.related_model._default_manager.filter(pk=int(kept)).first() if kept.isdigit() else None
    return str(row or "")
