"""One answer, three ways: a page, CSV, JSON."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from iqf.exchange.formats.answers import answer_json
from iqf.exchange.formats.plain import dumps, envelope
from iqf.exchange.formats.sheets import csv_text
from iqf.reports.things import Ref
from iqf.web.public.links import href
from iqf.web.public.notes import Footnotes

JSON_TYPE = "application/json; charset=utf-8"
CSV_TYPE = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Table:
    """A list of a page as it is downloaded. `name` names the file, and the table where a page has several."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Shown:
    """What a page shows: its template, the answer it rests on, the shape of that as JSON, and its tables."""

    template: str
    shape: str
    answer: Any
    tables: tuple[Table, ...] = ()


def show(request: HttpRequest, shown: Shown, context: Mapping[str, Any] | None = None) -> HttpResponse:
    """The page, or the answer as JSON (`?format=json`), or one of its tables as CSV (`?format=csv&table=…`).

    Raises BadRequest for any other format or table.
    """
    wanted = request.GET.get("format", "")
    if wanted == "json":
        whole = envelope(shown.shape, timezone.localdate(), answer_json(shown.shape, shown.answer))
        return HttpResponse(dumps(whole), JSON_TYPE)
    if wanted == "csv" and shown.tables:
        return _csv(shown.tables, request.GET.get("table", ""))
    if wanted:
        offered = "csv and json" if shown.tables else "json"
        raise BadRequest(f'This page cannot be had as "{wanted}". It can be downloaded as: {offered}.')
    page = {"answer": shown.answer, "notes": Footnotes(), "keep": _kept(request), **(context or {})}
    return render(request, shown.template, page)


def _csv(tables: tuple[Table, ...], name: str) -> HttpResponse:
    table = next((t for t in tables if t.name == name), None if name else tables[0])
    if table is None:
        offered = ", ".join(t.name for t in tables)
        raise BadRequest(f'This page has no table "{name}". It has: {offered}.')
    response = HttpResponse(csv_text(table.columns, table.rows), CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    return response


def _kept(request: HttpRequest) -> str:
    """The query string without paging and format, to be carried along by links on the page."""
    asked = request.GET.copy()
    for name in ("page", "format", "table"):
        asked.pop(name, None)
    return asked.urlencode()


def elsewhere(request: HttpRequest, text: str, thing: Ref) -> HttpResponse | None:
    """A redirect to the one address of a thing that was asked for by another of its names; None if this is it.

    It is a lasting one from the code of an entry that was joined into the thing.
    """
    there = href(thing)
    if there.endswith(f"/{text}"):
        return None
    asked = request.META.get("QUERY_STRING", "")
    there = f"{there}?{asked}" if asked else there
    joined = text.upper().startswith("IQF-") and text.upper() in thing.aliases
    return HttpResponsePermanentRedirect(there) if joined else HttpResponseRedirect(there)
