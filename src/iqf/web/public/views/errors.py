"""What a reader sees when a page cannot be had: one plain sentence, and the next step."""

from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from iqf.catalogue.queries import AmbiguousError
from iqf.exchange.formats.plain import dumps, error
from iqf.reports.things import ref
from iqf.web.public.suggesting import near

JSON_TYPE = "application/json; charset=utf-8"


def _problem(request: HttpRequest, status: int, kind: str, title: str, **context: Any) -> HttpResponse:
    if request.GET.get("format") == "json":
        return HttpResponse(dumps(error(kind, title)), JSON_TYPE, status=status)
    return render(request, f"public/errors/{kind}.html", {"sentence": title, **context}, status=status)


def missing(request: HttpRequest, problem: LookupError, asked: str) -> HttpResponse:
    """Nothing is called that: the sentence, a search box with what was asked for, and what comes near it."""
    sentence = str(problem).partition("; look for it")[0].rstrip(".") + "."
    return _problem(request, 404, "not-found", sentence, asked=asked, near=near(asked))


def several(request: HttpRequest, problem: AmbiguousError, asked: str) -> HttpResponse:
    """Several things are called that: all of them, to choose from."""
    sentence = f"“{asked}” is the name of {len(problem.found)} things. Choose one."
    return _problem(request, 300, "several", sentence, found=[ref(thing) for thing in problem.found])


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such address."""
    asked = request.path.rstrip("/").rpartition("/")[2].replace("-", " ")
    return _problem(request, 404, "not-found", "There is no page at this address.", asked=asked, near=near(asked))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The address asks for something that cannot be given."""
    sentence = str(exception) if exception and str(exception) else "The address could not be understood."
    if isinstance(exception, DisallowedHost):
        sentence = "This site does not go by the name in the address."
    return _problem(request, 400, "bad-request", sentence)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not allowed."""
    return _problem(request, 403, "forbidden", "You may not see this page.")


def not_allowed(request: HttpRequest) -> HttpResponse:
    """Public pages are read only."""
    response = _problem(request, 405, "bad-request", "This page can only be read: nothing can be sent to it.")
    response.headers["Allow"] = "GET, HEAD"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Something went wrong here. It asks nothing of the database, which may be what is wrong."""
    return HttpResponse(render_to_string("public/errors/failed.html", {}), status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent that this site did not hand out, or handed out before somebody signed in or out."""
    sentence = "This form is out of date. Go back, load the page again and send it once more."
    return _problem(request, 403, "forbidden", sentence)
