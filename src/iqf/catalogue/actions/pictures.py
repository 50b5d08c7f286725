"""Rows as text before and after an action that writes many columns at once, told to the audit trail row by row.

A row that comes to be named otherwise (a requirement of one entry that becomes one of another) is told twice: that it
went, under its old name, and that it came, under its new one. So the history of both can be followed back exactly.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Model

from iqf.accounts.models import AuditEvent
from iqf.catalogue.earlier import MOVED_FROM, MOVED_TO, RETIRED, joining
from iqf.catalogue.editable.entities import ENTITIES, Entity
from iqf.catalogue.editable.rows import cells_of, entity_of, every, key_of, row_name
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import kind_of

Place = tuple[str, int]
"""A row by its entity and id, which stay what they are whatever the row says."""


@dataclass(frozen=True)
class Seen:
    """One row at one moment: its name in the trail, its cells, and why it was retired; blank where it stands."""

    name: str
    cells: Mapping[str, str]
    retired: str


Picture = Mapping[Place, Seen]


def picture(places: Iterable[Place]) -> Picture:
    """How these rows stand now."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for kind, pk in places:
        wanted[kind].append(pk)
    return {
        (kind, row.pk): _seen(ENTITIES[kind], row)
        for kind, pks in wanted.items()
        for row in every(ENTITIES[kind]).filter(pk__in=pks)
    }


def _seen(entity: Entity, row: Model) -> Seen:
    retired: str = getattr(row, RETIRED)
    return Seen(row_name(entity, key_of(entity, row)), cells_of(entity, row), retired)


def places_of(things: Iterable[Thing], rows: Iterable[Model] = ()) -> set[Place]:
    """The places of these things, of all that joins them to others, and of these rows, but what nobody edits."""
    found = {(entity.kind, row.pk) for row in rows if (entity := entity_of(row)) is not None}
    for thing in things:
        found.add((kind_of(thing), thing.pk))
        for entity, column in joining(kind_of(thing)):
            path = (column.path or column.name).replace(".", "__")
            rows_there = entity.model._default_manager.filter(**{path: thing})
            found |= {(entity.kind, pk) for pk in rows_there.values_list("pk", flat=True)}
    return found


def told(before: Picture, *, by: str, reason: str) -> list[AuditEvent]:
    """What has become of the rows of a picture since, as changes for the audit trail; none for what is as it was."""
    after = picture(before)
    went: list[AuditEvent] = []
    came: list[AuditEvent] = []
    for place, was in before.items():
        now = after[place]
        if was.name != now.name:
            went.append(_event(by, reason, f"move {place[0]}", was.name, _whole(was), {MOVED_TO: now.name}))
            came.append(_event(by, reason, f"move {place[0]}", now.name, {MOVED_FROM: was.name}, _whole(now)))
        elif was != now:
            said = dict(_differing(was, now)), dict(_differing(now, was))
            came.append(_event(by, reason, f"{_act(was, now)} {place[0]}", was.name, *said))
    return [*went, *came]


def _act(was: Seen, now: Seen) -> str:
    if bool(was.retired) == bool(now.retired):
        return "change"
    return "retire" if now.retired else "restore"


def _whole(seen: Seen) -> dict[str, str]:
    return {**{name: text for name, text in seen.cells.items() if text}, RETIRED: seen.retired}


def _differing(seen: Seen, other: Seen) -> Iterator[tuple[str, str]]:
    yield from ((name, text) for name, text in seen.cells.items() if other.cells[name] != text)
    if seen.retired != other.retired:
        yield RETIRED, seen.retired


def _event(
    by: str, reason: str, action: str, subject: str, before: Mapping[str, str], after: Mapping[str, str]
) -> AuditEvent:
    return AuditEvent(actor=by, action=action, subject=subject, before=dict(before), after=dict(after), reason=reason)
