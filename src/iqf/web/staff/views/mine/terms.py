"""What I hold in the terms of a framework: what it surely shows, may show, and what only evidence could show."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.people.scope import scope_of
from iqf.reports.private.own_terms import own_terms
from iqf.reports.private.portfolio import portfolio

WORDS = (
    ("shows", "Surely shown", "What you hold shows this: every holder has met it, or an assessor credited it."),
    (
        "may show",
        "May be shown",
        "A unit that you may have chosen shows it. You know whether you took it: add it as a unit.",
    ),
    ("cannot say", "Cannot say", "Something that you hold has not been judged, or its units are not on record."),
    (
        "only evidence",
        "Only evidence could show it",
        "Nothing that you hold shows it. Evidence could, or a further unit.",
    ),
)


def terms(request: HttpRequest, key: str) -> HttpResponse:
    """The answer, statement by statement, and where the rest could come from."""
    scope = scope_of(request.user)
    answer = own_terms(scope, key)
    missing = [f"{answer.key}:{line.code}" for line in answer.lines if line.term.verdict != "shows"]
    held = "\n".join(portfolio(scope).holding)
    context = {
        "answer": answer,
        "groups": [
            {"title": t, "why": why, "lines": answer.told(verdict), "verdict": verdict} for verdict, t, why in WORDS
        ],
        "missing": missing,
        "topup": f"/topup?{urlencode({'held': held, 'for': ', '.join(missing)})}" if missing else "",
    }
    return render(request, "staff/mine/terms.html", context)
