"""The page of a long list that the address asks for."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: Any, most: int) -> Page[Any]:
    """`most` rows; a page that does not exist is the nearest one that does. `rows` has a length and can be sliced."""
    return Paginator(rows, most).get_page(request.GET.get("page", "1"))


def kept(request: HttpRequest) -> str:
    """The query string without the page, to be carried along by links to other pages of the list."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()
