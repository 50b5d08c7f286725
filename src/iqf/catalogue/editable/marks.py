"""The mark of a row: what it said when it was downloaded, so short that it fits in a cell.

`v512.` and the version of the data, then four characters for what names the row and four for each column, made
from its text by a hash of 24 bits. A mark tells whether a cell was touched since, not what it said.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from iqf.catalogue.editable.entities import Entity
from iqf.catalogue.editable.sheet import plain

WIDE = 4
_SHAPE = re.compile(r"v(\d+)\.([A-Za-z0-9_-]+)", re.ASCII)


@dataclass(frozen=True)
class Mark:
    """What a mark tells: the version of the data, which row it was made for, and each column then."""

    version: str
    row: str
    cells: Mapping[str, str]

    def said(self, column: str, text: str) -> bool:
        """Whether the column said this when the mark was made."""
        return self.cells[column] == short(text)


def short(text: str) -> str:
    """Four characters for a text, but for spaces."""
    made = hashlib.blake2b(plain(text).encode(), digest_size=3).digest()
    return base64.urlsafe_b64encode(made).decode()


def row_mark(entity: Entity, cells: Mapping[str, str]) -> str:
    """Four characters for what names a row."""
    return short("\x1f".join(cells[name] for name in entity.named_by))


def mark(entity: Entity, cells: Mapping[str, str], version: str) -> str:
    """The mark of a row with these cells."""
    return f"v{version}.{row_mark(entity, cells)}{''.join(short(cells[c.name]) for c in entity.own)}"


def read_mark(entity: Entity, text: str) -> Mark | None:
    """A mark read; None where it is blank, damaged, or of another layout."""
    found = _SHAPE.fullmatch(text.strip())
    if found is None or len(found[2]) != WIDE * (1 + len(entity.own)):
        return None
    row, *cells = (found[2][at : at + WIDE] for at in range(0, len(found[2]), WIDE))
    return Mark(found[1], row, dict(zip((c.name for c in entity.own), cells, strict=True)))
