"""The form of a self-assessment: a grade for every line, or none; and the forms of a team."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict

from iqf.analysis.self_rating import Grades, Line
from iqf.people.actions import Rated
from iqf.reports.private.self_rating import RatingSheet
from iqf.web.staff.mine_forms import MineForm, line, lines
from iqf.web.staff.rounds_forms import DayField

GRADES: Final[Mapping[int, str]] = {0: "Not yet", 1: "With help", 2: "On my own", 3: "I could show others"}
TEAM_GRADES: Final[Mapping[int, str]] = {0: "Not yet", 1: "With help", 2: "On our own", 3: "We could show others"}


class SittingForm(MineForm):
    """The day of a sitting and a note to it. The grades are read beside it."""

    first = "on"
    on = DayField(label="On which day?", help_text="For example 2026-11-22.")
    note = lines("A note to yourself", "For example what you want to look at next time.", 3)


class TeamForm(MineForm):
    """A new team. `bodies`: code and name of each organisation in which one has a part."""

    name = line("What is the team called?", "", 120)
    body = forms.ChoiceField(required=False, label="In which organisation?")

    def __init__(self, data: Any = None, *, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]


class MemberForm(MineForm):
    """Somebody to bring into a team."""

    first = "username"
    username = line("The user name of somebody in your organisation", "", 150, autocapitalize="none")


def name_of(at: Line) -> str:
    """The name of the fields of a line."""
    return f"g|{at.code}|{at.row}"


def rated_in(data: QueryDict, sheet: RatingSheet) -> list[Rated]:
    """The grades that were chosen. A line that was left open has none."""
    found = []
    for at in sheet.lines:
        grade = data.get(name_of(at), "")
        if grade.isascii() and grade.isdecimal() and len(grade) == 1:
            found.append(Rated(at.code, int(grade), at.row))
    return found


def rows_of(sheet: RatingSheet, data: QueryDict | None, before: Grades) -> list[dict[str, Any]]:
    """The lines as the form shows them: with what was chosen just now, and what was said last time."""
    return [
        {
            "group": group,
            "rows": [
                {
                    "line": at,
                    "name": name_of(at),
                    "chosen": data.get(name_of(at), "") if data else "",
                    "before": before.get(at.key),
                }
                for at in group.lines
            ],
        }
        for group in sheet.groups
    ]
