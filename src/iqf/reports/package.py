"""Everything of one framework as other software takes it: the document, its statements in order, their parents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from iqf.accounts.queries import data_version
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.reports.things import Ref, ref


@dataclass(frozen=True)
class PackagedStatement:
    """One statement: its code, that of its parent (blank at the top), kind, title, note, and place among all.

    In a matrix: which axis its parts are, and the code of the row that it is particular to.
    """

    code: str
    parent: str
    kind: str
    title: str
    note: str
    position: int
    axis: str = ""
    row: str = ""


@dataclass(frozen=True)
class PackagedRelation:
    """What a statement is to one of another framework, both as `framework/code`; how sure, by whom, why."""

    first: str
    second: str
    relation: str
    strength: str
    author: str
    note: str


@dataclass(frozen=True)
class Package:
    """A framework in one edition with all its statements, parents before their parts, and their crosswalks.

    `others`: the codes and keys of the frameworks that crosswalks lead to, by key.
    """

    framework: Ref
    key: str
    edition: str
    adopted: bool
    replaces: str
    data_version: str
    statements: tuple[PackagedStatement, ...]
    relations: tuple[PackagedRelation, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)


def package(text: str) -> Package:
    """The framework called `text`, whole. Raises NotFoundError or AmbiguousError."""
    thing = m.Framework.objects.select_related("replaces").get(pk=find(text, ("framework",)).pk)
    rows = m.Statement.objects.filter(LIVE, framework=thing).select_related("parent", "row")
    found = [
        PackagedStatement(
            row.code,
            row.parent.code if row.parent else "",
            row.kind,
            row.title,
            row.note,
            row.position,
            row.axis,
            row.row.code if row.row else "",
        )
        for row in rows.order_by("position", "pk")
    ]
    replaces = thing.replaces.key if thing.replaces else ""
    order = _parents_first(found)
    relations, others = _relations(thing)
    return Package(
        ref(thing),
        thing.key,
        thing.edition,
        thing.adopted,
        replaces,
        data_version(),
        order,
        relations,
        others,
    )


def _relations(thing: m.Framework) -> tuple[tuple[PackagedRelation, ...], dict[str, str]]:
    """Every crosswalk of the framework, and the code of each framework that they lead to, by its key."""
    rows = m.Crosswalk.objects.filter(LIVE).filter(Q(first__framework=thing) | Q(second__framework=thing))
    rows = rows.select_related("first__framework", "second__framework").order_by(
        "first__framework__key", "first__position", "second__framework__key", "second__position", "pk"
    )
    found, others = [], {}
    for row in rows:
        for framework in (row.first.framework, row.second.framework):
            others[framework.key] = framework.code
        first, second = (f"{s.framework.key}/{s.code}" for s in (row.first, row.second))
        found.append(PackagedRelation(first, second, row.relation, row.strength, row.author, row.note))
    return tuple(found), others


def statements_held() -> Iterable[tuple[str, str, str]]:
    """Every standing statement: the code and the key of its framework, and its own code."""
    rows = m.Statement.objects.filter(LIVE, framework__retired_on=None).order_by("framework_id", "position", "pk")
    return rows.values_list("framework__code", "framework__key", "code").iterator(chunk_size=2000)


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
