"""What does a proposal change? Each change as a person reads it: what it is about, and its fields now and then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from iqf.analysis.text_difference import Piece
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import CODE, ENTITIES, Entity
from iqf.catalogue.editable.holds import ThingOf
from iqf.catalogue.editable.rows import WrongCells, cells_of, find_row, find_thing, read_cells
from iqf.reports.cells import Asked, Cell, Cells, is_cosmetic, pieces
from iqf.review.models import Proposal, ProposedChange

Weight = Literal["same", "cosmetic", "real"]
SENTENCES: Final = {
    "create": "New {kind}",
    "change": "Change of {kind}",
    "retire": "{Kind} to be retired",
    "restore": "{Kind} to stand again",
}
NAME: Final = Column(CODE, ThingOf())
"""How a thing is named: its code in a cell."""


@dataclass(frozen=True)
class FieldShown:
    """One column of one change: what it says now, said when the author looked (None: not known), and is to say.

    `accepted`: what a reviewer made of it; None where that is what was wanted. `weight`: how it differs from now.
    `overtaken`: somebody else changed it since the author looked. `pieces`: a long text word by word.
    """

    name: str
    label: str
    now: Cell
    base: Cell | None
    wanted: Cell
    accepted: Cell | None
    weight: Weight
    overtaken: bool
    pieces: tuple[Piece, ...]

    @property
    def to_be(self) -> Cell:
        """What it says once the proposal is accepted."""
        return self.wanted if self.accepted is None else self.accepted


@dataclass(frozen=True)
class ChangeShown:
    """One change: its place (from 0), what it does in words, the things and keys that name the row, field by field.

    `says`: what a row that is to be retired or restored says. `stands`: whether the row stands now; None where there
    is none. `weight`: that of its weightiest field; what creates, retires or restores is real.
    """

    position: int
    act: str
    kind: str
    sentence: str
    about: tuple[tuple[str, Cell], ...]
    fields: tuple[FieldShown, ...]
    says: tuple[tuple[str, Cell], ...]
    stands: bool | None
    weight: Weight


@dataclass
class _Read:
    """A change with the row it is about, before its cells are put into words."""

    one: ProposedChange
    entity: Entity
    row: Any | None
    now: Mapping[str, str]


def changes_shown(proposal: Proposal, *, first: int = 0, most: int | None = None) -> tuple[ChangeShown, ...]:
    """The changes of a proposal in order: all, or at most so many from a place (from 0) on."""
    found = proposal.changes.all()[first : None if most is None else first + most]
    read = [_read(one, ENTITIES[one.entity]) for one in found if one.entity in ENTITIES]
    cells = Cells((asked for change in read for asked in _asked(change)), new_titles(proposal))
    return tuple(_shown(change, cells) for change in read)


def new_titles(proposal: Proposal) -> dict[str, str]:
    """The titles of the things that a proposal brings, by its own names for them."""
    made = proposal.changes.filter(act="create", entity__in=[e.kind for e in ENTITIES.values() if e.is_thing])
    titles = ((one.key.get(CODE, ""), _wanted(one).get("title", "")) for one in made)
    return {code: f"{title or one_more(code)} (new)" for code, title in titles if code}


def one_more(code: str) -> str:
    """A new thing without a title, by the proposal's own name for it."""
    return f"the new {code}"


def present_row(entity: Entity, key: Mapping[str, str]) -> Any | None:
    """The row that cells name, standing or retired; None where there is none, or they name nothing that there is."""
    if entity.is_thing:
        return find_thing(entity, key.get(CODE, "")) if key.get(CODE) else None
    try:
        return find_row(entity, read_cells(entity, {name: key.get(name, "") for name in entity.key}))
    except WrongCells:
        return None


def _wanted(one: ProposedChange) -> Mapping[str, str]:
    wanted: Mapping[str, str] = one.wanted if one.accepted is None else one.accepted
    return wanted


def _read(one: ProposedChange, entity: Entity) -> _Read:
    row = present_row(entity, one.key)
    return _Read(one, entity, row, cells_of(entity, row) if row is not None else {})


def _asked(change: _Read) -> Iterator[Asked]:
    for column in _key_columns(change.entity):
        yield _ask(change, column, change.one.key.get(column.name, ""))
    for column in change.entity.own:
        for said in (change.now, change.one.base, change.one.wanted, change.one.accepted or {}):
            yield _ask(change, column, said.get(column.name, ""))


def _ask(change: _Read, column: Column, text: str) -> Asked:
    return Asked(change.entity, column, text, {**change.now, **change.one.key})


def _key_columns(entity: Entity) -> Sequence[Column]:
    return (NAME,) if entity.is_thing else [entity.column(name) for name in entity.key]


def _shown(change: _Read, cells: Cells) -> ChangeShown:
    one, entity = change.one, change.entity
    fields = tuple(_fields(change, cells)) if one.act in ("create", "change") else ()
    says = _says(change, cells) if one.act in ("retire", "restore") else ()
    weights = {field.weight for field in fields}
    real = one.act != "change" or "real" in weights
    return ChangeShown(
        position=one.position,
        act=one.act,
        kind=entity.kind,
        sentence=SENTENCES[one.act].format(kind=entity.kind, Kind=entity.kind.capitalize()),
        about=tuple(
            (entity.kind if column is NAME else column.words, cells.cell(_ask(change, column, one.key[column.name])))
            for column in _key_columns(entity)
            if one.key.get(column.name)
        ),
        fields=fields,
        says=says,
        stands=None if change.row is None else not change.row.is_retired,
        weight="real" if real else "cosmetic" if "cosmetic" in weights else "same",
    )


def _fields(change: _Read, cells: Cells) -> Iterator[FieldShown]:
    one = change.one
    named = {*one.wanted, *(one.accepted or {})} - set(change.entity.key)
    for column in change.entity.columns:
        if column.name not in named:
            continue
        now = change.now.get(column.name, "")
        wanted = one.wanted.get(column.name, now)
        accepted = None if one.accepted is None else one.accepted.get(column.name, now)
        to_be = wanted if accepted is None else accepted
        base = one.base.get(column.name)
        yield FieldShown(
            name=column.name,
            label=column.words,
            now=cells.cell(_ask(change, column, now)),
            base=None if base is None else cells.cell(_ask(change, column, base)),
            wanted=cells.cell(_ask(change, column, wanted)),
            accepted=None if accepted in (None, wanted) else cells.cell(_ask(change, column, accepted or "")),
            weight="same" if to_be == now else "cosmetic" if is_cosmetic(now, to_be) else "real",
            overtaken=base is not None and base != now and to_be != now,
            pieces=pieces(column, now, to_be),
        )


def _says(change: _Read, cells: Cells) -> tuple[tuple[str, Cell], ...]:
    return tuple(
        (column.words, cells.cell(_ask(change, column, change.now[column.name])))
        for column in change.entity.own
        if change.now.get(column.name)
    )
