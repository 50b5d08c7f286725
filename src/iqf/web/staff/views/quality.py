"""The quality of the data: what to look at first, then what holds; or one check with all its cases; as CSV too."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats.sheets import csv_text
from iqf.reports.quality import Checked
from iqf.reports.quality.finding import Example
from iqf.reports.things import Ref
from iqf.reports.trail import things_called
from iqf.web.staff.checks import checked
from iqf.web.staff.paging import kept, page_of

FIRST = 5
PER_PAGE = 100
COLUMNS = ("group", "check", "what should hold", "outcome", "code", "title", "what is the matter")
PLACES = {"source": "sources", "function": "functions"}
"""Where the pages are of what cases name as `source:KEY` and the like; of the rest, the part before the colon is the
framework or the official list."""


def quality(request: HttpRequest) -> HttpResponse:
    """Every check, or the one that the address names. Raises NotFoundError where there is no such check."""
    name = request.GET.get("check", "").strip()
    checks = [check for check in checked() if not name or check.id == name]
    if not checks:
        raise NotFoundError(f'There is no check "{name}"; see the list of checks.')
    if request.GET.get("format") == "csv":
        return _csv(name or "quality", checks)
    return _one(request, checks[0]) if name else _all(request, checks)


def _all(request: HttpRequest, checks: Sequence[Checked]) -> HttpResponse:
    by_outcome = {o: [c for c in checks if c.outcome == o] for o in ("fail", "pass", "not applicable")}
    failed = by_outcome["fail"]
    known = _known(example for check in failed for example in check.examples[:FIRST])
    groups = [
        {"title": title, "rows": [{"check": c, "cases": _cases(c.examples[:FIRST], known)} for c in members]}
        for title, members in groupby(failed, key=lambda check: check.group)
    ]
    context = {
        "groups": groups,
        "failed": failed,
        "holding": by_outcome["pass"],
        "idle": by_outcome["not applicable"],
    }
    return render(request, "staff/quality.html", context)


def _one(request: HttpRequest, check: Checked) -> HttpResponse:
    page = page_of(request, check.examples, PER_PAGE)
    cases = _cases(page.object_list, _known(page))
    context = {"check": check, "cases": cases, "page": page, "keep": kept(request)}
    return render(request, "staff/check.html", context)


def _csv(name: str, checks: Iterable[Checked]) -> HttpResponse:
    """Every case of these checks; a check without cases is one row, so that nothing seems to be left out."""
    rows = (
        (check.group, check.id, check.wording, check.outcome, example.code, example.title, example.matter)
        for check in checks
        for example in check.examples or (Example("", "", check.reason),)
    )
    response = HttpResponse(csv_text(COLUMNS, rows), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _known(examples: Iterable[Example]) -> dict[str, Ref]:
    """The things that cases name, and the frameworks whose statements they name."""
    codes = [example.code for example in examples]
    return things_called({*codes, *(code.partition(":")[0] for code in codes)})


def _cases(examples: Iterable[Example], known: dict[str, Ref]) -> list[dict[str, Any]]:
    return list(_each(examples, known))


def _each(examples: Iterable[Example], known: dict[str, Ref]) -> Iterator[dict[str, Any]]:
    for e in examples:
        address = _address(e.code, known)
        yield {"thing": known.get(e.code), "address": address, "code": e.code, "title": e.title, "matter": e.matter}


def _address(code: str, known: dict[str, Ref]) -> str:
    """The page of what a case names as `what:which`: a source, a statement, else a row of an official list."""
    what, _, which = code.partition(":")
    if not which:
        return ""
    if what in PLACES:
        return f"/{PLACES[what]}/{quote(which)}"
    framework = known.get(what)
    if framework and framework.kind == "framework":
        return f"/frameworks/{quote(what)}#{quote(which)}"
    return f"/register/{quote(what)}/{quote(which)}"
