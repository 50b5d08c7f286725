"""Consultations whose outcome is public: the list, and one of them line by line."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from iqf.reports.consultations import ConsultationAnswer
from iqf.reports.consultations import consultation as report
from iqf.reports.consultations import consultations as every
from iqf.web.public.showing import Shown, Table, show

PER_PAGE = 50
LISTED = (
    "number",
    "title",
    "by_name",
    "opened_on",
    "closed_on",
    "published_on",
    "lines",
    "asked",
    "heard",
    "comments",
)
COLUMNS = ("line", "text", "about", "organisation", "code", "says", "comment", "outcome", "answer", "proposal")


def index(request: HttpRequest) -> HttpResponse:
    """Every consultation that was published."""
    answer = every()
    rows = (tuple(getattr(row, name) for name in LISTED) for row in answer.rows)
    table = Table("consultations", tuple(name.replace("_", " ") for name in LISTED), rows)
    return show(request, Shown("public/consultations/list.html", "consultations", answer, (table,)))


def consultation(request: HttpRequest, number: int) -> HttpResponse:
    """What was asked, who answered, each comment and how it was answered. Raises NotFoundError."""
    answer = report(number)
    page = Paginator(answer.lines, PER_PAGE).get_page(request.GET.get("page", "1"))
    table = Table("comments", COLUMNS, _rows(answer))
    shown = Shown("public/consultations/consultation.html", "consultation", answer, (table,))
    return show(request, shown, {"page": page})


def _rows(answer: ConsultationAnswer) -> Iterator[tuple[Any, ...]]:
    """Every comment in words; a line on which there is none is one row, so that nothing seems to be left out."""
    for line in answer.lines:
        for c in line.comments:
            code = c.body.organisation.code if c.body.organisation else ""
            said = (c.body.name, code, c.stance, c.text, c.outcome, c.reply, c.proposal)
            yield (line.number, line.text, line.about, *said)
        if not line.comments:
            yield (line.number, line.text, line.about, *[""] * 7)
