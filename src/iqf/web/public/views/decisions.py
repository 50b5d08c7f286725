"""What has been decided by default, and what is still open."""

from django.http import HttpRequest, HttpResponse

from iqf.reports.decisions import decision as one
from iqf.reports.decisions import decisions as report
from iqf.reports.inclusion import stated
from iqf.web.public.showing import Shown, Table, show

THE_RULE = "house-what-is-included"


def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision record, and every disagreement between sources that nobody has decided."""
    answer = report()
    rows = ((d.slug, d.requirement, d.title, d.status) for d in answer.decisions)
    table = Table("decisions", ("decision", "requirement", "title", "status"), rows)
    context = {
        "defaults": [d for d in answer.decisions if d.is_open],
        "house": [d for d in answer.decisions if not d.is_open],
    }
    return show(request, Shown("public/decisions/list.html", "decisions", answer, (table,)), context)


def decision(request: HttpRequest, text: str) -> HttpResponse:
    """One decision record; that on what is included with the rule as it stands."""
    rule = stated() if text == THE_RULE else None
    return show(request, Shown("public/decisions/decision.html", "decision", one(text)), {"rule": rule})
