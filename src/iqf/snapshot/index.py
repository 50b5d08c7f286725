"""The fields of the search index, and how an entry is written into it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy

from iqf.snapshot.entries import Entry
from iqf.snapshot.facets import DAYS, TEXT, facet_values
from iqf.snapshot.wording import analyzers, code_keys, fold, names_whole, stems, whole, with_joined, words

HEAP_BYTES = 1_000_000_000
"""How much may be held before it is written as a segment; taken only as it is needed. A country fits: an index in one
segment counts filters in half the time of one in six."""
NAMED_COUNTS = 3
STEMMED = ("title", "names", "owner_words", "context", "body")
NAMING = ("title", "names", "owner_words")
EXACT = ("title_exact", "names_exact")
RAW = ("keys", "whole", "owner_keys", "begins", "entry")
ANYWHERE = "anywhere"
"""Every stem of every text, without its place: what matches is found here, and only that is scored by field."""
CALLED = "called"
"""Every stem of its names and of its owner's; of what was only loaded beside the framework none."""
MOST_BEGUN = 4
"""So many words at the beginning of a title can be asked for as one."""


def schema() -> Any:
    """The index's fields: texts by stem, names also by word, codes and filters by whole value, one stored card."""
    builder = tantivy.SchemaBuilder()
    for name in STEMMED:
        builder.add_text_field(name, tokenizer_name="stems")
    for name in EXACT:
        builder.add_text_field(name, tokenizer_name="words", index_option="freq")
    for name in (ANYWHERE, CALLED):
        builder.add_text_field(name, tokenizer_name="stems", index_option="basic")
    for name in RAW:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in TEXT.values():
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in DAYS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_text_field("title_order", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_bytes_field("card", stored=True)
    return builder.build()


def open_index(folder: Path) -> Any:
    """Open the index in a folder. Raises ValueError where there is none or it is damaged."""
    index = tantivy.Index.open(str(folder))
    for name, analyzer in analyzers().items():
        index.register_tokenizer(name, analyzer)
    return index


def new_index(folder: Path) -> Any:
    """An empty index in an empty folder."""
    index = tantivy.Index(schema(), path=str(folder))
    for name, analyzer in analyzers().items():
        index.register_tokenizer(name, analyzer)
    return index


@contextmanager
def writing(index: Any) -> Iterator[Any]:
    """Write to an index; what was written is there at the end. One thread, so that equal data make an equal order."""
    writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
    yield writer
    writer.commit()
    writer.wait_merging_threads()


def add(writer: Any, entry: Entry, kept: bytes, vocabulary: Counter[str]) -> None:
    """Write one entry, with its card, and count its words in."""
    writer.add_document(_document(entry, kept))
    vocabulary.update(counted_words(entry))


def remove(writer: Any, entry: Entry, vocabulary: Counter[str]) -> None:
    """Take out an entry that was written before, and its words."""
    writer.delete_documents_by_term("entry", entry.key)
    vocabulary.subtract(counted_words(entry))


def counted_words(entry: Entry) -> dict[str, int]:
    """The words of an entry. Those of a name count more than those of a body, so that a misspelling is read as the
    word that names something."""
    counts = dict.fromkeys(words(with_joined(entry.body)), 1) if entry.body else {}
    named = set(words(with_joined("\n".join((entry.title, *entry.names)))))
    for text in (entry.owner, *entry.owner_names, *(text for _, text in entry.context)):
        named.update(_words_of_many(text))
    for word in named:
        counts[word] = counts.get(word, 0) + NAMED_COUNTS
    return counts


@lru_cache(maxsize=20_000)
def _words_of_many(text: str) -> tuple[str, ...]:
    """The words of a text that many entries share: an owner, a role, a cluster."""
    return tuple(words(with_joined(text)))


def _document(entry: Entry, kept: bytes) -> Any:
    document = tantivy.Document()
    texts = {
        "title": [with_joined(entry.title)],
        "names": [with_joined(name) for name in entry.names],
        "owner_words": [fold(name) for name in (entry.owner, *entry.owner_names) if name],
        "context": [fold(text) for _, text in entry.context],
        "body": [with_joined(entry.body)] if entry.body else [],
    }
    for name, said in texts.items():
        _add(document, (name,), said)
    _add(document, (ANYWHERE,), ["\n".join(text for said in texts.values() for text in said)])
    if not entry.is_only_loaded:
        _add(document, (CALLED,), ["\n".join(text for name in NAMING for text in texts[name])])
    _add(document, ("title_exact",), texts["title"])
    _add(document, ("names_exact",), texts["names"])
    begun = stems(entry.title)[:MOST_BEGUN]
    _add(document, ("begins",), [" ".join(begun[: n + 1]) for n in range(len(begun))])
    codes = [key for code in (entry.code, *(value for _, value in entry.aliases)) for key in code_keys(code)]
    _add(document, ("keys",), dict.fromkeys(codes))
    _add(document, ("whole",), dict.fromkeys(w for name in (entry.title, *entry.names) for w in names_whole(name)))
    owners = (entry.owner, *entry.owner_names, *entry.owner_codes)
    _add(document, ("owner_keys",), dict.fromkeys(whole(owner) for owner in owners if owner))
    for field, values in facet_values(entry).items():
        _add(document, (field,), values)
    for name, day in zip(DAYS, entry.starts, strict=False):
        document.add_unsigned(name, day)
    document.add_text("entry", entry.key)
    document.add_text("title_order", f"{fold(entry.title)}\t{entry.code}")
    document.add_bytes("card", kept)
    return document


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def card(entry: Entry) -> bytes:
    """An entry as it is stored with its document."""
    return _JSON.encode(vars(entry)).encode("utf-8")


def stored(document: Any) -> Entry:
    """The entry stored with a hit."""
    held: dict[str, Any] = json.loads(document.get_first("card"))
    for name, value in held.items():
        if type(value) is list:
            held[name] = _tuples(value)
    return Entry(**held)


def _tuples(value: list[Any]) -> tuple[Any, ...]:
    """A list as the tuple that it was, and the lists in it."""
    return tuple(map(tuple, value)) if value and type(value[0]) is list else tuple(value)


def _add(document: Any, fields: tuple[str, ...], texts: Iterable[str]) -> None:
    for text in texts:
        for field in fields:
            document.add_text(field, text)
