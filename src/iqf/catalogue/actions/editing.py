"""Changes that people propose, made: rows created, changed, retired and restored, all of them or none.

What a person decided is not undone by an import: a changed field is remembered as decided, with its citation; a row
that joins things, or one that was retired, stands on the citation of the change from then on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from iqf.accounts.actions import audit_many
from iqf.accounts.models import AuditEvent
from iqf.catalogue.actions import proposed_decisions
from iqf.catalogue.actions.beforehand import Beforehand
from iqf.catalogue.actions.decisions import Proposed
from iqf.catalogue.actions.field_values import text_before
from iqf.catalogue.actions.remembered_changes import DecidedField, remember
from iqf.catalogue.decided import field_text
from iqf.catalogue.editable.changes import ACTS, CHANGE, CREATE, RESTORE, RETIRE, Change
from iqf.catalogue.editable.entities import ALL, CODE, DECISIONS, ENTITIES, Entity
from iqf.catalogue.editable.holds import WrongValue
from iqf.catalogue.editable.rows import (
    Known,
    WrongCells,
    cells_of,
    check_together,
    find_row,
    key_fields,
    key_of,
    read_cells,
    row_name,
)
from iqf.catalogue.models.things import Thing
from iqf.codes import alias_key
from iqf.evidence.actions import Cite, cite_anew, hold_sources
from iqf.evidence.models import Citation, Source

ORDER = {entity.kind: place for place, entity in enumerate(ALL)}
NUMBERS = {"number", "reference"}
"""The official numbers of things."""


@dataclass(frozen=True)
class Behind:
    """Who says so: the source, the place in it, how sure; the reason; and what brought the change (`proposal:12`).

    `origin` is used once: the changed rows are cited under it.
    """

    source: Source
    locator: str
    certainty: str
    reason: str
    origin: str


@dataclass(frozen=True)
class Fault:
    """Why one change cannot be made: which change (from 0), which column (blank: the row), one plain sentence.

    `now` is what the column says today, where somebody has changed it meanwhile; None for every other fault.
    """

    change: int
    column: str
    message: str
    now: str | None = None


class CannotApply(Exception):
    """Changes that cannot be made; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(dict.fromkeys(fault.message for fault in faults)))


@dataclass(frozen=True)
class Applied:
    """What was done: how the audit trail names each changed row, in the order given, and the codes of new things."""

    subjects: tuple[str, ...]
    codes: Mapping[str, str]


