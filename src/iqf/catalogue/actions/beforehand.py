"""What many changes speak of, read at once before they are made: things by their codes, and codes for new ones.

What is read here is what stands: the things to be changed are locked, and every other is read in the transaction that
makes the changes. Whatever is not found here is looked for one by one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from iqf.catalogue.actions.upsert import give_codes
from iqf.catalogue.editable.changes import CREATE, Change
from iqf.catalogue.editable.entities import CODE, ENTITIES, Entity
from iqf.catalogue.editable.finding import in_parts
from iqf.catalogue.editable.holds import ThingOf
from iqf.catalogue.editable.rows import every, find_thing
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import THINGS, find, kind_of


class Beforehand:
    """The things that changes speak of by their permanent codes."""

    def __init__(self, changes: Sequence[Change]) -> None:
        changes = [change for change in changes if change.entity in ENTITIES]
        self._new = Counter(change.entity for change in changes if change.act == CREATE)
        self._codes: dict[str, list[str]] = {}
        self._locked: dict[str, Any] = {}
        for kind, codes in _to_change(changes).items():
            for part in in_parts(codes):
                rows = every(ENTITIES[kind]).select_for_update(of=("self",)).filter(code__in=part)
                self._locked |= {row.code: row for row in rows}
        self._things: dict[str, Thing] = dict(self._locked)
        wanted = {code for code in _pointed_to(changes) if code not in self._things}
        for model in THINGS.values():
            for part in in_parts(wanted):
                self._things |= {thing.code: thing for thing in model._default_manager.filter(code__in=part)}

    def locked(self, entity: Entity, text: str) -> Any | None:
        """A thing that is to be changed, standing or retired; None where there is none."""
        row = self._locked.get(text)
        if row is None or kind_of(row) != entity.kind:
            row = find_thing(entity, text, locked=True)
        if row is not None:
            self._locked[text] = self._things[row.code] = row
        return row

    def find(self, text: str, kinds: Iterable[str]) -> Thing:
        """As `catalogue.queries.find`, with the same errors. One that is retired may be another by now: see there."""
        wanted = tuple(kinds)
        held = self._things.get(text)
        if held is None or held.is_retired or kind_of(held) not in wanted:
            return find(text, wanted)
        return held

    def forget(self, text: str) -> None:
        """A change of this thing could not be made: what was read of it may have been touched."""
        row = self._locked.pop(text, None)
        if row is not None:
            self._things.pop(row.code, None)

    def as_it_is(self, value: Any) -> Any:
        """A thing as these changes have left it by now; any other value itself."""
        return self._things.get(value.code, value) if isinstance(value, Thing) else value

    def code(self, kind: str) -> str:
        """The permanent code of a new thing; those of all new things of the kind are given together."""
        if not self._codes.get(kind):
            self._codes[kind] = give_codes(kind, max(self._new[kind], 1))[::-1]
        return self._codes[kind].pop()


def _to_change(changes: Iterable[Change]) -> dict[str, set[str]]:
    """The codes of the things that stand and are to be changed, by kind."""
    codes: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        if ENTITIES[change.entity].is_thing and change.act != CREATE:
            codes[change.entity].add(change.key.get(CODE, ""))
    return codes


def _pointed_to(changes: Iterable[Change]) -> Iterator[str]:
    """What the cells of changes that hold things say."""
    pointing = {kind: [c.name for c in e.columns if isinstance(c.holds, ThingOf)] for kind, e in ENTITIES.items()}
    for change in changes:
        for name in pointing[change.entity]:
            yield from (cells[name] for cells in (change.key, change.wanted) if cells.get(name))
