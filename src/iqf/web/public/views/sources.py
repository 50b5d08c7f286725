"""Where the facts come from: every source, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from iqf.reports.sources import SourceAnswer, SourceRow, SourcesAnswer
from iqf.reports.sources import source as one
from iqf.reports.sources import sources as report
from iqf.web.public.showing import Shown, Table, show

FIRST: Final = 10
"""So many of each list of a source are shown at once."""


@dataclass(frozen=True)
class AllSources:
    """Every source as JSON: the rows of the database that the page also shows are put in words."""

    sources: tuple[SourceRow, ...]
    certainties: tuple[tuple[str, str, int], ...]
    contradictions: tuple[dict[str, str], ...]


def sources(request: HttpRequest) -> HttpResponse:
    """Every source, what the marks mean, and contradictions in the documents."""
    answer = report()
    columns = ("key", "title", "publisher", "date", "url", "kind", "licence", "facts")
    rows = ((s.key, s.title, s.publisher, s.date, _address(s), s.kind, s.licence, s.facts) for s in answer.sources)
    shown = Shown("public/sources/list.html", "sources", _plain(answer), (Table("sources", columns, rows),))
    return show(request, shown, {"answer": answer})


def _address(source: SourceRow) -> str:
    return "" if source.held_elsewhere else source.url


def _plain(answer: SourcesAnswer) -> AllSources:
    contradictions = tuple(
        {"topic": c.topic, "a": c.statement_a, "b": c.statement_b, "handling": c.handling}
        for c in answer.contradictions
    )
    return AllSources(answer.sources, answer.certainties, contradictions)


def source(request: HttpRequest, text: str) -> HttpResponse:
    """One source: what was read of it and what it states."""
    answer = one(text)
    shown = Shown("public/sources/source.html", "source", _stated(answer), tuple(_tables(answer)))
    return show(request, shown, {"answer": answer, "first": _part(answer, 0, FIRST), "rest": _part(answer, FIRST)})


def _part(answer: SourceAnswer, start: int, stop: int | None = None) -> dict[str, Sequence[Any]]:
    """A stretch of each of its long lists: the page shows the first of each and folds the rest."""
    return {name: getattr(answer, name)[start:stop] for name in ("findings", "figures", "named")}


def _stated(answer: SourceAnswer) -> dict[str, Any]:
    return {
        "source": answer.source,
        "by_subject": answer.by_subject,
        "findings": [
            {"key": f.key, "statement": f.statement, "strength": f.strength, "period": f.period}
            for f in answer.findings
        ],
        "figures": [
            {"key": f.key, "label": f.label, "period": f.period, "area": f.area, "value": f.value, "unit": f.unit}
            for f in answer.figures
        ],
        "named": [{"key": n.key, "title": n.title, "level": n.level, "owner": n.owner} for n in answer.named],
    }


def _tables(answer: SourceAnswer) -> list[Table]:
    figures = (
        (f.key, f.label, f.period, f.area, f.indicator, f.value, f.unit, f.qualifier, f.note, f.citation.locator)
        for f in answer.figures
    )
    findings = ((f.key, f.statement, f.strength, f.period, f.geography, f.citation.locator) for f in answer.findings)
    named = ((n.key, n.title, n.kind, n.level, n.owner, n.note, n.citation.locator) for n in answer.named)
    return [
        Table("findings", ("key", "statement", "strength", "period", "place", "where"), findings),
        Table(
            "figures",
            ("key", "label", "period", "area", "indicator", "value", "unit", "qualifier", "note", "where"),
            figures,
        ),
        Table("named", ("key", "title", "kind", "level", "owner", "note", "where"), named),
    ]
