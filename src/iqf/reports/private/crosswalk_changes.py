"""What would have to change here so that crosswalks say what a package says of them?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from iqf.catalogue import models as m
from iqf.catalogue.editable.changes import CHANGE, CREATE, RESTORE, Change


class End(Protocol):
    """One end of a relation: an item, with its code where it is of the package itself."""

    @property
    def identifier(self) -> str:
        """The identifier of the item."""

    @property
    def code(self) -> str:
        """Its code in the package; blank for an item of another document."""


class Stated(Protocol):
    """A relation as a package has it."""

    @property
    def first(self) -> End:
        """Where it begins."""

    @property
    def second(self) -> End:
        """Where it leads."""

    @property
    def relation(self) -> str:
        """What the first is to the second."""

    @property
    def strength(self) -> str:
        """How sure that is; blank where nobody says."""

    @property
    def author(self) -> str:
        """Who says so."""

    @property
    def note(self) -> str:
        """Why."""


@dataclass(frozen=True)
class CrosswalkChanges:
    """The changes, and how many relations lead to items that are not held here."""

    changes: tuple[Change, ...]
    elsewhere: int


def crosswalk_changes(key: str, said: Sequence[Stated], names: Mapping[str, str]) -> CrosswalkChanges:
    """What relations of the framework with this key change. `names`: statements here (`framework/code`) by id."""
    changes: list[Change] = []
    elsewhere = 0
    for one in said:
        ends = [f"{key}/{end.code}" if end.code else names.get(end.identifier, "") for end in (one.first, one.second)]
        if not all(ends):
            elsewhere += 1
            continue
        changes += _change({"first": ends[0], "second": ends[1]}, _cells(one))
    return CrosswalkChanges(tuple(changes), elsewhere)


def _change(key: dict[str, str], wanted: dict[str, str]) -> list[Change]:
    held = _held(key["first"], key["second"])
    if held is None:
        return [Change("crosswalk", CREATE, key, {name: text for name, text in wanted.items() if text})]
    now = {name: str(getattr(held, name)) for name in wanted}
    other = {name: text for name, text in wanted.items() if text != now[name]}
    found = [Change("crosswalk", RESTORE, key)] if held.is_retired else []
    return found + ([Change("crosswalk", CHANGE, key, other, {n: now[n] for n in other})] if other else [])


def _held(first: str, second: str) -> m.Crosswalk | None:
    rows = m.Crosswalk.objects.all()
    for side, name in (("first", first), ("second", second)):
        key, _, code = name.partition("/")
        rows = rows.filter(**{f"{side}__framework__key": key, f"{side}__code": code})
    return rows.first()


def _cells(one: Stated) -> dict[str, str]:
    return {"relation": one.relation, "strength": one.strength, "author": one.author, "note": one.note}
