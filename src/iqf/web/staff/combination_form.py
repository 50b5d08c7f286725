"""The rules of combination of one qualification as a form: its groups, and the units in each, one on a line."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from iqf.catalogue.editable.changes import CHANGE, CREATE, RETIRE, Change
from iqf.catalogue.editable.entities import ENTITIES
from iqf.catalogue.editable.rows import cells_of
from iqf.catalogue.models import Qualification
from iqf.catalogue.queries import AmbiguousError, NotFoundError, find, rules
from iqf.web.staff.row_form import field_of

GROUP, UNIT = ENTITIES["rule group"], ENTITIES["rule unit"]
COLUMNS = tuple(column for column in GROUP.columns if column.name != "qualification")
SPARE = 2
"""How many empty groups the form offers."""


class GroupForm(forms.Form):
    """One group: what it says, and its units, each by its code, one on a line; words after the code are ignored."""

    units = forms.CharField(
        required=False, label="Units", help_text="One on a line, by code, reference or title.", widget=forms.Textarea
    )
    gone = forms.BooleanField(required=False, label="Take this group out, with its units")

    def __init__(self, data: Any, cells: Mapping[str, str], units: list[tuple[str, str]], prefix: str) -> None:
        self.cells, self.members = dict(cells), [code for code, _ in units]
        listed = "\n".join(f"{code}  {title}" for code, title in units)
        super().__init__(data, prefix=prefix, initial={**cells, "units": listed})
        self.fields["units"].widget.attrs["rows"] = max(3, min(14, len(units) + 1))
        for column in COLUMNS:
            if not (column.name == "key" and cells):
                self.fields[column.name] = field_of(column)
        self.fields["note"].widget.attrs["rows"] = 2
        self.order_fields([column.name for column in COLUMNS])

    def clean_units(self) -> list[str]:
        """The permanent codes of the units, each once. Raises ValidationError for what is no unit."""
        codes, wrong = [], []
        for line in filter(str.strip, self.cleaned_data["units"].splitlines()):
            try:
                codes.append(find(line.split("  ")[0].strip(), ["unit"]).code)
            except (NotFoundError, AmbiguousError) as error:
                wrong.append(str(error))
        if wrong:
            raise forms.ValidationError(wrong)
        return list(dict.fromkeys(codes))

    @property
    def said(self) -> dict[str, str]:
        """The group's own columns as they were typed."""
        return {c.name: self.cleaned_data.get(c.name, "") for c in COLUMNS if c.name in self.fields}


class CombinationForm:
    """Every group of a qualification, and some empty ones. What was typed stays when something is wrong."""

    def __init__(self, qualification: Qualification, data: Any = None) -> None:
        self.qualification = qualification
        held = [(cells_of(GROUP, group), _units(group)) for group in rules([qualification.pk])]
        self.base = json.dumps([[cells, [code for code, _ in units]] for cells, units in held])
        self.overtaken = data is not None and data.get("base") != self.base
        rows = [*held, *((({}, []),) * SPARE)]
        self.groups = [GroupForm(data, cells, units, f"g{n}") for n, (cells, units) in enumerate(rows)]

    def is_valid(self) -> bool:
        """Whether every unit that is listed is one."""
        return not [group for group in self.groups if not group.is_valid()]

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return [
            {"text": str(text), "href": f"#{group[name].id_for_label}"}
            for group in self.groups
            for name, errors in group.errors.items()
            for text in errors
        ]

    def changes(self) -> list[Change]:
        """What was changed: groups made, changed and taken out, units put in and taken out. Only after `is_valid`."""
        return [change for group in self.groups for change in self._of(group)]

    def _of(self, group: GroupForm) -> Iterator[Change]:
        said, units = group.said, group.cleaned_data["units"]
        key = {"qualification": self.qualification.code, "key": group.cells.get("key") or said.pop("key", "")}
        if group.cells and group.cleaned_data["gone"]:
            yield from (self._unit(RETIRE, key, code) for code in group.members)
            yield Change(GROUP.kind, RETIRE, key)
            return
        if group.cells:
            asked = {name: text for name, text in said.items() if text != group.cells.get(name, "")}
            if asked:
                yield Change(GROUP.kind, CHANGE, key, asked, {name: group.cells.get(name, "") for name in asked})
        elif key["key"] or any(said.values()) or units:
            yield Change(GROUP.kind, CREATE, key, {name: text for name, text in said.items() if text})
        for place, code in enumerate(units, start=1):
            if code not in group.members:
                yield self._unit(CREATE, key, code, {"position": str(place)})
        yield from (self._unit(RETIRE, key, code) for code in group.members if code not in units)

    def _unit(self, act: str, key: Mapping[str, str], code: str, wanted: Mapping[str, str] | None = None) -> Change:
        named = {"qualification": key["qualification"], "group": key["key"], "unit": code}
        return Change(UNIT.kind, act, named, wanted or {})


def _units(group: Any) -> list[tuple[str, str]]:
    return [(member.unit.code, member.unit.title) for member in group.members.all()]
