"""True counts behind protected figures, for those few who may see them: each look is written into the audit trail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.catalogue.queries import NotFoundError
from iqf.indicators.actions import look_unprotected
from iqf.indicators.asking import Figure, Wanted
from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.reports import figures as report
from iqf.web.staff.paging import kept, page_of

PER_PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    """The data sets that have true counts here; none of them is shown."""
    tables = [table for table in report.datasets() if table.protection]
    return render(request, "staff/unprotected/index.html", {"tables": tables})


def dataset(request: HttpRequest, code: str) -> HttpResponse:
    """One release: the true counts beside what is published of them."""
    table = report.table(code, request.GET.get("version") or None)
    if table.protection is None:
        raise NotFoundError(f'"{table.dataset}" is held as published: there are no other figures than those.')
    where = _chosen(request)
    step = len(table.indicators)
    total = report.figures(table.dataset, table.version, where=where, limit=1).total
    page = page_of(request, range(total // step), PER_PAGE)
    limit, offset = PER_PAGE * step, max(page.start_index() - 1, 0) * step
    public = report.figures(table.dataset, table.version, where=where, limit=limit, offset=offset)
    wanted = Wanted(where=where, limit=limit, offset=offset)
    true = look_unprotected(by=request.user.get_username(), table=table, wanted=wanted)
    context = {
        "table": table,
        "page": page,
        "own": [c.label for c in _own(table)],
        "rows": _rows(table, true.rows, public.rows, step),
        "fields": _fields(table, dict(where)),
        "keep": kept(request),
        "count": f"{len(page.paginator.object_list):,} rows",
        "clear": request.path if where else "",
    }
    return render(request, "staff/unprotected/dataset.html", context)


def _chosen(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    names = [name for name in request.GET if name.startswith("where.")]
    return tuple((n.removeprefix("where."), value) for n in names if (value := request.GET[n].strip()))


def _own(table: HeldTable) -> list[HeldColumn]:
    return list(table.filters)


def _rows(table: HeldTable, true: tuple[Figure, ...], public: tuple[Figure, ...], step: int) -> list[dict[str, Any]]:
    """A line for each place, period and cut: of every number the true one, and what is published of it."""
    return [
        {
            "area": true[at].area,
            "period": true[at].period,
            "own": [true[at].cells[c.name] for c in _own(table)],
            "cells": [_cell(true[n], public[n]) for n in range(at, at + step)],
        }
        for at in range(0, len(true), step)
    ]


def _cell(true: Figure, public: Figure) -> dict[str, str]:
    return {"true": _printed(true), "public": _printed(public), "kept": "yes" if public.symbol == "c" else ""}


def _printed(figure: Figure) -> str:
    return figure.symbol if figure.value is None else f"{figure.value:,.0f}"


def _fields(table: HeldTable, on: dict[str, str]) -> list[dict[str, Any]]:
    """The drop-downs by which rows are chosen; a text box where a column has too many values to list."""
    found: list[dict[str, Any]] = []
    for column, values in report.offered(table):
        name, chosen = f"where.{column.name}", on.get(column.name, "")
        options = [{"value": "", "text": "Any", "selected": not chosen}]
        options += [{"value": v, "text": v, "selected": v == chosen} for v in values or ()]
        field = {"name": name, "label": column.label}
        found.append(field | ({"value": chosen} if values is None else {"options": options}))
    return found
