"""What waits for a decision, and what was decided."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.catalogue.queries import NotFoundError
from iqf.reports.private.decided import decided as decisions
from iqf.reports.private.decided import how_many_decided, one_decided
from iqf.reports.private.inbox import KINDS
from iqf.reports.private.inbox import counts as counted
from iqf.reports.private.inbox import inbox as report
from iqf.web.staff.paging import Listed, kept, page_of
from iqf.web.staff.words import KINDS_OF_WORK

PER_PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    """Everything that waits, or what waits of one kind."""
    kind = kind_asked(request)
    counts = counted()
    total = sum(counts.values())
    waiting = Listed(counts.get(kind, total), lambda most, first: report(kind, limit=most, offset=first).items)
    context = {
        "page": page_of(request, waiting, PER_PAGE),
        "keep": kept(request),
        "kind": kind,
        "kinds": [(name, KINDS_OF_WORK[name], counts[name]) for name in KINDS],
        "total": total,
        **just_done(request),
    }
    return render(request, "staff/inbox.html", context)


def decided(request: HttpRequest) -> HttpResponse:
    """Every decision that stands, with its reason, and how to undo it."""
    every = Listed(how_many_decided(), lambda most, first: decisions(limit=most, offset=first))
    page = page_of(request, every, PER_PAGE)
    return render(request, "staff/decided.html", {"page": page, "keep": kept(request), **just_done(request)})


def kind_asked(request: HttpRequest) -> str:
    """The kind of work that the address asks for; blank: all."""
    kind = request.GET.get("kind", "")
    return kind if kind in KINDS else ""


def just_done(request: HttpRequest) -> dict[str, Any]:
    """What was decided a moment ago, as the address says, to be told at the top of the page that follows."""
    number = request.GET.get("done", "")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return {"undone": request.GET.get("undone") == "yes"}
    try:
        return {"done": one_decided(int(number))}
    except NotFoundError:
        return {}
