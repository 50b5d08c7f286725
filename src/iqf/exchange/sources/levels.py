"""Levels as official registers print them: one level, or Level 1/2, which they count as a level of its own."""

from functools import lru_cache

from iqf.codes import parse_level

A_LEVEL = "Level 1 to Level 8, Level 1/2 or Entry Level"
TWO_LEVELS = {"level 1/2": "1/2", "1/2": "1/2", "level 1/level 2": "1/2"}


@lru_cache(maxsize=500)
def read_level(text: str) -> str | None:
    """A level as stored (`3`, `E2`, `1/2`); `""` for blank; None for what is no level of an official register."""
    return TWO_LEVELS.get(" ".join(text.split()).lower()) or parse_level(text)
