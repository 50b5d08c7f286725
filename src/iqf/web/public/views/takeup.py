"""What is listed, and nobody takes it: by what each held table covers."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from iqf.exchange.formats import nobody_takes as say
from iqf.exchange.formats.taken import address
from iqf.reports.nobody_takes import Covered, Listed, nobody_takes
from iqf.web.public.showing import Shown, Table, show

MOST = 100
"""So many of one table are shown; all of them are in its download."""
HEADINGS = {"standard": "Apprenticeship standards", "aim": "Qualifications with a number"}


def nobody(request: HttpRequest) -> HttpResponse:
    """Standards and qualifications that nobody takes, beside what the documents count of theirs."""
    answer = nobody_takes()
    shown = Shown(
        "public/statistics/nobody.html", "takeup-nobody", answer, (Table("nobody", *say.nobody_table(answer)),)
    )
    tables = [_covered(one) for one in answer.tables]
    context = {"finding": say.finding(answer), "courses": say.courses(answer.documents), "tables": tables}
    return show(request, shown, context)


def _covered(one: Covered) -> dict[str, Any]:
    rows = [_listed(each, one) for each in one.idle[:MOST]]
    unprinted = [_listed(each, one) for each in one.unprinted[:MOST]]
    return {
        "heading": HEADINGS[one.of],
        "words": say.covered(one),
        "period": one.table.period,
        "rows": rows,
        "more": len(one.idle) - len(rows),
        "unprinted": unprinted,
        "unprinted_words": say.unprinted(one),
        "unprinted_more": len(one.unprinted) - len(unprinted),
        "title": one.table.title,
        "version": one.table.version,
        "href": f"/figures/{one.table.dataset}/{one.table.version}",
    }


def _listed(each: Listed, one: Covered) -> dict[str, Any]:
    return {
        "subject": each.counted.subject,
        "code": each.counted.code if one.of == "standard" else "",
        "things": each.things,
        "says": say.line(each),
        "perhaps": each.counted.perhaps,
        "href": address(each.counted),
    }
