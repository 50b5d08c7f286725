"""Pages as they were last made, in the memory of the process, until the data, the code or the day change.

A public page is the same for everybody, so what one reader waited for the next gets at once.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse

MOST: Final = 48_000_000
"""Bytes of pages that a process keeps; beyond that the one that was longest not asked for goes."""
LARGEST: Final = 1_500_000
"""Bytes; what is larger is a download, and seldom asked for twice."""
SLOWEST: Final = 4.0
"""Seconds. A search that took longer may have been stopped, and may say more another time."""


@dataclass(frozen=True)
class Made:
    """A page that was made: what is sent of it."""

    content: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """Bytes, about."""
        return len(self.content) + 500


class KeptPages:
    """The pages kept, the latest asked for last. `most`: bytes of all together."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: OrderedDict[str, Made] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def of(self, key: str) -> HttpResponse | None:
        """The page of this key as it was made, or None."""
        with self._lock:
            made = self._held.get(key)
            if made is None:
                return None
            self._held.move_to_end(key)
        response = HttpResponse(made.content)
        for name, value in made.headers:
            response.headers[name] = value
        return response

    def keep(self, key: str, response: HttpResponse) -> None:
        """Keep a page that was found; anything else is let be."""
        if response.status_code != 200 or response.streaming:
            return
        made = Made(bytes(response.content), tuple(response.items()))
        if made.size > LARGEST:
            return
        with self._lock:
            before = self._held.pop(key, None)
            self._held[key] = made
            self._size += made.size - (before.size if before else 0)
            while self._size > self._most:
                self._size -= self._held.popitem(last=False)[1].size

    def forget(self) -> None:
        """Make every page anew."""
        with self._lock:
            self._held.clear()
            self._size = 0


def key_of(request: HttpRequest, etag: str) -> str:
    """What a page is kept by: its mark, which changes with the data, and the site that it was asked of."""
    return f"{request.scheme}://{request.get_host()} {etag}"


PAGES: Final = KeptPages()
"""Those of this process."""
