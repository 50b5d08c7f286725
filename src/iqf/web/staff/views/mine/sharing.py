"""Links by which I show my portfolio; and the page that such a link opens, for which nobody signs in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iqf.accounts.actions import LockedOutError, begin_attempt
from iqf.catalogue.queries import NotFoundError
from iqf.people import queries
from iqf.people.actions import share, unshare
from iqf.people.scope import scope_of, scope_of_link
from iqf.reports.private.portfolio import portfolio
from iqf.web.staff.mine_forms import EVIDENCE_KINDS, ShareForm
from iqf.web.staff.serving import asked_to_wait
from iqf.web.staff.views.mine.portfolio import told

HERE = "/mine/sharing"
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def index(request: HttpRequest) -> HttpResponse:
    """My links, and the forms to make one and to take one back."""
    scope = scope_of(request.user)
    if request.method == "POST" and (number := request.POST.get("withdraw", "")):
        unshare(scope, int(number) if number.isdecimal() and len(number) < 18 else 0)
        return told(request, "The link is taken back; it shows nothing any more.", HERE)
    form = ShareForm(request.POST or None)
    made: list[str] = []

    def make() -> None:
        days = int(form.cleaned_data["days"] or 0)
        made.append(share(scope, name=form.cleaned_data["name"], days=days)[1])

    if request.method == "POST" and form.done(make):
        form = ShareForm()
    context = {
        "form": form,
        "problems": form.problems,
        "address": request.build_absolute_uri(f"/shared/{made[0]}") if made else "",
        "links": queries.links(scope),
        "now": timezone.now(),
    }
    return render(request, "staff/mine/sharing.html", context, status=422 if form.problems else 200)


def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The portfolio that a link shows, read only, never kept or indexed; what is no link gets one sentence."""
    response = _shared(request, token)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _shared(request: HttpRequest, token: str) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        response = _sentence(request, 405, "This page can only be read.")
        response.headers["Allow"] = "GET, HEAD"
        return response
    try:
        answer = portfolio(scope_of_link(token))
    except NotFoundError as error:
        return _guessed(request, str(error))
    context = {"answer": answer, "evidence_kinds": EVIDENCE_KINDS}
    return render(request, "staff/mine/shared.html", context)


def _guessed(request: HttpRequest, sentence: str) -> HttpResponse:
    """Links that show nothing are counted for each address of the network: 429 after too many."""
    try:
        begin_attempt(by=request.META.get("REMOTE_ADDR", ""), at="link")
    except LockedOutError as locked:
        return asked_to_wait(_sentence(request, 429, str(locked)), locked)
    return _sentence(request, 404, sentence)


def _sentence(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    context = {"sentence": sentence, "title": "This link shows nothing"}
    return render(request, "staff/link_ended.html", context, status=status)
