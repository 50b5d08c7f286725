"""What a sheet that came back would change, as staff, the command line and whoever sent it see it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from iqf.catalogue.editable.changes import CHANGE, CREATE, RESTORE, RETIRE, Change
from iqf.catalogue.editable.entities import Entity
from iqf.catalogue.editable.marks import mark
from iqf.catalogue.editable.sheet import Marking

ROW = ""
"""The column of a fault that is one of the whole row."""


@dataclass(frozen=True)
class FieldChange:
    """One cell that is to change: its column as the sheet has it, what stands, what is to stand."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One row of the sheet and what it would do. `code`: of the thing, blank for a new one or a row that joins."""

    row: int
    act: str
    code: str
    title: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class CellFault:
    """What is wrong in one cell, or in the row as a whole: where in the sheet, what stands there, why, what to do.

    `now`: what the catalogue says by now, where somebody changed that since the sheet was downloaded.
    """

    row: int
    column: str
    heading: str
    value: str
    message: str
    now: str | None = None


@dataclass(frozen=True)
class Preview:
    """What a sheet would change, in the order of its rows. `changes` and `rows` go together.

    `version`: of the data that it was compared with; `fresh`: what rows say now that were changed meanwhile.
    """

    entity: Entity
    file: str
    read: int
    done: tuple[RowChange, ...]
    left_alone: int
    faults: tuple[CellFault, ...]
    notes: tuple[str, ...]
    changes: tuple[Change, ...]
    rows: tuple[int, ...]
    version: str = ""
    fresh: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def _acted(self, act: str) -> tuple[RowChange, ...]:
        return tuple(one for one in self.done if one.act == act)

    @cached_property
    def added(self) -> tuple[RowChange, ...]:
        """The rows that would be new."""
        return self._acted(CREATE)

    @cached_property
    def changed(self) -> tuple[RowChange, ...]:
        """The rows in which something would change."""
        return self._acted(CHANGE)

    @cached_property
    def retired(self) -> tuple[RowChange, ...]:
        """The rows that would be withdrawn."""
        return self._acted(RETIRE)

    @cached_property
    def restored(self) -> tuple[RowChange, ...]:
        """The rows that would stand again."""
        return self._acted(RESTORE)

    @cached_property
    def markings(self) -> dict[int, Marking]:
        """What is to be marked in the file that goes back, row by row."""
        said: dict[int, dict[str, str]] = defaultdict(dict)
        for fault in self.faults:
            said[fault.row][fault.column] = fault.message
        return {row: Marking(faults, self._mark(row)) for row, faults in said.items()}

    def _mark(self, row: int) -> str:
        """A new mark for a row that was changed meanwhile, so that it is meant when it is sent again."""
        return mark(self.entity, self.fresh[row], self.version) if row in self.fresh else ""

    @cached_property
    def wrong_rows(self) -> tuple[int, ...]:
        """The numbers of the rows in which something is wrong; they are left out of `changes` as a whole."""
        return tuple(sorted({fault.row for fault in self.faults}))
