"""What stands for what: the field's abbreviations (a table kept by hand) and those that the data themselves give.

Each pair counts in both directions: who asks for SENCO also finds "special educational needs coordinator".
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources

from iqf.snapshot.entries import Entry
from iqf.snapshot.wording import is_acronym, stems

Stems = tuple[str, ...]
Meaning = tuple[Stems, str]
Expansions = dict[Stems, list[Meaning]]
"""Stems as typed → what else that is called: in stems, and as a person writes it."""

_IN_BRACKETS = re.compile(r"^(?P<long>.+?)\s*\((?P<short>[A-Za-z]+)\)")
MAX_WORDS = 8
MAX_MEANINGS = 6


def by_hand() -> list[tuple[str, str]]:
    """The table kept by hand: (short, long)."""
    text = resources.files("iqf.snapshot").joinpath("abbreviations.csv").read_text(encoding="utf-8")
    return [(row["short"], row["long"]) for row in csv.DictReader(text.splitlines())]


def from_entry(entry: Entry) -> Iterator[tuple[str, str]]:
    """The abbreviations that one thing gives: acronyms among its names, and "Title (ACRONYM)"."""
    named = (entry.title, *entry.names)
    longest = max(named, key=lambda name: len(name.split()))
    if entry.type in ("role", "organisation"):
        for name in named:
            if is_acronym(name) and not is_acronym(longest):
                yield name, longest
    match = _IN_BRACKETS.match(entry.title)
    if match and is_acronym(match["short"]) and stands_for(match["short"], match["long"]):
        yield match["short"], match["long"]


def stands_for(short: str, long: str) -> bool:
    """True where the letters of the short form come in order among the letters of the long one, first with first."""
    letters = iter(long.casefold())
    return long[:1].casefold() in short[:2].casefold() and all(letter in letters for letter in short.casefold()[1:])


def expansions(pairs: Iterable[tuple[str, str]]) -> Expansions:
    """Pairs as a table in stems, both ways. A form with more than six meanings keeps the first six."""
    table: Expansions = defaultdict(list)
    for pair in pairs:
        short, long = ((tuple(stems(text)), text) for text in pair)
        if not short[0] or not long[0] or short[0] == long[0] or len(long[0]) > MAX_WORDS:
            continue
        for key, meaning in ((short[0], long), (long[0], short)):
            known = [known for known, _ in table[key]]
            if meaning[0] not in known and len(known) < MAX_MEANINGS:
                table[key].append(meaning)
    return dict(table)
