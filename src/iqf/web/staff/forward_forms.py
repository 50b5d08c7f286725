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


def line(label: str, hint: str = "", most: int | None = None) -> forms.CharField:
    """A field of one line; what must be in it is for the form to say, in its own words."""
    box = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(required=False, max_length=most, label=label, help_text=hint, widget=box)


def lines(label: str, hint: str = "", rows: int = 3, most: int | None = None) -> forms.CharField:
    """A field of several lines."""
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(required=False, max_length=most, label=label, help_text=hint, widget=box)


class StepForm(forms.Form):
    """One step: a page that asks one thing. `first`: the field to go to where an error belongs to none."""

    first = "title"

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, self.first)

    def code_of(self, name: str, kind: str) -> str:
        """The code of the thing that a field names; blank, with an error at the field, where there is none."""
        said = self.cleaned_data.get(name) or ""
        try:
            return find(said, (kind,)).code
        except (NotFoundError, AmbiguousError) as error:
            self.add_error(name, str(error) if said else f"Name the {kind}.")
            return ""


class WhatForm(StepForm):
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


def _asked(name: str) -> forms.Field:
    column = QUALIFICATION.column(name)
    if name == "kind":
        column = Column(name, OneOf(PLACED), needed=True)
    field = field_of(column)
    field.label, field.help_text = LABELS[name], HINTS.get(name, "")
    return field


class UnitForm(StepForm):
    """One unit: what it is called, its hours, what learners will be able to do, which statements it teaches."""

    title = line("What is this part called?", "A day, a module, or the whole of it.", most=400)
    glh = line("Its taught hours")
    outcomes = lines("What will a learner be able to do?", "One on a line, each at most 500 characters.", rows=6)
    statements = lines(
        "Which statements of a framework does it teach?",
        "If you claim any: one on a line, as framework/code, for example common-core-2005/CC1.",
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
