"""What an entity is: one kind of row that people read and write, its columns, and which of them name a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.holds import Number, Text, ThingOf, WrongValue
from iqf.catalogue.models.things import LIVE

LONG = 6000
CODE = "code"
TITLE = Column("title", Text(400), needed=True)
NOTE = Column("note", Text(LONG, long=True))
SHORT_NOTE = Column("note", Text(400))
POSITION = Column("position", Number(blank=0), "Order in its list.")


@dataclass(frozen=True)
class Join:
    """A row that several columns name together: a requirement, by its role and qualification."""

    field: str
    model: type[Model]
    by: tuple[str, ...]

    def row(self, cells: Mapping[str, Any]) -> Model:
        """The row that stands. Raises WrongValue."""
        named = {name: cells[name] for name in self.by}
        saved = all(not isinstance(value, Model) or value.pk is not None for value in named.values())
        row = self.model._default_manager.filter(LIVE, **named).first() if saved else None
        if row is None:
            words = " and ".join(str(value) for value in named.values())
            raise WrongValue(f"There is no {self.model._meta.verbose_name} of {words} that this could be about.")
        return row


@dataclass(frozen=True)
class Entity:
    """One kind of row. `key`: the columns that name a row; a thing is named by its permanent code instead.

    `where`: the field that is set in rows of this kind, where one model holds several kinds (of a row that it points
    to: `alignment__unit`). `joins`: rows that several columns name together.
    """

    kind: str
    plural: str
    model: type[Model]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    where: str = ""
    joins: tuple[Join, ...] = ()

    @property
    def is_thing(self) -> bool:
        """True for what has a permanent code of its own."""
        return not self.key

    @property
    def named_by(self) -> tuple[str, ...]:
        """The names of the columns that name a row."""
        return self.key or (CODE,)

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns that may be changed in a row that stands: all but those that name it."""
        return tuple(column for column in self.columns if column.name not in self.key)

    def column(self, name: str) -> Column:
        """A column by its name. Raises KeyError."""
        return next(c for c in self.columns if c.name == name) if name in self.names else _missing(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(column.name for column in self.columns)

    def fields(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """The model's own fields among the cells of a row. Raises WrongValue where what they join is not there."""
        own = {name: value for name, value in cells.items() if name in self.names and not self.column(name).path}
        return own | {join.field: join.row(cells) for join in self.joins if set(join.by) <= set(cells)}


def _missing(name: str) -> Column:
    raise KeyError(name)


def a(*kinds: str) -> ThingOf:
    """A thing of one of these kinds."""
    return ThingOf(kinds)
