"""The steps by which training or a qualification from elsewhere is put forward: one question at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from iqf.catalogue.editable.changes import CREATE, Change
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import CODE, ENTITIES
from iqf.catalogue.editable.holds import Near, OneOf, WrongValue
from iqf.catalogue.editable.rows import WrongCells, read_cells
from iqf.catalogue.queries import AmbiguousError, NotFoundError, find
from iqf.web.staff.forms import problems_of
from iqf.web.staff.row_form import field_of

WHAT = "new-1"
"""What is put forward, by the proposal's own name for it."""
GROUP = "units"
QUALIFICATION = ENTITIES["qualification"]
BODY = ENTITIES["programme body"]
TRAINING = ("title", "owner", "assessor", "glh", "tqt", "age_focus", "note")
PLACEMENT = (
    "title",
    "kind",
    "country",
    "owner",
    "level",
    "level_basis",
    "operational_start",
    "certification_end",
    "note",
)
LABELS = {
    "title": "What is it called?",
    "owner": "Whose is it?",
    "assessor": "Who assesses it?",
    "glh": "Taught hours",
    "tqt": "Total study time, in hours",
    "age_focus": "Ages of the children it is about",
    "note": "Anything else about it",
    "kind": "Is it from abroad, or from an earlier time?",
    "country": "Where is it awarded?",
    "level": "Which level do you propose?",
    "level_basis": "What is that based on?",
    "operational_start": "Awarded from",
    "certification_end": "Awarded until",
}
HINTS = {
    "title": "As it stands on the certificate.",
    "owner": "The organisation that awards it: its name here, code or number. Leave it empty if it is not here yet.",
    "assessor": "A part, not a person: line managers, an outside assessor, nobody.",
    "tqt": "With reading and practice.",
    "age_focus": "For example 0-5.",
    "kind": "An earlier one that is no longer awarded is historic.",
    "level_basis": "A statement of comparability, the hours, what it was accepted for. Whoever decides reads it.",
    "level": "As a level of this country, 1 to 8, Entry 1 to 3, or none.",
}
PLACED = ("international", "historic")


class WhatForm(forms.Form):
    """What it is: the columns of a qualification that are asked, in words of their own."""

    def __init__(self, columns: Sequence[str], needed: Sequence[str], kind: str = "", data: Any = None, **more: Any):
        """`kind`: what it is where that is not asked; `needed`: what must be said."""
        super().__init__(data, **more)
        self.columns, self.needed, self.kind = columns, needed, kind
        for name in columns:
            self.fields[name] = _asked(name)

    def clean(self) -> dict[str, Any]:
        """Every answer read as its column asks. Raises ValidationError in the words of each."""
        said = {name: self.cleaned_data.get(name) or "" for name in self.columns}
        for name in self.needed:
            if not said[name]:
                self.add_error(name, f"Answer this: {LABELS[name].lower()}")
        try:
            read_cells(QUALIFICATION, {name: text for name, text in said.items() if text})
        except WrongCells as error:
            for name, sentence in error.faults.items():
                self.add_error(name, sentence)
        return self.cleaned_data

    def change(self) -> Change:
        """The qualification that it is to become. Only after `is_valid`."""
        said = {name: self.cleaned_data[name] for name in self.columns if self.cleaned_data.get(name)}
        return Change(QUALIFICATION.kind, CREATE, {CODE: WHAT}, {"kind": self.kind, **said} if self.kind else said)

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "title")


def _asked(name: str) -> forms.Field:
    column = QUALIFICATION.column(name)
    if name == "kind":
        column = Column(name, OneOf(PLACED), needed=True)
    field = field_of(column)
    field.label, field.help_text = LABELS[name], HINTS.get(name, "")
    return field


