"""What a person asks for, read from the words they typed: codes, levels, abbreviations, misspellings, prefixes.

Nothing typed can be wrong: signs mean nothing, and no word is an operator.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from iqf.codes import alias_key, parse_qan, parse_unit_reference
from iqf.snapshot.abbreviations import MAX_WORDS, Meaning
from iqf.snapshot.index import ANYWHERE
from iqf.snapshot.reading import Snapshot
from iqf.snapshot.spelling import alike_words, beginning_with, halves, near_number, near_words
from iqf.snapshot.wording import code_keys, stem, stems, whole_forms, words

MAX_TEXT: Final = 300
MAX_WORDS_ASKED: Final = 24
_STOP: Final = """
    a an and any are as at be been by can could do does for from get has have how i if in into is it its me my of on
    or our s should so than that the their them they this to was we were what when where which who whose why will with
    would you your need needs needed want wants become becoming please find show
"""
_FILLERS: Final = """
    awareness code codes course courses class classes intro introduction job jobs module modules number numbers
    qualification qualifications qualified role roles train training unit units working works
"""
STOP: Final = frozenset(_STOP.split())
"""Words that ask nothing, unless nothing else is typed."""
FILLERS: Final = frozenset(_FILLERS.split())
"""Words that may only say what sort of thing is meant: who has them comes earlier, but nobody needs to."""
MEANS: Final = {
    **dict.fromkeys(("course", "courses", "qualification", "qualifications", "training"), "qualification"),
    **dict.fromkeys(("job", "jobs", "role", "roles"), "role"),
    **dict.fromkeys(("module", "modules", "unit", "units"), "unit"),
}
"""Of these, the ones that say which type of thing is meant."""
_DIGITS: Final = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
}
_LEVEL: Final = re.compile(r"^(?:l|lvl|level)([1-8])$")


@dataclass(frozen=True)
class Way:
    """One way of reading what was typed: as these stems, standing together (`phrase`) or anywhere in the thing.

    `words` are those words in full. `note` tells how it was read, blank where it was read as typed; `said` is what it
    was read as, for a person.
    """

    stems: tuple[str, ...]
    weight: float = 1.0
    words: tuple[str, ...] = ()
    phrase: bool = False
    note: str = ""
    said: str = ""


@dataclass(frozen=True)
class Concept:
    """One thing asked for. It may be read in several `ways`, or be a level, or be a code."""

    typed: str
    ways: tuple[Way, ...] = ()
    levels: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    is_filler: bool = False


@dataclass(frozen=True)
class Plan:
    """A text as it will be looked for.

    `keys` are the codes that the whole text may be; `only_code` is true where it can be nothing else. `corrected` is
    the text with its misspelt words replaced, blank where none is. `near` are codes close to one that is not held.
    """

    text: str
    concepts: tuple[Concept, ...] = ()
    keys: tuple[str, ...] = ()
    only_code: bool = False
    names: tuple[str, ...] = ()
    corrected: str = ""
    near: tuple[str, ...] = ()

    @property
    def types(self) -> tuple[str, ...]:
        """The types of thing that the words ask for, where they only do that."""
        return tuple(dict.fromkeys(MEANS[c.typed] for c in self.concepts if c.is_filler and c.typed in MEANS))


def clean(text: str) -> str:
    """The text without what cannot be printed or stored, in one line, cut to 300 characters."""
    encodable = text.encode("utf-8", "ignore").decode("utf-8")
    return " ".join("".join(c if c.isprintable() else " " for c in encodable).split())[:MAX_TEXT].strip()


def plan(text: str, snapshot: Snapshot) -> Plan:
    """Read what a person typed against what the snapshot holds. Never raises, whatever the text."""
    asked = clean(text)
    keys = tuple(key for key in code_keys(asked) if is_held(snapshot, "keys", key))
    number = parse_qan(asked) or parse_unit_reference(asked)
    if number or (keys and any(c.isdigit() for c in asked)):
        near = near_number(snapshot, number.stored) if number and not keys else ()
        return Plan(asked, keys=keys, only_code=True, near=near)
    concepts = tuple(_concepts(asked, snapshot))[:MAX_WORDS_ASKED]
    if concepts and all(c.is_filler for c in concepts):
        concepts = tuple(Concept(c.typed, c.ways) for c in concepts)
    corrected = _corrected(concepts)
    texts = dict.fromkeys((asked, corrected, *_without_fillers(concepts)))
    names = dict.fromkeys(form for text in texts for form in whole_forms(text))
    names |= dict.fromkeys(_other_names(asked, snapshot))
    return Plan(asked, concepts, keys, names=tuple(names), corrected=corrected)


def is_held(snapshot: Snapshot, field_name: str, value: str) -> bool:
    """True where some thing holds the value in the field."""
    return bool(snapshot.searcher.doc_freq(field_name, value))


def _other_names(text: str, snapshot: Snapshot) -> list[str]:
    return [" ".join(meaning) for meaning, _ in snapshot.expansions.get(tuple(stems(text)), [])]


def _without_fillers(concepts: tuple[Concept, ...]) -> list[str]:
    """What is left of a question when words that ask nothing, and then those that may be left out, are gone."""
    needed = [c.typed for c in concepts if not c.is_filler]
    return [" ".join(c.typed for c in concepts), " ".join(needed)]


def _corrected(concepts: tuple[Concept, ...]) -> str:
    """The text with each misspelt word replaced by what it was read as; blank where none was."""
    if not any(way.note == "spelling" for c in concepts for way in c.ways[:1]):
        return ""
    return " ".join(c.ways[0].said if c.ways and c.ways[0].note == "spelling" else c.typed for c in concepts)


def _concepts(text: str, snapshot: Snapshot) -> Iterator[Concept]:
    """Codes first, wherever they stand in the text; the words between them in runs."""
    raw = text.split()
    run: list[str] = []
    place = 0
    while place < len(raw):
        size, keys = _code_at(raw, place, snapshot)
        if size:
            yield from _of_words(run, snapshot)
            run = []
            yield Concept(" ".join(raw[place : place + size]), keys=keys)
        else:
            run.extend(words(raw[place]))
        place += max(size, 1)
    yield from _of_words(run, snapshot)


def _code_at(raw: list[str], place: int, snapshot: Snapshot) -> tuple[int, tuple[str, ...]]:
    """How many of the next words are a code that is held, and its keys. Only what has a digit can be a code here."""
    for size in (3, 2, 1):
        typed = " ".join(raw[place : place + size])
        if place + size > len(raw) or not any(c.isdigit() for c in typed) or len(alias_key(typed)) < 3:
            continue
        keys = tuple(key for key in code_keys(typed) if is_held(snapshot, "keys", key))
        if keys:
            return size, keys
    return 0, ()


def _of_words(run: list[str], snapshot: Snapshot) -> Iterator[Concept]:
    place = 0
    only_stops = all(word in STOP for word in run)
    while place < len(run):
        size, concept = _level_at(run, place) or _span_at(run, place, snapshot) or (1, None)
        if concept:
            yield concept
        elif only_stops or run[place] not in STOP:
            yield _word(run[place], snapshot)
        place += size


def _level_at(run: list[str], place: int) -> tuple[int, Concept] | None:
    """`level 3`, `level three`, `L3`, `entry level`, `entry level 2`, `entry 3`."""
    here, after = run[place], run[place + 1] if place + 1 < len(run) else ""
    third = run[place + 2] if place + 2 < len(run) else ""
    if match := _LEVEL.match(here):
        return 1, Concept(here, levels=(match[1],))
    if here == "level" and (_DIGITS.get(after, after) in _DIGITS.values()):
        return 2, Concept(f"{here} {after}", levels=(_DIGITS.get(after, after),))
    if here == "entry" and after == "level":
        exact = third in ("1", "2", "3")
        return 2 + exact, Concept("entry level", levels=("E", f"E{third}") if exact else ("E", "E1", "E2", "E3"))
    if here == "entry" and after in ("1", "2", "3"):
        return 2, Concept(f"entry {after}", levels=("E", f"E{after}"))
    return None


def _span_at(run: list[str], place: int, snapshot: Snapshot) -> tuple[int, Concept] | None:
    """The longest run of words here that stands for something else, or two words that are also written as one."""
    for size in range(min(MAX_WORDS, len(run) - place), 0, -1):
        typed = tuple(run[place : place + size])
        stemmed = tuple(stem(word) for word in typed)
        meanings = snapshot.expansions.get(stemmed)
        if meanings:
            ways = [*_as_typed(stemmed, typed), *map(_meaning, meanings)]
            return size, Concept(" ".join(typed), tuple(ways))
        if size == 2 and not STOP & set(typed) and (joined := "".join(typed)) in snapshot.vocabulary:
            ways = [Way(stemmed, words=typed), Way((stem(joined),), 0.9, (joined,))]
            return size, Concept(" ".join(typed), tuple(ways))
    return None


def _as_typed(stemmed: tuple[str, ...], typed: tuple[str, ...]) -> list[Way]:
    """Several words that are one name stand together; apart they mean less."""
    if len(typed) == 1:
        return [Way(stemmed, words=typed)]
    return [Way(stemmed, words=typed, phrase=True), Way(stemmed, 0.4, words=typed)]


def _meaning(meaning: Meaning) -> Way:
    return Way(meaning[0], 0.75, phrase=len(meaning[0]) > 1, note="meaning", said=meaning[1])


def _word(word: str, snapshot: Snapshot) -> Concept:
    """One word: as typed where it is held, else as the words that it may have been meant to be or to begin."""
    root = stem(word)
    as_typed = Way((root,), words=(word,))
    is_filler = word in FILLERS
    if is_held(snapshot, ANYWHERE, root):
        return Concept(word, (as_typed, *_in_two(word, snapshot, "")), is_filler=is_filler)
    return Concept(word, tuple(_guesses(word, snapshot)) or (as_typed,))


def _guesses(word: str, snapshot: Snapshot) -> Iterator[Way]:
    """What a word that nothing holds may mean: words that begin so, else words spelt nearly so, else words alike."""
    if begun := beginning_with(snapshot, word):
        yield from (_guess(w, 0.5, "beginning") for w in begun)
    elif near := near_words(snapshot, word):
        yield from (_guess(w, 0.7, "spelling") for w in near)
    elif apart := list(_in_two(word, snapshot, "spelling")):
        yield from apart
    else:
        yield from (_guess(w, 0.4, "beginning") for w in alike_words(snapshot, word))


def _guess(word: str, weight: float, note: str) -> Way:
    return Way((stem(word),), weight, (word,), note=note, said=word)


def _in_two(word: str, snapshot: Snapshot, note: str) -> Iterator[Way]:
    """The word written as two that are used more: `childcare` as *child care*."""
    if pair := halves(snapshot, word):
        yield Way(tuple(stem(w) for w in pair), 0.7, pair, phrase=True, note=note, said=" ".join(pair))
