"""One row of an official list: what it prints now and before, and whether it is in this framework."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from iqf.reports.register_row import RowAnswer, register_row
from iqf.web.public.showing import Shown, Table, show


def row(request: HttpRequest, register: str, reference: str) -> HttpResponse:
    """The row of a list under its own reference."""
    answer = register_row(register, reference, timezone.localdate())
    return show(request, Shown("public/register/row.html", "show", answer, (_table(answer),)))


def _table(answer: RowAnswer) -> Table:
    return Table("row", ("what", "name", "value"), _cells(answer))


def _cells(answer: RowAnswer) -> Iterator[tuple[str, str, str]]:
    official = answer.official
    for fact in official.facts:
        yield "as read", fact.label, fact.words
    for name, value in official.printed:
        yield "as printed", name, value
    for before in official.before:
        for change in before.changes:
            yield f"until {before.until}", change.column, change.before or ""
