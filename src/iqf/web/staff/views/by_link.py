"""The pages of a link: its holder, who has no account, takes a sheet away, hands it in, sees what it says, sends it.

The link is all that its holder has: no cookie is set or asked for, and nothing is shown but what the public may read
and what came by the link itself.
"""

import functools
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from iqf.accounts.actions import LockedOutError, begin_attempt
from iqf.catalogue.editable.entities import ENTITIES
from iqf.catalogue.queries import NotFoundError, find
from iqf.exchange.sources.pattern import Refused
from iqf.reports.sheet import TooManyRows
from iqf.review.actions.proposing import CannotPropose
from iqf.review.actions.uploading import hand_in, hand_in_again, hash_of
from iqf.review.models import Upload, UploadLink
from iqf.review.upload_queries import link_with, upload_by, why_ended
from iqf.web.staff import handing_in
from iqf.web.staff.serving import View, asked_to_wait

HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def by_link(view: View) -> View:
    """A page for whoever holds a link that is good. A form needs no other proof that it is the holder's own."""

    @csrf_exempt
    @functools.wraps(view)
    def served(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        response = _answer(view, request, token, **kwargs)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return served


def _answer(view: View, request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
    if request.method not in ("GET", "HEAD", "POST"):
        response = _sentence(request, 405, "This page cannot be asked in that way.")
        response.headers["Allow"] = "GET, HEAD, POST"
        return response
    try:
        link = link_with(hash_of(token))
    except NotFoundError as error:
        return _guessed(request, str(error))
    if ended := why_ended(link):
        return _sentence(request, 410, ended)
    return view(request, link, f"/upload/{token}", **kwargs)


def _guessed(request: HttpRequest, sentence: str) -> HttpResponse:
    """Links that were never ours are counted for each address of the network: 429 after too many."""
    try:
        begin_attempt(by=request.META.get("REMOTE_ADDR", ""), at="link")
    except LockedOutError as locked:
        return asked_to_wait(_sentence(request, 429, str(locked), title="Wait a little"), locked)
    return _sentence(request, 404, sentence)


def _sentence(request: HttpRequest, status: int, sentence: str, title: str = "") -> HttpResponse:
    context = {"sentence": sentence, "title": title or "This link cannot be used"}
    return render(request, "staff/link_ended.html", context, status=status)


def start(request: HttpRequest, link: UploadLink, here: str) -> HttpResponse:
    """What is asked for, the sheet to take away, the form to hand it in; once it is in, what it would change."""
    held = upload_by(link)
    if request.method == "POST" and request.POST.get("do") == "send" and held is not None and held.content:
        return _send(request, link, here, held)
    if request.method != "POST":
        return _page(request, link, here, held)
    try:
        handed, seen = handing_in.handed(ENTITIES[link.entity], link.of, *handing_in.received(request))
        if not seen.done and not seen.faults:
            raise Refused([])
        if held is None:
            hand_in(by=link.author, handed=handed, link=link)
        else:
            hand_in_again(by=link.author, upload=held.pk, handed=handed)
    except (Refused, CannotPropose) as error:
        said = str(error).splitlines() or ["This spreadsheet says what is here already; nothing in it would change."]
        return _page(request, link, here, held, wrong=said[0])
    return HttpResponseRedirect(here)


def _send(request: HttpRequest, link: UploadLink, here: str, held: Upload) -> HttpResponse:
    seen = handing_in.seen_again(held)
    form = handing_in.case_form(held, request.POST)
    made = handing_in.sent(request, link.author, held, seen, form)
    if made is None:
        return _page(request, link, here, held, form=form)
    thanks = f"It is proposal {made.pk}. A reviewer decides about it; until then nothing is changed."
    return _sentence(request, 200, thanks, title="Thank you: your spreadsheet was sent")


def _page(
    request: HttpRequest, link: UploadLink, here: str, held: Upload | None, *, wrong: str = "", form: Any = None
) -> HttpResponse:
    there = held if held is not None and held.content else None
    context: dict[str, Any] = handing_in.shown(there, handing_in.seen_again(there)) if there else {}
    form = form or (handing_in.case_form(there) if there else None)
    errors = [
        *([{"text": wrong, "href": "#file"}] if wrong else []),
        *(form.problems if form and form.is_bound else []),
    ]
    context |= {
        "link": link,
        "here": here,
        "form": form,
        "errors": errors,
        "entity": ENTITIES[link.entity],
        "of": find(link.of) if link.of else None,
        "columns": handing_in.columns_of(ENTITIES[link.entity]),
    }
    return render(request, "staff/link.html", context, status=422 if errors else 200)


def download(request: HttpRequest, link: UploadLink, here: str) -> HttpResponse:
    """The rows that the link is about, or a template of them."""
    template = request.GET.get("template") == "yes"
    kind = request.GET.get("format", "xlsx")
    try:
        return handing_in.download(ENTITIES[link.entity], of=link.of, template=template, kind=kind)
    except (TooManyRows, LookupError):
        return handing_in.download(ENTITIES[link.entity], of="", template=True, kind=kind)


def copy(request: HttpRequest, link: UploadLink, here: str) -> HttpResponse:
    """The file that came by the link, with its faults marked; or all that it would change."""
    held = upload_by(link)
    if held is None or not held.content:
        return _sentence(request, 404, "Nothing was handed in by this link yet.", title="Nothing here yet")
    return handing_in.every_change(held) if request.GET.get("changes") else handing_in.marked_copy(held)
