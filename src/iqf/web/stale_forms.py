"""What becomes of a form that this site did not hand out, or handed out before somebody signed in or out."""

from django.http import HttpRequest, HttpResponse

from iqf.web.public.views import errors
from iqf.web.staff import resuming


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of the staff pages sent from our own page is given back with what was typed; any other is refused."""
    return resuming.given_back(request) if resuming.is_ours(request) else errors.stale_form(request, reason)
