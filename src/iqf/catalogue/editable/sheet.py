"""An entity as a sheet: its headings in their order, what each asks for, and what came back in one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import ALL, CODE, Entity
from iqf.catalogue.editable.holds import (
    AreaOf,
    ClusterOf,
    FunctionOf,
    GroupOf,
    Level,
    OneOf,
    StatementOf,
    ThingOf,
    YesNo,
)
from iqf.codes import LEVELS, NO_LEVEL

MOST_ROWS = 20_000
"""So many rows one sheet may have, out and in."""
ERASE = "erase"
RETIRE, RESTORE = "retire", "restore"
ACT, SEEN, WRONG = "act", "as downloaded", "what is wrong"
NAMES, SAYS, READABLE, ACTS, MARK = "names", "says", "readable", "acts", "mark"
POINTERS = (ThingOf, AreaOf, ClusterOf, FunctionOf, StatementOf, GroupOf)


@dataclass(frozen=True)
class Heading:
    """One column of a sheet. `part`: it names the row, says something of it, is there to be read only, says what is
    to be done with the row, or is the mark of what the row said when it was downloaded.
    """

    name: str
    text: str
    part: str
    note: str
    column: Column | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetRow:
    """One row of somebody's sheet: its number there, its cells by column, and what is wrong with them as cells."""

    number: int
    texts: Mapping[str, str]
    act: str = ""
    mark: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A sheet as it came back: the file's name, its headings by column as they stand there, its rows, notes."""

    entity: Entity
    file: str
    headings: Mapping[str, str]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marking:
    """What is to be marked in one row of a sheet that goes back: sentences by column (blank: the row as a whole), and
    the row's new mark where it needs one.
    """

    faults: Mapping[str, str]
    fresh: str = ""


def headings(entity: Entity) -> tuple[Heading, ...]:
    """The headings of an entity: what names a row first, readable titles beside codes, then what may be done."""
    found: list[Heading] = []
    if entity.is_thing:
        found.append(Heading(CODE, "code", NAMES, _code_note(entity)))
    for column in sorted(entity.columns, key=lambda c: c.name not in entity.key):
        found.append(_heading(entity, column))
        if isinstance(column.holds, POINTERS):
            text = f"{column.words} {'name' if isinstance(column.holds, AreaOf) else 'title'}"
            note = f"To be read only: what the {column.words} is called. Changes here are passed over."
            found.append(Heading("", text, READABLE, note))
    return (
        *found,
        Heading(ACT, ACT, ACTS, ACT_NOTE, choices=(RETIRE, RESTORE)),
        Heading(SEEN, mark_of(entity), MARK, MARK_NOTE),
    )


ACT_NOTE = (
    "Leave blank for most rows. retire: this row is to be withdrawn. restore: a withdrawn row is to stand again. "
    "A row that you delete from this sheet stays as it is."
)
MARK_NOTE = (
    "Leave this alone: it tells what the row said when you downloaded it, so that nobody's work is overwritten."
)


def mark_of(entity: Entity) -> str:
    """The heading of the marks, by which a sheet is known to be of this entity."""
    return f"{entity.kind} {SEEN}"


def _code_note(entity: Entity) -> str:
    return (
        f"The permanent code of the {entity.kind}, or an official code. It says which one the row is about. "
        "Leave it blank to add a new one."
    )


def _heading(entity: Entity, column: Column) -> Heading:
    part = NAMES if column.name in entity.key else SAYS
    said = [column.help, f"{column.holds.words[:1].upper()}{column.holds.words[1:]}."]
    if part == NAMES:
        said.append("It is part of what names the row; to change it, retire this row and add a new one.")
    elif column.needed:
        said.append("Needed in a new row.")
    else:
        said.append(f"A blank cell changes nothing; write {ERASE} to empty it.")
    choices = choices_of(column)
    if choices and part == SAYS and not column.needed:
        choices = (*choices, ERASE)
    return Heading(column.name, column.words, part, " ".join(filter(None, said)), column, choices)


def choices_of(column: Column) -> tuple[str, ...]:
    """The closed list that a column takes its values from; nothing where there is none."""
    if isinstance(column.holds, OneOf):
        return tuple(v for v in column.holds.values if v)
    if isinstance(column.holds, YesNo):
        return ("yes", "no")
    return (*LEVELS, NO_LEVEL) if isinstance(column.holds, Level) else ()


def title_of(value: Any) -> str:
    """What the thing, area, cluster … that a cell points to is called; blank for none."""
    return str(getattr(value, "title", "") or getattr(value, "name", ""))


def heading_key(text: str) -> str:
    """A heading as it is compared: case, spaces and marks are passed over."""
    return re.sub(r"[\W_]+", "", text).casefold()


def plain(text: str) -> str:
    """A cell as it is compared: spaces put in order, lines kept, what spreadsheets make of line ends undone."""
    lines = (" ".join(line.split()) for line in text.replace("_x000D_", "").splitlines())
    return "\n".join(lines).strip()


def entity_called(text: str) -> Entity | None:
    """The entity of this name: `units`, `rule unit`, `rule-units`; None where there is none."""
    said = heading_key(text)
    return next(
        (e for e in ALL if said in (heading_key(e.kind), heading_key(e.plural), heading_key(e.kind) + "s")), None
    )


def slug_of(entity: Entity) -> str:
    """An entity in addresses and file names: `rule-unit`."""
    return entity.kind.replace(" ", "-")
