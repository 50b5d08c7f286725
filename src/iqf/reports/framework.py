"""What does this framework say, which units reach it, and how does it relate to its other editions?"""

from dataclasses import dataclass
from datetime import date

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, find
from iqf.reports.coverage import CoverageAnswer, coverage
from iqf.reports.things import Ref, Said, ref, said, sources_of


@dataclass(frozen=True)
class StatementNode:
    """One statement with its parts, how many units reach it, and how many roles require it."""

    code: str
    kind: str
    title: str
    note: str
    units: int
    roles: int
    said: Said
    parts: tuple["StatementNode", ...]


@dataclass(frozen=True)
class Relation:
    """A crosswalk between a statement of this framework and one of another."""

    code: str
    relation: str
    framework: Ref
    other: str
    other_title: str
    note: str
    outward: bool


@dataclass(frozen=True)
class FrameworkAnswer:
    """Everything the framework page says; `coverage` where any unit was judged."""

    framework: Ref
    key: str
    as_of: date
    edition: str
    adopted: bool
    replaces: Ref | None
    replaced_by: tuple[Ref, ...]
    statements: tuple[StatementNode, ...]
    relations: tuple[Relation, ...]
    coverage: CoverageAnswer | None
    sources: tuple[Said, ...]


def framework(text: str, as_of: date) -> FrameworkAnswer:
    """The framework called `text`. Raises NotFoundError or AmbiguousError."""
    found = find(text, ("framework",))
    thing = m.Framework.objects.select_related(*CITED, "replaces").get(pk=found.pk)
    rows = list(m.Statement.objects.filter(LIVE, framework=thing).select_related(*CITED))
    judged = m.JudgedUnit.objects.filter(LIVE, framework=thing).exists()
    return FrameworkAnswer(
        framework=ref(thing),
        key=thing.key,
        as_of=as_of,
        edition=thing.edition,
        adopted=thing.adopted,
        replaces=ref(thing.replaces) if thing.replaces else None,
        replaced_by=tuple(ref(f) for f in thing.replaced_by.filter(LIVE)),
        statements=_tree(thing, rows),
        relations=_relations(thing),
        coverage=coverage(thing.key) if judged else None,
        sources=sources_of(said(r.citation) for r in rows),
    )


def _tree(thing: m.Framework, rows: list[m.Statement]) -> tuple[StatementNode, ...]:
    units: dict[int, int] = {}
    roles: dict[int, int] = {}
    for statement, unit, role in m.Alignment.objects.filter(LIVE, statement__framework=thing).values_list(
        "statement_id", "unit_id", "role_id"
    ):
        units[statement] = units.get(statement, 0) + bool(unit)
        roles[statement] = roles.get(statement, 0) + bool(role)

    def node(row: m.Statement) -> StatementNode:
        return StatementNode(
            row.code,
            row.kind,
            row.title,
            row.note,
            units.get(row.pk, 0),
            roles.get(row.pk, 0),
            said(row.citation),
            tuple(node(part) for part in rows if part.parent_id == row.pk),
        )

    return tuple(node(row) for row in rows if row.parent_id is None)


def _relations(thing: m.Framework) -> tuple[Relation, ...]:
    rows = m.Crosswalk.objects.filter(LIVE).select_related("first__framework", "second__framework")
    out = [
        Relation(r.first.code, r.relation, ref(r.second.framework), r.second.code, r.second.title, r.note, True)
        for r in rows.filter(first__framework=thing)
    ]
    into = [
        Relation(r.second.code, r.relation, ref(r.first.framework), r.first.code, r.first.title, r.note, False)
        for r in rows.filter(second__framework=thing)
    ]
    return tuple(sorted(out + into, key=lambda x: (x.code, x.framework.title, x.other)))
