"""What is listed, and nobody takes it: by what each held table covers."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from iqf.exchange.formats import nobody_takes as say
from iqf.exchange.formats.listed import CHANGED
from iqf.exchange.formats.taken import address
from iqf.reports.nobody_takes import Covered, Listed, nobody_takes
from iqf.web.public.showing import File, Shown, Table, show

ZIP_TYPE = "application/zip"
MOST = 100
"""So many of one table are shown; all of them are in its download."""
HEADINGS = {"standard": "Apprenticeship standards", "aim": "Qualifications with a number"}


def nobody(request: HttpRequest) -> HttpResponse:
    """Standards and qualifications that nobody takes, beside what the documents count of theirs."""
    releases = [text for text in request.GET.getlist("of")[:20] if text]
    answer = nobody_takes(releases, request.GET.get("listed", "").strip()[:20])
    files = {"zip": File(f"{say.NAME}.zip", ZIP_TYPE, lambda: say.nobody_package(answer))}
    table = Table("nobody", *say.nobody_table(answer))
    shown = Shown("public/statistics/nobody.html", "takeup-nobody", answer, (table,), files)
    context = {
        "finding": say.finding(answer),
        "courses": say.courses(answer.documents),
        "tables": [_covered(one) for one in answer.tables],
        "changed": CHANGED if answer.cited.changed else "",
        "host": f"{request.scheme}://{request.get_host()}",
        "definitions": _definitions(answer.tables),
    }
    return show(request, shown, context)


def _definitions(tables: Sequence[Covered]) -> list[tuple[str, str]]:
    """Where each table says what its numbers are."""
    found = {(one.table.title, f"/figures/{one.table.dataset}/{one.table.version}#about") for one in tables}
    return sorted(found)


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