@dataclass
class _Run:
    """One application of changes: who, on whose word, and the things that it brings, by the proposal's own names.

    `beforehand`: what was read of many things at once. `events` and `decided` are written at the end, all at once.
    """

    by: str
    behind: Behind
    beforehand: Beforehand
    new: dict[str, Thing] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    cited: int = 0
    known: Known = field(default_factory=dict)
    events: list[AuditEvent] = field(default_factory=list)
    decided: list[DecidedField] = field(default_factory=list)

    @cached_property
    def source(self) -> Source:
        """The source on whose word it is done, as it is held."""
        held: Source = hold_sources([self.behind.source]).rows[self.behind.source.key]
        return held

    def read(self, entity: Entity, texts: Mapping[str, str], **how: Any) -> dict[str, Any]:
        """Cells as values. Raises WrongCells."""
        return read_cells(entity, texts, new=self.new, finding=self.beforehand.find, **how)

    def note(self, act: str, entity: Entity, row: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
        """Remember a change for the audit trail; how the trail names the row."""
        subject = row_name(entity, key_of(entity, row))
        self.events.append(
            AuditEvent(
                actor=self.by,
                action=f"{act} {entity.kind}",
                subject=subject,
                before=dict(before),
                after=dict(after),
                reason=self.behind.reason,
                origin=self.behind.origin,
            )
        )
        return subject


@transaction.atomic
def apply_changes(*, by: str, changes: Sequence[Change], behind: Behind) -> Applied:
    """Make these changes, in one transaction: all of them, or none.

    A column that says by now what is wanted is left alone; one that neither says what the author saw nor what is
    wanted was changed by somebody else meanwhile and is a fault. Raises CannotApply with every fault.
    """
    run = _Run(by, behind, Beforehand(changes))
    subjects: dict[int, str] = {}
    faults: list[Fault] = []
    for place in sorted(range(len(changes)), key=lambda n: _order(changes[n], n)):
        try:
            subjects[place] = _apply(run, changes[place])
        except (WrongCells, WrongValue, CannotApply) as error:
            faults += _faults(place, error)
            run.beforehand.forget(changes[place].key.get(CODE, ""))
    if faults:
        raise CannotApply(sorted(faults, key=lambda f: f.change))
    audit_many(run.events)
    remember(run.decided, by=run.by, reason=run.behind.reason)
    return Applied(tuple(subjects[place] for place in range(len(changes))), run.codes)


def _faults(place: int, error: WrongCells | WrongValue | CannotApply) -> list[Fault]:
    if isinstance(error, WrongCells):
        return [Fault(place, column, sentence) for column, sentence in error.faults.items()]
    if isinstance(error, WrongValue):
        return [Fault(place, "", str(error))]
    return [replace(fault, change=place) for fault in error.faults]


def _order(change: Change, place: int) -> tuple[int, int, int]:
    """New things before what joins them; retired joins before the things they joined."""
    rank = ORDER.get(change.entity, len(ORDER))
    return (1, -rank, place) if change.act == RETIRE else (0, rank, place)


def _apply(run: _Run, change: Change) -> str:
    entity = ENTITIES.get(change.entity)
    if entity is None or change.act not in ACTS:
        raise _cannot(f'Nobody can {change.act} a "{change.entity}" here.')
    if entity in DECISIONS:
        proposed = Proposed(run.behind.origin, lambda: _cited(run))
        return proposed_decisions.make(by=run.by, change=change, reason=run.behind.reason, proposed=proposed)
    make = {CREATE: _create, CHANGE: _change, RETIRE: _retire, RESTORE: _restore}[change.act]
    return make(run, entity, change)


def _cannot(message: str, column: str = "", now: str | None = None) -> CannotApply:
    return CannotApply([Fault(0, column, message, now)])


def _create(run: _Run, entity: Entity, change: Change) -> str:
    texts = {**change.wanted, **({} if entity.is_thing else change.key)}
    values = run.read(entity, texts, all_needed=True)
    if not entity.is_thing and (held := find_row(entity, values, locked=True)) is not None:
        return _again(run, entity, held, values)
    row = entity.model(**entity.fields(values))
    if isinstance(row, Thing):
        row.code = run.beforehand.code(entity.kind)
    check_together(row, fresh=True, free=() if entity.is_thing else key_fields(entity, values), known=run.known)
    row.citation = _cited(run)  # type: ignore[attr-defined]
    row.save(force_insert=True)
    if isinstance(row, Thing):
        run.new[change.key.get(CODE, "")] = row
        run.codes[change.key.get(CODE, "")] = row.code
        _name(row)
    return run.note(CREATE, entity, row, {}, _said(entity, row))


def _again(run: _Run, entity: Entity, row: Any, values: Mapping[str, Any]) -> str:
    """A row that once stood and was retired stands again, saying what is wanted now."""
    if not row.is_retired:
        raise _cannot(f"There is already a {entity.kind} {row_name(entity, key_of(entity, row)).partition(':')[2]}.")
    before = {"retired_because": row.retired_because, **_said(entity, row)}
    blank = {column.name: column.holds.blank for column in entity.own}
    for name, value in entity.fields({**blank, **values}).items():
        setattr(row, name, value)
    return _stand_again(run, CREATE, entity, row, before)


def _change(run: _Run, entity: Entity, change: Change) -> str:
    row = _row(run, entity, change)
    _stands(entity, row)
    now = cells_of(entity, row)
    wanted = {name: text for name, text in change.wanted.items() if name not in entity.named_by}
    values = run.read(entity, {**_context(entity, now), **wanted})
    asked = {name: values[name] for name in wanted if entity.column(name).holds.show(values[name]) != now[name]}
    _unchanged(entity, change, asked, now)
    if not asked:
        return row_name(entity, key_of(entity, row))
    return _set(run, entity, row, asked, now)


def _context(entity: Entity, now: Mapping[str, str]) -> dict[str, str]:
    """The cells that name the row, so that a column which depends on them can be read."""
    return {name: now[name] for name in entity.key}


def _unchanged(entity: Entity, change: Change, asked: Mapping[str, Any], now: Mapping[str, str]) -> None:
    """Nobody else has changed meanwhile what is to be changed. Raises CannotApply."""
    overtaken = [name for name in asked if name in change.base and change.base[name] != now[name]]
    if overtaken:
        raise CannotApply(
            [
                Fault(
                    0,
                    name,
                    f"The {entity.column(name).words} was {_quoted(change.base[name])} when this was proposed and is "
                    f"{_quoted(now[name])} now; say which it is to be.",
                    now[name],
                )
                for name in overtaken
            ]
        )


def _quoted(text: str) -> str:
    return f'"{text}"' if text else "blank"


def _set(run: _Run, entity: Entity, row: Any, asked: Mapping[str, Any], now: Mapping[str, str]) -> str:
    shown = {name: _shown(run, row, name) for name in asked}
    for name, value in asked.items():
        setattr(row, name, value)
    check_together(row, fresh=False, columns=asked, known=run.known)
    said = _cited(run)
    before = {name: now[name] for name in asked}
    after = {name: entity.column(name).show(row) for name in asked}
    subject = run.note(CHANGE, entity, row, before, after)
    if isinstance(row, Thing):
        for name, value in asked.items():
            about = row.code, name, row.citation_id
            run.decided.append(DecidedField(*about, *shown[name], field_text(value), said, run.events[-1]))
        if NUMBERS & asked.keys():
            _name(row)
        row.save(update_fields=asked)
    else:
        row.citation = said
        row.save(update_fields=[*asked, "citation"])
    return subject


def _shown(run: _Run, row: Any, name: str) -> tuple[str, str]:
    """What a column shows, and what is kept of it to be put back."""
    value = run.beforehand.as_it_is(getattr(row, name))
    return field_text(value), text_before(value)


def _retire(run: _Run, entity: Entity, change: Change) -> str:
    row = _row(run, entity, change)
    _stands(entity, row)
    before = {"retired_because": ""}
    row.retired_on, row.retired_because = timezone.localdate(), run.behind.reason[:300]
    row.citation = _cited(run)
    row.save()
    return run.note(RETIRE, entity, row, before, {"retired_because": row.retired_because})


def _restore(run: _Run, entity: Entity, change: Change) -> str:
    row = _row(run, entity, change)
    if not row.is_retired:
        raise _cannot(f"{row_name(entity, key_of(entity, row))} stands; there is nothing to restore.")
    return _stand_again(run, RESTORE, entity, row, {"retired_because": row.retired_because})


def _stand_again(run: _Run, act: str, entity: Entity, row: Any, before: Mapping[str, Any]) -> str:
    row.retired_on, row.retired_because = None, ""
    check_together(row, fresh=False, known=run.known)
    row.citation = _cited(run)
    row.save()
    return run.note(act, entity, row, before, {"retired_because": "", **_said(entity, row)})


def _row(run: _Run, entity: Entity, change: Change) -> Any:
    if entity.is_thing:
        text = change.key.get(CODE, "")
        row: Model | None = run.new.get(text) or run.beforehand.locked(entity, text)
    else:
        key = {name: change.key.get(name, "") for name in entity.key}
        row = find_row(entity, run.read(entity, key, retired=change.act == RETIRE), locked=True)
    if row is None:
        named = " > ".join(change.key.values())
        raise _cannot(f"There is no {entity.kind} {named}.")
    return row


def _stands(entity: Entity, row: Any) -> None:
    if row.is_retired:
        raise _cannot(f"{row_name(entity, key_of(entity, row))} was retired: {row.retired_because}")


def _cited(run: _Run) -> Citation:
    """A citation of its own for each changed row, under the source of the whole."""
    run.cited += 1
    behind = run.behind
    said = Cite(str(run.cited), run.source, behind.certainty, locator=behind.locator, note=behind.reason)
    return cite_anew(behind.origin, said)


def _name(thing: Thing) -> None:
    """A thing is found by the official number that it has."""
    scheme, number = {
        "qualification": ("qan", getattr(thing, "number", "")),
        "unit": ("unit-reference", getattr(thing, "reference", "")),
    }.get(str(thing._meta.model_name), ("", ""))
    if number:
        names: Any = thing.aliases  # type: ignore[attr-defined]
        names.get_or_create(scheme=scheme, key=alias_key(number), defaults={"value": number})


def _said(entity: Entity, row: Any) -> dict[str, str]:
    """What a row says, without blanks and without what names it."""
    return {n: text for n, text in cells_of(entity, row).items() if text and n not in entity.named_by}
