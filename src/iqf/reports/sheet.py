"""Which rows of one entity stand, as cells that somebody may edit and send back? All, or those of one thing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from iqf.accounts.queries import data_version
from iqf.catalogue.editable.entities import Entity
from iqf.catalogue.editable.holds import ThingOf
from iqf.catalogue.editable.marks import mark
from iqf.catalogue.editable.rows import cells_of, standing
from iqf.catalogue.editable.sheet import MARK, MOST_ROWS, READABLE, Heading, headings, title_of
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import NotFoundError, find, kind_of
from iqf.reports.things import Ref, ref


class TooManyRows(Exception):
    """More rows than one sheet may have, in one plain sentence."""


@dataclass(frozen=True)
class SheetAnswer:
    """A sheet to be filled in: its headings and rows of text in their order; `of`: the thing whose rows they are."""

    entity: Entity
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    data_version: str
    of: Ref | None = None

    @property
    def table(self) -> tuple[list[str], tuple[tuple[str, ...], ...]]:
        """Headings as printed, and rows."""
        return [heading.text for heading in self.headings], self.rows


def sheet(entity: Entity, *, of: str = "", template: bool = False) -> SheetAnswer:
    """The rows of an entity that stand, or of a template none; `of`: only those that name this thing, or are it.

    Raises NotFoundError where the entity has no rows of such a thing, AmbiguousError, and TooManyRows.
    """
    kinds = kinds_of(entity)
    if of and not kinds:
        raise NotFoundError(f"{entity.plural.capitalize()} cannot be had of one thing; ask for all of them.")
    thing = find(of, kinds) if of else None
    rows = rows_about(entity, thing) if thing else standing(entity)
    if template:
        rows = rows.none()
    elif (count := rows.count()) > MOST_ROWS:
        raise TooManyRows(
            f"There are {count:,} {entity.plural}, and one sheet holds at most {MOST_ROWS:,}; ask for those of one "
            f"{' or '.join(kinds) or 'part'}."
        )
    version = data_version()
    head = headings(entity)
    made = tuple(_row(entity, head, row, version) for row in rows)
    return SheetAnswer(entity, head, made, version, ref(thing) if thing else None)


def kinds_of(entity: Entity) -> tuple[str, ...]:
    """Of which kinds of thing an entity has rows."""
    pointed = (kind for c in entity.columns if isinstance(c.holds, ThingOf) for kind in c.holds.kinds)
    return tuple(dict.fromkeys([*([entity.kind] if entity.is_thing else []), *pointed]))


def rows_about(entity: Entity, thing: Thing) -> QuerySet[Any]:
    """The standing rows of an entity that name a thing in any column, or are it."""
    kind = kind_of(thing)
    asked = Q(pk=thing.pk) if entity.kind == kind else Q(pk__in=())
    for column in entity.columns:
        if isinstance(column.holds, ThingOf) and kind in column.holds.kinds:
            asked |= Q(**{(column.path or column.name).replace(".", "__"): thing})
    return standing(entity).filter(asked)


def _row(entity: Entity, head: tuple[Heading, ...], row: Any, version: str) -> tuple[str, ...]:
    cells = cells_of(entity, row)
    made: list[str] = []
    beside = None
    for heading in head:
        if heading.part == READABLE and beside is not None:
            made.append(title_of(beside.of(row)))
        else:
            made.append(mark(entity, cells, version) if heading.part == MARK else cells.get(heading.name, ""))
        beside = heading.column
    return tuple(made)
