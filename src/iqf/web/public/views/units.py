"""Units: the list, and one of them."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from iqf.reports import lists
from iqf.reports.listing import Listing
from iqf.reports.unit import UnitAnswer
from iqf.reports.unit import unit as report
from iqf.web.public.filtering import chosen, filtered
from iqf.web.public.links import number
from iqf.web.public.showing import Shown, Table, at_its_address, show
from iqf.web.public.wording.qualification import fact_rows

FILTERS = {
    "level": "Level",
    "owner": "Owner",
    "shared": "Shared",
    "outcomes": "Learning outcomes",
    "verified": "Checked",
}


def index(request: HttpRequest) -> HttpResponse:
    """Units, filtered."""
    listing = lists.units(**chosen(request, FILTERS))
    context = filtered(request, listing, FILTERS, ("unit", "units"))
    return show(request, Shown("public/units/list.html", "units", listing, (_table(listing),)), context)


def _table(listing: Listing) -> Table:
    columns = ("credit_low", "credit_high", "qualifications", "outcomes", "verified")
    rows = (
        (r.thing.code, number(r.thing), r.thing.title, r.thing.level, r.thing.owner, *(r.facts[c] for c in columns))
        for r in listing.rows
    )
    return Table("units", ("code", "reference", "title", "level", "owner", *columns), rows)


@at_its_address("unit")
def unit(request: HttpRequest, text: str) -> HttpResponse:
    """One unit."""
    answer = report(text, timezone.localdate())
    shown = Shown("public/units/unit.html", "show", answer, (_uses(answer),))
    return show(request, shown, _words(answer))


def _words(answer: UnitAnswer) -> dict[str, Any]:
    taught = {framework: tuple(rows) for framework, rows in groupby(answer.teaches, lambda t: t.framework)}
    return {
        "facts": fact_rows(answer.facts[1:]),
        "judged": [(j, taught.pop(j.framework, ())) for j in answer.judged],
        "summary": answer.fact("summary"),
        "level": answer.fact("level"),
    }


def _uses(answer: UnitAnswer) -> Table:
    columns = ("qualification", "number", "title", "level", "owner", "group", "mandatory", "source", "how sure")
    rows = (
        (
            u.qualification.code,
            number(u.qualification),
            u.qualification.title,
            u.qualification.level,
            u.qualification.owner,
            u.group,
            "yes" if u.mandatory else "no",
            u.said.title,
            u.said.words,
        )
        for u in answer.uses
    )
    return Table("qualifications", columns, rows)
