"""Organisations: the list, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from iqf.reports import lists
from iqf.reports.listing import Listing
from iqf.reports.organisation import OrganisationAnswer
from iqf.reports.organisation import organisation as report
from iqf.web.public.filtering import chosen, filtered
from iqf.web.public.links import number
from iqf.web.public.showing import Shown, Table, at_its_address, show

FILTERS = {"kind": "Kind"}
SHOWN = 200
"""Of what an organisation owns so many are shown; the download has all."""


def index(request: HttpRequest) -> HttpResponse:
    """Organisations, filtered."""
    listing = lists.organisations(**chosen(request, FILTERS))
    context = filtered(request, listing, FILTERS, ("organisation", "organisations"))
    return show(
        request, Shown("public/organisations/list.html", "organisations", listing, (_table(listing),)), context
    )


def _table(listing: Listing) -> Table:
    columns = ("kind", "qualifications", "units")
    rows = (
        (r.thing.code, number(r.thing), r.thing.title, *(r.facts[name] for name in columns)) for r in listing.rows
    )
    return Table("organisations", ("code", "recognition number", "name", *columns), rows)


@at_its_address("organisation")
def organisation(request: HttpRequest, text: str) -> HttpResponse:
    """One organisation."""
    answer = report(text, timezone.localdate())
    shown = Shown("public/organisations/organisation.html", "show", answer, (_owned(answer), _views(answer)))
    return show(request, shown, {"most": SHOWN})


def _views(answer: OrganisationAnswer) -> Table:
    columns = ("stance", "code", "title", "what is said of it", "to", "to title", "reason", "on")
    rows = (
        (
            h.view.stance,
            h.claim.thing.code,
            h.claim.thing.title,
            h.claim.says,
            h.claim.to_code,
            h.claim.to_title,
            h.view.reason,
            h.view.on,
        )
        for h in answer.views
    )
    return Table("views", columns, rows)


def _owned(answer: OrganisationAnswer) -> Table:
    rows = (
        (thing.kind, thing.code, number(thing), thing.title, thing.level)
        for thing in (*answer.qualifications, *answer.units)
    )
    return Table("owned", ("kind", "code", "number", "title", "level"), rows)
