"""How a staff page is served: to staff who have signed in, never kept by any cache; read only, or with a form."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.accounts.permissions import may_decide
from iqf.catalogue.queries import AmbiguousError, NotFoundError

View = Callable[..., HttpResponse]


def unkept(view: View) -> View:
    """A page that no cache may keep."""

    @functools.wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return served


def staff(view: View, *, decides: bool = False) -> View:
    """A page for staff: others are asked to sign in and brought back, or told that their account may not see it.

    A page that `decides` has a form that can be sent, by those who may decide. Every other page is read only.
    """
    allow = "GET, HEAD, POST" if decides else "GET, HEAD"

    @unkept
    @functools.wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.is_staff:
            return problem(request, 403, "Not allowed", "Your account may not see the staff pages.")
        if request.method not in allow.split(", "):
            return not_allowed(request, allow)
        if decides and not may_decide(request.user):
            return problem(request, 403, "Not allowed", "Your account may not decide what waits.")
        try:
            return view(request, *args, **kwargs)
        except (NotFoundError, AmbiguousError) as error:
            return problem(request, 404, "Not found", str(error))

    return served


def not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    """The page cannot be asked in that way; `allow` names the ways in which it can."""
    response = problem(request, 405, "That does not work here", f"This page answers {allow.replace(', ', ' and ')}.")
    response.headers["Allow"] = allow
    return response


def problem(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """What cannot be shown, in one sentence, with the next step."""
    return render(request, "staff/problem.html", {"title": title, "sentence": sentence}, status=status)
