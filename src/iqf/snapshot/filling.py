"""Fill a generation's index: with every entry, or, upon a copy of the generation before, with those that changed."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from tantivy import Query

from iqf.snapshot.abbreviations import from_entry
from iqf.snapshot.entries import Entry
from iqf.snapshot.index import add, card, new_index, open_index, remove, stored, writing

MOST_PATCHED: Final = 0.1
FEW: Final = 500
"""Entries taken out still weigh in the index's own statistics of words: after a tenth, all are written anew."""
ALTERED: Final = ("meta.json", ".managed.json")
"""Files of an index that are written again; all others stay as they are and may be shared between generations."""


class NotPatchableError(Exception):
    """The generation before cannot be built upon."""


@dataclass
class Filled:
    """What an index holds besides its documents: words, a mark of what each entry says, and what entries tell."""

    vocabulary: Counter[str] = field(default_factory=Counter)
    marks: dict[str, str] = field(default_factory=dict)
    types: Counter[str] = field(default_factory=Counter)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    clusters: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    patched: int = 0

    def note(self, entry: Entry) -> None:
        """What an entry tells by itself: type, abbreviations, the titles of its clusters and roles."""
        self.types[entry.type] += 1
        self.pairs.extend(from_entry(entry))
        self.clusters.update(entry.clusters)
        if entry.type == "role":
            self.roles[entry.code] = entry.title


def mark(kept: bytes) -> str:
    """A short hash of everything that an entry says, from its card; equal where nothing changed."""
    return blake2b(kept, digest_size=8).hexdigest()


def write_all(folder: Path, entries: Iterable[Entry]) -> Filled:
    """Write every entry into a new index in an empty folder."""
    filled = Filled()
    with writing(new_index(folder)) as writer:
        for entry in entries:
            filled.note(entry)
            kept = card(entry)
            filled.marks[entry.key] = mark(kept)
            add(writer, entry, kept, filled.vocabulary)
    return filled


def write_changes(folder: Path, before: Path, kept: Filled, entries: Iterable[Entry]) -> Filled:
    """Write the entries that changed upon a copy of the index before, and take out those that are gone.

    Raises NotPatchableError where too much changed, or where the index before cannot be opened.
    """
    filled = Filled(vocabulary=kept.vocabulary)
    room = max(FEW, int(len(kept.marks) * MOST_PATCHED)) - kept.patched
    changed = list(_changed(entries, kept, filled, room))
    gone = [key for key in kept.marks if key not in filled.marks]
    replaced = [entry.key for entry in changed if entry.key in kept.marks]
    if len(gone) + len(replaced) > room:
        raise NotPatchableError("too much changed")
    _share(before, folder)
    index = _opened(folder)
    old = [_entry(index, key) for key in (*gone, *replaced)]
    with writing(index) as writer:
        for entry in old:
            remove(writer, entry, filled.vocabulary)
        for entry in changed:
            add(writer, entry, card(entry), filled.vocabulary)
    filled.patched = kept.patched + len(old)
    return filled


def _changed(entries: Iterable[Entry], kept: Filled, filled: Filled, room: int) -> Iterator[Entry]:
    """The entries that are new or say something else, all noted as they pass."""
    count = 0
    for entry in entries:
        filled.note(entry)
        now = filled.marks[entry.key] = mark(card(entry))
        if kept.marks.get(entry.key) != now:
            count += 1
            if count > room:
                raise NotPatchableError("too much changed")
            yield entry


def _share(before: Path, folder: Path) -> None:
    """Copy an index by linking its files, which are never altered, where the disk can."""
    for file in before.iterdir():
        if file.name in ALTERED or not _linked(file, folder / file.name):
            shutil.copyfile(file, folder / file.name)


def _linked(file: Path, to: Path) -> bool:
    if file.name.endswith(".lock"):
        return False
    try:
        os.link(file, to)
    except OSError:
        return False
    return True


def _opened(folder: Path) -> Any:
    try:
        return open_index(folder)
    except ValueError as error:
        raise NotPatchableError(str(error)) from error


def _entry(index: Any, key: str) -> Entry:
    """An entry as the index before holds it."""
    searcher = index.searcher()
    hits = searcher.search(Query.term_query(index.schema, "entry", key), 1, count=False).hits
    if not hits:
        raise NotPatchableError(f"{key} is not in the index before")
    return stored(searcher.doc(hits[0][1]))
