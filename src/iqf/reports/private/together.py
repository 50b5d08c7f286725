"""What exactly would change, thing by thing, if several things that wait were decided together?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iqf.catalogue.decided import Conflicts
from iqf.reports.private.affected import CONFLICT, DUPLICATE, INCLUSION, SIMILAR
from iqf.reports.private.inbox import Item
from iqf.reports.private.joining import JoiningAnswer, joining


@dataclass(frozen=True)
class Would:
    """What one decision would do: what is shown now and then (of a field), or which things it names; and `more`, in
    words: where a value comes from, what moves when two entries become one.
    """

    item: Item
    act: str
    now: str
    then: str
    more: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """True where readers would see something else than now."""
        return self.act in ("other", "join", "choose", "accept")


def would_change(items: Sequence[Item], acts: Mapping[str, str]) -> tuple[Would, ...]:
    """What each of these decisions would do, by the act chosen for its kind. Nothing is tried: see
    `exchange.sources.settling.tried` for what stands in the way.
    """
    known = Conflicts(item.code for item in items if item.kind == CONFLICT)
    return tuple(_would(item, acts.get(item.kind, ""), known) for item in items)


def _would(item: Item, act: str, known: Conflicts) -> Would:
    if item.kind == CONFLICT:
        return _of_field(item, act, known)
    if item.kind in (DUPLICATE, SIMILAR):
        return _of_pair(item, act)
    if item.kind == INCLUSION:
        return Would(item, act, "", "", item.values[:1])
    return Would(item, act, item.values[0], item.title, tuple(item.values[1:]))


def _of_field(item: Item, act: str, known: Conflicts) -> Would:
    now, *others = item.values
    then = now if act == "keep" else (others or [now])[0]
    said = [row.citation_other.source.title for row in known.waiting(item.code, item.asks) if row.value_other == then]
    return Would(item, act, now, then, tuple(said[:1]) if act == "other" else tuple(others))


def _of_pair(item: Item, act: str) -> Would:
    told = joining(item.code, item.asks) if act == "join" else None
    return Would(item, act, item.asks, item.code, _moves(told) if told else ())


def _moves(told: JoiningAnswer) -> tuple[str, ...]:
    """What joining would move, fill and leave to be decided, each in a few words."""
    moves = [f"{links.words} {'moves' if links.count == 1 else 'move'}" for links in told.moves]
    fields = [f"{value.field.replace('_', ' ')} is filled in" for value in told.fills]
    differ = " and ".join(value.field.replace("_", " ") for value in told.differs)
    return (*moves, *fields, *([f"they differ in {differ}, which will wait for a decision"] if differ else ()))
