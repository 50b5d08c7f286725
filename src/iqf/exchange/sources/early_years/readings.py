"""Known notations of the list, each read one way. None means: not a known notation."""

import re
from dataclasses import dataclass
from datetime import date

BLANKS = ("", "null", "none", "n/a")
NO_NUMBER = ("not required", "not applicable", *BLANKS)
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
"""English whatever the machine's language."""
CENTURY_TURNS = 70
"""Two figures of a year below this are of this century."""

_MONTH_YEAR = re.compile(r"^([A-Za-z]{3,9})[-/. ]?(\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})-(\d{2})(?:-(\d{2}))?$")
_BRITISH = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_NOW = re.compile(r"^(.+?)\s*\(now\s+(.+?)\)$", re.IGNORECASE)
_MANY = re.compile(r"^(?:various|all|any|multiple)\b", re.IGNORECASE)
_CODE = re.compile(r"^[A-Za-z0-9]{20,24}$")


@dataclass(frozen=True)
class Owner:
    """Whose qualification it is, as printed; its name now where the list adds it.

    `many`: "Various Awarding Organisations" and the like, which is no organisation, so `name` is blank.
    """

    name: str
    now: str = ""
    many: bool = False


def squeeze(text: str) -> str:
    """A cell without stray spaces and line ends."""
    return " ".join(text.split())


def read_date(text: str) -> str | None:
    """A date to the month or day as `2014-09` or `2014-09-30`; `""` for open; None for what is no date.

    Reads `Sep-14`, `Sept 2014`, `September 2014`, `2014-09`, `2014-09-30`, `30/09/2014`, `null` and blank.
    """
    said = squeeze(text)
    if said.lower() in BLANKS:
        return ""
    if match := _MONTH_YEAR.match(said):
        month = _month(match[1])
        return f"{_year(match[2])}-{month:02d}" if month else None
    if match := _ISO.match(said):
        return said if _is_day(int(match[1]), int(match[2]), int(match[3] or 1)) else None
    if match := _BRITISH.match(said):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        return f"{year}-{month:02d}-{day:02d}" if _is_day(year, month, day) else None
    return None


def _month(word: str) -> int | None:
    word = word.lower()
    for number, name in enumerate(MONTHS, start=1):
        if word in (name, name[:3]):
            return number
    return 9 if word == "sept" else None


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return int(text) + (2000 if int(text) < CENTURY_TURNS else 1900)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_before(first: str, second: str) -> bool:
    """True where the first of two dates lies wholly before the second, as far as both are known."""
    known = min(len(first), len(second))
    return bool(known) and first[:known] < second[:known]


def read_owner(text: str) -> Owner:
    """An awarding organisation as the list prints it."""
    said = squeeze(text)
    if said.lower() in BLANKS:
        return Owner("")
    if _MANY.match(said):
        return Owner("", many=True)
    if match := _NOW.match(said):
        return Owner(match[1], match[2])
    return Owner(said)


def needs_no_number(text: str) -> bool:
    """True where the list says that there is no number to give."""
    return squeeze(text).lower() in NO_NUMBER


def read_note(text: str) -> str:
    """A note or condition; `None` and blank say nothing. Line ends inside it are kept."""
    said = "\n".join(squeeze(line) for line in text.strip().splitlines())
    return "" if said.lower() in BLANKS else said


def read_codes(text: str) -> list[str]:
    """The codes of a question column, divided by colons, in their order."""
    return [code.strip() for code in text.split(":") if code.strip() and code.strip().lower() != "null"]


def is_code(text: str) -> bool:
    """True for a code shaped like the list's own; one that was cut short is not."""
    return bool(_CODE.match(text))
