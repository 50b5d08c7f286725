"""Search: everything found, narrowed by filters that say how many there are of each."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from iqf.reports.search import SearchAnswer
from iqf.reports.search import search as report
from iqf.web.public.links import found_href, is_official, query
from iqf.web.public.showing import Shown, Table, show

FILTERS: Final = {
    "type": "What it is",
    "level": "Level",
    "kind": "Kind",
    "cluster": "Cluster",
    "owner": "Owner",
    "status": "Status",
}
PER_PAGE: Final = 20
MOST: Final = 1000
LONGEST: Final = 200


def search(request: HttpRequest) -> HttpResponse:
    """What is found by these words, numbers or names."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    on: dict[str, Any] = {name: request.GET[name].strip() for name in FILTERS if request.GET.get(name, "").strip()}
    whole = request.GET.get("format", "") != ""
    page = _page_number(request)
    found = report(text, **on, limit=MOST if whole else PER_PAGE, offset=0 if whole else (page - 1) * PER_PAGE)
    shown = Shown("public/search.html", "search", found, (_table(found),))
    return show(request, shown, _words(found, on, page))


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    return min(max(int(number), 1), 500) if number.isascii() and number.isdigit() else 1


def _words(found: SearchAnswer, on: dict[str, str], page: int) -> dict[str, Any]:
    return {
        "results": [(r, found_href(r.type, r.code), _number(r.aliases)) for r in found.results],
        "fields": [_field(found, name, label, on.get(name, "")) for name, label in FILTERS.items()],
        "hidden": [{"name": "q", "value": found.query}],
        "page": Paginator(range(found.total), PER_PAGE).get_page(page),
        "count": f"{found.total} found",
        "on": on,
        "clear": f"/search{query(q=found.query)}" if on else "",
    }


def _number(aliases: tuple[str, ...]) -> str:
    return next((a for a in aliases if is_official(a)), "")


def _field(found: SearchAnswer, name: str, label: str, on: str) -> dict[str, Any]:
    values = next((f.values for f in found.facets if f.name == name), ())
    options = [{"value": v.value, "text": f"{v.label} ({v.count})", "selected": v.value == on} for v in values]
    if on and all(o["value"] != on for o in options):
        options.append({"value": on, "text": f"{on} (0)", "selected": True})
    return {"name": name, "label": label, "options": [{"value": "", "text": "Any", "selected": not on}, *options]}


def _table(found: SearchAnswer) -> Table:
    columns = ("type", "code", "number", "title", "level", "owner", "status", "kind", "why")
    rows = (
        (r.type, r.code, _number(r.aliases), r.title, r.level, r.owner, r.status, r.kind, r.because)
        for r in found.results
    )
    return Table("search", columns, rows)
