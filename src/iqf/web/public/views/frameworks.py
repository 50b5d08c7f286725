"""Frameworks: the list, and one of them with its coverage picture."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from iqf.reports import criteria, lists
from iqf.reports.framework import AT_A_TIME, LISTED, FrameworkAnswer, Part, StatementNode, listed
from iqf.reports.framework import framework as report
from iqf.snapshot import serving
from iqf.web.public.showing import Shown, Table, at_its_address, show
from iqf.web.public.wording import coverage as wording
from iqf.web.public.wording.matrix import matrix


def index(request: HttpRequest) -> HttpResponse:
    """Every framework."""
    listing = lists.frameworks()
    columns = ("edition", "adopted", "statements", "judged")
    rows = ((r.thing.code, *r.thing.aliases[:1], r.thing.title, *(r.facts[c] for c in columns)) for r in listing.rows)
    table = Table("frameworks", ("code", "key", "title", *columns), rows)
    return show(request, Shown("public/frameworks/list.html", "frameworks", listing, (table,)))


@at_its_address("framework")
def framework(request: HttpRequest, text: str) -> HttpResponse:
    """One framework: what is taught of it, what it says, and how it relates to others. A large one in parts."""
    answer = report(text, timezone.localdate(), _asked(request), serving)
    shown = Shown("public/frameworks/framework.html", "show", answer, (_statements(answer),))
    picture = wording.by_area(answer.coverage) if answer.coverage else []
    context: dict[str, Any] = {"picture": picture, "mark": wording.rater_mark(answer.coverage), "cuts": wording.CUTS}
    found = matrix(answer.statements)
    context |= {"matrix": found, "listed": found["others"] if found else answer.statements}
    if answer.part:
        context["page"] = Paginator(range(answer.part.found), AT_A_TIME).get_page(answer.part.page)
    return show(request, shown, context)


def _asked(request: HttpRequest) -> Part:
    """The part of a large framework that the address asks for."""
    page = request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    under, words, one = (request.GET.get(name, "").strip()[:200] for name in ("under", "words", "statement"))
    return Part(under, words, one, number)


def _statements(answer: FrameworkAnswer) -> Table:
    if answer.part:
        return Table("statements", LISTED, listed(answer.key, answer.part.words))
    columns = ("code", "kind", "under", "row", "title", "note", "units", "roles", "source", "place", "how sure")
    return Table("statements", columns, _statement_rows(answer.statements))


def _statement_rows(nodes: tuple[StatementNode, ...], under: str = "") -> Iterator[tuple[Any, ...]]:
    for n in nodes:
        yield (
            n.code,
            n.kind,
            under,
            n.row,
            n.title,
            n.note,
            n.units,
            n.roles,
            n.said.title,
            n.said.locator,
            n.said.words,
        )
        yield from _statement_rows(n.parts, n.code)


def evidence(request: HttpRequest, text: str, code: str) -> HttpResponse:
    """What counts as reaching a statement: criteria, worked examples, and the evidence that a person may show."""
    answer = criteria.evidence(text, code)
    rows = [
        (of, kind, told.position, told.verdict, told.text, told.said.title, told.said.words)
        for of, held in (("", answer.whole), (answer.statement.code, answer.own))
        for kind, several in (("criterion", held.criteria), ("example", held.examples), ("evidence", held.evidence))
        for told in several
    ]
    columns = ("statement", "kind", "position", "verdict", "text", "source", "how sure")
    table = Table("evidence", columns, rows)
    return show(request, Shown("public/frameworks/evidence.html", "evidence", answer, (table,)))