class UnitForm(forms.Form):
    """One unit: what it is called, its hours, what learners will be able to do, which statements it teaches."""

    title = forms.CharField(
        required=False,
        max_length=400,
        label="What is this part called?",
        help_text="A day, a module, or the whole of it.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    glh = forms.CharField(
        required=False, label="Its taught hours", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    outcomes = forms.CharField(
        required=False,
        label="What will a learner be able to do?",
        help_text="One on a line, each at most 500 characters.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    statements = forms.CharField(
        required=False,
        label="Which statements of a framework does it teach?",
        help_text="If you claim any: one on a line, as framework/code, for example common-core-2005/CC1.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for what is missing, and for statements that there are not."""
        said = self.cleaned_data
        if not said.get("title"):
            self.add_error("title", "Give this part a title.")
        if not self.lines("outcomes"):
            self.add_error("outcomes", "Write at least one outcome: what a learner will be able to do.")
        if any(len(line) > 500 for line in self.lines("outcomes")):
            self.add_error("outcomes", "An outcome is at most 500 characters long; put each on its own line.")
        try:
            read_cells(ENTITIES["unit"], {"glh": said.get("glh") or ""})
        except WrongCells as error:
            self.add_error("glh", error.faults["glh"])
        for line in self.lines("statements"):
            try:
                ENTITIES["unit alignment"].column("statement").read(line, Near())
            except WrongValue as error:
                self.add_error("statements", str(error))
        return said

    def lines(self, name: str) -> list[str]:
        """The lines of a box, each once."""
        text = self.cleaned_data.get(name) or ""
        return list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))

    def changes(self, new: str, first: bool, position: int) -> Iterator[Change]:
        """The unit under the proposal's name for it, its outcomes, its place, what it teaches. After `is_valid`."""
        said = {"title": self.cleaned_data["title"], "glh": self.cleaned_data["glh"]}
        yield Change("unit", CREATE, {CODE: new}, {name: text for name, text in said.items() if text})
        for place, text in enumerate(self.lines("outcomes"), start=1):
            yield Change("unit outcome", CREATE, {"unit": new, "position": str(place)}, {"text": text})
        key = {"qualification": WHAT, "key": GROUP}
        if first:
            yield Change("rule group", CREATE, key, {"title": "All of it", "kind": "all"})
        named = {"qualification": WHAT, "group": GROUP, "unit": new}
        yield Change("rule unit", CREATE, named, {"position": str(position)})
        for line in self.lines("statements"):
            taught = {"unit": new, "statement": line, "verb": "teaches"}
            yield Change("unit alignment", CREATE, taught, {"strength": "partly"})

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "title")


class RoleForm(forms.Form):
    """One role that asks for it or could, how strongly, and on whose authority."""

    role = forms.CharField(
        required=False,
        label="Which role is it for?",
        help_text="Its name or code.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
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
        try:
            self.code = find(self.cleaned_data.get("role") or "", ("role",)).code
        except (NotFoundError, AmbiguousError) as error:
            self.add_error("role", str(error) if self.cleaned_data.get("role") else "Name the role.")
        return self.cleaned_data

    def change(self) -> Change:
        """The requirement that is claimed. Only after `is_valid`."""
        said = {name: self.cleaned_data[name] for name in ("strength", "basis") if self.cleaned_data[name]}
        return Change(
            "requirement", CREATE, {"role": self.code, "qualification": WHAT}, {"strength": "relevant", **said}
        )

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "role")


class ComparisonForm(forms.Form):
    """One qualification of this country that it compares with, how far, and why."""

    counterpart = forms.CharField(
        required=False,
        label="Which qualification here does it compare with?",
        help_text="Its name, number or code.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
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
    note = forms.CharField(
        required=False,
        max_length=400,
        label="What is that based on?",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """The code of the other, in `code`. Raises ValidationError where there is none, or where nothing says why."""
        named = self.cleaned_data.get("counterpart") or ""
        try:
            self.code = find(named, ("qualification",)).code
        except (NotFoundError, AmbiguousError) as error:
            self.add_error("counterpart", str(error) if named else "Name the qualification.")
        if not self.cleaned_data.get("note"):
            self.add_error("note", "Say what that is based on: it is shown to the public.")
        return self.cleaned_data

    def change(self) -> Change:
        """The comparison that is claimed. Only after `is_valid`."""
        said = self.cleaned_data
        wanted = {"extent": said["extent"] or "level", "note": " ".join(said["note"].split())}
        return Change("comparison", CREATE, {"qualification": WHAT, "counterpart": self.code}, wanted)

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "counterpart")


class RecognitionForm(forms.Form):
    """Who has endorsed it or placed it at its level, when, and why."""

    organisation = forms.CharField(
        required=False,
        label="Which organisation?",
        help_text="Its name here, code or number.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    part = forms.ChoiceField(
        required=False,
        label="What did it do?",
        choices=[("endorses", "It endorses it"), ("places", "It placed it at the level that is proposed")],
    )
    on = forms.CharField(
        required=False,
        label="When?",
        help_text="For example 2024, 2024-09 or 30/9/2024.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        required=False,
        max_length=400,
        label="Why, or on what conditions?",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

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

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "organisation")
