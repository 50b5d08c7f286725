"""Everything of one framework as other software takes it: the document, its statements in order, their parents."""

from dataclasses import dataclass

from iqf.accounts.queries import data_version
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.reports.things import Ref, ref


@dataclass(frozen=True)
class PackagedStatement:
    """One statement: its code, that of its parent (blank at the top), kind, title, note, and place among all."""

    code: str
    parent: str
    kind: str
    title: str
    note: str
    position: int


@dataclass(frozen=True)
class Package:
    """A framework in one edition with all its statements, parents before their parts."""

    framework: Ref
    key: str
    edition: str
    adopted: bool
    replaces: str
    data_version: str
    statements: tuple[PackagedStatement, ...]


def package(text: str) -> Package:
    """The framework called `text`, whole. Raises NotFoundError or AmbiguousError."""
    thing = m.Framework.objects.select_related("replaces").get(pk=find(text, ("framework",)).pk)
    rows = m.Statement.objects.filter(LIVE, framework=thing).order_by("position", "pk").select_related("parent")
    found = [
        PackagedStatement(
            row.code, row.parent.code if row.parent else "", row.kind, row.title, row.note, row.position
        )
        for row in rows
    ]
    replaces = thing.replaces.key if thing.replaces else ""
    order = _parents_first(found)
    return Package(ref(thing), thing.key, thing.edition, thing.adopted, replaces, data_version(), order)


def _parents_first(statements: list[PackagedStatement]) -> tuple[PackagedStatement, ...]:
    """Each statement after the one it stands under, in the order of the framework."""
    below: dict[str, list[PackagedStatement]] = {}
    for statement in statements:
        below.setdefault(statement.parent, []).append(statement)
    found: list[PackagedStatement] = []
    waiting = below.get("", [])[::-1]
    while waiting:
        statement = waiting.pop()
        found.append(statement)
        waiting += below.get(statement.code, [])[::-1]
    return tuple(found)
