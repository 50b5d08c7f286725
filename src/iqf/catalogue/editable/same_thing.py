"""Does a thing that somebody wants to add stand already? By its title and whatever else both say of themselves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from iqf.catalogue.editable.entities import Entity
from iqf.catalogue.editable.sheet import plain
from iqf.catalogue.models.things import LIVE

TOLD_APART = ("number", "reference", "level", "owner")
"""What tells two things of one title apart, where both say it. Units of one title at two levels are two."""


@dataclass(frozen=True)
class Like:
    """A thing that stands: its code, its title, and what would tell it apart."""

    code: str
    title: str
    apart: Mapping[str, Any]


class Standing:
    """The things that stand under the titles of these rows, read in one query."""

    def __init__(self, entity: Entity, titles: Iterable[str]) -> None:
        self._apart = tuple(name for name in TOLD_APART if name in entity.names)
        self._held: dict[str, list[Like]] = defaultdict(list)
        wanted = {plain(title).casefold() for title in titles}
        if entity.is_thing and wanted:
            fields = ("code", "title", *self._apart)
            for code, title, *apart in entity.model._default_manager.filter(LIVE).values_list(*fields).iterator():
                if (key := plain(title).casefold()) in wanted:
                    self._held[key].append(Like(code, title, dict(zip(self._apart, apart, strict=True))))

    def like(self, values: Mapping[str, Any]) -> Like | None:
        """A thing that says nothing else of itself than these values do; None where there is none."""
        for held in self._held.get(plain(str(values.get("title", ""))).casefold(), ()):
            said = {name: _told(values.get(name)) for name in self._apart}
            if all(not said[n] or not held.apart[n] or said[n] == held.apart[n] for n in self._apart):
                return held
        return None


def _told(value: Any) -> Any:
    return getattr(value, "pk", value)
