"""The history of a thing: every change of it, and how it stood after any of them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from iqf.catalogue.queries import NotFoundError
from iqf.reports import earlier as earlier_report
from iqf.reports import history as report
from iqf.reports.changes import ChangeLine, FieldChanged
from iqf.reports.earlier import EarlierAnswer, FieldPair
from iqf.reports.history import Group, HistoryAnswer
from iqf.reports.things import Ref
from iqf.web.public.links import PLACES, href, query
from iqf.web.public.showing import Shown, Table, show

COLUMNS = ("change", "time", "by", "what", "of", "field", "before", "after", "why", "source", "address")


def history(request: HttpRequest, text: str) -> HttpResponse:
    """Every change of a thing, newest first, in groups; `?of=` one group whole."""
    of = whole_number(request, "of")
    wanted = request.GET.get("format", "")
    answer = report.history(
        text, page=whole_number(request, "page") or 1, of=of, shown=None if wanted == "csv" else report.SHOWN
    )
    if of is not None and not answer.groups:
        raise NotFoundError(f"{answer.thing.title} has no group of changes that ends with change {of}.")
    shown = Shown("public/history/history.html", "history", answer, (table(answer),))
    return _elsewhere(request, answer.thing, "history") or show(request, shown, words(answer, of))


def earlier(request: HttpRequest, text: str, number: int) -> HttpResponse:
    """How a thing stood after a change, beside the present; `?with=` beside how it stood after another."""
    answer = earlier_report.earlier(text, number, other=whole_number(request, "with"))
    shown = Shown("public/history/earlier.html", "earlier", answer, (_pairs(answer),))
    return _elsewhere(request, answer.thing, f"history/{number}") or show(request, shown, sides(answer))


def whole_number(request: HttpRequest, name: str) -> int | None:
    """A number of the address; None where there is none, or it is no number."""
    said = request.GET.get(name, "")
    return int(said) if re.fullmatch("[0-9]{1,18}", said, re.ASCII) else None


def _elsewhere(request: HttpRequest, thing: Ref, tail: str) -> HttpResponse | None:
    """A redirect to the one address of this page, where the thing was asked for by another of its names."""
    there = f"{href(thing)}/{tail}"
    if unquote(there) == request.path:
        return None
    asked = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{there}?{asked}" if asked else there)


def words(answer: HistoryAnswer, of: int | None) -> dict[str, Any]:
    """What the page of a history needs beside the answer."""
    before, after = answer.page - 1, answer.page + 1
    kept = str(of or "")
    return {
        "section": PLACES[answer.thing.kind],
        "of": of,
        "base": f"{href(answer.thing)}/history",
        "newer": query(of=kept, page=str(before)) if before else "",
        "older": query(of=kept, page=str(after)) if after <= answer.pages else "",
    }


def table(answer: HistoryAnswer) -> Table:
    """Every field of every change, a row each."""
    return Table("history", COLUMNS, _rows(answer.groups))


def _rows(groups: Iterable[Group]) -> Iterator[tuple[Any, ...]]:
    for group in groups:
        source = (group.source.title, group.source.url) if group.source else ("", "")
        for line in group.changes:
            of = "; ".join(cell.words for cell in line.about)
            for changed in line.fields or (None,):
                yield (*_line(line, group, of, changed), group.why, *source)


def _line(line: ChangeLine, group: Group, of: str, changed: FieldChanged | None) -> tuple[Any, ...]:
    fields = (changed.label, changed.before.words, changed.after.words) if changed else ("", "", "")
    return line.number, line.at.isoformat(timespec="seconds"), group.who, line.what, of, *fields


def sides(answer: EarlierAnswer) -> dict[str, Any]:
    """What the page of an earlier state needs beside the answer."""
    return {
        "section": PLACES[answer.thing.kind],
        "base": f"{href(answer.thing)}/history",
        "different": [f for f in answer.fields if f.differs],
        "same": [f for f in answer.fields if not f.differs],
        "later": "Now" if answer.two.number is None else "Later",
    }


def _pairs(answer: EarlierAnswer) -> Table:
    columns = ("of", "which", "state", "field", "then", "now" if answer.two.number is None else "later")
    return Table("earlier", columns, _pair_rows(answer))


def _pair_rows(answer: EarlierAnswer) -> Iterator[tuple[str, ...]]:
    for pair in answer.fields:
        yield (answer.thing.kind, answer.thing.code, "changed" if pair.differs else "same", *_both(pair))
    for joined in answer.joined:
        for row in joined.rows:
            which = "; ".join(cell.words for _, cell in row.about)
            yield from ((joined.kind, which, row.how, *_both(pair)) for pair in row.fields)
            if not row.fields:
                yield joined.kind, which, row.how, "", "", ""


def _both(pair: FieldPair) -> tuple[str, str, str]:
    return pair.label, pair.one.words, pair.two.words
