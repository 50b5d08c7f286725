"""Which of the sheets of a file is meant, and which of its columns is which? Known by its headings alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from openpyxl.utils import get_column_letter

from iqf.catalogue.editable.entities import ALL, CODE, Entity
from iqf.catalogue.editable.matching import OFFICIAL
from iqf.catalogue.editable.sheet import SEEN, WRONG, heading_key, headings, mark_of
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.uploads.grids import MOST_COLUMNS, Cell, Grid

FIRST_LINES = 10
"""The headings stand in one of so many lines; above them may be a title."""
PASSED_OVER = ""


@dataclass(frozen=True)
class Found:
    """The headings of a sheet: where they are, which column of the entity each is, and how it is written there."""

    grid: Grid
    line: int
    columns: Mapping[int, str]
    texts: Mapping[str, str]
    headed: frozenset[int]


def find_headings(entity: Entity, grids: Sequence[Grid], file: str) -> Found:
    """The sheet of this entity in a file. Raises Refused where there is none, or more than one."""
    lines = [(grid, n, keys) for grid in grids for n, keys in _first_lines(grid)]
    for other in ALL:
        if other is not entity and any(heading_key(mark_of(other)) in keys for _, _, keys in lines):
            refuse_other(entity, other, file)
    known = _known(entity)
    fitting = [one for one in lines if _fits(entity, known, one[2])]
    whole = [one for one in fitting if not _unknown(known, one[2])]
    sheets = {grid.name for grid, _, _ in whole}
    if len(sheets) > 1:
        names = " and ".join(f'"{name}"' for name in sorted(sheets))
        message = f"the sheets {names} all have the headings of {entity.plural}; leave only the one that you mean."
        raise Refused([Fault(message, file)])
    if whole:
        return _found(known, *whole[0], file)
    for other in ALL:
        if any(_fits(other, _known(other), keys) and not _unknown(_known(other), keys) for _, _, keys in lines):
            refuse_other(entity, other, file)
    if fitting:
        _strange(entity, known, *fitting[0], file)
    needed = " or ".join(f'"{name}"' for name in _naming(entity))
    message = f"no line has the headings of {entity.plural}; there must be a column {needed}. Begin with a template."
    raise Refused([Fault(message, file)])


def refuse_other(entity: Entity, other: Entity, file: str) -> NoReturn:
    """The list is one of another entity. Raises Refused."""
    message = f"this is a list of {other.plural}, not of {entity.plural}; upload it under {other.plural}."
    raise Refused([Fault(message, file)])


def _first_lines(grid: Grid) -> list[tuple[int, list[str]]]:
    found = []
    for number, line in enumerate(grid.lines(MOST_COLUMNS), start=1):
        if number > FIRST_LINES:
            break
        found.append((number, [heading_key(cell.text) for cell in line]))
    return found


def _known(entity: Entity) -> dict[str, str]:
    """The headings of an entity as they are compared, to what each is called here."""
    known = {heading_key(h.text): h.name for h in headings(entity)} | {heading_key(n): n for n in entity.names}
    return known | {heading_key(mark_of(entity)): SEEN, heading_key(SEEN): SEEN, heading_key(WRONG): PASSED_OVER}


def _naming(entity: Entity) -> tuple[str, ...]:
    """The columns by any of which a row is named; of rows that join, each that must be there."""
    if entity.is_thing:
        return tuple(filter(None, (CODE, OFFICIAL.get(entity.kind, ""), "title")))
    return tuple(name for name in entity.key if entity.column(name).needed)


def _fits(entity: Entity, known: Mapping[str, str], keys: Sequence[str]) -> bool:
    there = {known[key] for key in keys if key in known} - {PASSED_OVER}
    named = [name in there for name in _naming(entity)]
    return (any(named) if entity.is_thing else all(named)) and len(there) > 1


def _unknown(known: Mapping[str, str], keys: Sequence[str]) -> list[int]:
    return [place for place, key in enumerate(keys) if key and key not in known]


def _strange(
    entity: Entity, known: Mapping[str, str], grid: Grid, number: int, keys: Sequence[str], file: str
) -> NoReturn:
    line = _line(grid, number)
    strange = [f'"{line[place].text}" (column {get_column_letter(place + 1)})' for place in _unknown(known, keys)]
    are = "are no columns" if len(strange) > 1 else "is no column"
    columns = ", ".join(h.text for h in headings(entity) if h.column)
    message = f"{', '.join(strange)} {are} of {entity.plural}; take it out, or call it by one of: {columns}."
    raise Refused([Fault(message, file, number)])


def _found(known: Mapping[str, str], grid: Grid, number: int, keys: Sequence[str], file: str) -> Found:
    line = _line(grid, number)
    columns: dict[int, str] = {}
    texts: dict[str, str] = {}
    for place, key in enumerate(keys):
        name = known.get(key, PASSED_OVER)
        if name != PASSED_OVER and name in texts:
            message = f'two columns are called "{line[place].text}"; take one of them out.'
            raise Refused([Fault(message, file, number)])
        if name != PASSED_OVER:
            columns[place], texts[name] = name, " ".join(line[place].text.split())
    if any(merged.rows[0] <= number <= merged.rows[1] for merged in grid.merged):
        raise Refused([Fault("headings are merged with other cells; unmerge them.", file, number)])
    headed = frozenset(place for place, key in enumerate(keys) if key)
    return Found(grid, number, columns, texts, headed)


def _line(grid: Grid, number: int) -> Sequence[Cell]:
    return next(line for n, line in enumerate(grid.lines(MOST_COLUMNS), start=1) if n == number)
