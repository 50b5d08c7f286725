"""Answers that rest on what is listed here: at their address they say whether they are still what was cited.

The cells of a release never change, but what is listed, and how it is tied to a table, does. So such an answer has a
short mark of its own rows in its address, and tells where the rows that stand there now are others.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

SIGNS: Final = 12
"""So many signs of a hash tell two answers apart, and are what citations of releases show too."""


@dataclass(frozen=True)
class AsCited:
    """How an answer is cited: its address on the site, what it rests on, and the mark of its rows.

    `changed`: it was asked for by another mark, so these are not the rows that were cited. Blank address: nothing to
    cite.
    """

    address: str
    citations: tuple[str, ...]
    mark: str
    changed: bool


def mark_of(rows: Iterable[Sequence[Any]]) -> str:
    """The mark of rows: the first signs of the SHA-256 of their JSON. The same rows in one order have one mark."""
    said = json.dumps([list(row) for row in rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:SIGNS]
