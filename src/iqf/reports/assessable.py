"""What a table does not allow: why it cannot be answered from it, and what would settle it; never approximated."""

from collections.abc import Sequence
from typing import Final

from iqf.catalogue.queries import NotFoundError
from iqf.indicators.queries import HeldTable
from iqf.indicators.subjects import column_of

DISTRICT: Final = "home_postcode_district"
AREAS: Final = ("country", "region", "authority")
OF_PEOPLE: Final = ("age", "sex", "ethnicity", "disability")
"""What people are commonly counted by: where a table does not, that is an answer about the table, not a slip."""


class NotAssessable(NotFoundError):
    """A table does not allow what was asked of it: why, and what would settle it, each in a sentence."""

    def __init__(self, reason: str, would_settle_it: str) -> None:
        self.reason, self.would_settle_it = reason, would_settle_it
        super().__init__(f"Not assessable: {reason} What would settle it: {would_settle_it}")


def no_area(held: HeldTable, level: str, printed: str = "") -> NotAssessable:
    """The table has no such areas. `printed`: the levels that it has, in words."""
    if any(column.name == DISTRICT for column in held.columns):
        return NotAssessable(
            f"{held.dataset} has the postcode district of the home, and one district can lie in several areas.",
            "a lookup of whole postcodes to authorities (the National Statistics Postcode Lookup), used while the "
            "records are read: a district alone says no authority, and centres of districts would only guess it.",
        )
    has = f"prints {printed} only" if printed else "has no areas"
    if column_of(held.columns, "standard"):
        settles = (
            "a table of starts by standard and home area; those that are published by area go by subject and level."
        )
    else:
        settles = f"a table of the same by {level}."
    return NotAssessable(f"{held.dataset} {has}, so nothing in it is known by {level}.", settles)


COUNTED_BY: Final = {"aim": "learning aim (qualification number)", "standard": "apprenticeship standard"}


def not_linked(held: HeldTable, into: str, of: str) -> NotAssessable:
    """The table counts nothing that leads into roles, clusters or qualifications."""
    area = column_of(held.columns, "subject area")
    wider = f" A sector subject area, which it counts by, is wider than a {into}." if area else ""
    instead = f" A whole subject area can be asked for: {area.name}=VALUE, as a condition." if area else ""
    return NotAssessable(
        f"{held.dataset} does not say to which {into} what it counts belongs.{wider}",
        f"a table that counts by {COUNTED_BY[of]}.{instead}",
    )


def nothing_leads(held: HeldTable, into: str, of: str, names: Sequence[str]) -> NotAssessable:
    """Nothing that the table counts is tied to these roles, clusters or qualifications."""
    return NotAssessable(
        f"Nothing that {held.dataset} counts is known to lead into {' or '.join(names)}, the {into} asked for.",
        f"some {COUNTED_BY[of]} that is tied to it, by an official list or by a decision on those that wait.",
    )


def not_counted_by(held: HeldTable, name: str) -> NotAssessable | None:
    """The table does not count people by this; None where that is no way in which people are counted."""
    word = name.casefold().strip()
    if word not in OF_PEOPLE or any(word in column.name.casefold().split("_") for column in held.columns):
        return None
    return NotAssessable(f"{held.dataset} does not count by {word}.", f"a table of the same people by {word}.")
