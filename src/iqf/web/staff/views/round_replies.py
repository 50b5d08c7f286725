"""Every comment of a consultation with its answer: answered here, many at once; or all of them as CSV."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from iqf.exchange.formats.sheets import csv_text
from iqf.review.actions import commenting
from iqf.review.actions.rounds import LAST, CannotConsult
from iqf.review.models import Comment, Round
from iqf.review.models.rounds import OUTCOMES
from iqf.review.round_queries import comments_of, round_numbered, unanswered
from iqf.review.round_states import acts_in
from iqf.web.staff.paging import kept, page_of
from iqf.web.staff.rounds_forms import faults_shown, replies_in

PER_PAGE = 50
COLUMNS = ("line", "what was asked", "organisation", "says", "comment", "said on", "answer", "why", "proposal")


def replies(request: HttpRequest, number: int) -> HttpResponse:
    """The comments that need an answer, page by page."""
    held = round_numbered(number)
    if request.GET.get("format") == "csv":
        return _csv(held)
    faults: Mapping[int, str] = {}
    problem = ""
    if request.method == "POST":
        try:
            faults = commenting.reply(
                by=request.user.get_username(), number=number, replies=replies_in(request.POST)
            ).faults
            if not faults:
                asked = request.GET.get("page", "1")
                return HttpResponseRedirect(f"{request.path}?page={asked if asked.isdigit() else 1}&done=reply")
        except CannotConsult as error:
            problem = str(error)
    page = page_of(request, comments_of(held).exclude(text="").order_by("line__position", "invited__name"), PER_PAGE)
    context = {
        "round": held,
        "page": page,
        "rows": [_reply_row(comment, request, dict(faults)) for comment in page],
        "outcomes": OUTCOMES,
        "left": unanswered(held).count(),
        "closed": "reply" in acts_in(held.state_at(timezone.now())),
        "problems": [{"text": problem, "href": "#replies"}] if problem else faults_shown("o", faults),
        "keep": kept(request),
        "done": "Kept." if request.GET.get("done") and not faults else "",
    }
    return render(request, "staff/rounds/replies.html", context, status=422 if context["problems"] else 200)


def _reply_row(comment: Comment, request: HttpRequest, faults: dict[int, str]) -> dict[str, Any]:
    answer = getattr(comment, "answer", None)
    held = (answer.outcome, answer.text, answer.proposal or "") if answer else ("", "", "")
    names = (f"o-{comment.pk}", f"r-{comment.pk}", f"p-{comment.pk}")
    typed = [request.POST.get(name, said) for name, said in zip(names, held, strict=True)]
    return {"comment": comment, "typed": typed, "fault": faults.get(comment.pk, ""), "answered": bool(answer)}


def _csv(held: Round) -> HttpResponse:
    """Everything that was said, line by line, plain agreement too."""
    rows: Iterable[tuple[Any, ...]] = (
        (
            c.line.position + 1 if c.line.position != LAST else "",
            c.line.text,
            c.invited.name,
            c.stance,
            c.text,
            timezone.localdate(c.at).isoformat(),
            *((a.outcome, a.text, a.proposal) if (a := getattr(c, "answer", None)) else ("", "", "")),
        )
        for c in comments_of(held)
    )
    response = HttpResponse(csv_text(COLUMNS, rows), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="consultation-{held.pk}.csv"'
    return response
