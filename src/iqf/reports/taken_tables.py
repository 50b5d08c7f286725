"""What do the tables that are held count of one aim, standard or subject area? Each is asked once, then kept."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from iqf.analysis.names import OtherName, without_brackets
from iqf.analysis.same_body import Bodies, Body
from iqf.indicators.queries import HeldTable, counting_any
from iqf.indicators.standard import period_words
from iqf.indicators.subjects import COLUMNS, Kind, column_of, complete, only_such, printed_values
from iqf.indicators.words import COUNTING, LOCATIONS, PROTECTED
from iqf.reports.aims_taken import aim_key
from iqf.reports.standards_taken import key
from iqf.reports.takeup import TakeUpRow, takeup

KEPT = 32
"""So many tables are kept counted, each in one release, which never changes."""


@dataclass(frozen=True)
class Table:
    """A table that counts aims, standards or subject areas: what it counts, when, where, and of whom.

    `period`: the latest whole year, in words. `complete`: it prints every one that anybody takes. `own_records`: it
    is of the learner records that were read in, not of the country.
    """

    dataset: str
    title: str
    version: str
    source: str
    column: str
    period: str
    period_code: str
    counting: str
    counting_words: str
    location_basis: str
    location_words: str
    complete: bool
    own_records: bool
    whole_country: bool
    notes: tuple[str, ...]
    counts: Mapping[str, tuple[TakeUpRow, ...]]
    """The rows of each subject, by its key; a subject that it prints nothing of in this period is not there."""
    ever: Mapping[str, str]
    """What it calls each subject that it prints in any period, by its key."""
    coded: bool
    """Whether subjects go by a number or code, so that one it does not print has no other name in it."""
    names: Bodies

    def of(self, keys: Collection[str]) -> tuple[str, tuple[TakeUpRow, ...]]:
        """What the table calls the subject that goes by one of these keys, and its rows; blank and none for none."""
        for one in sorted(keys):
            if one in self.counts:
                rows = self.counts[one]
                return rows[0].by[self.column], rows
        return "", ()

    def has_nobody_on(self, keys: Collection[str]) -> bool:
        """Whether nobody takes a subject that it prints nothing of: not where it may have another name here."""
        return self.complete and (self.coded or any(one in self.ever for one in keys))

    def perhaps(self, title: str) -> tuple[str, ...]:
        """What it prints that may be a subject of this title."""
        return tuple(near.name for near in self.names.perhaps((OtherName("name", title),)))


def tables_of(kind: Kind, named: Collection[HeldTable] = ()) -> tuple[Table, ...]:
    """Every table that is held and counts such subjects, by title; or those of the named releases that do."""
    held = [table for table in named if column_of(table.columns, kind)] if named else counting_any(COLUMNS[kind])
    return tuple(_counted(_Asked(table, kind)) for table in held)


@dataclass(frozen=True)
class _Asked:
    """A release and what is asked of it: equal for the same cells, whatever else was read since."""

    table: HeldTable
    kind: Kind

    def __hash__(self) -> int:
        return hash(self._same)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._same == other._same

    @property
    def _same(self) -> tuple[str, ...]:
        return str(self.table.path), self.table.sha256, self.table.dataset, self.table.version, self.kind


@lru_cache(maxsize=KEPT)
def _counted(asked: _Asked) -> Table:
    held, kind = asked.table, asked.kind
    column = column_of(held.columns, kind)
    if column is None:
        raise ValueError(f"{held.dataset} has no column of this kind")
    answer = takeup(held.dataset, [column.name], only_such(held.columns, kind), version=held.version)
    rows: dict[str, list[TakeUpRow]] = {}
    for row in answer.rows:
        rows.setdefault(key_of(kind, row.by[column.name]), []).append(row)
    printed = printed_values(held.path, held.columns, kind)
    identifier = next((note for note in answer.notes if "part of a year" in note and "stands apart" not in note), "")
    return Table(
        dataset=held.dataset,
        title=held.title,
        version=held.version,
        source=held.source,
        column=column.name,
        period=identifier.partition(":")[0] or period_words(answer.period or held.last_period),
        period_code=answer.period or held.last_period,
        counting=held.counting,
        counting_words=COUNTING[held.counting],
        location_basis=held.location_basis,
        location_words=LOCATIONS[held.location_basis],
        complete=complete(held, kind),
        own_records=held.profile == PROTECTED,
        whole_country=held.levels[:1] == ("National",) or held.levels == ("Provider",),
        notes=answer.notes,
        counts={name: tuple(sorted(found, key=_starts_first)) for name, found in rows.items()},
        ever={key_of(kind, value): value for value in printed},
        coded=kind == "aim" or all(_CODE.fullmatch(value) for value in printed),
        names=Bodies((Body(value, (OtherName("name", value),)) for value in printed), without_brackets),
    )


def _starts_first(row: TakeUpRow) -> tuple[int, str]:
    return (_FIRST.index(row.counting) if row.counting in _FIRST else len(_FIRST)), row.label


_FIRST: Final = ("learners", "starts", "enrolments", "aims", "achievements")
_CODE: Final = re.compile(r"ST\d{4}|\d{1,4}")
"""How official lists code standards: their own reference, or that of the aim register."""


def key_of(kind: Kind, value: str) -> str:
    """A value of a table as it is compared."""
    return aim_key(value) if kind == "aim" else key(value)
