"""Things that were joined into others: what each of them is now, and which of its rows stayed with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db.models import Model

from iqf.catalogue import models as m
from iqf.catalogue.models.things import Thing

T = TypeVar("T", bound=Thing)

JOINABLE: dict[str, type[Thing]] = {
    "role": m.Role,
    "qualification": m.Qualification,
    "unit": m.Unit,
    "organisation": m.Organisation,
}
"""The kinds of thing of which two entries can be one."""
WHOLES = (m.RuleGroup, m.UnitOutcome)
"""Lists that mean something only whole: those of two entries are never mixed."""
ALIASES: dict[str, Any] = {
    "role": m.RoleAlias,
    "qualification": m.QualificationAlias,
    "unit": m.UnitAlias,
    "organisation": m.OrganisationAlias,
}
Place = tuple[str, int]
"""One row: the label of its model, and its id."""


def standing(thing: T) -> T:
    """What a thing is now: itself, or the thing that it was joined into, however many times."""
    into: Any = thing
    while into.joined_into is not None:
        into = into.joined_into
    return cast(T, into)


def place_of(row: Model) -> Place:
    """How records of joinings name a row."""
    return row._meta.label_lower, int(row.pk)


@dataclass(frozen=True)
class Stayed:
    """A row that stayed with the entry that was joined: the row that stands in for it, None where none does."""

    twin: int | None


class Joined:
    """Every joining that stands, read once: what things are now, and which rows stayed behind."""

    def __init__(self) -> None:
        self.stayed: dict[Place, Stayed] = {}
        self.apart: set[tuple[str, str]] = set()
        self._now: dict[tuple[type[Model], int], Thing] = {}
        rows = list(m.Joining.objects.values_list("kind", "gone", "record"))
        for _, gone, record in rows:
            self.apart |= {(label, gone) for label in record["apart"]}
            for left in record["stayed"]:
                self.stayed[left["model"], left["pk"]] = Stayed(left["twin"])
        for kind in {kind for kind, _, _ in rows}:
            self._read(kind)

    def _read(self, kind: str) -> None:
        model, ends = JOINABLE[kind], ids_now(kind)
        related = [name for name in ("owner", "citation") if name in {f.name for f in model._meta.fields}]
        found = model._default_manager.select_related(*related).in_bulk(set(ends.values()))
        self._now |= {(model, pk): found[end] for pk, end in ends.items()}

    def __bool__(self) -> bool:
        return bool(self._now)

    def now(self, value: Any) -> Any:
        """What a value is now: for a thing that was joined, the thing that stands; any other value is itself."""
        return self._now.get((type(value), value.pk), value) if isinstance(value, Thing) else value

    def twin_of(self, row: Model) -> int | None:
        """The row that stands in for one that stayed behind; None where none does."""
        label, pk = place_of(row)
        left = self.stayed.get((label, pk))
        while left is not None and left.twin is not None and (label, left.twin) in self.stayed:
            left = self.stayed[label, left.twin]
        return left.twin if left else None


def _end(into: Mapping[int, int], pk: int) -> int:
    while pk in into:
        pk = into[pk]
    return pk


def ids_now(kind: str) -> dict[int, int]:
    """The id of every thing of a kind that was joined, with the id of what it is now."""
    held: Any = JOINABLE[kind]._default_manager
    into = dict(held.filter(joined_into__isnull=False).values_list("pk", "joined_into_id"))
    return {pk: _end(into, pk) for pk in into}


def other_titles(kind: str) -> Mapping[int, list[str]]:
    """The titles under which things of a kind stood before they were joined, by the id of what they are now."""
    model = JOINABLE[kind]
    now = ids_now(kind)
    found: dict[int, list[str]] = defaultdict(list)
    for pk, title in model._default_manager.filter(pk__in=now).order_by("code").values_list("pk", "title"):
        found[now[pk]].append(title)
    return found


def joined_into(codes: Iterable[str]) -> dict[str, str]:
    """Those of these codes whose things were joined, each with the code of what it was joined into."""
    return dict(m.Joining.objects.filter(gone__in=list(codes)).values_list("gone", "kept"))


def codes_now(codes: Iterable[str]) -> dict[str, str]:
    """The codes of joined things, each with the code of what it is now. Codes of other things are not in it."""
    into = dict(m.Joining.objects.values_list("gone", "kept"))
    found = {}
    for code in codes:
        end = code
        while end in into:
            end = into[end]
        if end != code:
            found[code] = end
    return found


def code_now(code: str) -> str:
    """The code of what a thing is now."""
    return codes_now([code]).get(code, code)
