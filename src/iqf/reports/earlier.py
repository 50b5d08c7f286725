"""How did a thing stand after one of its changes? Beside how it stands now, or stood later; differences first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from iqf.accounts.models import AuditEvent
from iqf.accounts.queries import history as events_of
from iqf.analysis.earlier import Gap, Row, State
from iqf.analysis.rule_lines import side_by_side
from iqf.analysis.text_difference import Piece
from iqf.catalogue.earlier import Present, entity_named, entity_of_name, itself, present, states
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import ALL, ENTITIES, Entity
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import NotFoundError, kind_of
from iqf.catalogue.undone import Undone, undone_since
from iqf.reports.cells import Asked, Cell, Cells, pieces
from iqf.reports.changes import Authors, Behind, why_of
from iqf.reports.history import RuleThen, rule_then, unit_titles
from iqf.reports.things import Ref, ref

How = Literal["changed", "gone", "new", "same"]
ORDER: tuple[How, ...] = ("changed", "gone", "new", "same")
MOST_ALIKE = 200
"""So many rows that are the same are shown at most."""
BLANK = Row({}, False)


@dataclass(frozen=True)
class FieldPair:
    """One field on both sides. `pieces`: a long text word by word."""

    name: str
    label: str
    one: Cell
    two: Cell
    differs: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class JoinPair:
    """One row that joins the thing to others: changed, gone from the second side, new on it, or the same on both."""

    about: tuple[tuple[str, Cell], ...]
    how: How
    fields: tuple[FieldPair, ...]


@dataclass(frozen=True)
class Joined:
    """The rows of one kind, those that differ first."""

    kind: str
    plural: str
    rows: tuple[JoinPair, ...]
    differing: int

    @property
    def same(self) -> int:
        """How many are the same on both sides."""
        return len(self.rows) - self.differing

    @property
    def alike(self) -> tuple[JoinPair, ...]:
        """The first of those that are the same."""
        return self.rows[self.differing : self.differing + MOST_ALIKE]


@dataclass(frozen=True)
class Moment:
    """One side: how it stood after a change (its number, when, who and why), or now (None).

    `stands`: None where there was no such thing.
    """

    number: int | None
    at: datetime | None
    who: str
    why: str
    source: Behind | None
    stands: bool | None


@dataclass(frozen=True)
class EarlierAnswer:
    """A thing at two moments, differences first. `unknown`: what the record of changes does not tell, in sentences.

    `undone`: decisions that stood then and were undone since; only beside the present.
    `before` and `after`: the numbers of the changes before and after that of the first side, for paging through.
    """

    thing: Ref
    one: Moment
    two: Moment
    fields: tuple[FieldPair, ...]
    joined: tuple[Joined, ...]
    rule: RuleThen | None
    differences: int
    unknown: tuple[str, ...]
    undone: tuple[Undone, ...]
    before: int | None
    after: int | None


def earlier(text: str, number: int, *, other: int | None = None, named: bool = False) -> EarlierAnswer:
    """A thing, by any of its names, as it stood after a change, by its number in the audit trail; beside the present,
    or beside how it stood after `other`. `named`: with the names of people, for staff.

    Raises NotFoundError, also where the change is not one of this thing; or AmbiguousError.
    """
    thing = itself(text)
    events = {n: _event(thing, n) for n in (number, other) if n is not None}
    now = present(thing)
    found = dict(states(now, events))
    one, two = found[number], State(now.rows) if other is None else found[other]
    authors = Authors(named)
    reader = _Reader(now, one, two)
    fields, joined = reader.own(), tuple(reader.joined())
    own = [_moment(events.get(n), state, thing, authors) for n, state in ((number, one), (other or 0, two))]
    return EarlierAnswer(
        thing=ref(thing),
        one=own[0],
        two=own[1],
        fields=fields,
        joined=joined,
        rule=_rule(now, one, two),
        differences=sum(f.differs for f in fields) + sum(j.differing for j in joined),
        unknown=tuple(dict.fromkeys(_sentence(gap, now) for gap in (*one.gaps, *two.gaps))),
        undone=undone_since(thing, number) if other is None else (),
        before=_beside(thing, number, back=True),
        after=_beside(thing, number, back=False),
    )


def _event(thing: Thing, number: int) -> AuditEvent:
    event = events_of(thing.code).filter(pk=number).first() if number < 2**63 else None
    if event is None:
        raise NotFoundError(f"{thing.title} has no change {number}; see its history.")
    return event


def _beside(thing: Thing, number: int, *, back: bool) -> int | None:
    events = events_of(thing.code)
    near = events.filter(pk__lt=number).first() if back else events.filter(pk__gt=number).order_by("pk").first()
    return near.pk if near else None


def _moment(event: AuditEvent | None, state: State, thing: Thing, authors: Authors) -> Moment:
    row = state.rows.get(thing.code)
    stands = None if row is None else row.stands
    if event is None:
        return Moment(None, None, "", "", None, stands)
    by = authors.of(event.at, event.actor, event.origin, event.reason)
    return Moment(event.pk, event.at, by.who, why_of(event.reason), by.source, stands)


def _rule(now: Present, one: State, two: State) -> RuleThen | None:
    if kind_of(now.thing) != "qualification":
        return None
    was, then = rule_then(now, one), rule_then(now, two)
    return RuleThen(side_by_side(was, then), unit_titles((*was, *then))) if was or then else None


def _sentence(gap: Gap, now: Present) -> str:
    """What is not known, in a sentence."""
    entity = entity_named(gap.row)
    named = gap.row if entity is None or not entity.is_thing else now.thing.title
    if gap.column and entity is not None:
        field = entity.column(gap.column).words
        return (
            f'The record has "{gap.recorded}" as the {field} of {named}, and later it was "{gap.found}"; '
            "when and why it changed is not known."
        )
    return f"{named}: the record says that it {gap.recorded}, and later it {gap.found}; why is not known."


class _Reader:
    """Both sides, read in words together."""

    def __init__(self, now: Present, one: State, two: State) -> None:
        self._now, self._one, self._two = now, one, two
        self._cells = Cells(self._asked())

    def _asked(self) -> Iterator[Asked]:
        for name in self._names():
            entity = entity_of_name(name)
            for state in (self._one, self._two):
                cells = state.rows.get(name, BLANK).cells
                yield from (Asked(entity, c, cells.get(c.name, ""), cells) for c in entity.columns)

    def _names(self) -> list[str]:
        """The rows of either side, by name."""
        return list(dict.fromkeys((*self._one.rows, *self._two.rows)))

    def own(self) -> tuple[FieldPair, ...]:
        """The thing's own fields, those that differ first; fields that are blank on both sides are left out."""
        code, entity = self._now.thing.code, ENTITIES[kind_of(self._now.thing)]
        one, two = (state.rows.get(code, BLANK) for state in (self._one, self._two))
        found = [self._pair(entity, column, one.cells, two.cells) for column in entity.columns]
        return tuple(sorted((f for f in found if f.one.text or f.two.text), key=lambda f: not f.differs))

    def joined(self) -> Iterator[Joined]:
        """The rows that join it, by their kind."""
        by_kind: dict[str, list[JoinPair]] = defaultdict(list)
        for name in self._names():
            entity = entity_of_name(name)
            if not entity.is_thing and (pair := self._join(name, entity)) is not None:
                by_kind[entity.kind].append(pair)
        for entity in ALL:
            if rows := by_kind.get(entity.kind):
                rows.sort(key=lambda row: ORDER.index(row.how))
                yield Joined(entity.kind, entity.plural, tuple(rows), sum(row.how != "same" for row in rows))

    def _join(self, name: str, entity: Entity) -> JoinPair | None:
        one, two = (state.rows.get(name, BLANK) for state in (self._one, self._two))
        if not (one.stands or two.stands):
            return None
        shown = two if two.stands else one
        fields = [self._pair(entity, c, one.cells, two.cells) for c in entity.own]
        changed = one.stands and two.stands and any(f.differs for f in fields)
        how: How = "changed" if changed else "same" if one.stands and two.stands else "gone" if one.stands else "new"
        about = (
            (entity.column(n).words, self._cells.cell(Asked(entity, entity.column(n), shown.cells[n], shown.cells)))
            for n in entity.key
            if shown.cells[n] not in ("", self._now.thing.code)
        )
        return JoinPair(tuple(about), how, tuple(f for f in fields if f.one.text or f.two.text))

    def _pair(self, entity: Entity, column: Column, one: Mapping[str, str], two: Mapping[str, str]) -> FieldPair:
        was, then = one.get(column.name, ""), two.get(column.name, "")
        first, second = (self._cells.cell(Asked(entity, column, *said)) for said in ((was, one), (then, two)))
        differs, word_by_word = was != then, pieces(column, was, then)
        return FieldPair(column.name, column.words, first, second, differs, word_by_word)
