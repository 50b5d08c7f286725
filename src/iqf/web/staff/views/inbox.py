"""What waits for a decision, and what was decided."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.catalogue.queries import NotFoundError
from iqf.reports.private import decided as decided_report
from iqf.reports.private.inbox import KINDS, Item
from iqf.reports.private.inbox import inbox as report
from iqf.web.staff.paging import kept, page_of
from iqf.web.staff.words import KINDS_OF_WORK

PER_PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    """Everything that waits, or what waits of one kind."""
    kind = kind_asked(request)
    answer = report(kind)
    context = {
        "answer": answer,
        "page": page_of(request, answer.items, PER_PAGE),
        "keep": kept(request),
        "kind": kind,
        "kinds": [(name, KINDS_OF_WORK[name], answer.counts[name]) for name in KINDS],
        "total": sum(answer.counts.values()),
        **just_done(request),
    }
    return render(request, "staff/inbox.html", context)


def decided(request: HttpRequest) -> HttpResponse:
    """Every decision that stands, with its reason, and how to undo it."""
    page = page_of(request, decided_report.decided(), PER_PAGE)
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
        return {"done": decided_report.one_decided(int(number))}
    except NotFoundError:
        return {}


def item_after(kind: str, key: str, only: str) -> Item | None:
    """The item that follows in the list as it stands before this one is decided; the first where this is the last."""
    items = report(only).items
    at = next((n for n, item in enumerate(items) if (item.kind, item.key) == (kind, key)), -1)
    rest = [*items[at + 1 :], *items[: max(at, 0)]]
    return rest[0] if rest else None
