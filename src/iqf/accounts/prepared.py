"""Questions to the database that are put together once, and asked as often as anybody likes.

Django writes the SQL of a query anew each time that it is asked. For one that joins a fact with the things it speaks
of and with who says so, that takes many times as long as the database takes to answer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Final, Generic, TypeVar

from django.db import connections
from django.db.models import ForeignKey, QuerySet

Row = TypeVar("Row")
Given = int | str | Iterable[int] | Iterable[str]

MOST: Final = 256
"""Of more values than that the question is put together anew: how many there are is part of what it is."""
NUMBERS: Final = 7_111_000_000_000_000_000
"""Numbers from here on stand in a question for what will be asked about; no row of ours has such a number."""
EACH: Final = 1_000_000


class Prepared(Generic[Row]):
    """A question with places for what it is asked about. `build` makes its query out of values for those places.

    A value is a number, a text, or several of either; of none there is nothing to find. `build` may only compare
    fields with them (`=` and `in`): it is called with others in their place, once for each number of values. It may
    join other rows (`select_related`), and read rows that point to these or to those (`prefetch_related`, by name).
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Row]"]) -> None:
        self.__doc__ = build.__doc__
        self._build = build
        self._written: dict[tuple[object, ...], _Written] = {}

    def __call__(self, *given: Given) -> list[Row]:
        """The rows of the database as it stands."""
        alone = [isinstance(one, int | str) for one in given]
        asked: list[tuple[Any, ...]] = [(one,) if isinstance(one, int | str) else tuple(one) for one in given]
        if not all(asked):
            return []
        if any(len(values) > MOST for values in asked):
            return list(self._build(*(_as_given(*each) for each in zip(alone, asked, strict=True))))
        shape = tuple((one, type(values[0]), _size(values)) for one, values in zip(alone, asked, strict=True))
        written = self._written.get(shape)
        if written is None:
            written = self._written[shape] = _write(self._build, shape)
        return written.rows([values + values[-1:] * (_size(values) - len(values)) for values in asked])

    def first(self, *given: Given) -> Row | None:
        """The first of the rows, or None."""
        return next(iter(self(*given)), None)


def _size(values: Sequence[object]) -> int:
    """For how many values a question is written that is asked about these: the last stands for those that lack."""
    return 1 << (len(values) - 1).bit_length()


def _as_given(alone: bool, values: Sequence[object]) -> object:
    return values[0] if alone else values


def _write(build: Callable[..., "QuerySet[Any, Any]"], shape: Iterable[tuple[Any, ...]]) -> "_Written":
    marks = [tuple(_mark(kind, n, nth) for nth in range(size)) for n, (_, kind, size) in enumerate(shape)]
    query = build(*(_as_given(alone, values) for (alone, *_), values in zip(shape, marks, strict=True)))
    compiler = query.query.get_compiler(using=query.db)
    sql, parameters = compiler.as_sql()
    where = {mark: (n, nth) for n, values in enumerate(marks) for nth, mark in enumerate(values)}
    places = {at: where[value] for at, value in enumerate(parameters) if value in where}
    if set(places.values()) != set(where.values()):
        raise ValueError("A question may only compare fields with what it is asked about.")
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    converted = tuple((at, columns[at]) for at in compiler.get_converters(columns))
    compiler.connection = None  # which is the writing thread's alone
    return _Written(query, compiler, sql, tuple(parameters), places, converted)


def _mark(kind: type[int] | type[str], n: int, nth: int) -> int | str:
    """What stands for a value: the `nth` of those that the question's `n`th place takes."""
    number = NUMBERS + n * EACH + nth
    return number if kind is int else f"\x02{number}"


@dataclass(frozen=True)
class _Written:
    """A question as it is written in SQL: the places of its parameters that each of the values takes, and the columns
    that are no plain values in this kind of database.
    """

    query: "QuerySet[Any, Any]"
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    places: dict[int, tuple[int, int]]
    converted: tuple[tuple[int, Any], ...]

    def rows(self, values: Sequence[Sequence[Any]]) -> list[Any]:
        """What Django makes of the rows that are found, and reads besides."""
        parameters = list(self.parameters)
        for at, (n, nth) in self.places.items():
            parameters[at] = type(parameters[at])(values[n][nth])
        asked: Any = QuerySet(self.query.model, _Asked(self, parameters), self.query.db)  # type: ignore[arg-type]
        asked._iterable_class, asked._fields = self.query._iterable_class, self.query._fields  # type: ignore[attr-defined]
        rows = list(asked)
        for path in self.query._prefetch_related_lookups if rows else ():  # type: ignore[attr-defined]
            _read_besides(rows, path)
        return rows


def _read_besides(rows: Sequence[Any], path: str) -> None:
    """What `prefetch_related` reads: the rows that point to these, or to what a path leads to from them."""
    *steps, name = path.split("__")
    things = rows
    for step in steps:
        things = [there for thing in things if (there := getattr(thing, step)) is not None]
    if things:
        points = getattr(type(things[0]), name).field
        _hold(things, name, points, _pointing(points)({thing.pk for thing in things}))


@cache
def _pointing(field: ForeignKey[Any, Any]) -> Prepared[Any]:
    return Prepared(lambda ids: field.model._default_manager.filter(**{f"{field.name}__in": ids}))


def _hold(things: Iterable[Any], name: str, field: ForeignKey[Any, Any], pointing: Iterable[Any]) -> None:
    """Each thing with the rows that point to it, where Django looks for what was read beforehand."""
    found = defaultdict(list)
    for row in pointing:
        found[getattr(row, field.attname)].append(row)
    for thing in things:
        held: Any = QuerySet(field.model, using=thing._state.db)
        held._deferred_filter = (False, (), {field.name: thing})  # what is asked of it is asked of the thing's own
        held._result_cache, held._prefetch_done = found[thing.pk], True
        thing.__dict__.setdefault("_prefetched_objects_cache", {})[name] = held
        for row in held._result_cache:
            field.set_cached_value(row, thing)


class _Asked:
    """Stands where Django has a query and its compiler, while it makes rows of what the database found."""

    def __init__(self, written: _Written, parameters: Sequence[Any]) -> None:
        self._written = written
        self._parameters = parameters
        self._connection: Any = None
        self.select = written.compiler.select
        self.klass_info = written.compiler.klass_info
        self.annotation_col_map = written.compiler.annotation_col_map

    def __getattr__(self, name: str) -> Any:
        return getattr(self._written.query.query, name)

    def get_compiler(self, using: str, **_: Any) -> "_Asked":
        """Itself, for this thread's connection."""
        self._connection = connections[using]
        return self

    def execute_sql(self, *_: Any, **__: Any) -> list[Any]:
        """All the rows, as one lot."""
        with self._connection.cursor() as cursor:
            cursor.execute(self._written.sql, self._parameters)
            return [cursor.fetchall()]

    def results_iter(self, results: Any = None, tuple_expected: bool = False, **_: Any) -> Iterator[Any]:
        """The rows with their values as fields have them."""
        rows = chain.from_iterable(self.execute_sql() if results is None else results)
        if not self._written.converted:
            return rows
        compiler = copy(self._written.compiler)
        compiler.connection = self._connection
        converters = {at: compiler.get_converters([column])[0] for at, column in self._written.converted}
        found = compiler.apply_converters(rows, converters)
        return map(tuple, found) if tuple_expected else found
