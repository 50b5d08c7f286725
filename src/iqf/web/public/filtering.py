"""Filters of a list: what was chosen in the address, the drop-downs with their counts, and the page of rows."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from iqf.reports.listing import Listing
from iqf.web.public.words import in_words

PER_PAGE = 50
Listed = TypeVar("Listed")


class Counted(Protocol):
    """A list that was counted by what it can be filtered by."""

    @property
    def facets(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """For each filter, the values there are and how many rows each has."""


def chosen(request: HttpRequest, labels: Mapping[str, str]) -> dict[str, str]:
    """What the address filters by, of the filters that there are."""
    return {name: request.GET[name].strip() for name in labels if request.GET.get(name, "").strip()}


def fields(listing: Counted, labels: Mapping[str, str], on: Mapping[str, str]) -> list[dict[str, Any]]:
    """The drop-downs: every value with how many rows it would show. A chosen value stays even if it shows none."""
    return [
        {
            "name": name,
            "label": label,
            "options": _options(name, dict(listing.facets.get(name, ())), on.get(name, "")),
        }
        for name, label in labels.items()
    ]


def _options(name: str, counts: dict[str, int], on: str) -> list[dict[str, Any]]:
    known = counts if on in ("", *counts) else {**counts, on: 0}
    every = [{"value": "", "text": "Any", "selected": not on}]
    return every + [
        {"value": value, "text": f"{in_words(value, name) or 'Not known'} ({n})", "selected": value == on}
        for value, n in known.items()
    ]


def filtered(
    request: HttpRequest, listing: Listing, labels: Mapping[str, str], what: tuple[str, str]
) -> dict[str, Any]:
    """What the template of a list needs. `what` is the word for one and for several of what is listed."""
    on = chosen(request, labels)
    one, many = what
    shown = len(listing.rows)
    noun = one if listing.total == 1 else many
    return {
        "fields": fields(listing, labels, on),
        "count": f"{shown} of {listing.total} {noun}" if on else f"{shown} {noun}",
        "clear": request.path if on else "",
        "page": page_of(request, listing.rows),
        "what": f"{shown} {one if shown == 1 else many}",
    }


def page_of(request: HttpRequest, rows: Sequence[Listed], per_page: int = PER_PAGE) -> Page[Listed]:
    """The page of rows that the address asks for; a page that does not exist is the nearest one that does."""
    return Paginator(rows, per_page).get_page(request.GET.get("page", "1"))
