"""What is mine on paper, as files that other software reads, and erased."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.catalogue.queries import NotFoundError
from iqf.exchange.private.taking_away import FORMS, badge, badge_token, taken_away
from iqf.people.actions import erase
from iqf.people.scope import scope_of
from iqf.reports.private.portfolio import portfolio
from iqf.web.staff.mine_forms import EVIDENCE_KINDS, EraseForm


def paper(request: HttpRequest) -> HttpResponse:
    """All of it as it is printed."""
    answer = portfolio(scope_of(request.user))
    return render(request, "staff/mine/paper.html", {"answer": answer, "evidence_kinds": EVIDENCE_KINDS})


def index(request: HttpRequest) -> HttpResponse:
    """The files that can be taken away, and what each is for."""
    answer = portfolio(scope_of(request.user))
    return render(request, "staff/mine/export.html", {"answer": answer, "forms": FORMS})


def download(request: HttpRequest, kind: str) -> HttpResponse:
    """One file. Raises NotFoundError for a form that there is not."""
    if kind not in FORMS:
        raise NotFoundError(f"There is no such file; there are: {', '.join(FORMS)}.")
    return _file(taken_away(scope_of(request.user), kind), FORMS[kind].file, FORMS[kind].media_type)


def badge_file(request: HttpRequest, number: int) -> HttpResponse:
    """One credit as an Open Badge. Raises NotFoundError."""
    return _file(badge(scope_of(request.user), number), f"badge-{number}.json", "application/ld+json")


def badge_token_file(request: HttpRequest, number: int) -> HttpResponse:
    """One credit as an Open Badge in a token. Raises NotFoundError."""
    return _file(badge_token(scope_of(request.user), number), f"badge-{number}.jwt", "application/vc+jwt")


def _file(text: str, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def erase_page(request: HttpRequest) -> HttpResponse:
    """Erase everything of mine, after a word that nobody types by accident."""
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.done(lambda: erase(scope_of(request.user))):
        messages.success(request, "Everything of yours is erased.")
        return HttpResponseRedirect("/mine")
    context = {"form": form, "problems": form.problems, "answer": portfolio(scope_of(request.user))}
    return render(request, "staff/mine/erase.html", context, status=422 if form.problems else 200)
