"""How does a person or a team rate itself against a framework, beside last time and beside what a role asks?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from iqf.analysis.coverage import Strength
from iqf.analysis.self_rating import Grades, Line, Picture, Placed, picture
from iqf.catalogue import models as m
from iqf.catalogue.models.frameworks import COLUMNS, ROWS
from iqf.catalogue.models.things import LIVE, Thing
from iqf.catalogue.queries import NotFoundError, areas, find
from iqf.people import queries
from iqf.people.models import SelfRating
from iqf.people.scope import Scope
from iqf.reports.targets import Wanted, wanted_by
from iqf.reports.things import Ref, ref

MOST_LINES = 60
"""A framework of more statements is rated by those at its top."""


@dataclass(frozen=True)
class Group:
    """Lines that belong together: an area with its parts, or a row of a matrix with its cells."""

    code: str
    title: str
    note: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class RatingSheet:
    """What can be rated of a framework, group by group. `tops`: the statements that units are judged by."""

    framework: Ref
    key: str
    is_matrix: bool
    rows_title: str
    groups: tuple[Group, ...]
    tops: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in their order."""
        return tuple(line for group in self.groups for line in group.lines)


@dataclass(frozen=True)
class SittingSeen:
    """One sitting in a list."""

    number: int
    framework: Ref
    on: date
    rated: int
    note: str


@dataclass(frozen=True)
class RatingAnswer:
    """One sitting as a picture. `before`: the day of the sitting it is compared with.

    `role_elsewhere`: the frameworks of which the role requires something, where this is none of them.
    `gap_statements`: what to ask the top-up for, as FRAMEWORK:CODE.
    """

    sitting: SittingSeen
    sheet: RatingSheet
    team: str
    team_number: int | None
    before: date | None
    role: Ref | None
    role_needs: tuple[tuple[str, str], ...]
    role_elsewhere: tuple[str, ...]
    picture: Picture
    gap_statements: tuple[str, ...]

    def placed(self, group: Group) -> tuple[Placed, ...]:
        """The lines of a group with their grades."""
        keys = {line.key for line in group.lines}
        return tuple(x for x in self.picture.lines if x.line.key in keys)


def sheet(text: str) -> RatingSheet:
    """What can be rated of the framework called `text`. Nothing in it is private.

    Raises NotFoundError, also for a framework that is too large to be rated as one, or AmbiguousError.
    """
    thing = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    rows = list(m.Statement.objects.filter(LIVE, framework=thing).select_related("row"))
    axes = {row.axis: row for row in rows if row.axis}
    tops = list(areas(thing))
    if ROWS in axes and COLUMNS in axes:
        groups = _matrix(axes[ROWS], tops, rows)
        return RatingSheet(ref(thing), thing.key, True, axes[ROWS].title, groups, _tops(tops))
    if not tops or len(tops) > MOST_LINES:
        raise NotFoundError(
            f"{thing.title} has {len(tops)} areas; what has 1 to {MOST_LINES} can be rated. Choose another framework."
        )
    return RatingSheet(ref(thing), thing.key, False, "", _by_area(tops, rows), _tops(tops))


def _tops(tops: Iterable[m.Statement]) -> tuple[tuple[str, str], ...]:
    return tuple((top.code, top.title) for top in tops)


def _by_area(tops: Sequence[m.Statement], rows: Sequence[m.Statement]) -> tuple[Group, ...]:
    """Each area with its parts; where there are very many, or an area has none, the area itself."""
    whole = len(rows) <= MOST_LINES
    return tuple(
        Group(top.code, top.title, top.note, tuple(_leaves(top, rows, (top.code,)) if whole else [_line(top)]))
        for top in tops
    )


def _leaves(node: m.Statement, rows: Sequence[m.Statement], under: tuple[str, ...]) -> Iterable[Line]:
    parts = [row for row in rows if row.parent_id == node.pk]
    if not parts:
        yield _line(node, under=under)
    for part in parts:
        yield from _leaves(part, rows, (*under, part.code))


def _line(node: m.Statement, row: str = "", under: tuple[str, ...] = ()) -> Line:
    return Line(node.code, row, node.title, under or (node.code,))


def _matrix(axis: m.Statement, columns: Sequence[m.Statement], rows: Sequence[m.Statement]) -> tuple[Group, ...]:
    """Each row of the matrix with its cells: what stands in a cell, or, where nothing does, the column itself."""
    found = []
    for row in (r for r in rows if r.parent_id == axis.pk):
        lines: list[Line] = []
        for column in columns:
            inside = [r for r in rows if r.parent_id == column.pk and r.row_id in (None, row.pk)]
            under = (column.code,)
            lines += [_line(r, row.code, (*under, r.code)) for r in inside] or [_line(column, row.code, under)]
        found.append(Group(row.code, row.title, row.note, tuple(lines)))
    return tuple(found)


