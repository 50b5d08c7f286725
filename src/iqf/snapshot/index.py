"""The fields of the search index, and how an entry is written into it."""

import json
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy

from iqf.snapshot.entries import Entry
from iqf.snapshot.wording import analyzers, code_keys, fold, names_whole, whole, with_joined, words

HEAP_BYTES = 64_000_000
NAMED_COUNTS = 3
FACETS = ("type", "level", "kind", "owner", "clusters", "status", "in_framework")
"""Fields that are counted and filtered by their whole value. `clusters` holds `scheme:key`."""
STEMMED = ("title", "names", "owner_words", "context", "body")
EXACT = ("title_exact", "names_exact")
RAW = ("keys", "whole", "owner_keys")
TITLE_START = "titlestart"
"""A mark before the first word of each title, so that a phrase can be asked for at the beginning."""


def schema() -> Any:
    """The index's fields: texts by stem, names also by word, codes and filters by whole value, one stored card."""
    builder = tantivy.SchemaBuilder()
    for name in STEMMED:
        builder.add_text_field(name, tokenizer_name="stems")
    for name in EXACT:
        builder.add_text_field(name, tokenizer_name="words", index_option="freq")
    for name in RAW:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("title_order", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_bytes_field("card", stored=True)
    return builder.build()


def open_index(folder: Path) -> Any:
    """Open the index in a folder. Raises ValueError where there is none or it is damaged."""
    index = tantivy.Index.open(str(folder))
    for name, analyzer in analyzers().items():
        index.register_tokenizer(name, analyzer)
    return index


def write_index(folder: Path, entries: Iterable[Entry]) -> tuple[Counter[str], Counter[str]]:
    """Write entries into a new index in an empty folder. Returns how many there are by type, and their words.

    Words are counted by entry; those of a name count more than those of a body, so that a misspelling is read as
    the word that names something. One thread, so that equal data make an equal order.
    """
    index = tantivy.Index(schema(), path=str(folder))
    for name, analyzer in analyzers().items():
        index.register_tokenizer(name, analyzer)
    writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
    types: Counter[str] = Counter()
    vocabulary: Counter[str] = Counter()
    for entry in entries:
        writer.add_document(_document(entry))
        types[entry.type] += 1
        _count_words(entry, vocabulary)
    writer.commit()
    writer.wait_merging_threads()
    return types, vocabulary


def _count_words(entry: Entry, vocabulary: Counter[str]) -> None:
    shared = (entry.owner, *entry.owner_names, *(text for _, text in entry.context))
    named = {word for text in shared for word in _words_of_many(text)}
    named.update(words(with_joined("\n".join((entry.title, *entry.names)))))
    for word in named:
        vocabulary[word] += NAMED_COUNTS
    if entry.body:
        vocabulary.update(set(words(with_joined(entry.body))))


@lru_cache(maxsize=20_000)
def _words_of_many(text: str) -> tuple[str, ...]:
    """The words of a text that many entries share: an owner, a role, a cluster."""
    return tuple(words(with_joined(text)))


def _document(entry: Entry) -> Any:
    document = tantivy.Document()
    title = with_joined(entry.title)
    _add(document, ("title",), [f"{TITLE_START} {title}"])
    _add(document, ("title_exact",), [title])
    _add(document, ("names", "names_exact"), [with_joined(name) for name in entry.names])
    _add(document, ("owner_words",), [fold(name) for name in (entry.owner, *entry.owner_names) if name])
    _add(document, ("context",), [fold(text) for _, text in entry.context])
    _add(document, ("body",), [with_joined(entry.body)] if entry.body else [])
    codes = [key for code in (entry.code, *(value for _, value in entry.aliases)) for key in code_keys(code)]
    _add(document, ("keys",), dict.fromkeys(codes))
    _add(document, ("whole",), dict.fromkeys(w for name in (entry.title, *entry.names) for w in names_whole(name)))
    owners = (entry.owner, *entry.owner_names, *entry.owner_codes)
    _add(document, ("owner_keys",), dict.fromkeys(whole(owner) for owner in owners if owner))
    for field, values in facet_values(entry).items():
        _add(document, (field,), values)
    document.add_text("title_order", f"{fold(entry.title)}\t{entry.code}")
    document.add_bytes("card", json.dumps(vars(entry), ensure_ascii=False).encode("utf-8"))
    return document


def _add(document: Any, fields: tuple[str, ...], texts: Iterable[str]) -> None:
    for text in texts:
        for field in fields:
            document.add_text(field, text)


def facet_values(entry: Entry) -> dict[str, list[str]]:
    """What an entry counts as in each facet: none, one or several values. Levels count where levels apply."""
    level = [entry.level or "unknown"] if entry.is_levelled else []
    return {
        "type": [entry.type],
        "level": level,
        "kind": [entry.kind] if entry.kind else [],
        "owner": [entry.owner] if entry.owner else [],
        "clusters": [key for key, _ in entry.clusters],
        "status": [entry.status] if entry.status else [],
        "in_framework": ["yes" if entry.in_framework else "no"],
    }
