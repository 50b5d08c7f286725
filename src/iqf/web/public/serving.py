"""How a public page is served: read only, no cookies, kept by caches until the data, the code or the day change."""

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

import iqf
from iqf.accounts.queries import data_version
from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.snapshot import generation_now
from iqf.web.public.kept_pages import PAGES, SLOWEST, key_of
from iqf.web.public.views import errors

View = Callable[..., HttpResponse]
KEEP = "public, max-age=0, must-revalidate"


def public(view: View, *, may_stop: bool = False) -> View:
    """A page anyone may read: GET only, with an ETag; what it cannot find becomes a page that says so.

    `may_stop`: it rests on a search that is stopped when its time is up. One that took long is made anew.
    """

    @functools.wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return errors.not_allowed(request)
        mark = etag(request)
        response = _known(request, mark) or PAGES.of(key_of(request, mark))
        if response is None:
            begun = monotonic()
            response = _answer(view, request, *args, **kwargs)
            if not may_stop or monotonic() - begun < SLOWEST:
                PAGES.keep(key_of(request, mark), response)
        response.headers.setdefault("ETag", mark)
        response.headers["Cache-Control"] = KEEP
        return response

    return served


def _known(request: HttpRequest, mark: str) -> HttpResponse | None:
    """*Not changed*, for a reader who has the page of this mark."""
    answer: HttpResponse | None = get_conditional_response(request, etag=mark)
    return answer


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except NotFoundError as error:
        return errors.missing(request, error, str(kwargs.get("text", "")))
    except AmbiguousError as error:
        return errors.several(request, error, str(kwargs.get("text", "")))
    except BadRequest as error:
        return errors.bad_request(request, error)


def etag(request: HttpRequest) -> str:
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
