"""What waits for a decision, and what was decided."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from iqf.catalogue.models import Qualification, Unit
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.exchange.sources.looking import KINDS as KINDS_COMPARED
from iqf.exchange.sources.looking import look_for_duplicates
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.settling import MOST
from iqf.reports.private.affected import DUPLICATE, SIMILAR
from iqf.reports.private.decided import KINDS as KINDS_DECIDED
from iqf.reports.private.decided import decided as decisions
from iqf.reports.private.decided import how_many_decided, one_decided
from iqf.reports.private.inbox import EVERY, Wanted, counts_alike, items
from iqf.reports.private.inbox import counts as counted
from iqf.review.queries import last_looks, lot_standing
from iqf.web.staff.paging import Listed, kept, page_of
from iqf.web.staff.words import KINDS_OF_WORK, alike_words

PER_PAGE = 50
COMPARED_AT_ONCE = 5_000
"""So many things of a kind are compared while somebody waits for the page; more are left to the command line."""


def index(request: HttpRequest) -> HttpResponse:
    """Everything that waits, or what waits of one kind, or what is alike in it."""
    wanted = asked(request)
    counts = counted(EVERY)
    everything = sum(n for kind, n in counts.items() if kind != SIMILAR)
    alike = counts_alike(wanted.kind)
    total = alike.get(wanted.alike, 0) if wanted.alike else counts.get(wanted.kind, everything)
    waiting = Listed(total, lambda most, first: items(wanted, limit=most, offset=first))
    context = {
        "page": page_of(request, waiting, PER_PAGE),
        "keep": kept(request),
        "wanted": wanted,
        "asked": query(wanted),
        "kinds": [(name, KINDS_OF_WORK[name], counts[name]) for name in EVERY],
        "alike": [_option(wanted, name, n) for name, n in alike.items()] if len(alike) > 1 else [],
        "all": everything,
        "total": total,
        "at_once": min(total, MOST),
        "looks": last_looks() if wanted.kind in (DUPLICATE, SIMILAR) else None,
        "too_many": _too_many() if wanted.kind in (DUPLICATE, SIMILAR) else False,
        **just_done(request),
    }
    return render(request, "staff/inbox.html", context)


def _option(wanted: Wanted, name: str, count: int) -> dict[str, Any]:
    text = f"{alike_words(wanted.kind, name)} ({count:,})"
    return {"value": name, "text": text, "selected": name == wanted.alike}


def look(request: HttpRequest) -> HttpResponse:
    """Look for duplicates again, where there are few enough things to be compared while somebody waits."""
    if request.method == "POST" and not _too_many():
        try:
            for of in KINDS_COMPARED:
                look_for_duplicates(of, by=request.user.get_username())
        except Refused as error:
            return render(request, "staff/over.html", {"sentence": str(error)}, status=409)
    return HttpResponseRedirect("/staff/inbox?kind=duplicate")


def _too_many() -> bool:
    return any(too_many(of) for of in KINDS_COMPARED)


def too_many(of: str) -> bool:
    """True where there are too many things of a kind to be compared while somebody waits for the page."""
    model: Any = {"qualifications": Qualification, "units": Unit}[of]
    return bool(model.objects.filter(LIVE).count() > COMPARED_AT_ONCE)


def decided(request: HttpRequest) -> HttpResponse:
    """Every decision that stands, or those of one kind, with its reason, and how to undo it."""
    kind = asked(request).kind
    kind = kind if kind in KINDS_DECIDED else ""
    every = Listed(how_many_decided(kind), lambda most, first: decisions(kind, limit=most, offset=first))
    context = {
        "page": page_of(request, every, PER_PAGE),
        "keep": kept(request),
        "kind": kind,
        "kinds": [(name, KINDS_OF_WORK[name], how_many_decided(name)) for name in KINDS_DECIDED],
        **just_done(request),
    }
    return render(request, "staff/decided.html", context)


def asked(request: HttpRequest) -> Wanted:
    """What the address asks for of what waits: a kind, and what is alike in it; blank: all."""
    kind, alike = request.GET.get("kind", ""), request.GET.get("alike", "")
    return Wanted(kind, alike) if kind in EVERY else Wanted()


def query(wanted: Wanted, **more: Any) -> str:
    """What is asked for as the query string of an address, with its question mark; blank where it is nothing."""
    said = {name: value for name, value in {**vars(wanted), **more}.items() if value}
    return f"?{urlencode(said)}" if said else ""


def just_done(request: HttpRequest) -> dict[str, Any]:
    """What was decided a moment ago, as the address says, to be told at the top of the page that follows."""
    told: dict[str, Any] = {"undone": request.GET.get("undone") == "yes"}
    try:
        if number := number_in(request, "done"):
            told["done"] = one_decided(number)
        if number := number_in(request, "lot"):
            told["lot"] = lot_standing(number)
    except NotFoundError:
        return {}
    return told


def number_in(request: HttpRequest, name: str) -> int:
    """A number that the address gives; 0 where it gives none."""
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
