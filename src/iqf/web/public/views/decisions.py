"""What has been decided by default, and what is still open."""

import re

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse

from iqf.reports.decisions import decision as one
from iqf.reports.decisions import decisions as report
from iqf.reports.disagreements import MOST, DisagreementsAnswer, Wanted
from iqf.reports.disagreements import disagreements as report_of
from iqf.reports.inclusion import stated
from iqf.web.public.filtering import PER_PAGE, chosen, fields
from iqf.web.public.showing import Shown, Table, show

THE_RULE = "house-what-is-included"
FILTERS = {"state": "Decided or not", "kind": "About a", "field": "Which field"}


def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision record, and every disagreement between sources that nobody has decided."""
    answer = report()
    rows = ((d.slug, d.requirement, d.title, d.status) for d in answer.decisions)
    table = Table("decisions", ("decision", "requirement", "title", "status"), rows)
    context = {
        "defaults": [d for d in answer.decisions if d.is_open],
        "house": [d for d in answer.decisions if not d.is_open],
    }
    return show(request, Shown("public/decisions/list.html", "decisions", answer, (table,)), context)


def decision(request: HttpRequest, text: str) -> HttpResponse:
    """One decision record; that on what is included with the rule as it stands."""
    rule = stated() if text == THE_RULE else None
    return show(request, Shown("public/decisions/decision.html", "decision", one(text)), {"rule": rule})


def disagreements(request: HttpRequest) -> HttpResponse:
    """Every field about which sources disagree or did, a page at a time; as a file, the first five thousand."""
    on = chosen(request, FILTERS)
    if request.GET.get("format"):
        answer = report_of(Wanted(**on))
        return show(request, Shown("", "disagreements", answer, (_table(answer),)))
    answer, page = _page(Wanted(**on), request.GET.get("page", "1"))
    count = f"{answer.found:,} of {answer.total:,}" if on else f"{answer.total:,}"
    context = {
        "page": page,
        "most": MOST,
        "fields": fields(answer, FILTERS, on),
        "count": f"{count} disagreement{'' if answer.total == 1 else 's'}",
        "clear": request.path if on else "",
    }
    return show(request, Shown("public/decisions/disagreements.html", "disagreements", answer), context)


def _page(wanted: Wanted, asked: str) -> tuple[DisagreementsAnswer, Page[int]]:
    """The page that is asked for; one that does not exist is the nearest one that does."""
    number = int(asked) if re.fullmatch("[1-9][0-9]{0,5}", asked) else 1
    answer = report_of(wanted, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    page = Paginator(range(answer.found), PER_PAGE).get_page(number)
    if page.number != number:
        answer = report_of(wanted, limit=PER_PAGE, offset=(page.number - 1) * PER_PAGE)
    return answer, page


def _table(answer: DisagreementsAnswer) -> Table:
    columns = ("code", "title", "field", "shown", "source of what is shown", "other", "source of the other")
    rows = (
        (
            thing.code,
            thing.title,
            d.field,
            d.shown,
            d.shown_by.title,
            d.other,
            d.other_by.title,
            d.decided_on or "",
            d.reason,
        )
        for thing, d in answer.rows
    )
    return Table("disagreements", (*columns, "decided on", "why"), rows)
