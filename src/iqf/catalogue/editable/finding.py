"""Many cells read at once: things found by their codes a thousand at a time, and nothing looked for twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import Entity
from iqf.catalogue.editable.holds import GroupOf, Near, StatementOf, ThingOf, WrongValue
from iqf.catalogue.editable.sheet import POINTERS
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import THINGS, AmbiguousError, NotFoundError, find
from iqf.codes import alias_key

AT_ONCE = 500
Kinds = tuple[str, ...]


def in_parts(values: Iterable[str]) -> Iterator[list[str]]:
    """Values without repeats, in parts that one query takes."""
    distinct = sorted(set(values))
    for start in range(0, len(distinct), AT_ONCE):
        yield distinct[start : start + AT_ONCE]


class Cells:
    """Reads the cells of many rows. What a cell points to is looked for once, however often it is written."""

    def __init__(self) -> None:
        self._things: dict[tuple[str, Kinds], Thing | Exception] = {}
        self._read: dict[tuple[Any, ...], Any] = {}

    def look_up(self, entity: Entity, rows: Iterable[Mapping[str, str]]) -> None:
        """Find beforehand, in few queries, the things that these rows name by a code."""
        wanted: dict[Kinds, set[str]] = defaultdict(set)
        pointing = [c for c in entity.columns if isinstance(c.holds, ThingOf)]
        for row in rows:
            for column in pointing:
                if text := row.get(column.name, "").strip():
                    wanted[column.holds.kinds].add(text)  # type: ignore[attr-defined]
        for kinds, texts in wanted.items():
            self._hold(kinds, texts)

    def _hold(self, kinds: Kinds, texts: set[str]) -> None:
        new = {text for text in texts if (text, kinds) not in self._things}
        for found in (_coded, _named):
            by_text = found(kinds, new)
            for text, things in by_text.items():
                standing = [t for t in things if not t.is_retired]
                if len(standing) == 1:
                    self._things[text, kinds] = standing[0]
                if standing:
                    new.discard(text)

    def find(self, text: str, kinds: Iterable[str]) -> Thing:
        """As `catalogue.queries.find`, with the same errors."""
        key = (text, tuple(kinds))
        if key not in self._things:
            try:
                self._things[key] = find(*key)
            except (NotFoundError, AmbiguousError) as error:
                self._things[key] = error
        held = self._things[key]
        if isinstance(held, Exception):
            raise held
        return held

    def read(self, column: Column, text: str, near: Mapping[str, Any]) -> Any:
        """The value of one cell; `near`: the values of the row's cells before it. Raises WrongValue."""
        if not isinstance(column.holds, POINTERS):
            return column.read(text, Near(near))
        beside = near.get(_beside(column))
        key = (column.name, text, getattr(beside, "pk", None))
        if key not in self._read:
            try:
                self._read[key] = column.read(text, Near(near, find=self.find))
            except WrongValue as error:
                self._read[key] = error
        held = self._read[key]
        if isinstance(held, WrongValue):
            raise held
        return held


def _beside(column: Column) -> str:
    """The column on which the meaning of this one depends; blank for none."""
    if isinstance(column.holds, StatementOf):
        return column.holds.within
    return "qualification" if isinstance(column.holds, GroupOf) else ""


def _coded(kinds: Kinds, texts: Iterable[str]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = defaultdict(list)
    written = _by(str.upper, texts)
    for kind in kinds:
        for part in in_parts(written):
            for thing in THINGS[kind]._default_manager.filter(code__in=part):
                for text in written[thing.code]:
                    found[text].append(thing)
    return found


def _named(kinds: Kinds, texts: Iterable[str]) -> dict[str, list[Thing]]:
    found: dict[str, list[Thing]] = defaultdict(list)
    written = _by(alias_key, texts)
    for kind in kinds:
        for key, thing in things_named(THINGS[kind], written):
            for text in written[key]:
                found[text].append(thing)
    return found


def things_named(model: type[Thing], keys: Iterable[str]) -> Iterator[tuple[str, Thing]]:
    """The things that have an official code or another alias of these, with which of them; standing or retired."""
    if not hasattr(model, "aliases"):
        return
    things: Any = model._default_manager
    for part in in_parts(keys):
        named: Sequence[Any] = things.filter(aliases__key__in=part).values_list("aliases__key", "pk").distinct()
        held = things.in_bulk([pk for _, pk in named])
        wanted = set(part)
        for key, pk in named:
            if key in wanted:
                yield key, held[pk]


def _by(key: Any, texts: Iterable[str]) -> dict[str, list[str]]:
    written: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        written[key(text)].append(text)
    return written
