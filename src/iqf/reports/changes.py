"""How an answer speaks of changes: what was done to which row, field by field, in words; by whom, on whose word."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from iqf.accounts.models import AuditEvent
from iqf.analysis.text_difference import Piece
from iqf.catalogue.earlier import DECISIONS, MOVED_FROM, MOVED_TO, RETIRED, entity_changed, key_in, step_of
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import CODE, Entity
from iqf.catalogue.editable.holds import Text, ThingOf
from iqf.evidence.models import Citation, Retrieval, Source
from iqf.reports.cells import Asked, Cell, Cells, pieces
from iqf.reports.trail import things_called

DONE: Final = {
    "create": "added",
    "change": "changed",
    "retire": "retired",
    "restore": "restored",
    "name": "named",
    "move": "moved",
    "join": "joined with another",
    "unjoin": "parted from another",
}
OTHERS: Final = {
    "decide conflict": "Decided where sources disagree",
    "reopen conflict": "A decision undone: sources disagree again",
    "tie official row": "Tied to an official row",
    "untie official row": "No longer tied to an official row",
}
NAME: Final = Column(CODE, ThingOf())
BECAUSE: Final = Column(RETIRED, Text())
CITED: Final = Column("citation", Text())
TO, FROM = Column(MOVED_TO, ThingOf()), Column(MOVED_FROM, ThingOf())
CODES: Final = re.compile(r"IQF-[A-Z]-\d{6,}")
LABELS: Final = {RETIRED: "retired because", "citation": "source"}
PROPOSAL: Final = "proposal:"
INGEST: Final = "ingest "


@dataclass(frozen=True)
class FieldChanged:
    """One field before and after. `pieces`: a long text word by word."""

    name: str
    label: str
    before: Cell
    after: Cell
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class ChangeLine:
    """One change: its number in the audit trail, when, what in words, of which row, field by field.

    `about`: what names the row, but for the thing whose history it is; empty where it is that thing itself.
    """

    number: int
    at: datetime
    what: str
    kind: str
    about: tuple[Cell, ...]
    fields: tuple[FieldChanged, ...]


@dataclass(frozen=True)
class Behind:
    """On whose word: the source with its publisher, date, address, and the place in it."""

    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""
    locator: str = ""


@dataclass(frozen=True)
class By:
    """Who made changes, in words that name no private person; and on whose word."""

    who: str
    source: Behind | None = None


@dataclass
class Authors:
    """Who made changes. `named`: with the names of the people, which only staff may see."""

    named: bool = False
    _proposals: dict[str, By] = field(default_factory=dict)

    def of(self, at: datetime, actor: str, origin: str, reason: str) -> By:
        """Who made a change, from what the trail says of it."""
        by = self._by(at, origin, reason)
        return By(f"{by.who} ({actor})", by.source) if self.named else by

    def _by(self, at: datetime, origin: str, reason: str) -> By:
        if origin.startswith(PROPOSAL):
            if origin not in self._proposals:
                self._proposals[origin] = _proposal(origin)
            return self._proposals[origin]
        if reason.startswith(INGEST):
            read = self.reading(at)
            return By(f"import of {read[2].title}", read[2]) if read else By("an import")
        return By("an editor")

    def reading(self, at: datetime) -> tuple[datetime, int, Behind] | None:
        """The reading of a file that was the latest when a change was made: when, its number, and its source."""
        place = bisect_right([when for when, _, _ in self._readings], at)
        return self._readings[place - 1] if place else None

    @cached_property
    def _readings(self) -> list[tuple[datetime, int, Behind]]:
        rows = Retrieval.objects.order_by("retrieved_at", "pk").select_related("source")
        return [
            (r.retrieved_at, r.pk, Behind(r.source.title, r.source.publisher, r.published_on, r.url or r.source.url))
            for r in rows
        ]


def why_of(reason: str) -> str:
    """Why something was done, where that says more than that a file was read."""
    return "" if reason.startswith(INGEST) else reason


def _proposal(origin: str) -> By:
    source = Source.objects.filter(key=origin).first()
    if source is None:
        return By("an editor, from a proposal")
    cited = Citation.objects.filter(collection=origin).order_by("pk").first()
    behind = Behind(source.title, source.publisher, source.date, source.url, cited.locator if cited else "")
    body = f"proposed by {source.publisher}" if source.publisher else "from a proposal"
    return By(f"an editor, {body}", behind)


def lines(events: Iterable[AuditEvent], code: str) -> tuple[ChangeLine, ...]:
    """Changes in words, in the order given, for the history of one thing."""
    events = list(events)
    read = [_Read(event, entity_changed(event)) for event in events]
    cells = Cells(asked for one in read for asked in one.asked())
    named = things_called({text for one in read if one.entity is None for text in _codes(one.event)})
    return tuple(_line(one, cells, named, code) for one in read)


@dataclass
class _Read:
    """A change and the entity of its row, before its cells are put into words."""

    event: AuditEvent
    entity: Entity | None
    key: dict[str, str] = field(init=False)
    sides: list[tuple[Column, str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.key = key_in(self.entity, self.event.subject) if self.entity else {}
        self.sides = list(_sides(self.event, self.entity)) if self.entity else []

    def asked(self) -> Iterator[Asked]:
        """Every cell that is to be shown."""
        if self.entity is None:
            return
        for column in _key_columns(self.entity):
            yield Asked(self.entity, column, self.key.get(column.name, ""), self.key)
        for column, before, after in self.sides:
            yield from (Asked(self.entity, column, text, self.key) for text in (before, after))


def _sides(event: AuditEvent, entity: Entity) -> Iterator[tuple[Column, str, str]]:
    """The fields that a change touched, before and after: those that were or are anything."""
    step = step_of(event)
    if step is None or event.action.startswith("move"):
        yield from _moved(event)
        return
    for column in entity.own:
        before, after = step.before.get(column.name, ""), step.after.get(column.name, "")
        same = column.name in step.before and before == after
        if (before or after) and not same and not (event.action.startswith("restore") and not before):
            yield column, before, after
    for column in (BECAUSE, CITED):
        said = [str(side.get(column.name) or "") for side in (event.before, event.after)]
        if said[0] != said[1]:
            yield column, said[0], said[1]


def _moved(event: AuditEvent) -> Iterator[tuple[Column, str, str]]:
    """To or from which things a row was moved: those that only its other name has."""
    for column, said in ((TO, event.after), (FROM, event.before)):
        other = CODES.findall(str(said.get(column.name, "")))
        yield from ((column, "", code) for code in other if code not in event.subject)


def _key_columns(entity: Entity) -> Iterable[Column]:
    return (NAME,) if entity.is_thing else (entity.column(name) for name in entity.key)


def _line(one: _Read, cells: Cells, named: Mapping[str, Any], code: str) -> ChangeLine:
    event, entity = one.event, one.entity
    if entity is None:
        return ChangeLine(event.pk, event.at, what_of(event.action), "", (), tuple(_raw(event, named)))
    about = (
        cells.cell(Asked(entity, column, one.key[column.name], one.key))
        for column in _key_columns(entity)
        if one.key.get(column.name, code) != code
    )
    fields = []
    for column, before, after in one.sides:
        was, now = (cells.cell(Asked(entity, column, text, one.key)) for text in (before, after))
        label = LABELS.get(column.name, column.words)
        fields.append(FieldChanged(column.name, label, was, now, pieces(column, before, after)))
    what = OTHERS.get(event.action) or f"{entity.kind.capitalize()} {DONE[event.action.partition(' ')[0]]}"
    return ChangeLine(event.pk, event.at, what, entity.kind, tuple(about), tuple(fields))


def what_of(action: str) -> str:
    """What was done, in words: `create official link` is "Official link added"."""
    if action in OTHERS:
        return OTHERS[action]
    act, _, what = action.partition(" ")
    return f"{what.capitalize()} {DONE[act]}" if act in DONE and what else action.capitalize()


def kind_done(action: str, subject: str) -> str:
    """The same for the row that a subject names: `create group unit` of a rule is "Rule unit added"."""
    kind, colon, _ = subject.partition(":")
    act = action.partition(" ")[0]
    if action in DECISIONS or not colon or act not in DONE:
        return what_of(action)
    return what_of(f"{act} {kind}")


def _codes(event: AuditEvent) -> Iterator[str]:
    for side in (event.before, event.after):
        yield from (value for value in side.values() if isinstance(value, str) and value.startswith("IQF-"))


def _raw(event: AuditEvent, named: Mapping[str, Any]) -> Iterator[FieldChanged]:
    """The fields of a row that nobody edits, as the trail has them."""
    for name in {**event.before, **event.after}:
        said = [_text(side.get(name)) for side in (event.before, event.after)]
        if said[0] != said[1]:
            was, now = (Cell(t, named[t].title if t in named else t, named.get(t)) for t in said)
            label = LABELS.get(name, name.replace("_", " ").replace("-", " "))
            yield FieldChanged(name, label, was, now)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return "" if value is None else str(value)
