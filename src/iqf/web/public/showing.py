"""One answer in several ways: a page, CSV, JSON, and whatever else a page can be had as."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from iqf.codes import may_be_code
from iqf.exchange.formats.answers import answer_json
from iqf.exchange.formats.plain import dumps, envelope
from iqf.exchange.formats.sheets import csv_text
from iqf.reports.things import Ref, named
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
class File:
    """A page as a file of another kind, made when it is asked for. `attached`: saved, not opened in the browser."""

    name: str
    media_type: str
    make: Callable[[], bytes]
    attached: bool = True


@dataclass(frozen=True)
class Shown:
    """What a page shows: its template, the answer it rests on, the shape of that as JSON, its tables, and files.

    `files` are by the format that the address names: xlsx, svg.
    """

    template: str
    shape: str
    answer: Any
    tables: tuple[Table, ...] = ()
    files: Mapping[str, File] = field(default_factory=dict)


def show(request: HttpRequest, shown: Shown, context: Mapping[str, Any] | None = None) -> HttpResponse:
    """The page, or the answer as JSON (`?format=json`), one of its tables as CSV (`?format=csv&table=…`), or a file.

    Raises BadRequest for any other format or table.
    """
    wanted = request.GET.get("format", "")
    if wanted == "json":
        whole = envelope(shown.shape, timezone.localdate(), answer_json(shown.shape, shown.answer))
        return HttpResponse(dumps(whole), JSON_TYPE)
    if wanted == "csv" and shown.tables:
        return _csv(shown.tables, request.GET.get("table", ""))
    if wanted in shown.files:
        return _file(shown.files[wanted])
    if wanted:
        offered = " and ".join(filter(None, (", ".join([*shown.files, *["csv"] * bool(shown.tables)]), "json")))
        raise BadRequest(f'This page cannot be had as "{wanted}". It can be downloaded as: {offered}.')
    page = {"answer": shown.answer, "notes": Footnotes(), "keep": _kept(request), **(context or {})}
    return render(request, shown.template, page)


def _file(file: File) -> HttpResponse:
    response = HttpResponse(file.make(), file.media_type)
    if file.attached:
        response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


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


View = Callable[..., HttpResponse]


def at_its_address(kind: str) -> Callable[[View], View]:
    """A page of one thing of this kind: asked for by another of its names, the answer is its one address.

    That costs a look-up and no page. From the code of an entry that was joined into the thing it lasts.
    """

    def wrapped(view: View) -> View:
        @functools.wraps(view)
        def led(request: HttpRequest, text: str, **more: Any) -> HttpResponse:
            return _elsewhere(request, text, named(text, kind)) or view(request, text, **more)

        return led

    return wrapped


def _elsewhere(request: HttpRequest, text: str, thing: Ref) -> HttpResponse | None:
    """A redirect to the one address of a thing; None if this is it."""
    there = href(thing)
    if there.endswith(f"/{quote(text)}"):
        return None
    asked = request.META.get("QUERY_STRING", "")
    there = f"{there}?{asked}" if asked else there
    joined = may_be_code(thing.kind, text) and text.upper() != thing.code
    return HttpResponsePermanentRedirect(there) if joined else HttpResponseRedirect(there)
