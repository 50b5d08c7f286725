"""What would have to change here so that a framework says what a package says?"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from iqf.catalogue import models as m
from iqf.catalogue.editable.changes import CHANGE, CREATE, RESTORE, RETIRE, Change
from iqf.catalogue.editable.entities import CODE

NEW = "new-1"


class Stated(Protocol):
    """A statement as a package has it."""

    @property
    def code(self) -> str:
        """The framework's own code."""

    @property
    def parent(self) -> str:
        """The code of the statement that it stands under; blank at the top."""

    @property
    def kind(self) -> str:
        """Area, skill, knowledge, …"""

    @property
    def title(self) -> str:
        """What it says."""

    @property
    def note(self) -> str:
        """What is said beside it."""

    @property
    def position(self) -> int:
        """Its place among all."""

    @property
    def axis(self) -> str:
        """In a matrix: rows or columns, where its parts are these."""

    @property
    def row(self) -> str:
        """In a matrix: the code of the row that it is particular to."""


class Packaged(Protocol):
    """A framework as a package has it."""

    @property
    def key(self) -> str:
        """Its short name."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def edition(self) -> str:
        """Which edition."""

    @property
    def adopted(self) -> bool:
        """Whether anybody adopted it."""

    @property
    def replaces(self) -> str:
        """The key of the edition before; blank for none."""

    @property
    def statements(self) -> Sequence[Stated]:
        """Its statements, parents before their parts."""


def framework_changes(said: Packaged) -> list[Change]:
    """The changes, statements that the package leaves out retired; none where everything is so already."""
    held = m.Framework.objects.filter(key__iexact=said.key).select_related("replaces").first()
    wanted = {
        "title": said.title,
        "key": said.key,
        "edition": said.edition,
        "adopted": "yes" if said.adopted else "no",
        "replaces": _code_of(said.replaces),
    }
    if held is None:
        first = Change("framework", CREATE, {CODE: NEW}, {name: text for name, text in wanted.items() if text})
        return [first, *(_new(NEW, one) for one in rows_first(said.statements))]
    now = {
        "title": held.title,
        "key": held.key,
        "edition": held.edition,
        "adopted": "yes" if held.adopted else "no",
        "replaces": held.replaces.code if held.replaces else "",
    }
    return [*_differing("framework", {CODE: held.code}, wanted, now), *_of_statements(held, said)]


def _code_of(key: str) -> str:
    found = m.Framework.objects.filter(key__iexact=key, retired_on=None).first() if key else None
    return found.code if found else ""


def _of_statements(held: m.Framework, said: Packaged) -> list[Change]:
    rows = {row.code: row for row in m.Statement.objects.filter(framework=held).select_related("parent", "row")}
    changes: list[Change] = []
    for one in rows_first(said.statements):
        row = rows.pop(one.code, None)
        key = {"framework": held.code, "code": one.code}
        if row is None:
            changes.append(_new(held.code, one))
            continue
        if row.is_retired:
            changes.append(Change("statement", RESTORE, key))
        now = {
            "parent": row.parent.code if row.parent else "",
            "kind": row.kind,
            "title": row.title,
            "note": row.note,
            "position": str(row.position),
            "axis": row.axis,
            "row": row.row.code if row.row else "",
        }
        changes += _differing("statement", key, _cells(one), now)
    gone = [code for code, row in rows.items() if not row.is_retired]
    return [*changes, *(Change("statement", RETIRE, {"framework": held.code, "code": code}) for code in gone)]


def _cells(one: Stated) -> dict[str, str]:
    return {
        "parent": one.parent,
        "kind": one.kind,
        "title": one.title,
        "note": one.note,
        "position": str(one.position),
        "axis": one.axis,
        "row": one.row,
    }


def rows_first(statements: Iterable[Stated]) -> list[Stated]:
    """The statements in their order, those that stand in the cells of a matrix after the rows that they name."""
    return sorted(statements, key=lambda one: bool(one.row))


def _new(framework: str, one: Stated) -> Change:
    cells = {name: text for name, text in _cells(one).items() if text}
    return Change("statement", CREATE, {"framework": framework, "code": one.code}, cells)


def _differing(entity: str, key: dict[str, str], wanted: dict[str, str], now: dict[str, str]) -> list[Change]:
    other = {name: text for name, text in wanted.items() if text != now[name]}
    return [Change(entity, CHANGE, key, other, {name: now[name] for name in other})] if other else []
