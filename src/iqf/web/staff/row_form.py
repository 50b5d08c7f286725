"""The form of one row of any entity: a field for each column, filled with what it says, read back as one change."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms

from iqf.catalogue.editable.changes import CHANGE, CREATE, Change
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import CODE, Entity
from iqf.catalogue.editable.holds import OneOf, Text, ThingOf, YesNo
from iqf.catalogue.editable.rows import WrongCells, read_cells
from iqf.catalogue.models.things import Thing
from iqf.web.staff.forms import problems_of

NOTHING = "Nothing is different from what it says now; change a field first."
BASE_MOST = 100_000


class RowForm(forms.Form):
    """What a row says or is to say. `key`: the cells that name a row that stands; none for a new one.

    `base` travels with the form: what the author saw in each field. What was typed stays when something is wrong.
    """

    base = forms.CharField(required=False, widget=forms.HiddenInput, max_length=BASE_MOST)

    def __init__(
        self,
        entity: Entity,
        data: Any = None,
        *,
        key: Mapping[str, str] | None = None,
        cells: Mapping[str, str],
        typed: Mapping[str, str],
        new: Mapping[str, Thing] | None = None,
    ) -> None:
        """`cells`: what the row says, blank for a new one; `typed`: what the fields show to begin with; `new`: the
        things that the same proposal brings, by its names for them.
        """
        self.new = new or {}
        self.entity, self.key = entity, dict(key or {})
        self.columns = entity.own if key else entity.columns
        self.cells = {column.name: cells.get(column.name, "") for column in self.columns}
        super().__init__(data, prefix="row", initial={**typed, "base": json.dumps(self.cells)})
        for column in self.columns:
            self.fields[column.name] = field_of(column)

    def clean(self) -> dict[str, Any]:
        """Every cell read as its column asks. Raises ValidationError in the words of each."""
        said = {c.name: self.cleaned_data.get(c.name, "") for c in self.columns}
        asked = {name: text for name, text in said.items() if text != self.base_cells.get(name, "")}
        if not asked and self.key:
            raise forms.ValidationError(NOTHING)
        self.asked = asked
        context = {name: self.key[name] for name in self.entity.key if name in self.key}
        try:
            read_cells(self.entity, {**context, **asked}, new=self.new, all_needed=not self.key)
        except WrongCells as error:
            for name, sentence in error.faults.items():
                self.add_error(name if name in self.fields else None, sentence)
        return self.cleaned_data

    @property
    def base_cells(self) -> dict[str, str]:
        """What the author saw, as the form carried it."""
        try:
            said = json.loads(self.cleaned_data.get("base") or "null")
        except ValueError:
            said = None
        return {str(k): str(v) for k, v in said.items()} if isinstance(said, dict) else self.cells

    def change(self, new_name: str = "new-1") -> Change:
        """The change that was asked for. Only after `is_valid`."""
        if self.key:
            seen = self.base_cells
            return Change(self.entity.kind, CHANGE, self.key, self.asked, {n: seen.get(n, "") for n in self.asked})
        said = {name: text for name, text in self.asked.items() if text}
        key = {CODE: new_name} if self.entity.is_thing else {name: said.pop(name, "") for name in self.entity.key}
        return Change(self.entity.kind, CREATE, key, said)

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, self.columns[0].name)


def field_of(column: Column) -> forms.Field:
    """The field in which people type or choose what a column is to say."""
    said: dict[str, Any] = {"required": False, "label": column.words.capitalize(), "help_text": help_of(column)}
    holds = column.holds
    if isinstance(holds, OneOf | YesNo):
        values = holds.values if isinstance(holds, OneOf) else ("yes", "no")
        choices = [("", "Not stated"), *((value, value) for value in values if value)]
        return forms.ChoiceField(choices=choices, **said)
    if isinstance(holds, Text) and holds.long:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), strip=True, **said)
    return forms.CharField(strip=True, widget=forms.TextInput(attrs={"autocomplete": "off"}), **said)


def help_of(column: Column) -> str:
    """What a column means and what it takes, in a line."""
    takes = "" if isinstance(column.holds, OneOf | YesNo | Text) else column.holds.words
    if isinstance(column.holds, ThingOf):
        takes = f"{' or '.join(column.holds.kinds)}, by code, number or title".capitalize()
    parts = [column.help, takes[:1].upper() + takes[1:]]
    return " ".join(part if part[-1] in ".?…" else f"{part}." for part in parts if part)
