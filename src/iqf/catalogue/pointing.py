"""The rows of the catalogue that point to others: read with one query for each kind, however many are asked about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model, Q, UniqueConstraint

from iqf.catalogue import models as m
from iqf.catalogue.models.things import Alias, Thing

STAYS_PUT = (m.Admission, m.Joining)
"""Why an official row was admitted is said of the entry that it made, whatever became of that."""
NOT_NAMED = ("citation", "joined_into")
Kind = type[Model]


def columns_to(model: Kind) -> dict[Kind, list[str]]:
    """The columns of other tables of the catalogue that hold the id of a row of this model, in the tables' order."""
    found: dict[Kind, list[str]] = defaultdict(list)
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        other: Any = relation.related_model
        if issubclass(other, (Alias, *STAYS_PUT)) or relation.field.name == "joined_into":  # type: ignore[union-attr]
            continue
        found[other].append(relation.field.attname)  # type: ignore[union-attr]
    return {other: sorted(found[other]) for other in sorted(found, key=lambda kind: kind._meta.label)}


class Pointing:
    """Rows by what they point to. What is read of several rows at once is asked for once."""

    def __init__(self) -> None:
        self._read: dict[Kind, set[int]] = defaultdict(set)
        self._rows: dict[tuple[Kind, Kind, int], list[Model]] = {}

    def read(self, model: Kind, ids: Iterable[int]) -> None:
        """Read what points to these rows of a model, as far as it was not read yet."""
        wanted = set(ids) - self._read[model]
        if not wanted:
            return
        self._read[model] |= wanted
        for other, columns in columns_to(model).items():
            asked = Q()
            for column in columns:
                asked |= Q(**{f"{column}__in": wanted})
            for row in other._base_manager.filter(asked).select_related(*_named(other)).order_by("pk"):
                for pk in {getattr(row, column) for column in columns} & wanted:
                    self._rows.setdefault((model, other, pk), []).append(row)

    def to(self, row: Model) -> Iterator[tuple[Kind, list[str], list[Model]]]:
        """Every kind of row that may point to a row, the columns by which, and those that do, oldest first."""
        self.read(type(row), [row.pk])
        for other, columns in columns_to(type(row)).items():
            yield other, columns, self._rows.get((type(row), other, row.pk), [])

    def rows(self, model: Kind, to: Model) -> list[Model]:
        """The rows of a model that point to a row."""
        self.read(type(to), [to.pk])
        return self._rows.get((type(to), model, to.pk), [])


def _named(model: Kind) -> list[str]:
    """What the rows of a model point to, by which they are told apart in words; and what that points to."""
    found = []
    for name, other in _ends(model):
        found.append(name)
        found += [] if issubclass(other, Thing) else [f"{name}__{further}" for further, _ in _ends(other)]
    return found


def _ends(model: Kind) -> Iterator[tuple[str, Kind]]:
    for field in model._meta.concrete_fields:
        if field.is_relation and field.name not in NOT_NAMED:
            yield field.name, field.related_model  # type: ignore[misc]


class Twins:
    """Rows that point to one row, found by what no two rows of their table may both say."""

    def __init__(self, model: Kind, rows: Iterable[Model]) -> None:
        self._ways = [tuple(_attname(model, name) for name in names) for names in once(model)]
        self._held: dict[tuple[str, ...], dict[tuple[Any, ...], list[Model]]] = {way: {} for way in self._ways}
        for row in rows:
            for way in self._ways:
                key = tuple(getattr(row, column) for column in way)
                self._held[way].setdefault(key, []).append(row)

    def of(self, row: Model, changes: Mapping[str, Any]) -> Model | None:
        """The row that is in the way of these changes of a row: it says the same already."""
        for way in self._ways:
            if set(way) & changes.keys():
                key = tuple(changes.get(column, getattr(row, column)) for column in way)
                for twin in self._held[way].get(key, ()):
                    if twin.pk != row.pk:
                        return twin
        return None


def once(model: Kind) -> Iterator[tuple[str, ...]]:
    """The fields of which no two rows of a table may say the same."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(constraint.fields)
    yield from model._meta.unique_together


def _attname(model: Kind, name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]
