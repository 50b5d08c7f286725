"""What a row of an official file says: as printed, as read, and as one short fingerprint."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=dict).encode


@dataclass(frozen=True)
class PrintedRow:
    """One row of an official file: its own reference, the cells as printed, and what they were read as.

    `silence`: by column, the cell that says nothing where that is not a blank ("False" in a column of approvals).
    A column that says nothing is as good as no column, so a list may gain or lose one without changing every row.
    `cells`: hash of the row's cells, where they were read without a doubt and need not be read again.
    """

    reference: str
    row: int
    printed: Mapping[str, str]
    facts: Mapping[str, Any]
    title: str
    number: str = ""
    owner: str = ""
    level: str = ""
    kind: str = "qualification"
    silence: Mapping[str, str] = field(default_factory=dict)
    cells: str = ""

    def fingerprint(self) -> str:
        """32 hexadecimal figures, equal for rows that say the same. Independent of the order of columns."""
        said = self.said(self.printed)
        parts = (self.number, self.title, self.owner, self.level, self.kind, self.facts, said)
        return hashlib.blake2b(_encode(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def said(self, printed: Mapping[str, str]) -> dict[str, str]:
        """The cells that say something."""
        silence = self.silence
        if not silence:
            return {c: v for c, v in printed.items() if v}
        return {c: v for c, v in printed.items() if v and v != silence.get(c)}


@dataclass(frozen=True)
class SameCells:
    """A row whose cells are those from which the row that stands was read, to the letter: it says the same."""

    reference: str


@dataclass(frozen=True)
class RowChange:
    """A row that says something else than before: the printed cells and facts that differ, and if it came back.

    Only columns that both files print are compared, unless the row came back.
    """

    reference: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    facts_before: Mapping[str, Any]
    facts_after: Mapping[str, Any]
    returned: bool = False


@dataclass
class Mirrored:
    """What a file did to the register, by reference.

    `overtaken` rows were left as a later file had made them. `reshaped` rows say something else only in columns that
    one of the two files does not have: they were written, and are not counted as changed.
    """

    added: list[str] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    overtaken: list[str] = field(default_factory=list)
    reshaped: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    columns_ended: tuple[str, ...] = ()
    columns_new: tuple[str, ...] = ()
    writes: int = 0

    @property
    def mentioned(self) -> set[str]:
        """The rows that the file speaks of."""
        changed = (change.reference for change in self.changed)
        return {*self.added, *changed, *self.unchanged, *self.overtaken, *self.reshaped}

    def counts(self) -> dict[str, int]:
        """How many of each."""
        names = ("added", "changed", "unchanged", "overtaken", "reshaped", "retired")
        return {name: len(getattr(self, name)) for name in names if name != "reshaped" or self.reshaped}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The entries of two mappings that differ: each side's own."""
    names = [n for n in {**before, **after} if before.get(n) != after.get(n)]
    return {n: before[n] for n in names if n in before}, {n: after[n] for n in names if n in after}
