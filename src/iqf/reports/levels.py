"""What does each level mean, in plain English, with examples from this workforce?"""

from dataclasses import dataclass

from django.db.models import Count

from iqf.accounts.kept import Kept
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED
from iqf.codes import level_rank
from iqf.reports.things import Ref, Said, ref, said, shown_level


@dataclass(frozen=True)
class LevelRow:
    """One level explained, with examples and how many qualifications stand at it."""

    level: str
    title: str
    plain: str
    can_do: str
    examples: str
    compare_with: str
    example_qualifications: tuple[Ref, ...]
    qualifications: int
    said: Said


@dataclass(frozen=True)
class Relevelled:
    """A qualification whose level was revised: both levels."""

    qualification: Ref
    old_level: str
    old_framework: str
    level: str | None


@dataclass(frozen=True)
class LevelsAnswer:
    """All levels, lowest first, non-levelled last; and what was re-levelled."""

    levels: tuple[LevelRow, ...]
    relevelled: tuple[Relevelled, ...]
    not_known: int


def _explained() -> LevelsAnswer:
    """Levels explained."""
    counts: dict[str, int] = {
        row["level"]: row["n"] for row in m.Qualification.objects.filter(LIVE).values("level").annotate(n=Count("id"))
    }
    rows = (
        m.LevelDescriptor.objects.filter(LIVE)
        .select_related(*CITED)
        .prefetch_related("example_qualifications__aliases", "example_qualifications__owner")
    )
    revised = m.Qualification.objects.filter(LIVE).exclude(old_level="").select_related("owner")
    return LevelsAnswer(
        tuple(_level(row, counts) for row in sorted(rows, key=lambda d: level_rank(d.level))),
        tuple(
            Relevelled(ref(q), q.old_level, q.old_framework, shown_level(q.level))
            for q in revised.prefetch_related("aliases")
        ),
        counts.get("", 0),
    )


levels = Kept(_explained)


def _level(row: m.LevelDescriptor, counts: dict[str, int]) -> LevelRow:
    return LevelRow(
        row.level,
        row.title,
        row.plain,
        row.can_do,
        row.examples,
        row.compare_with,
        tuple(ref(q) for q in row.example_qualifications.all() if not q.is_retired),
        sum(
            n
            for level, n in counts.items()
            if level and (level == row.level or (row.level == "E" and level[0] == "E"))
        ),
        said(row.citation),
    )