def sittings(scope: Scope, *, of_team: int | None = None) -> tuple[SittingSeen, ...]:
    """The sittings of one's own, or of a team that one is in, latest first."""
    return tuple(_seen(row) for row in queries.ratings(scope, of_team=of_team))


def _seen(row: SelfRating) -> SittingSeen:
    return SittingSeen(row.pk, ref(row.framework), row.on, len(row.grades.all()), row.note)


def latest_grades(scope: Scope, key: str, *, of_team: int | None = None) -> Grades:
    """The grades of the latest sitting against a framework, to begin the next from; none where there is none."""
    found = find(key, ("framework",))
    row = queries.ratings(scope, of_team=of_team, framework=found.code).first()
    return _grades(row) if row else {}


def _grades(row: SelfRating) -> Grades:
    return {(g.statement.code, g.row.code if g.row else ""): g.grade for g in row.grades.all()}


def rating(scope: Scope, number: int, role: str = "") -> RatingAnswer:
    """One sitting as a picture, beside the one before it, and beside what a role requires, where one is named.

    Raises NotFoundError or AmbiguousError.
    """
    row = queries.rating(scope, number)
    seen = sheet(row.framework.key)
    earlier = queries.ratings(scope, of_team=row.team_id, framework=row.framework.code)
    before = next((r for r in earlier if (r.on, r.pk) < (row.on, row.pk)), None)
    asked = find(role, ("role",)) if role.strip() else None
    wanted = _wanted(asked) if asked else ()
    here = [w for w in wanted if w.framework == row.framework.key]
    needs: dict[str, Strength] = {w.code: "fully" if w.strength == "fully" else "partly" for w in here}
    drawn = picture(seen.lines, _grades(row), _grades(before) if before else {}, needs)
    return RatingAnswer(
        sitting=_seen(row),
        sheet=seen,
        team=row.team.name if row.team else "",
        team_number=row.team_id,
        before=before.on if before else None,
        role=ref(asked) if asked else None,
        role_needs=tuple((w.code, w.title) for w in here),
        role_elsewhere=() if here else tuple(dict.fromkeys(w.framework for w in wanted)),
        picture=drawn,
        gap_statements=_gap_statements(seen, drawn),
    )


def _wanted(role: Thing) -> tuple[Wanted, ...]:
    """What a role requires of any framework."""
    return wanted_by([role.pk])[role.pk]


def _gap_statements(seen: RatingSheet, drawn: Picture) -> tuple[str, ...]:
    """The statements that units are judged by under which there is a gap, each once, in the framework's order."""
    short = {code for x in drawn.gaps for code in x.line.under}
    return tuple(f"{seen.key}:{code}" for code, _ in seen.tops if code in short)


@dataclass(frozen=True)
class Choosable:
    """A framework against which somebody may rate themselves. `current`: nothing has replaced it."""

    framework: Ref
    key: str
    edition: str
    current: bool
    usual: bool


def choosable() -> tuple[Choosable, ...]:
    """The frameworks that can be rated, current ones first. Nothing in it is private."""
    usual = _usual()
    rows = m.Framework.objects.filter(LIVE).select_related("replaces").prefetch_related("replaced_by")
    found = [
        Choosable(ref(f), f.key, f.edition, _current(f), f.adopted and not usual.isdisjoint(_with_earlier(f)))
        for f in rows.order_by("title")
        if 0 < areas(f).count() <= MOST_LINES
    ]
    return tuple(sorted(found, key=lambda x: not x.current))


def _current(framework: m.Framework) -> bool:
    """Whether it was adopted, and nothing that stands has replaced it."""
    return framework.adopted and all(later.retired_on is not None for later in framework.replaced_by.all())


def _with_earlier(framework: m.Framework) -> set[str]:
    return {framework.key, *([framework.replaces.key] if framework.replaces else [])}


def _usual() -> set[str]:
    """The frameworks that roles require something of, that units were judged by, and matrices."""
    asked = m.Alignment.objects.filter(LIVE, verb="requires").values("statement__framework")
    judged = m.JudgedUnit.objects.filter(LIVE).values("framework")
    matrices = m.Statement.objects.filter(LIVE, axis=ROWS).values("framework")
    used = Q(pk__in=asked) | Q(pk__in=judged) | Q(pk__in=matrices)
    return set(m.Framework.objects.filter(used).values_list("key", flat=True))
