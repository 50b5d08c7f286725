"""Which row of the catalogue does each row of a sheet mean? Found in bulk, by codes and by what names a row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from iqf.catalogue.editable.entities import CODE, Entity
from iqf.catalogue.editable.finding import Cells, in_parts, things_named
from iqf.catalogue.editable.holds import StatementOf, ThingOf, WrongValue
from iqf.catalogue.editable.rows import cells_of, every
from iqf.catalogue.editable.sheet import SheetRow, plain
from iqf.codes import alias_key

OFFICIAL = {"qualification": "number", "unit": "reference", "framework": "key"}
"""The column of a thing by which it is found where no code is given."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class Matched:
    """A row of a sheet with the row that it means: `row` and what that says; None for a new one.

    `key`: the cells that name it. `faults`: why it cannot be told which it is, by column.
    """

    said: SheetRow
    key: Mapping[str, str] = field(default_factory=dict)
    row: Any | None = None
    now: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


def matched(entity: Entity, rows: Iterable[SheetRow], cells: Cells) -> list[Matched]:
    """Every row of a sheet with the row that it means, in order."""
    return list(_things(entity, list(rows)) if entity.is_thing else _joins(entity, list(rows), cells))


def _things(entity: Entity, rows: list[SheetRow]) -> Iterator[Matched]:
    named = _named(entity, rows)
    held = {pk: (row, cells_of(entity, row)) for pk, row in _held(entity, named)}
    for said in rows:
        text, column = _name(entity, said)
        standing = [pk for pk in named.get(text, ()) if not held[pk][0].is_retired]
        found = standing or (named.get(text, []) if column == CODE else [])
        if len(found) > 1:
            codes = ", ".join(sorted(held[pk][0].code for pk in found)[:4])
            sentence = f'"{text}" is the name of {len(found)} {entity.plural}; put one of their codes: {codes}.'
            yield Matched(said, faults={column: sentence})
        elif found:
            row, now = held[found[0]]
            yield Matched(said, {CODE: row.code}, row, now)
        elif column == CODE:
            sentence = f'There is no {entity.kind} "{text}"; leave the code blank if this is a new one.'
            yield Matched(said, faults={CODE: sentence})
        else:
            yield Matched(said, {CODE: f"new-{said.number}"})


def _name(entity: Entity, said: SheetRow) -> tuple[str, str]:
    """What a row names its thing by, and in which column: the code, else the official number or key."""
    if text := said.texts.get(CODE, "").strip():
        return text, CODE
    column = OFFICIAL.get(entity.kind, "")
    return said.texts.get(column, "").strip(), column


def _named(entity: Entity, rows: list[SheetRow]) -> dict[str, list[int]]:
    """The things that the rows name, by the text that names them; a permanent code comes before every other name."""
    texts = {text for text, _ in (_name(entity, said) for said in rows) if text}
    things: Any = entity.model._default_manager
    found: dict[str, list[int]] = defaultdict(list)
    upper: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        upper[text.upper()].append(text)
    for part in in_parts(upper):
        for pk, code in things.filter(code__in=part).values_list("pk", "code"):
            for text in upper[code]:
                found[text].append(pk)
    for text, pk in _otherwise(entity, {text for text in texts if text not in found}):
        found[text].append(pk)
    return found


def _otherwise(entity: Entity, texts: set[str]) -> Iterator[tuple[str, int]]:
    """Things by another name than their permanent code: an official code, a layout's id, a framework's key."""
    written: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        written[alias_key(text)].append(text)
    if entity.kind == "framework":
        for pk, key in entity.model._default_manager.values_list("pk", "key"):
            yield from ((text, pk) for text in written.get(alias_key(key), ()))
    for key, thing in things_named(entity.model, written):  # type: ignore[arg-type]
        yield from ((text, thing.pk) for text in written[key])


def _held(entity: Entity, named: Mapping[str, list[int]]) -> Iterator[tuple[int, Any]]:
    wanted = sorted({pk for found in named.values() for pk in found})
    for start in range(0, len(wanted), 500):
        for row in every(entity).filter(pk__in=wanted[start : start + 500]):
            yield row.pk, row


def _joins(entity: Entity, rows: list[SheetRow], cells: Cells) -> Iterator[Matched]:
    cells.look_up(entity, (said.texts for said in rows))
    first = entity.column(entity.key[0])
    codes = {said.number: _first(entity, said, cells) for said in rows}
    held: dict[Key, Any] = {}
    for row in _rows_of(entity, first, set(filter(None, codes.values()))):
        held[tuple(plain(entity.column(name).show(row)) for name in entity.key)] = row
    for said in rows:
        yield _join(entity, said, held, codes[said.number], cells)


def _first(entity: Entity, said: SheetRow, cells: Cells) -> str:
    """What the first of the cells that name a row shows; blank where it cannot be read."""
    column = entity.column(entity.key[0])
    try:
        return column.holds.show(cells.read(column, said.texts.get(column.name, ""), {}))
    except WrongValue:
        return ""


def _rows_of(entity: Entity, first: Any, codes: set[str]) -> Iterator[Any]:
    path = (first.path or first.name).replace(".", "__")
    if isinstance(first.holds, ThingOf):
        asked = "code"
    elif isinstance(first.holds, StatementOf):
        codes, asked = {code.partition("/")[2] for code in codes}, "code"
    else:
        yield from every(entity)
        return
    for part in in_parts(codes):
        yield from every(entity).filter(**{f"{path}__{asked}__in": part})


def _join(entity: Entity, said: SheetRow, held: Mapping[Key, Any], code: str, cells: Cells) -> Matched:
    """As its cells stand, else as they are read: `Level 3` is `3`, a title is a code."""
    typed = (code, *(plain(said.texts.get(name, "")) for name in entity.key[1:]))
    row = held.get(typed) if code else None
    if row is None:
        key, faults = _key(entity, said, cells)
        if faults:
            return Matched(said, faults=faults)
        row = held.get(tuple(plain(key[name]) for name in entity.key))
        if row is None:
            return Matched(said, key)
    now = cells_of(entity, row)
    return Matched(said, {name: now[name] for name in entity.key}, row, now)


def _key(entity: Entity, said: SheetRow, cells: Cells) -> tuple[dict[str, str], dict[str, str]]:
    """The cells that name a row as they are shown, and what is wrong with them."""
    key: dict[str, str] = {}
    faults: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name in (name for name in entity.names if name in entity.key):
        column = entity.column(name)
        try:
            values[name] = cells.read(column, said.texts.get(name, ""), values)
            key[name] = column.holds.show(values[name])
        except WrongValue as error:
            faults[name] = str(error)
    return {name: key.get(name, "") for name in entity.key}, faults
