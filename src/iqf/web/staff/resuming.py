"""Nothing typed is lost when a session ends: the fields travel through the sign-in page and come back to be sent.

They stand in the pages themselves, as hidden fields; the server keeps nothing of them. Passwords do not travel.
"""

import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.web.staff.forms import SignInForm
from iqf.web.staff.words import field_words

STARTS: Final = ("/staff", "/mine")
DOORS: Final = ("/staff/sign-in", "/staff/sign-out")
NEVER: Final = ("csrfmiddlewaretoken",)
UNSEEN: Final = ("seen", "do")
"""Fields that a reader did not type: what the page showed, and which button was pressed."""
MOST_FIELDS: Final = 1000


@dataclass(frozen=True)
class Kept:
    """The fields of a form that was sent and not taken, in order; names of files, which must be chosen again."""

    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The same as the text of one hidden field."""
        return json.dumps({"fields": self.fields, "files": self.files}, ensure_ascii=False)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What a reader would know again: each field in words with what was typed in it."""
        return [(field_words(name), value) for name, value in self.fields if value.strip() and name not in UNSEEN]


def kept_from(request: HttpRequest) -> Kept | None:
    """What a form held that was sent with this request; None where there is nothing to keep."""
    if request.method != "POST":
        return None
    fields = [
        (name, value.replace("\0", ""))
        for name, values in request.POST.lists()
        for value in values
        if name not in NEVER and "password" not in name
    ]
    files = [upload.name or "" for _, uploads in request.FILES.lists() for upload in uploads]
    return Kept(tuple(fields), tuple(files)) if fields or files else None


def kept_in(text: str) -> Kept | None:
    """What the hidden field of the sign-in page holds; None where it holds nothing of the kind."""
    try:
        said = json.loads(text)
        fields = tuple((name, value) for name, value in said["fields"])
        files = tuple(said["files"])
    except (ValueError, KeyError, TypeError):
        return None
    words = [*(word for field in fields for word in field), *files]
    good = len(fields) <= MOST_FIELDS and all(isinstance(word, str) for word in words)
    return Kept(fields, files) if good and (fields or files) else None


def is_ours(request: HttpRequest) -> bool:
    """Whether a form that failed the check of its token comes from a staff page of this very site, as its browser
    says (`Origin`, which no page of another site can set), and there is something in it to be given back.
    """
    path = request.path
    origin = urlsplit(request.headers.get("Origin", ""))
    here = origin.netloc == request.get_host() and origin.scheme == request.scheme
    form = any(path == start or path.startswith(f"{start}/") for start in STARTS) and path not in DOORS
    return bool(here and form and kept_from(request))


def given_back(request: HttpRequest) -> HttpResponse:
    """The fields of a form that was not taken: to be sent again, or first the sign-in page that carries them on.

    The status is 403: nothing was taken.
    """
    kept = kept_from(request)
    there = request.get_full_path()
    if request.user.is_authenticated and kept:
        return resume(request, kept, there)
    context = {"form": SignInForm(request), "next": there, "kept": kept}
    response = render(request, "staff/sign-in.html", context, status=403)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def resume(request: HttpRequest, kept: Kept, there: str) -> HttpResponse:
    """What was typed before the session ended, to be sent now or left."""
    response = render(request, "staff/resume.html", {"kept": kept, "there": there})
    response.headers["Cache-Control"] = "private, no-store"
    return response
