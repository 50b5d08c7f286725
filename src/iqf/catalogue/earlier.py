"""How a thing stood earlier, with all that joined it to others: out of the present and the audit trail."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from iqf.accounts.models import AuditEvent
from iqf.accounts.queries import history
from iqf.analysis.earlier import Row, State, Step, states_after
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import ALL, CODE, ENTITIES, Entity
from iqf.catalogue.editable.holds import ThingOf, YesNo
from iqf.catalogue.editable.rows import cells_of, every, key_of, row_name
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import THINGS, find, kind_of

DECISIONS: Final = ("decide conflict", "reopen conflict")
RETIRED: Final = "retired_because"
ACTS: Final = ("create", "change", "retire", "restore", "move")
MOVED_TO, MOVED_FROM = "moved_to", "moved_from"
"""A row that came to be named otherwise: under its old name it went, under its new one it came."""


@dataclass(frozen=True)
class Present:
    """A thing and the rows that join it, standing and retired, as they are now: by the names that the trail gives."""

    thing: Thing
    rows: Mapping[str, Row] = field(default_factory=dict)


def itself(text: str) -> Thing:
    """A thing by any of its names. By its own code it is itself, also where it was joined into another."""
    code = text.strip().upper()
    for model in THINGS.values():
        if thing := model._default_manager.filter(code=code).first():
            return thing
    return find(text)


def joining(kind: str) -> Iterator[tuple[Entity, Column]]:
    """The entities whose rows join a thing of a kind to others, and the columns of their keys that name it."""
    for entity in ALL:
        for name in entity.key:
            column = entity.column(name)
            if isinstance(column.holds, ThingOf) and kind in column.holds.kinds:
                yield entity, column


def present(thing: Thing) -> Present:
    """A thing and what joins it, as they are now."""
    own = ENTITIES[kind_of(thing)]
    rows = {thing.code: _row(own, thing)}
    for entity, column in joining(own.kind):
        path = (column.path or column.name).replace(".", "__")
        for row in every(entity).filter(**{path: thing}):
            rows[row_name(entity, key_of(entity, row))] = _row(entity, row)
    return Present(thing, rows)


def _row(entity: Entity, row: Any) -> Row:
    return Row(cells_of(entity, row), not row.is_retired)


def states(now: Present, numbers: Iterable[int]) -> Iterator[tuple[int, State]]:
    """How a thing and what joins it stood after each of these changes (numbers in the audit trail), newest first."""
    wanted = set(numbers)
    events = history(now.thing.code).filter(pk__gt=min(wanted, default=0)).iterator(chunk_size=2000)
    return states_after(now.rows, (step for event in events if (step := step_of(event))), wanted)


def entity_named(name: str) -> Entity | None:
    """The entity of a row by its name in the trail: of a thing by its code; None for what nobody edits."""
    kind, colon, _ = name.partition(":")
    if colon:
        return ENTITIES.get(kind)
    return next((e for e in ALL if e.is_thing and name.startswith(PREFIXES[e.kind])), None)


def entity_of_name(name: str) -> Entity:
    """The same for a row that is held. Raises KeyError for what nobody edits."""
    entity = entity_named(name)
    if entity is None:
        raise KeyError(name)
    return entity


def entity_changed(event: AuditEvent) -> Entity | None:
    """The entity of the row that a change is about; None where it is about nothing that people edit."""
    kind, colon, _ = event.subject.partition(":")
    if colon:
        return ENTITIES.get(kind) if event.action.partition(" ")[0] in ACTS else None
    act, _, what = event.action.partition(" ")
    if event.action in DECISIONS:
        return entity_named(event.subject)
    entity = ENTITIES.get(what)
    return entity if act in ACTS and entity is not None and entity.is_thing else None


PREFIXES: Final = {
    "role": "IQF-R-",
    "qualification": "IQF-Q-",
    "unit": "IQF-U-",
    "organisation": "IQF-O-",
    "framework": "IQF-F-",
}


def step_of(event: AuditEvent) -> Step | None:
    """What a change of the trail did to a row, as text cells; None where it is about nothing that people edit."""
    entity = entity_changed(event)
    if entity is None:
        return None
    before, after = (_cells(entity, event, said) for said in (event.before, event.after))
    ended = MOVED_TO in event.after
    if ended:
        before = {column.name: str(event.before.get(column.name, "")) for column in entity.columns}
        before |= {CODE: event.subject} if entity.is_thing else {}
    return Step(
        number=event.pk,
        row=event.subject,
        before=before,
        after=after,
        made=(_act(event) == "create" and not event.before) or MOVED_FROM in event.before,
        ended=ended,
        stood=_stands(event, event.before),
        stands=_stands(event, event.after),
    )


def _act(event: AuditEvent) -> str:
    return event.action.partition(" ")[0]


def _cells(entity: Entity, event: AuditEvent, said: Mapping[str, Any]) -> dict[str, str]:
    """The cells of one side. Where a row that was retired is created again, what is not named is blank."""
    cells = {column.name: cell_text(column, said[column.name]) for column in entity.own if column.name in said}
    if _act(event) == "create" and event.before:
        return {**{column.name: "" for column in entity.own}, **cells}
    return cells


def cell_text(column: Column, value: Any) -> str:
    """A value of the trail as the text of a cell: imports write values, people's changes text."""
    if value is None:
        return ""
    if isinstance(column.holds, YesNo):
        return column.holds.show(value in (True, "True", "yes"))
    return str(value)


def _stands(event: AuditEvent, said: Mapping[str, Any]) -> bool | None:
    if RETIRED not in event.before and RETIRED not in event.after:
        return None
    return not said.get(RETIRED)


def key_in(entity: Entity, name: str) -> dict[str, str]:
    """What names a row, read from its name in the trail; the whole as the last of its key where it cannot be read."""
    if entity.is_thing:
        return {CODE: name}
    said = name.partition(":")[2]
    parts = said.split(" > ", len(entity.key) - 1)
    if len(parts) != len(entity.key):
        return {entity.key[-1]: said}
    return dict(zip(entity.key, parts, strict=True))
