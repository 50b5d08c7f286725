"""How a public page is served: read only, no cookies, kept by caches until the data, the code or the day change."""

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import condition

import iqf
from iqf.accounts.queries import data_version
from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.snapshot import generation_now
from iqf.web.public.views import errors

View = Callable[..., HttpResponse]
KEEP = "public, max-age=0, must-revalidate"


def public(view: View) -> View:
    """A page anyone may read: GET only, with an ETag; what it cannot find becomes a page that says so."""

    @condition(etag_func=etag)
    def cached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return _answer(view, request, *args, **kwargs)

    @functools.wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return errors.not_allowed(request)
        response: HttpResponse = cached(request, *args, **kwargs)
        response.headers["Cache-Control"] = KEEP
        return response

    return served


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except NotFoundError as error:
        return errors.missing(request, error, str(kwargs.get("text", "")))
    except AmbiguousError as error:
        return errors.several(request, error, str(kwargs.get("text", "")))
    except BadRequest as error:
        return errors.bad_request(request, error)


def etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    """Changes with the data, what search holds of them, the day, the code and the whole address, and nothing else."""
    parts = (
        data_version(),
        generation_now(),
        timezone.localdate().isoformat(),
        code_version(),
        request.get_full_path(),
    )
    return f'"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'


@functools.cache
def code_version() -> str:
    """The version of the software, and when any of its files last changed: the same for a process's whole life."""
    folder = Path(iqf.__file__).parent
    files = (p for p in folder.rglob("*") if p.suffix in (".py", ".html", ".css", ".js", ".md", ".csv"))
    return f"{iqf.__version__}-{max(p.stat().st_mtime_ns for p in files)}"
