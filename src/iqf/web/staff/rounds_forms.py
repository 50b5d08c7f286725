"""The forms of consultation rounds: what is asked, of whom, until when; answers of the invited, and to them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from iqf.review.actions.commenting import Reply, Said
from iqf.review.actions.rounds import Plan
from iqf.review.models import Round
from iqf.web.staff.forms import problems_of

WRONG_DAY = "Give the day as 2026-12-31 or 31/12/2026."


class DayField(forms.DateField):
    """A day, in the notations that people use."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={"invalid": WRONG_DAY},
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"autocomplete": "off"}),
            **kwargs,
        )


class PlanForm(forms.Form):
    """What a round is about. What is missing is said by the action, so that every door says the same."""

    title = forms.CharField(
        required=False,
        label="Title",
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 200}),
        help_text="What it is about, in a few words.",
    )
    asked = forms.CharField(
        required=False,
        label="What do you ask?",
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 6000}),
        help_text="The invited read this first. Say what will be done with their answers.",
    )
    body_name = forms.CharField(
        required=False,
        label="Who consults?",
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 200}),
        help_text="The organisation, as the invited and the public read it.",
    )
    closes_on = DayField(label="Last day for comments", help_text="For example 2026-12-31. It can be given later.")

    def plan(self, body: str = "") -> Plan:
        """The plan that was made. Only after `is_valid`."""
        said = self.cleaned_data
        return Plan(said["title"], said["asked"], said["body_name"], said["closes_on"], body)

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "title")


class DayForm(forms.Form):
    """Another last day for comments."""

    closes_on = DayField(label="Last day for comments")

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "closes_on")


def said_in(data: QueryDict) -> dict[int, Said]:
    """What was said of each line: fields `s-3` (stance) and `t-3` (text) of line 3."""
    found = {int(name[2:]) for name in data if re.fullmatch(r"[st]-\d{1,7}", name, re.ASCII)}
    return {n: Said(data.get(f"s-{n}", "")[:20], _text(data.get(f"t-{n}", ""))) for n in sorted(found)}


def replies_in(data: QueryDict) -> dict[int, Reply]:
    """How each comment was answered: fields `o-7` (outcome), `r-7` (reply) and `p-7` (proposal) of comment 7.

    A comment of which nothing is said is left for later.
    """
    found = {int(name[2:]) for name in data if re.fullmatch(r"[orp]-\d{1,15}", name, re.ASCII)}
    said = {n: (data.get(f"o-{n}", "")[:20], _text(data.get(f"r-{n}", "")), data.get(f"p-{n}", "")) for n in found}
    return {n: Reply(o, r, _number(p)) for n, (o, r, p) in sorted(said.items()) if o or r.strip() or p.strip()}


def _number(text: str) -> int | None:
    """The number of a proposal; None where none is given; 0, which no proposal has, for what is no number."""
    return number_in(text) if text.strip() else None


def number_in(text: str) -> int:
    """A whole number that somebody typed or a form carried; 0 for anything else."""
    plain = text.strip()
    return int(plain) if re.fullmatch(r"\d{1,15}", plain, re.ASCII) else 0


def who(request: HttpRequest, held: Round) -> dict[str, Any]:
    """Who does something with a round, and the version that they saw."""
    version = number_in(request.POST.get("version", ""))
    return {"by": request.user.get_username(), "number": held.pk, "version": version}


def _text(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n")


def texts_in(data: QueryDict) -> dict[int, str]:
    """The lines of a draft as they were written again: field `l-3` of line 3; one marked `x-3` is taken out."""
    found = {int(name[2:]) for name in data if re.fullmatch(r"l-\d{1,7}", name, re.ASCII)}
    return {n: "" if data.get(f"x-{n}") else _text(data.get(f"l-{n}", "")) for n in sorted(found)}


def faults_shown(prefix: str, faults: Mapping[int, str]) -> list[dict[str, str]]:
    """What is wrong, each with the field to go to."""
    return [{"text": fault, "href": f"#{prefix}-{n}"} for n, fault in faults.items()]


def names_in(text: str) -> Iterable[str]:
    """The names in a box, one on a line."""
    return dict.fromkeys(filter(None, (" ".join(line.split()) for line in _text(text).splitlines())))
