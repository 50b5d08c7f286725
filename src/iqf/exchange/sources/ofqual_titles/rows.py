"""A list of bare titles read: each title once, under a reference made from its words."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from iqf.exchange.sources.list_file import ListFile
from iqf.exchange.sources.notations import squeeze
from iqf.exchange.sources.notes import Notes
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Doubt, Fault, Refused, digest
from iqf.exchange.sources.records import read_json
from iqf.register.actions import PrintedRow

REGISTER = "ofqual-titles"
TEXT = "text"
LONGEST = 500
MATERIAL = {"matching_only": True}
"""A bare title has no number, owner or level: nothing may be said on the strength of it."""


def open_files(path: Path) -> Sequence[ListFile]:
    """The one file of titles. Raises Refused where it is not a list of titles."""
    data = read_bytes(path)
    entries = read_json(data, path.name)
    if not isinstance(entries, list) or not entries:
        raise Refused([Fault('the file is not a list of titles, each as {"text": "…"}.', path.name)])
    return [
        ListFile(
            register=REGISTER,
            file=path.name,
            sha256=digest([data]),
            count=len(entries),
            rows=lambda notes: _rows(entries, path.name, notes),
        )
    ]


def reference_of(title: str) -> str:
    """A reference for a title that has none: the same words always give the same one."""
    return "T-" + hashlib.blake2b(title.encode(), digest_size=8).hexdigest()


def _rows(entries: Sequence[Any], file: str, notes: Notes) -> Iterator[PrintedRow]:
    seen: set[str] = set()
    repeated: list[int] = []
    for place, entry in enumerate(entries, start=1):
        text = entry.get(TEXT) if isinstance(entry, dict) and len(entry) == 1 else None
        title = squeeze(text) if isinstance(text, str) else ""
        if not title or len(title) > LONGEST:
            notes.fault(Fault("the entry is not a title.", file, place, TEXT, title[:60], '{"text": "a title"}'))
        elif title in seen:
            repeated.append(place)
        else:
            seen.add(title)
            yield PrintedRow(
                reference=reference_of(title),
                row=place,
                printed={TEXT: str(text)},
                facts=MATERIAL,
                title=title,
                kind="title",
            )
    if repeated:
        message = f"{len(repeated)} titles stand in the file before; each is held once."
        notes.doubts.append(Doubt("repeated-title", message, file, repeated[0]))
