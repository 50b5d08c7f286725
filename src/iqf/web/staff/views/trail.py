"""The audit trail: every change, newest first."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.reports import trail as report
from iqf.web.staff.paging import kept, page_of
from iqf.web.staff.words import done

PER_PAGE = 50


def trail(request: HttpRequest) -> HttpResponse:
    """The changes that the address asks for."""
    asked = _asked(request)
    page = page_of(request, report.trail(asked), PER_PAGE)
    context = {"page": page, "asked": asked, "fields": _fields(asked), "keep": kept(request)}
    total = page.paginator.count
    context["count"] = f"{total:,} change{'' if total == 1 else 's'}"
    context["clear"] = request.path if asked != report.Asked() else ""
    context["hidden"] = [{"name": "import", "value": asked.of_import}] if asked.of_import is not None else []
    return render(request, "staff/trail.html", context)


def _asked(request: HttpRequest) -> report.Asked:
    said = {name: request.GET.get(name, "").replace("\0", "").strip() for name in ("thing", "actor", "action")}
    number = request.GET.get("import", "")
    return report.Asked(**said, of_import=int(number) if re.fullmatch("[0-9]{1,9}", number) else None)


def _fields(asked: report.Asked) -> list[dict[str, Any]]:
    who = [(name, name) for name in report.actors()]
    what = sorted((done(name), name) for name in report.actions())
    return [
        {"name": "thing", "label": "Thing (any of its names or numbers)", "value": asked.thing},
        {"name": "actor", "label": "By whom", "options": _options(who, asked.actor, "Anybody")},
        {"name": "action", "label": "What was done", "options": _options(what, asked.action, "Anything")},
    ]


def _options(values: list[tuple[str, str]], on: str, every: str) -> list[dict[str, Any]]:
    known = values if on in ("", *(value for _, value in values)) else [*values, (on, on)]
    rows = [{"value": value, "text": text, "selected": value == on} for text, value in known]
    return [{"value": "", "text": every, "selected": not on}, *rows]
