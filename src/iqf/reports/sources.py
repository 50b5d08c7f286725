"""Where do the facts come from, what does each source state, and where do sources disagree?"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from iqf.catalogue.queries import NotFoundError
from iqf.evidence.models import (
    CERTAINTIES,
    Citation,
    Contradiction,
    Finding,
    NamedQualification,
    Retrieval,
    Source,
    StatedFigure,
)


@dataclass(frozen=True)
class SourceRow:
    """A source and how many facts rest on it."""

    key: str
    title: str
    publisher: str
    date: str
    url: str
    kind: str
    licence: str
    held_elsewhere: bool
    facts: int


@dataclass(frozen=True)
class SourcesAnswer:
    """Every source, most used first; facts by how sure they are; contradictions in the documents."""

    sources: tuple[SourceRow, ...]
    certainties: tuple[tuple[str, str, int], ...]
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True)
class SourceAnswer:
    """One source: what was read of it, and what it states."""

    source: SourceRow
    retrievals: tuple[Retrieval, ...]
    by_subject: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]
    figures: tuple[StatedFigure, ...]
    named: tuple[NamedQualification, ...]
    contradictions: tuple[Contradiction, ...]


def sources() -> SourcesAnswer:
    """All sources."""
    rows = Source.objects.annotate(n=Count("citations")).order_by("-n", "title")
    counts: dict[str, int] = {
        r["certainty"]: r["n"] for r in Citation.objects.values("certainty").annotate(n=Count("id"))
    }
    return SourcesAnswer(
        tuple(_row(s, s.n) for s in rows),
        tuple((key, words, counts.get(key, 0)) for key, words in CERTAINTIES.items()),
        tuple(Contradiction.objects.select_related("citation_a__source", "citation_b__source").order_by("key")),
    )


def source(key: str) -> SourceAnswer:
    """One source by its key. Raises NotFoundError."""
    found = Source.objects.filter(key=key).first()
    if not found:
        raise NotFoundError(f'There is no source "{key}"; see the list of sources.')
    cites = Citation.objects.filter(source=found)
    subjects = Counter(s.partition(":")[0] for s in cites.values_list("subject", flat=True))
    mine: dict[str, Any] = {"citation__source": found}
    return SourceAnswer(
        _row(found, sum(subjects.values())),
        tuple(Retrieval.objects.filter(source=found).order_by("-id")),
        tuple(subjects.most_common()),
        tuple(Finding.objects.filter(**mine).select_related("citation").order_by("id")),
        tuple(StatedFigure.objects.filter(**mine).select_related("citation").order_by("id")),
        tuple(NamedQualification.objects.filter(**mine).select_related("citation").order_by("id")),
        tuple(
            Contradiction.objects.filter(citation_a__source=found).select_related(
                "citation_a__source", "citation_b__source"
            )
        ),
    )


def _row(s: Source, facts: int) -> SourceRow:
    return SourceRow(s.key, s.title, s.publisher, s.date, s.url, s.kind, s.licence, s.is_copy, facts)
