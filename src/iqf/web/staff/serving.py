"""How a staff page is served: to those who may see it, never kept by any cache; read only, or with a form."""

import functools
from collections.abc import Callable
from math import ceil
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iqf.accounts.actions import CannotDo, LockedOutError, begin_attempt
from iqf.accounts.actions.links import NotOurs
from iqf.accounts.permissions import Capability, why_not
from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.web.staff import resuming

View = Callable[..., HttpResponse]


def unkept(view: View) -> View:
    """A page that no cache may keep."""

    @functools.wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return served


def staff(view: View, *, needs: Capability, sends: bool = False) -> View:
    """A page for those who have the capability that it `needs`, in the body that its address names as `body`.

    Others are asked to sign in and brought back, with what they typed; or told why not, and who may. A page that
    `sends` has a form; every other page is read only.
    """
    allow = "GET, HEAD, POST" if sends else "GET, HEAD"

    @unkept
    @functools.wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            typed = resuming.kept_from(request)
            return resuming.given_back(request) if sends and typed else redirect_to_login(request.get_full_path())
        if sentence := why_not(request.user, needs, kwargs.get("body")):
            return problem(request, 403, "Not allowed", sentence)
        if request.method not in allow.split(", "):
            return not_allowed(request, allow)
        try:
            return view(request, *args, **kwargs)
        except (NotFoundError, AmbiguousError) as error:
            return problem(request, 404, "Not found", str(error))

    vars(served)["needs"] = needs
    return served


def not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    """The page cannot be asked in that way; `allow` names the ways in which it can."""
    response = problem(request, 405, "That does not work here", f"This page answers {allow.replace(', ', ' and ')}.")
    response.headers["Allow"] = allow
    return response


def asked_to_wait(response: HttpResponse, error: LockedOutError) -> HttpResponse:
    """The same answer as one that asks to wait: 429, with how long."""
    response.status_code = 429
    wait = error.until - timezone.now()
    response.headers["Retry-After"] = str(max(1, ceil(wait.total_seconds())))
    return response


def link_refused(request: HttpRequest, error: CannotDo) -> HttpResponse:
    """Why a link does not work. Links that were never ours are counted for each address of the network: 429 after too
    many. A link that works is never refused for that.
    """
    answer = problem(request, 410, "This link does not work", str(error))
    if not isinstance(error, NotOurs):
        return answer
    answer.status_code = 404
    try:
        begin_attempt(by=request.META.get("REMOTE_ADDR", ""), at="link")
    except LockedOutError as locked:
        return asked_to_wait(problem(request, 429, "Wait a little", str(locked)), locked)
    return answer


def problem(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """What cannot be shown, in one sentence, with the next step."""
    return render(request, "staff/problem.html", {"title": title, "sentence": sentence}, status=status)
