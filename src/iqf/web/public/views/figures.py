"""Statistical tables: the list, and the figures of one, by the file's own columns, in a release that stays."""

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from iqf.exchange.formats.figures import figures_csv_rows, package
from iqf.reports import figures as report
from iqf.reports.figures import FiguresAnswer
from iqf.web.public.filtering import PER_PAGE, page_of
from iqf.web.public.showing import File, Shown, Table, show
from iqf.web.public.wording import figures as wording

MOST_COLUMNS = 6
"""So many indicators stand side by side on a page; the others are chosen."""


def index(request: HttpRequest) -> HttpResponse:
    """Every data set: what it counts, where, from when to when, in which version, from whom."""
    tables = report.datasets()
    columns = (
        "dataset",
        "title",
        "counting",
        "location_basis",
        "first_period",
        "last_period",
        "version",
        "publisher",
    )
    rows = (tuple(getattr(t, name) for name in columns) for t in tables)
    shown = Shown("public/figures/list.html", "datasets", tables, (Table("datasets", columns, rows),))
    return show(request, shown, {"total": len(tables), "groups": wording.groups(tables)})


def dataset(request: HttpRequest, text: str, version: str | None = None) -> HttpResponse:
    """The figures of a data set that fit what is chosen."""
    where, lasting = _chosen(request)
    if lasting:
        return HttpResponseRedirect(f"{request.path}?{lasting}")
    by = tuple(filter(None, request.GET.getlist("by")))
    chosen = tuple(filter(None, request.GET.getlist("indicator")))
    if request.GET.get("format", "") in ("csv", "json", "zip"):
        return show(request, _shown(report.figures(text, version, by=by, where=where, indicators=chosen)))
    side = chosen or tuple(c.name for c in report.table(text, version).indicators[:MOST_COLUMNS])
    total = report.figures(text, version, by=by, where=where, indicators=side, limit=1).total
    page = page_of(request, range(total // len(side)))
    limit, offset = PER_PAGE * len(side), max(page.start_index() - 1, 0) * len(side)
    answer = report.figures(text, version, by=by, where=where, indicators=side, limit=limit, offset=offset)
    return show(request, _shown(answer), _context(answer, page, side, chosen))


def _chosen(request: HttpRequest) -> tuple[tuple[tuple[str, str], ...], str]:
    """What the address chooses rows by; and, where a form sent blanks or typed words, the lasting address of it."""
    pairs = [(column, value) for column, _, value in (w.partition("=") for w in request.GET.getlist("where"))]
    names = [key for key in request.GET if key.startswith("where.")]
    typed = [(key.removeprefix("where."), value) for key in names for value in request.GET.getlist(key)]
    where = tuple((c.strip(), v.strip()) for c, v in (*pairs, *typed) if c.strip() and v.strip())
    blank = any(not value for name in request.GET for value in request.GET.getlist(name))
    if not (typed or blank):
        return where, ""
    kept = [("where", f"{c}={v}") for c, v in where]
    kept += [(n, v) for n in ("by", "indicator", "page", "format") for v in request.GET.getlist(n) if v]
    return where, urlencode(kept or [("page", "1")])


def _shown(answer: FiguresAnswer) -> Shown:
    name = f"{answer.table.dataset}-{answer.table.version}"
    columns, rows = figures_csv_rows(answer)
    packed = File(f"{name}.zip", "application/zip", lambda: package(answer.table))
    return Shown("public/figures/dataset.html", "figures", answer, (Table(name, columns, rows),), {"zip": packed})


def _context(
    answer: FiguresAnswer, page: Page[int], side: tuple[str, ...], chosen: tuple[str, ...]
) -> dict[str, Any]:
    table = answer.table
    return {
        "page": page,
        "grid": wording.grid(answer, side),
        "fields": wording.fields(answer, chosen),
        "lead": wording.lead(table),
        "chosen": wording.chosen(answer),
        "more_indicators": 0 if chosen else len(table.indicators) - len(side),
        "clear": f"/figures/{table.dataset}" if answer.where or answer.by or chosen else "",
        "symbols": wording.symbols(answer),
    }
