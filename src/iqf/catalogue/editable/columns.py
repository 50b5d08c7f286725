"""The columns of an entity: their names, what they hold, what they mean, and their value in a row."""

from dataclasses import dataclass
from typing import Any

from iqf.catalogue.editable.holds import Holds, Near, Text, WrongValue

WORDS = {"subject": "about", "value_decided": "to be shown"}
"""Columns that people know by other words than the data."""


@dataclass(frozen=True)
class Column:
    """One column: its name in sheets and in the data, what it holds, what it means, and whether it must be there.

    `path`: where the value stands, where that is not a field of the row itself (`group.qualification`).
    """

    name: str
    holds: Holds
    help: str = ""
    needed: bool = False
    path: str = ""

    @property
    def words(self) -> str:
        """The column as a person reads it."""
        return WORDS.get(self.name) or self.name.removeprefix("stated_").replace("_", " ")

    def read(self, text: str, near: Near) -> Any:
        """The value of a cell. Raises WrongValue, also where a needed one is blank."""
        if text.strip():
            return self.holds.read(text, near)
        if self.needed:
            takes = "" if isinstance(self.holds, Text) else f": {self.holds.words}"
            raise WrongValue(f"The {self.words} must be given{takes}.")
        return self.holds.blank

    def of(self, row: Any) -> Any:
        """The value of a row in this column; None where the row has none such."""
        for step in (self.path or self.name).split("."):
            row = None if row is None else getattr(row, step)
        return row

    def show(self, row: Any) -> str:
        """The cell of a row."""
        return self.holds.show(self.of(row))
