"""What does this framework say, which units reach it, and how does it relate to its other editions?"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, areas, find, statement
from iqf.mapping.claims import Area
from iqf.mapping.queries import raters_of
from iqf.reports.coverage import CoverageAnswer, coverage
from iqf.reports.crosswalks import beside
from iqf.reports.things import Ref, Said, ref, said, sources_of
from iqf.snapshot import Snapshot, ensure_current
from iqf.snapshot.coverage_filling import MOST_AREAS

SHOWN_WHOLE = 300
"""A framework of more statements is shown a part at a time."""
AT_A_TIME = 50


@dataclass(frozen=True)
class Part:
    """Which part of a large framework is asked for: under a statement, with these words, one statement, a page."""

    under: str = ""
    words: str = ""
    one: str = ""
    page: int = 1


FIRST = Part()


@dataclass(frozen=True)
class Shown:
    """The part of a large framework that is shown: what it stands under, what was asked, how many there are of it."""

    path: tuple[Area, ...]
    words: str
    found: int
    page: int


@dataclass(frozen=True)
class StatementNode:
    """One statement with its parts, how many units reach it, and how many roles require it.

    `below` is how many stand right under it, whether they are shown with it or not; `told`: how many criteria,
    examples and pieces of evidence there are of it. In a matrix: `axis`, which of the two its parts are; `row`, the
    code of the row that it is particular to.
    """

    code: str
    kind: str
    title: str
    note: str
    units: int
    roles: int
    said: Said
    below: int
    told: int
    parts: tuple["StatementNode", ...]
    axis: str = ""
    row: str = ""


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
    strength: str
    author: str
    said: Said


@dataclass(frozen=True)
class FrameworkAnswer:
    """Everything the framework page says; `coverage` where any unit was judged; `raters`: how many have
    judgements in closed batches.

    `told_by`: related frameworks that units were judged for, whose judgements say something of this one.
    `statements` is the whole tree, or, where the framework is large, the part that `part` describes.
    """

    framework: Ref
    key: str
    as_of: date
    edition: str
    adopted: bool
    replaces: Ref | None
    replaced_by: tuple[Ref, ...]
    total: int
    part: Shown | None
    statements: tuple[StatementNode, ...]
    relations: tuple[Relation, ...]
    coverage: CoverageAnswer | None
    raters: int
    told_by: tuple[Ref, ...]
    sources: tuple[Said, ...]


def framework(
    text: str, as_of: date, part: Part = FIRST, snapshot: Callable[[], Snapshot] = ensure_current
) -> FrameworkAnswer:
    """The framework called `text`, or a part of it where it is large. `snapshot` opens the one to read coverage in.

    Raises NotFoundError, also where the part is under a statement that is not there, AmbiguousError or SnapshotError.
    """
    found = find(text, ("framework",))
    thing = m.Framework.objects.select_related(*CITED, "replaces").get(pk=found.pk)
    total = _standing(thing).count()
    shown, rows = _part(thing, part) if total > SHOWN_WHOLE else (None, _cited(_standing(thing)))
    judged = m.JudgedUnit.objects.filter(LIVE, framework=thing).exists()
    return FrameworkAnswer(
        framework=ref(thing),
        key=thing.key,
        as_of=as_of,
        edition=thing.edition,
        adopted=thing.adopted,
        replaces=ref(thing.replaces) if thing.replaces else None,
        replaced_by=tuple(ref(f) for f in thing.replaced_by.filter(LIVE)),
        total=total,
        part=shown,
        statements=_tree(thing, rows, whole=shown is None),
        relations=_relations(thing),
        coverage=coverage(thing.key, snapshot=snapshot()) if judged and _tops(thing) <= MOST_AREAS else None,
        raters=raters_of(thing).count(),
        told_by=_told_by(thing),
        sources=sources_of(said(r.citation) for r in rows),
    )


def _standing(thing: m.Framework) -> QuerySet[m.Statement]:
    return m.Statement.objects.filter(LIVE, framework=thing)


def _tops(thing: m.Framework) -> int:
    return areas(thing).count()


def _cited(rows: QuerySet[m.Statement]) -> list[m.Statement]:
    told = Count("criteria", filter=Q(criteria__retired_on=None))
    return list(rows.select_related(*CITED, "row").annotate(told=told))


def _part(thing: m.Framework, part: Part) -> tuple[Shown, list[m.Statement]]:
    """One page of the statements that are asked for. A page that is not there is the nearest one that is."""
    above = statement(thing, part.under) if part.under else None
    if part.one:
        wanted = _standing(thing).filter(pk=statement(thing, part.one).pk)
        above = wanted[0].parent
    elif part.words:
        wanted = _with_words(thing, part.words)
    else:
        wanted = _standing(thing).filter(parent=above)
    found = wanted.count()
    page = max(1, min(part.page, -(-found // AT_A_TIME)))
    rows = _cited(wanted[(page - 1) * AT_A_TIME : page * AT_A_TIME])
    return Shown(tuple(_path(above)), part.words, found, page), rows


def _with_words(thing: m.Framework, words: str) -> QuerySet[m.Statement]:
    """The statements that hold every one of these words, in their code, title or note."""
    wanted = _standing(thing)
    for word in words.split():
        wanted = wanted.filter(Q(title__icontains=word) | Q(note__icontains=word) | Q(code__iexact=word))
    return wanted


def _path(row: m.Statement | None) -> list[Area]:
    """A statement and all that it stands under, from the top."""
    return [*_path(row.parent), Area(row.code, row.title)] if row else []


def listed(text: str, words: str = "") -> Iterator[tuple[Any, ...]]:
    """Every statement of a framework, or every one with these words, as a flat table under `LISTED`."""
    thing = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    fields = ("code", "kind", "parent__code", "title", "note", "citation__source__title", "citation__row")
    return iter(_with_words(thing, words).values_list(*fields).iterator(chunk_size=2000))


LISTED = ("code", "kind", "under", "title", "note", "source", "row")


def _tree(thing: m.Framework, rows: list[m.Statement], *, whole: bool) -> tuple[StatementNode, ...]:
    """The statements as a tree; or, where they are a part of the framework, each by itself."""
    aligned = m.Alignment.objects.filter(LIVE, statement__framework=thing)
    units: dict[int, int] = defaultdict(int)
    roles: dict[int, int] = defaultdict(int)
    for at, unit, role in aligned.values_list("statement_id", "unit_id", "role_id"):
        units[at] += bool(unit)
        roles[at] += bool(role)
    under: dict[int | None, list[m.Statement]] = defaultdict(list)
    for row in rows:
        under[row.parent_id if whole else None].append(row)
    below = _below(rows)

    def node(row: m.Statement) -> StatementNode:
        parts = tuple(node(part) for part in under[row.pk])
        said_ = said(row.citation)
        numbers = units[row.pk], roles[row.pk]
        more = below.get(row.pk, 0), vars(row)["told"]
        place = row.axis, row.row.code if row.row else ""
        return StatementNode(row.code, row.kind, row.title, row.note, *numbers, said_, *more, parts, *place)

    return tuple(node(row) for row in under[None])


def _below(rows: list[m.Statement]) -> dict[int, int]:
    """How many statements stand right under each of these, for those that have any."""
    parts = m.Statement.objects.filter(LIVE, parent__in=[r.pk for r in rows]).order_by()
    return dict(parts.values_list("parent_id").annotate(n=Count("id")))


def _relations(thing: m.Framework) -> tuple[Relation, ...]:
    rows = m.Crosswalk.objects.filter(LIVE).select_related(*CITED, "first__framework", "second__framework")
    out = [_relation(r, r.first, r.second) for r in rows.filter(first__framework=thing)]
    into = [_relation(r, r.second, r.first) for r in rows.filter(second__framework=thing)]
    return tuple(sorted(out + into, key=lambda x: (x.code, x.framework.title, x.other)))


def _relation(row: m.Crosswalk, here: m.Statement, there: m.Statement) -> Relation:
    """A crosswalk as it is seen from one of its statements."""
    return Relation(
        code=here.code,
        relation=row.relation,
        framework=ref(there.framework),
        other=there.code,
        other_title=there.title,
        note=row.note,
        outward=here == row.first,
        strength=row.strength,
        author=row.author or row.citation.source.title,
        said=said(row.citation),
    )


def _told_by(thing: m.Framework) -> tuple[Ref, ...]:
    near = sorted(beside(thing), key=lambda f: f.title)
    if not near or _tops(thing) > MOST_AREAS:
        return ()
    rows = m.JudgedUnit.objects.filter(LIVE, framework__in=near).order_by()
    judged = set(rows.values_list("framework", flat=True).distinct())
    return tuple(ref(f) for f in near if f.pk in judged)
