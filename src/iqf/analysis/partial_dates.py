"""Dates known to the day, the month or only the year.

Promise: nothing is made up. A date known to the year covers the whole year, and a comparison that its precision does
not decide answers None.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
MONTHS = calendar.month_name


class PartialDateError(ValueError):
    """Not a date known to the day, month or year."""


@dataclass(frozen=True)
class PartialDate:
    """A date as known: `2010`, `2010-07` or `2010-07-31`. `earliest` and `latest` are the days it may be."""

    text: str
    earliest: date
    latest: date

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ISO text. Raises PartialDateError on anything else, days that do not exist included."""
        match = _SHAPE.fullmatch(text)
        if not match:
            raise PartialDateError(f"“{text}” is not a date; write 2010, 2010-07 or 2010-07-31.")
        year, month, day = int(match[1]), match[2], match[3]
        try:
            first = date(year, int(month or 1), int(day or 1))
        except ValueError:
            raise PartialDateError(f"“{text}” is not a day that exists.") from None
        if day:
            return cls(text, first, first)
        if month:
            return cls(text, first, first.replace(day=calendar.monthrange(year, first.month)[1]))
        return cls(text, first, date(year, 12, 31))

    def __str__(self) -> str:
        return self.text

    @property
    def words(self) -> str:
        """The date as a person writes it: `31 July 2010`, `July 2010`, `2010`."""
        parts = self.text.split("-")
        month = f"{MONTHS[int(parts[1])]} " if len(parts) > 1 else ""
        day = f"{int(parts[2])} " if len(parts) > 2 else ""
        return f"{day}{month}{parts[0]}"


@lru_cache(maxsize=20_000)
def partial(text: str) -> PartialDate | None:
    """A partial date from stored text; None for blank."""
    return PartialDate.parse(text) if text else None


def before(first: PartialDate, second: PartialDate) -> bool | None:
    """Whether the first day came before the second: True, False, or None where precision does not decide."""
    if first.latest < second.earliest:
        return True
    return False if first.earliest >= second.latest else None


def starts_after(when: PartialDate, day: PartialDate) -> bool | None:
    """Whether `day` came before `when`: True, False, or None where precision does not decide."""
    return before(day, when)


def ends_before(when: PartialDate, day: PartialDate) -> bool | None:
    """Whether `day` came after `when`: True, False, or None where precision does not decide."""
    return before(when, day)
