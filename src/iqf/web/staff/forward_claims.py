"""What is claimed of something put forward: roles that ask for it, what it compares with, who recognises it."""

from typing import Any

from django import forms

from iqf.catalogue.editable.changes import CREATE, Change
from iqf.catalogue.editable.entities import ENTITIES
from iqf.catalogue.editable.rows import WrongCells, read_cells
from iqf.web.staff.forward_forms import WHAT, StepForm, line, lines

BODY = ENTITIES["programme body"]


class RoleForm(StepForm):
    """One role that asks for it or could, how strongly, and on whose authority."""

    first = "role"
    role = line("Which role is it for?", "Its name or code.")
    strength = forms.ChoiceField(
        required=False,
        label="How strongly is it asked for?",
        choices=[("significant", "Significant: the usual route"), ("relevant", "Relevant: useful, not asked for")],
        initial="relevant",
    )
    basis = forms.ChoiceField(
        required=False,
        label="On whose authority?",
        choices=[
            ("employer practice", "Employers' own practice"),
            ("professional body", "A professional body"),
            ("opinion", "Opinion only"),
        ],
    )

    def clean(self) -> dict[str, Any]:
        """The role's code, in `code`. Raises ValidationError where there is no such role."""
        self.code = self.code_of("role", "role")
        return self.cleaned_data

    def change(self) -> Change:
        """The requirement that is claimed. Only after `is_valid`."""
        said = {name: self.cleaned_data[name] for name in ("strength", "basis") if self.cleaned_data[name]}
        return Change(
            "requirement", CREATE, {"role": self.code, "qualification": WHAT}, {"strength": "relevant", **said}
        )


class ComparisonForm(StepForm):
    """One qualification of this country that it compares with, how far, and why."""

    first = "counterpart"
    counterpart = line("Which qualification here does it compare with?", "Its name, number or code.")
    extent = forms.ChoiceField(
        required=False,
        label="How far?",
        choices=[
            ("level", "Its level alone: something of the same level"),
            ("part", "Part of it: its holders have some of what the other asks"),
            ("whole", "The whole of it: its holders count as holding the other"),
        ],
        initial="level",
    )
    note = lines("What is that based on?", most=400)

    def clean(self) -> dict[str, Any]:
        """The code of the other, in `code`. Raises ValidationError where there is none, or where nothing says why."""
        self.code = self.code_of("counterpart", "qualification")
        if not self.cleaned_data.get("note"):
            self.add_error("note", "Say what that is based on: it is shown to the public.")
        return self.cleaned_data

    def change(self) -> Change:
        """The comparison that is claimed. Only after `is_valid`."""
        said = self.cleaned_data
        wanted = {"extent": said["extent"] or "level", "note": " ".join(said["note"].split())}
        return Change("comparison", CREATE, {"qualification": WHAT, "counterpart": self.code}, wanted)


class RecognitionForm(StepForm):
    """Who has endorsed it or placed it at its level, when, and why."""

    first = "organisation"
    organisation = line("Which organisation?", "Its name here, code or number.")
    part = forms.ChoiceField(
        required=False,
        label="What did it do?",
        choices=[("endorses", "It endorses it"), ("places", "It placed it at the level that is proposed")],
    )
    on = line("When?", "For example 2024, 2024-09 or 30/9/2024.")
    note = lines("Why, or on what conditions?", most=400)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for what is missing or cannot be."""
        said = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        for name, sentence in (
            ("organisation", "Name the organisation that recognises it."),
            ("on", "Say when, at least the year."),
            ("note", "Say why: it is shown to the public."),
        ):
            if not said[name] and name not in self.errors:
                self.add_error(name, sentence)
        try:
            values = read_cells(BODY, {name: text for name, text in said.items() if text and name != "note"})
            self.code = values["organisation"].code if said["organisation"] else ""
        except WrongCells as error:
            for name, sentence in error.faults.items():
                self.add_error(name, sentence)
        return self.cleaned_data

    def change(self) -> Change:
        """The body's part that is claimed. Only after `is_valid`."""
        said = self.cleaned_data
        key = {"qualification": WHAT, "organisation": self.code, "part": said["part"] or "endorses"}
        return Change(BODY.kind, CREATE, key, {"on": said["on"], "note": " ".join(said["note"].split())})
