"""Frameworks: the list, one of them with its coverage picture, and coverage by any cut."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from iqf.catalogue.queries import NotFoundError
from iqf.reports import coverage as coverage_report
from iqf.reports import criteria, lists
from iqf.reports.coverage import CoverageAnswer
from iqf.reports.framework import AT_A_TIME, LISTED, FrameworkAnswer, Part, StatementNode, listed
from iqf.reports.framework import framework as report
from iqf.web.public.filtering import page_of
from iqf.web.public.showing import Shown, Table, elsewhere, show
from iqf.web.public.views.schemes import scheme_switch
from iqf.web.public.wording import coverage as wording


def index(request: HttpRequest) -> HttpResponse:
    """Every framework."""
    listing = lists.frameworks()
    columns = ("edition", "adopted", "statements", "judged")
    rows = ((r.thing.code, *r.thing.aliases[:1], r.thing.title, *(r.facts[c] for c in columns)) for r in listing.rows)
    table = Table("frameworks", ("code", "key", "title", *columns), rows)
    return show(request, Shown("public/frameworks/list.html", "frameworks", listing, (table,)))


def framework(request: HttpRequest, text: str) -> HttpResponse:
    """One framework: what is taught of it, what it says, and how it relates to others. A large one in parts."""
    answer = report(text, timezone.localdate(), _asked(request))
    shown = Shown("public/frameworks/framework.html", "show", answer, (_statements(answer),))
    picture = wording.by_area(answer.coverage) if answer.coverage else []
    context: dict[str, Any] = {"picture": picture, "mark": wording.rater_mark(answer.coverage), "cuts": wording.CUTS}
    if answer.part:
        context["page"] = Paginator(range(answer.part.found), AT_A_TIME).get_page(answer.part.page)
    return elsewhere(request, text, answer.framework) or show(request, shown, context)


def _asked(request: HttpRequest) -> Part:
    """The part of a large framework that the address asks for."""
    page = request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    under, words, one = (request.GET.get(name, "").strip()[:200] for name in ("under", "words", "statement"))
    return Part(under, words, one, number)


def _statements(answer: FrameworkAnswer) -> Table:
    if answer.part:
        return Table("statements", LISTED, listed(answer.key, answer.part.words))
    columns = ("code", "kind", "under", "title", "note", "units", "roles", "source", "place", "how sure")
    return Table("statements", columns, _statement_rows(answer.statements))


def _statement_rows(nodes: tuple[StatementNode, ...], under: str = "") -> Iterator[tuple[Any, ...]]:
    for n in nodes:
        yield (n.code, n.kind, under, n.title, n.note, n.units, n.roles, n.said.title, n.said.locator, n.said.words)
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


def coverage(request: HttpRequest, text: str) -> HttpResponse:
    """Coverage of a framework by a cut and under a counting rule, both of which the address names."""
    by, rule, scheme = (request.GET.get(n) or d for n, d in wording.DEFAULTS.items())
    if by not in wording.CUTS or rule not in coverage_report.RULES:
        raise BadRequest(
            f"Coverage is by {', '.join(wording.CUTS)}, under the rule {', '.join(coverage_report.RULES)}."
        )
    answer = coverage_report.coverage(text, by=by, rule=rule, scheme=scheme)
    if not answer.raters:
        raise NotFoundError(f"No unit has been judged against {answer.framework.title} yet.")
    table = Table("coverage", *coverage_report.table(answer))
    shown = Shown("public/frameworks/coverage.html", "coverage", answer, (table,))
    return show(request, shown, _words(answer, scheme) | {"page": page_of(request, wording.rows(answer))})


def _words(answer: CoverageAnswer, scheme: str) -> dict[str, Any]:
    keep = {"by": answer.by, "rule": answer.rule}
    return {
        "mark": wording.rater_mark(answer),
        "first": wording.CUTS[answer.by],
        "cuts": wording.cut_switch(answer),
        "rules": wording.rule_switch(answer),
        "schemes": scheme_switch(scheme, keep) if answer.by == "cluster" else [],
        "reached": wording.reached(answer),
        "side_by_side": wording.side_by_side(answer),
        "what": f"{len(answer.rows)} rows",
    }
