"""Search: everything found, narrowed by filters that say how many there are of each."""

from typing import Any, Final

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from iqf.reports.lists import schemes
from iqf.reports.search import SearchAnswer, SearchResult
from iqf.reports.search import search as report
from iqf.snapshot import serving
from iqf.web.public.links import found_href, is_official
from iqf.web.public.narrowing import Asked, chips, groups, kinds, to_drop
from iqf.web.public.showing import Shown, Table, show

PER_PAGE: Final = 20
MOST: Final = 1000


def search(request: HttpRequest) -> HttpResponse:
    """What is found by these words, numbers or names."""
    asked, page = Asked.of(request), _page_number(request)
    image = serving()
    limit, offset = (MOST, 0) if request.GET.get("format") else (PER_PAGE, (page - 1) * PER_PAGE)
    found = report(
        asked.text,
        **asked.filters,
        available_on=asked.available_on,
        scheme=asked.scheme,
        limit=limit,
        offset=offset,
        snapshot=image,
    )
    if found.refused:
        raise BadRequest(found.refused)
    shown = Shown("public/search.html", "search", found, (_table(found),))
    return show(request, shown, _words(Asked.again(found), found, page) | {"behind": image.is_behind})


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    return min(max(int(number), 1), 500) if number.isascii() and number.isdigit() else 1


def _words(asked: Asked, found: SearchAnswer, page: int) -> dict[str, Any]:
    return {
        "asked": asked,
        "keep": asked.query,
        "results": [(r, found_href(r.type, r.code), _number(r), _reason(r)) for r in found.results],
        "groups": list(groups(asked, found)),
        "kinds": kinds(asked, found),
        "chips": chips(asked, found),
        "clear": Asked(asked.text, scheme=asked.scheme).address,
        "drop": [] if found.total else to_drop(asked, found),
        "schemes": [(s.key, s.title) for s in schemes()],
        "page": Paginator(range(found.total), PER_PAGE).get_page(page),
    }


def _number(result: SearchResult) -> str:
    return next((a for a in result.aliases if is_official(a)), "")


def _reason(result: SearchResult) -> str:
    """Why it is here, where the title does not show it."""
    return "" if result.because == "title" else result.because


def _table(found: SearchAnswer) -> Table:
    columns = ("type", "code", "number", "title", "level", "owner", "status", "kind", "why")
    rows = (
        (r.type, r.code, _number(r), r.title, r.level, r.owner, r.status, r.kind, r.because) for r in found.results
    )
    return Table("search", columns, rows)
