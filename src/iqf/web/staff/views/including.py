"""Rows that the rule of inclusion puts to a reviewer: choose or refuse them, several at once with one reason."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from iqf.analysis.inclusion import CHOSEN, REFUSED
from iqf.catalogue.actions.admission import Admitted, ChosenRow
from iqf.catalogue.actions.decisions import CannotDecide
from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats.sheets import csv_text
from iqf.exchange.sources import admitting
from iqf.exchange.sources.pattern import Refused
from iqf.reports import inclusion as report
from iqf.web.staff.paging import kept, page_of
from iqf.web.staff.words import after_admission

PER_PAGE = 50
HERE = "/staff/inclusion/borderline"


def borderline(request: HttpRequest) -> HttpResponse:
    """The rows that wait, narrowed by clause and subject area; sent: chosen, refused, or a choice taken back."""
    answer = report.inclusion()
    if request.method == "POST":
        return _sent(request, answer)
    if request.GET.get("format") == "csv":
        response = HttpResponse(csv_text(*report.table(_asked(request, answer))), "text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="borderline.csv"'
        return response
    return _page(request, answer)


def _asked(request: HttpRequest, answer: report.InclusionAnswer) -> Sequence[report.Line]:
    clause, area = request.GET.get("clause", ""), request.GET.get("area", "")
    return [
        line
        for line in answer.borderline
        if (not clause or line.clauses[0] == clause) and (not area or line.subject_area == area)
    ]


def _sent(request: HttpRequest, answer: report.InclusionAnswer) -> HttpResponse:
    try:
        done = _decided(request, answer)
    except (CannotDecide, NotFoundError, Refused) as error:
        return _page(request, answer, wrong=str(error))
    messages.success(request, after_admission(done))
    asked = request.META.get("QUERY_STRING", "")
    return redirect(f"{HERE}?{asked}" if asked else HERE)


def _decided(request: HttpRequest, answer: report.InclusionAnswer) -> Admitted:
    """Raises CannotDecide where nothing was ticked, a row waits no longer, or no reason was given."""
    by = request.user.get_username()
    reason = request.POST.get("reason", "").replace("\0", "")
    if undone := request.POST.get("undo", ""):
        return admitting.undo(by=by, subjects=[undone], reason=reason)
    waiting = {line.subject: line.title for line in answer.borderline}
    ticked = request.POST.getlist("subject")
    if not ticked:
        raise CannotDecide("Tick at least one row.")
    if any(subject not in waiting for subject in ticked):
        raise CannotDecide("Somebody has decided one of these rows already; tick what still waits.")
    outcome = {"choose": CHOSEN, "refuse": REFUSED}.get(request.POST.get("do", ""), "")
    rows = [ChosenRow(subject, waiting[subject]) for subject in ticked]
    return admitting.choose(by=by, rows=rows, outcome=outcome, reason=reason)


def _page(request: HttpRequest, answer: report.InclusionAnswer, wrong: str = "") -> HttpResponse:
    lines = _asked(request, answer)
    ticked = set(request.POST.getlist("subject"))
    page = page_of(request, lines, PER_PAGE)
    context: dict[str, Any] = {
        "page": page,
        "rows": [{"line": line, "ticked": line.subject in ticked} for line in page],
        "fields": _fields(request, answer),
        "count": f"{len(lines):,} of {len(answer.borderline):,} rows",
        "clear": HERE if request.GET.get("clause") or request.GET.get("area") else "",
        "keep": kept(request),
        "choices": report.choices(),
        "reason": request.POST.get("reason", ""),
        "errors": [{"text": wrong, "href": "#rows"}] if wrong else [],
    }
    return render(request, "staff/borderline.html", context, status=422 if wrong else 200)


def _fields(request: HttpRequest, answer: report.InclusionAnswer) -> list[dict[str, Any]]:
    clauses = Counter(line.clauses[0] for line in answer.borderline)
    areas = Counter(line.subject_area for line in answer.borderline if line.subject_area)
    return [
        {"name": name, "label": label, "options": _options(counts, request.GET.get(name, ""))}
        for name, label, counts in (("clause", "Put here by", clauses), ("area", "Subject area", areas))
    ]


def _options(counts: Counter[str], on: str) -> list[dict[str, Any]]:
    rows = [{"value": v, "text": f"{v} ({n})", "selected": v == on} for v, n in sorted(counts.items())]
    return [{"value": "", "text": "Any", "selected": not on}, *rows]
