"""Levels as official registers print them: one level, or Level 1/2, which they count as a level of its own."""

import re
from functools import lru_cache

from iqf.codes import level_words, parse_level

A_LEVEL = "Level 1 to Level 8, Level 1/2 or Entry Level"
TWO_LEVELS = {"level 1/2": "1/2", "1/2": "1/2", "level 1/level 2": "1/2"}

_LEVEL_IN_TITLE = re.compile(r"\b(entry\s+)?level\s*([1-8])", re.IGNORECASE | re.ASCII)


@lru_cache(maxsize=500)
def read_level(text: str) -> str | None:
    """A level as stored (`3`, `E2`, `1/2`); `""` for blank; None for what is no level of an official register."""
    return TWO_LEVELS.get(" ".join(text.split()).lower()) or parse_level(text)


def level_doubt(title: str, level: str) -> str:
    """What is doubtful about a level beside the first that its title names, in words; blank where nothing is.

    The column is loaded whatever the title says. "Level 1/2" beside a title that names Level 1, and "Entry Level"
    beside one that names Entry Level 3, are said as what they are: wider than the title.
    """
    match = _LEVEL_IN_TITLE.search(title)
    named = ("E" if match[1] else "") + match[2] if match else level
    if named == level:
        return ""
    wider = ", which is wider" if named in level.split("/") or (level == "E" and named[0] == "E") else ""
    return f"the title says {level_words(named)}, the level column {level_words(level)}{wider}."
