"""What joining one entry into another would do: what moves, what stays behind, what is filled, what waits."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model

from iqf.catalogue import models as m
from iqf.catalogue.decided import SAYS_NOTHING, Conflicts, field_text, same_value
from iqf.catalogue.joined import ALIASES, JOINABLE, WHOLES, code_now
from iqf.catalogue.models.conflicts import LONGEST
from iqf.catalogue.models.things import Alias, Thing
from iqf.catalogue.pointing import Pointing, Twins
from iqf.catalogue.queries import kind_of

NOT_COMPARED = ("id", "code", "title", "citation", "retired_on", "retired_because", "joined_into")
"""The title is no matter of dispute: that of the entry that was joined is another name of the one that stands."""
EITHER_WAY_ROUND = (m.Equivalence, m.BarredPair)


class CannotJoin(Exception):
    """Two entries that cannot be joined, or not be parted again, in one plain sentence. Nothing was written."""


@dataclass(frozen=True)
class Move:
    """A row that will speak of the entry that stands: which of its columns change, and to which id."""

    row: Model
    changes: Mapping[str, int]


@dataclass(frozen=True)
class Stay:
    """A row that stays with the entry that is joined, because the one that stands says so already by `twin`.

    `revives`: the twin had been retired and the row stood, so the twin stands again and says what the row said.
    Without a twin: it is part of a list that means something only whole, or would lead from a thing to itself.
    """

    row: Model
    twin: Model | None
    revives: bool = False


@dataclass(frozen=True)
class Value:
    """One field: what the entry that stands says, and what the one that is joined says, as texts."""

    field: str
    kept: str
    gone: str


@dataclass
class Plan:
    """Everything that joining `gone` into `kept` would do. Made by `plan`; nothing is written by making it."""

    kept: Thing
    gone: Thing
    moves: list[Move] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    apart: set[str] = field(default_factory=set)
    aliases: list[Alias] = field(default_factory=list)
    fills: list[Value] = field(default_factory=list)
    differs: list[Value] = field(default_factory=list)
    too_long: list[Value] = field(default_factory=list)
    moving: list[m.FieldConflict] = field(default_factory=list)
    settled: list[m.FieldConflict] = field(default_factory=list)


def plan(kept: Thing, gone: Thing, pointing: Pointing | None = None) -> Plan:
    """What joining `gone` into `kept` would do. `pointing`: what was read already, where it is asked both ways.

    Raises CannotJoin where the two cannot be joined.
    """
    may_join(kept, gone)
    made = Plan(kept, gone)
    _links(made, pointing or Pointing(), gone, kept)
    _names(made)
    _fields(made)
    return made


def may_join(kept: Thing, gone: Thing) -> None:
    """Raises CannotJoin where two things cannot be one entry, or one of them does not stand."""
    kinds = kind_of(kept), kind_of(gone)
    if kept.code == gone.code:
        raise CannotJoin(f"{kept.code} is one entry already; give two.")
    if kinds[0] != kinds[1]:
        raise CannotJoin(f"{kept.code} is a {kinds[0]} and {gone.code} a {kinds[1]}; only like is joined with like.")
    if kinds[0] not in JOINABLE:
        raise CannotJoin(f"A {kinds[0]} cannot be joined; its editions are kept apart.")
    for thing in (gone, kept):
        if thing.joined_into_id is not None:  # type: ignore[attr-defined]
            now = code_now(thing.code)
            raise CannotJoin(f"{thing.code} was joined into {now} already; undo that first, or give {now}.")
        if thing.is_retired:
            raise CannotJoin(f"{thing.code} no longer stands ({thing.retired_because}); only standing entries join.")
    if getattr(kept, "successor_id", None) == gone.pk:
        raise CannotJoin(f"{kept.code} was followed by {gone.code}; keep {gone.code} and join {kept.code} into it.")


def _links(made: Plan, pointing: Pointing, gone: Model, kept: Model) -> None:
    """Every row that points to `gone`, and what becomes of it."""
    pointing.read(type(gone), [gone.pk, kept.pk])
    for model, columns, rows in pointing.to(gone):
        own = pointing.rows(model, kept)
        twins = Twins(model, own)
        if model in WHOLES and _is_apart(columns[0], rows, own, twins, kept):
            made.apart.add(model._meta.label_lower)
            _leave(made, pointing, rows)
            continue
        stays = [stay for row in rows if (stay := _link(made, pointing, twins, row, columns, gone, kept))]
        pointing.read(model, [pk for row, twin in stays for pk in (row.pk, twin.pk)])
        for row, twin in stays:
            _links(made, pointing, row, twin)


def _is_apart(column: str, rows: list[Model], own: list[Model], twins: Twins, kept: Model) -> bool:
    """True where the entry that stands has such a list of its own."""
    if any(_stands(row) for row in own):
        return bool(rows)
    return any(twins.of(row, {column: kept.pk}) for row in rows)


def _link(
    made: Plan, pointing: Pointing, twins: Twins, row: Model, columns: list[str], gone: Model, kept: Model
) -> tuple[Model, Model] | None:
    """What becomes of one row: it moves or stays. Where it stays for a twin: both, so that what they hold is seen."""
    changes = {column: kept.pk for column in columns if getattr(row, column) == gone.pk}
    after = [changes.get(column, getattr(row, column)) for column in columns]
    if len(columns) > 1 and len(set(after)) < len(after) and None not in after:
        _leave(made, pointing, [row])
        return None
    twin = twins.of(row, changes)
    if twin is None and isinstance(row, EITHER_WAY_ROUND):
        twin = twins.of(row, dict(zip(columns, reversed(after), strict=True)))
    if twin is None:
        made.moves.append(Move(row, changes))
        return None
    made.stays.append(Stay(row, twin, _stands(row) and not _stands(twin)))
    return row, twin


def _leave(made: Plan, pointing: Pointing, rows: list[Model]) -> None:
    """Rows that stay with all that rests on them."""
    if rows:
        pointing.read(type(rows[0]), [row.pk for row in rows])
    for row in rows:
        made.stays.append(Stay(row, None))
        for model, _, below in pointing.to(row):
            known = {(type(s.row), s.row.pk) for s in made.stays}
            _leave(made, pointing, [r for r in below if (model, r.pk) not in known and r not in rows])


def _stands(row: Model) -> bool:
    return getattr(row, "retired_on", None) is None


def _names(made: Plan) -> None:
    model = ALIASES[kind_of(made.kept)]
    held = set(model.objects.filter(thing=made.kept).values_list("scheme", "key"))
    for alias in model.objects.filter(thing=made.gone).order_by("pk"):
        if (alias.scheme, alias.key) not in held:
            made.aliases.append(alias)


def _fields(made: Plan) -> None:
    """Field by field: what only the entry that is joined knows, and where the two differ; what waits about it."""
    known = Conflicts([made.kept.code, made.gone.code])
    kept, gone = made.kept, made.gone
    for name in compared(type(kept)):
        value = Value(name, field_text(getattr(kept, name)), field_text(getattr(gone, name)))
        decision = known.decision(kept.code, name)
        if (
            value.gone in SAYS_NOTHING
            or getattr(gone, name) == kept
            or _says_the_same(kept, gone, value)
            or (decision and decision.knows(value.gone))
        ):
            continue
        if len(value.gone) > LONGEST or len(value.kept) > LONGEST:
            made.too_long.append(value)
        elif value.kept in SAYS_NOTHING:
            made.fills.append(value)
        else:
            made.differs.append(value)
    _waiting(made, known)


def compared(model: type[Model]) -> list[str]:
    """The fields of a kind of thing that two entries can disagree about."""
    return [f.name for f in model._meta.concrete_fields if f.name not in NOT_COMPARED]


def _says_the_same(kept: Thing, gone: Thing, value: Value) -> bool:
    first, second = getattr(kept, value.field), getattr(gone, value.field)
    if isinstance(first, Model) and isinstance(second, Model):
        return bool(first.pk == second.pk)
    return same_value(value.field, value.kept, value.gone)


def _waiting(made: Plan, known: Conflicts) -> None:
    """What waits about the entry that is joined will wait about the one that stands, unless it says so already."""
    filled = {value.field: value.gone for value in made.fills}
    taken = {(value.field, value.gone) for value in (*made.differs, *made.fills)}
    for name in known.fields(made.gone.code):
        shown = filled.get(name, field_text(getattr(made.kept, name, None)))
        decision = known.decision(made.kept.code, name)
        for conflict in known.waiting(made.gone.code, name):
            other = conflict.value_other
            said = same_value(name, other, shown) or (decision is not None and decision.knows(other))
            if said or (made.kept.code, name, other) in known.by_key or (name, other) in taken:
                made.settled.append(conflict)
            else:
                made.moving.append(conflict)


def label_of(label: str) -> type[Model]:
    """The model that a record of a joining names."""
    return apps.get_model(label)
