"""What no address of ours may hold: PostgreSQL keeps no text with a null character, so none is asked about."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class RefuseNullCharacters:
    """Answer 400 to an address that holds a null character, on every page alike."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or pass the request on."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address holds a character that no name has. Take it out and try again.")
        return self.answer(request)
