"""The naming protocol: how an entry is named, by title, level, owner, number and age focus, so that it stands once.

Promise: notation is made one silently (`normal_title`); what is doubtful or broken is said in a sentence with what
would be right; no word of an owner's title is changed. docs/naming.md states the rules.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from iqf.analysis.names import plain_name
from iqf.analysis.titles import Parts, comparable, plain, read
from iqf.codes import level_words, parse_level, parse_qan

Gravity = Literal["doubtful", "broken"]
LONGEST: Final = 400
SEVERAL: Final = re.compile(
    r"\b(?:various|several|any|multiple)\b.*\b(?:organisation|body|bodies|awarding|owner)", re.I
)
AWARD_TYPES: Final = ("award", "certificate", "diploma", "nvq")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"'})
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_LEVEL = re.compile(r"\bL([1-8])\b")
_AGES = re.compile(r"(\d{1,2})(?:-(\d{1,2})|\+)")
_NUMBER = re.compile(r"\b\d{3}/?\d{4}/[0-9Xx]\b")


@dataclass(frozen=True)
class Named:
    """An entry as it is to be named. Blank is not known and breaks no rule, but for the title."""

    title: str
    level: str = ""
    owner: str = ""
    number: str = ""
    age_focus: str = ""
    award_type: str = ""


@dataclass(frozen=True)
class Breach:
    """A rule that is not kept: of which field, how grave, and one sentence with what would be right."""

    field: str
    gravity: Gravity
    sentence: str
    right: str


def normal_title(title: str) -> str:
    """A title in the notation that is kept: composed letters, straight quotes, plain dashes, single spaces, no space
    inside brackets, "Level 3" for "L3". The words stay those of the owner. Normal again is the same.
    """
    said = "".join(c for c in unicodedata.normalize("NFC", title) if c.isspace() or c.isprintable())
    said = _DASHES.sub("-", said.translate(_QUOTES))
    said = " ".join(_LEVEL.sub(r"Level \1", " ".join(said.split())).split())
    return said.replace("( ", "(").replace(" )", ")").replace(" ,", ",")


def check(entry: Named) -> tuple[Breach, ...]:
    """Every rule that an entry does not keep, in the order of the rules."""
    return tuple(breach for rule in RULES for breach in rule(entry))


def _words(entry: Named) -> Iterator[Breach]:
    """A title has words of its own and is of bounded length."""
    title = normal_title(entry.title)
    if not any(c.isalpha() for c in title):
        right = "the title as its owner prints it"
        yield Breach("title", "broken", f'"{entry.title}" names nothing; give {right}.', right)
    elif len(title) > LONGEST:
        yield Breach(
            "title",
            "broken",
            f"The title has {len(title)} characters and is no title; put what goes beyond a name into a note.",
            f"at most {LONGEST} characters",
        )
    elif not comparable(plain(title)) or not _subject(read(title)):
        right = "owner, level, kind of award and what it is about"
        yield Breach("title", "doubtful", f'"{title}" does not say what it is about; give {right}.', right)


def _subject(parts: Parts) -> bool:
    return bool(parts.content or parts.award & {"honours degree", "masters degree", "doctorate", "foundation degree"})


def _letters(entry: Named) -> Iterator[Breach]:
    """A title is not shouted, and closes the brackets that it opens."""
    title = normal_title(entry.title)
    letters = [c for c in title if c.isalpha()]
    if len(letters) > 12 and all(c.isupper() for c in letters):
        yield Breach("title", "doubtful", f'"{title}" is in capitals; write it as its owner does.', title.title())
    if title.count("(") != title.count(")"):
        right = "a closing bracket for each opening one"
        yield Breach("title", "doubtful", f'"{title}" has brackets without a partner; give {right}.', right)


def _level(entry: Named) -> Iterator[Breach]:
    """The level that the title names is the level of the entry."""
    named, held = read(entry.title).level, parse_level(entry.level)
    if held is None:
        right = "Entry, Entry 1 to 3, 1 to 8, none, or blank"
        yield Breach("level", "broken", f'"{entry.level}" is not a level; write {right}.', right)
    elif named and held and "/" not in named and named[0] != held[0]:
        yield Breach(
            "level",
            "doubtful",
            f"The title says {level_words(named)}, the level {level_words(held)}; one of them is wrong.",
            level_words(named),
        )


def _owner(entry: Named) -> Iterator[Breach]:
    """The owner is one body."""
    if SEVERAL.search(entry.owner):
        right = "a blank owner, and in the note what the entry stands for"
        yield Breach("owner", "doubtful", f'"{entry.owner}" is not one owner; give {right}.', right)


def _number(entry: Named) -> Iterator[Breach]:
    """A number stands in its own field, shaped as numbers are."""
    if entry.number and parse_qan(entry.number) is None:
        sentence = f'"{entry.number}" is not shaped like a qualification number; it is kept as another name only.'
        yield Breach("number", "doubtful", sentence, "603/5829/4")
    if found := _NUMBER.search(entry.title):
        sentence = f"The title holds the number {found[0]}; put it into the field for the number."
        yield Breach("title", "doubtful", sentence, normal_title(entry.title.replace(found[0], " ")))


def _ages(entry: Named) -> Iterator[Breach]:
    """The age focus is a span of years: 0-5, or 16+."""
    said = entry.age_focus.strip()
    match = _AGES.fullmatch(said)
    right = "two ages with a dash between, youngest first (0-5), or an age and a plus (16+)"
    if said and (not match or (match[2] and int(match[1]) > int(match[2]))):
        yield Breach("age_focus", "broken", f'"{said}" is no span of ages; write {right}.', right)


def _award(entry: Named) -> Iterator[Breach]:
    """The kind of award that the title names is that of the entry."""
    said = read(entry.title).award & set(AWARD_TYPES)
    held = plain_name(entry.award_type)
    if said and held in AWARD_TYPES and held not in said:
        named = " ".join(sorted(said))
        yield Breach(
            "award_type",
            "doubtful",
            f"The title says {named}, the type {entry.award_type}; one of them is wrong.",
            named.capitalize(),
        )


Rule = Callable[[Named], Iterator[Breach]]
RULES: Final[tuple[Rule, ...]] = (_words, _letters, _level, _award, _owner, _number, _ages)
