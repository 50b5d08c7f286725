"""The quality of the data: every check with its first cases, or one check with all of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.catalogue.queries import NotFoundError
from iqf.reports.trail import things_called
from iqf.web.staff.checks import checked
from iqf.web.staff.paging import kept, page_of

FIRST = 10
PER_PAGE = 100


def quality(request: HttpRequest) -> HttpResponse:
    """Every check, or the one that the address names."""
    name = request.GET.get("check", "").strip()
    if name:
        return _one(request, name)
    checks = checked()
    known = things_called(example.code for check in checks for example in check.examples[:FIRST])
    rows = [{"check": check, "cases": _cases(check.examples[:FIRST], known)} for check in checks]
    return render(request, "staff/quality.html", {"rows": rows})


def _one(request: HttpRequest, name: str) -> HttpResponse:
    """Raises NotFoundError where there is no such check."""
    check = next((check for check in checked() if check.id == name), None)
    if check is None:
        raise NotFoundError(f'There is no check "{name}"; see the list of checks.')
    page = page_of(request, check.examples, PER_PAGE)
    cases = _cases(page.object_list, things_called(example.code for example in page))
    context = {"check": check, "cases": cases, "page": page, "keep": kept(request)}
    return render(request, "staff/check.html", context)


def _cases(examples: Any, known: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"thing": known.get(e.code), "code": e.code, "title": e.title, "matter": e.matter} for e in examples]
