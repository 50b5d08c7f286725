"""The rule of inclusion: in words, in a form, with its effect shown before it is applied."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from iqf.accounts.permissions import EDIT_RULE, why_not
from iqf.analysis.inclusion import Rule, RuleError
from iqf.catalogue.actions.decisions import CannotDecide
from iqf.catalogue.inclusion import rule_in_force
from iqf.exchange.formats.sheets import csv_text
from iqf.exchange.sources import admitting
from iqf.exchange.sources.pattern import Refused
from iqf.reports import inclusion as report
from iqf.web.staff import rule_form
from iqf.web.staff.words import after_admission

FIRST = 25


def rule(request: HttpRequest) -> HttpResponse:
    """The rule in force and what applying it would change; sent: a draft, shown with its effect, then applied."""
    if request.method == "POST":
        return _sent(request)
    now = rule_in_force()
    if request.GET.get("format") == "csv":
        return _sheet(report.inclusion())
    return _page(request, rule_form.fields_of(now.rule), now.rule)


def _sent(request: HttpRequest) -> HttpResponse:
    fields = rule_form.posted_fields(request.POST.dict())
    try:
        draft = rule_form.rule_from(fields)
    except RuleError as error:
        return _page(request, fields, rule_in_force().rule, wrong=str(error), href="#clauses")
    do = request.POST.get("do", "preview")
    if do == "download":
        return _sheet(report.inclusion(draft))
    return _apply(request, fields, draft) if do == "apply" else _page(request, fields, draft, preview=True)


def _apply(request: HttpRequest, fields: list[rule_form.ClauseFields], draft: Rule) -> HttpResponse:
    """Apply what was seen; show it again where it is not what was seen any more, or the reader may not apply it."""
    if sentence := why_not(request.user, EDIT_RULE):
        return _page(request, fields, draft, preview=True, wrong=sentence, href="#effect")
    if request.POST.get("seen") != rule_form.seen(draft):
        changed = "The rule or the data have changed since this was shown. This is what it would change now."
        return _page(request, fields, draft, preview=True, wrong=changed, href="#effect")
    reason = " ".join(request.POST.get("reason", "").replace("\0", "").split())
    try:
        done = admitting.apply_rule(by=request.user.get_username(), rule=draft, reason=reason)
    except (CannotDecide, Refused) as error:
        return _page(request, fields, draft, preview=True, wrong=str(error), href="#reason")
    messages.success(request, after_admission(done))
    return redirect("/staff/inclusion", permanent=False)


def _page(
    request: HttpRequest,
    fields: list[rule_form.ClauseFields],
    rule: Rule,
    *,
    preview: bool = False,
    wrong: str = "",
    href: str = "",
) -> HttpResponse:
    answer = report.inclusion(rule)
    counts = {c.name: c for c in answer.clauses}
    context: dict[str, Any] = {
        "answer": answer,
        "clauses": [{"fields": f, "count": counts.get(f.name)} for f in fields],
        "parts": [
            {"id": name, "title": title, "rows": rows[:FIRST], "total": len(rows), "more": len(rows) - FIRST}
            for name, title, rows in (("enters", "Enters", answer.enters), ("leaves", "Leaves", answer.leaves))
        ],
        "preview": preview,
        "seen": rule_form.seen(rule),
        "reason": request.POST.get("reason", ""),
        "errors": [{"text": wrong, "href": href}] if wrong else [],
    }
    return render(request, "staff/inclusion.html", context, status=422 if wrong else 200)


def _sheet(answer: report.InclusionAnswer) -> HttpResponse:
    rows = (*answer.enters, *answer.leaves, *answer.borderline, *answer.stays)
    response = HttpResponse(csv_text(*report.table(rows)), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="inclusion.csv"'
    return response
