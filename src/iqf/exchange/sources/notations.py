"""Notations that official files share, each read one way. None means: not the notation it should be.

Dates are read to `2014-09-30`, and `""` says that there is none. The functions on cells are cached: a register prints
the same few hundred dates ten thousand times.
"""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from iqf.codes import Number, parse_qan

BLANKS = ("", "null", "none", "n/a", "na")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONDON = ZoneInfo("Europe/London")
NEVER_ENDS = "2600-12-31"
NOT_KNOWN = ("1900-01-01", "0001-01-01")
"""Days that stand for no day in files that cannot leave a cell blank."""

_BRITISH = re.compile(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$", re.ASCII)
_WORDED = re.compile(r"^(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})$", re.ASCII)
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00(?:\.0+)?)?$", re.ASCII)
_MOMENT = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ([AP])M \+00:00$", re.ASCII)
_WHOLE = re.compile(r"^-?\d{1,9}$", re.ASCII)


def squeeze(text: str) -> str:
    """A cell without stray spaces and line ends."""
    return " ".join(text.split())


def said(text: str) -> str:
    """A cell without stray spaces; nothing where it says `null`, `none` or the like."""
    squeezed = squeeze(text)
    return "" if squeezed.lower() in BLANKS else squeezed


@lru_cache(maxsize=20_000)
def read_day(text: str) -> str | None:
    """A day as `30/09/2014`, `30-09-2014`, `30 Sep 2014`, `2014-09-30` or `2014-09-30 00:00:00.0000000`."""
    squeezed = squeeze(text)
    if squeezed.lower() in BLANKS:
        return ""
    if match := _BRITISH.match(squeezed):
        return _day(match[3], match[2], match[1])
    if match := _ISO.match(squeezed):
        return _day(match[1], match[2], match[3])
    if (match := _WORDED.match(squeezed)) and match[2].lower() in MONTHS:
        return _day(match[3], MONTHS.index(match[2].lower()) + 1, match[1])
    return None


def read_open_day(text: str) -> str | None:
    """A day as `read_day`, where 31 December 2600 stands for no end and 1 January of 1900 or of 1 for not known."""
    day = read_day(text)
    return "" if day == NEVER_ENDS or day in NOT_KNOWN else day


@lru_cache(maxsize=1_000)
def read_number(text: str) -> Number | None:
    """A qualification number in any notation; the reading is kept for as long as its row is read."""
    return parse_qan(text)


@lru_cache(maxsize=20_000)
def read_moment(text: str) -> str | None:
    """The London day of a moment as the qualifications register prints it: `12/31/2023 11:59:59 PM +00:00`.

    Month first, in universal time: `3/31/2023 10:59:59 PM +00:00` is the last second of 31 March in London.
    """
    squeezed = squeeze(text)
    if squeezed.lower() in BLANKS:
        return ""
    match = _MOMENT.match(squeezed)
    if not match:
        return None
    month, day, year, hour, minute, second = (int(match[n]) for n in range(1, 7))
    try:
        moment = datetime(year, month, day, hour % 12 + (12 if match[7] == "P" else 0), minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return moment.astimezone(LONDON).date().isoformat()


def _day(year: str, month: str | int, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def read_whole(text: str) -> int | str | None:
    """A whole number; `""` where there is none."""
    squeezed = squeeze(text).replace(",", "")
    if squeezed.lower() in BLANKS:
        return ""
    return int(squeezed) if _WHOLE.match(squeezed) else None


def read_count(text: str) -> int | str | None:
    """A whole number of 0 or more; `""` where there is none."""
    number = read_whole(text)
    return None if isinstance(number, int) and number < 0 else number


def read_yes(text: str) -> bool | str | None:
    """True or False, in any usual word; `""` where neither is said."""
    word = squeeze(text).lower()
    if word in BLANKS:
        return ""
    return {"true": True, "y": True, "yes": True, "1": True, "false": False, "n": False, "no": False, "0": False}.get(
        word
    )


def split_list(text: str, divider: str = "|") -> list[str]:
    """The parts of a cell that holds a list, without stray spaces and blanks."""
    return [part for part in (squeeze(p) for p in text.split(divider)) if part]
