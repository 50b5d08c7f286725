"""The page of a long list that the address asks for."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, overload

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

T = TypeVar("T")


class Listed(Sequence[T]):
    """A long list of which a page is read at a time: how long it is, and how to read some of it (limit, offset)."""

    def __init__(self, count: int, read: Callable[[int, int], Sequence[T]]) -> None:
        self._count, self._read = count, read

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        start, stop, _ = at.indices(self._count)
        return self._read(stop - start, start)


def page_of(request: HttpRequest, rows: Any, most: int) -> Page[Any]:
    """`most` rows; a page that does not exist is the nearest one that does. `rows` has a length and can be sliced."""
    return Paginator(rows, most).get_page(request.GET.get("page", "1"))


def kept(request: HttpRequest) -> str:
    """The query string without the page, to be carried along by links to other pages of the list."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()
