"""Official identifiers and closed lists: parse them in any notation, check them, print them one way.

Nothing here knows about storage. A check character that fails is reported, never refused: real registers hold
numbers that fail it.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

CHECK_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2)
UNIT_LETTERS: Final = "ADFHJKLMRTY"
LEVELS: Final = ("E", "E1", "E2", "E3", "1", "2", "3", "4", "5", "6", "7", "8")
NO_LEVEL: Final = "none"
CODE_PREFIXES: Final = {
    "role": "R",
    "qualification": "Q",
    "unit": "U",
    "organisation": "O",
    "framework": "F",
}

STRAIGHT_QUOTES: Final = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})

_QAN = re.compile(r"^(\d{3})[/ ]?(\d{4})[/ ]?([0-9X])/?$", re.IGNORECASE | re.ASCII)
_UNIT = re.compile(r"^([ADFHJKLMRTY])[/ ]?(\d{3})[/ ]?(\d{4})/?$", re.IGNORECASE | re.ASCII)
_RECOGNITION = re.compile(r"^RN\s?(\d{4,5})$", re.IGNORECASE | re.ASCII)
_LEVEL_WORDS = re.compile(
    r"^(?:level\s*|l)?(entry(?:\s*level)?(?:\s*[123])?|e[123]?|[1-8])(?:\.0)?$", re.IGNORECASE | re.ASCII
)
_TITLE_LEVEL = re.compile(
    r"\b(?:level|l)\s?([1-8])\b|\b(entry)(?:\s+level)?(?:\s+([123]))?\b", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True)
class Number:
    """A parsed official number: how it is stored, how it is shown, and whether its check character holds."""

    stored: str
    shown: str
    check_holds: bool


def _check_value(digits: str) -> int:
    return sum(map(int.__mul__, CHECK_WEIGHTS, map(int, digits))) % 11


def parse_qan(text: str) -> Number | None:
    """Read a regulated qualification number in any notation (`603/5829/4`, `60358294`, `603/7741/0/`).

    Returns None where the text is not shaped like one. The eighth character is the weighted sum of the first
    seven digits (weights 8 to 2) modulo 11, X standing for 10; where it is not, `check_holds` is False.
    """
    match = _QAN.match(text.strip())
    if not match:
        return None
    first, second, check = match[1], match[2], match[3].upper()
    expected = _check_value(first + second)
    holds = check == ("X" if expected == 10 else str(expected))
    return Number(first + second + check, f"{first}/{second}/{check}", holds)


def shown_qan(stored: str) -> str:
    """A stored qualification number as it is shown: `603/5829/4`; blank for none."""
    return f"{stored[:3]}/{stored[3:7]}/{stored[7:]}" if stored else ""


def parse_unit_reference(text: str) -> Number | None:
    """Read a unit reference in any notation (`Y/601/1437`, `Y6011437`).

    The letter is the weighted sum of the seven digits modulo 11, written A D F H J K L M R T Y for 0 to 10.
    """
    match = _UNIT.match(text.strip())
    if not match:
        return None
    letter, first, second = match[1].upper(), match[2], match[3]
    holds = UNIT_LETTERS[_check_value(first + second)] == letter
    return Number(letter + first + second, f"{letter}/{first}/{second}", holds)


def parse_recognition_number(text: str) -> str | None:
    """Read an awarding organisation's recognition number (`RN5156`), or None."""
    match = _RECOGNITION.match(text.strip())
    return f"RN{match[1]}" if match else None


def parse_level(text: str) -> str | None:
    """Read a level: `3`, `Level 3`, `L3`, `Entry`, `Entry Level 2`, `E2`; `""` for blank; None if it is no level."""
    cleaned = " ".join(text.split())
    if not cleaned or cleaned.lower() == "null":
        return ""
    if cleaned.lower() == NO_LEVEL:
        return NO_LEVEL
    match = _LEVEL_WORDS.match(cleaned)
    if not match:
        return None
    word = match[1].lower()
    if word[0] == "e":
        return "E" + (word[-1] if word[-1].isdigit() else "")
    return word


def level_in_title(title: str) -> str | None:
    """The level that a title names ("… Level 3 Diploma …"), or None where it names none or more than one."""
    found = {m[1] or "E" + (m[3] or "") for m in _TITLE_LEVEL.finditer(title)}
    return found.pop() if len(found) == 1 else None


def level_words(level: str) -> str:
    """A level as a person reads it: `Level 3`, `Entry level 2`, `No level`, `Level not known`."""
    if level == NO_LEVEL:
        return "No level"
    if not level:
        return "Level not known"
    if level[0] == "E":
        return ("Entry level " + level[1:]).strip()
    return f"Level {level}"


def levels_agree(held: str, listed: str) -> bool:
    """True where one is not known, where they are the same, one of two, or an entry level said less exactly."""
    if not held or not listed or held == listed or held in listed.split("/"):
        return True
    return held[0] == listed[0] == "E" and "E" in (held, listed)


def level_rank(level: str) -> int:
    """Where a level stands in order, lowest first; unknown and non-levelled come last."""
    return LEVELS.index(level) if level in LEVELS else len(LEVELS) + (level != NO_LEVEL)


def iqf_code(kind: str, number: int) -> str:
    """Our permanent code for a thing: `iqf_code("qualification", 123)` is `IQF-Q-000123`."""
    return f"IQF-{CODE_PREFIXES[kind]}-{number:06d}"


def may_be_code(kind: str, text: str) -> bool:
    """Whether a text may be the permanent code of a thing of a kind, by how it begins."""
    return text.upper().startswith(f"IQF-{CODE_PREFIXES[kind]}-")


def alias_key(text: str) -> str:
    """How a name is compared: numbers without slashes, the rest without case, spaces or curly quotes.

    So `SHC34` finds `SHC 34`, and `603/5829/4` finds `60358294`.
    """
    squeezed, before = _squeezed(text), text
    while squeezed != before:
        squeezed, before = _squeezed(squeezed), squeezed
    number = parse_qan(text) or parse_unit_reference(text) or parse_qan(squeezed) or parse_unit_reference(squeezed)
    return number.stored if number else squeezed


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().translate(STRAIGHT_QUOTES).split())
