"""The figures of a table that fit what was asked: cells as published, never added up.

`where` chooses rows by the file's own columns and values. `by` keeps the named columns open and holds every other at
what stands for the whole of it: a filter at its total, the place at its highest level, time at its latest period.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from iqf.catalogue.queries import NotFoundError
from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.indicators.standard import LEVEL_COLUMNS, LEVEL_NOTATIONS, PARTS_OF_YEARS, PLACE, TIME
from iqf.indicators.store import asked, quoted, text

MOST: Final = 100_000
"""So many figures are answered at once, at most."""
INDICATOR: Final = "indicator"
_PARTS: Final = ", ".join(map(text, PARTS_OF_YEARS))
_LATEST: Final = (
    "(time_period, coalesce(time_identifier, '')) = (SELECT (time_period, coalesce(time_identifier, '')) FROM t "  # noqa: S608
    f"ORDER BY coalesce(time_identifier, '') IN ({_PARTS}), time_period DESC LIMIT 1)"
)
"""The latest whole year; where a table has none, the latest of the periods that it has."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of a table."""

    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    indicators: tuple[str, ...] = ()
    limit: int = MOST
    offset: int = 0


@dataclass(frozen=True)
class Figure:
    """One figure: a number, or the marker in its place; neither where the file leaves the cell empty.

    `cells` are the file's own columns besides the standard ones of time and place, as published.
    """

    cells: Mapping[str, str]
    area: str
    area_code: str
    level: str
    period: str
    identifier: str
    indicator: str
    value: float | None
    symbol: str


@dataclass(frozen=True)
class Figures:
    """The figures asked for: how many there are, and this part of them."""

    total: int
    rows: tuple[Figure, ...]


def figures(table: HeldTable, wanted: Wanted) -> Figures:
    """The figures of a table that fit. Raises NotFoundError, with the nearest, for a column or value it has not."""
    with asked() as db:
        db.execute(f"CREATE TEMP VIEW t AS SELECT * FROM read_parquet({text(table.path)})")  # noqa: S608
        one = _Question(table, db)
        conditions = one.conditions(wanted)
        numbers = one.indicators(wanted)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = int(db.execute(f"SELECT count(*) FROM t {where}").fetchone()[0])  # noqa: S608
        return Figures(rows * len(numbers), tuple(one.read(where, numbers, wanted)))


def distinct(table: HeldTable, columns: Sequence[str], most: int) -> dict[str, tuple[str, ...] | None]:
    """The values of each column, in order; None where it has more than `most`."""
    if not columns:
        return {}
    cells = f"read_parquet({text(table.path)})"
    with asked() as db:
        counts = ", ".join(f"approx_count_distinct({quoted(n)})" for n in columns)
        near = db.execute(f"SELECT {counts} FROM {cells}").fetchone()  # noqa: S608
        short = [n for n, count in zip(columns, near, strict=True) if count <= 2 * most]
        lists = ", ".join(
            f"list_sort(list(DISTINCT {quoted(n)}) FILTER (WHERE coalesce({quoted(n)}, '') <> ''))" for n in short
        )
        row = db.execute(f"SELECT {lists} FROM {cells}").fetchone() if short else ()  # noqa: S608
    listed = {n: tuple(str(v) for v in found or ()) for n, found in zip(short, row, strict=True)}
    return {n: listed[n] if n in listed and len(listed[n]) <= most else None for n in columns}


@dataclass(frozen=True)
class _Question:
    table: HeldTable
    db: Any

    def conditions(self, wanted: Wanted) -> list[str]:
        """What holds for the rows asked for, in SQL."""
        where = [(self.column(name), value.strip()) for name, value in wanted.where if not self._names_numbers(name)]
        conditions = [self._equal(column, value) for column, value in where]
        if wanted.by:
            by = [self.column(name) for name in wanted.by]
            conditions += self._held_whole(by, [column for column, _ in where])
        return conditions

    def _names_numbers(self, name: str) -> bool:
        return name == INDICATOR and all(c.name != INDICATOR for c in self.table.columns)

    def indicators(self, wanted: Wanted) -> list[HeldColumn]:
        """The indicators asked for; all of them where none is named."""
        named = [*wanted.indicators, *(value for name, value in wanted.where if self._names_numbers(name))]
        known = {c.name: c for c in self.table.indicators}
        for name in named:
            if name not in known:
                raise NotFoundError(_none(f'"{self.table.dataset}" has no indicator "{name}"', name, list(known)))
        return [known[name] for name in dict.fromkeys(named)] or list(known.values())

    def column(self, name: str) -> HeldColumn:
        """A column to choose rows by. Raises NotFoundError."""
        known = {c.name: c for c in self.table.columns if c.kind != INDICATOR}
        found = known.get(name) or {n.lower(): c for n, c in known.items()}.get(name.lower())
        if found is None:
            if any(c.name == name for c in self.table.indicators):
                raise NotFoundError(f'"{name}" is a number; choose rows by one of: {", ".join(known)}.')
            raise NotFoundError(_none(f'"{self.table.dataset}" has no column "{name}"', name, list(known)))
        return found

    def _equal(self, column: HeldColumn, value: str) -> str:
        if column.name == "geographic_level":
            value = LEVEL_NOTATIONS.get(value, value)
        cell = f"trim(coalesce({quoted(column.name)}, ''))"
        held = self.db.execute(f"SELECT 1 FROM t WHERE {cell} = {text(value)} LIMIT 1").fetchone()  # noqa: S608
        if held is None:
            raise self._no_value(column, value)
        return f"{cell} = {text(value)}"

    def _no_value(self, column: HeldColumn, value: str) -> NotFoundError:
        sql = f"SELECT DISTINCT {quoted(column.name)} FROM t WHERE {quoted(column.name)} IS NOT NULL LIMIT 20000"  # noqa: S608
        known = [str(row[0]) for row in self.db.execute(sql).fetchall()]
        return NotFoundError(_none(f'No row of "{self.table.dataset}" has {column.name} "{value}"', value, known))

    def _held_whole(self, by: Sequence[HeldColumn], chosen: Sequence[HeldColumn]) -> list[str]:
        """Every column that is neither asked by nor chosen, held at what stands for the whole of it."""
        free = {c.name for c in (*by, *chosen)} | {self.table.named_by}
        inside = {c.group: c for c in (*by, *chosen) if c.kind == "filter" and c.group and c.total}
        conditions = [self._total(c, inside.get(c.name)) for c in self.table.filters if c.name not in free]
        places = [c.name for c in (*by, *chosen) if c.kind == "place"]
        if "geographic_level" not in places:
            conditions.append(f"geographic_level = {text(self._level(places))}")
        if not any(c.kind == "time" for c in (*by, *chosen)):
            conditions.append(_LATEST)
        return conditions

    def _total(self, column: HeldColumn, inside: HeldColumn | None) -> str:
        """A filter at its total. The groups of another filter (`inside`) stay open to what is in them."""
        if column.total:
            whole = f"{quoted(column.name)} = {text(column.total)}"
            return f"({whole} OR {quoted(inside.name)} <> {text(inside.total)})" if inside else whole
        several = self.db.execute(f"SELECT count(DISTINCT {quoted(column.name)}) FROM t").fetchone()[0]  # noqa: S608
        if several <= 1:
            return "true"
        raise NotFoundError(
            f'"{column.name}" has no value for all of it, and figures are never added up here; '
            f"name it too (--by {column.name}), or choose one value (--where {column.name}=…)."
        )

    def _level(self, places: Sequence[str]) -> str:
        """The level that the places asked by are of, the finest; else the highest that the table has."""
        held = {str(r[0]) for r in self.db.execute("SELECT DISTINCT geographic_level FROM t").fetchall()}
        asked_for = [
            level for level, columns in LEVEL_COLUMNS.items() if set(columns) & set(places) and level in held
        ]
        if asked_for:
            return asked_for[-1]
        return next((level for level in LEVEL_COLUMNS if level in held), "National")

    def read(self, where: str, numbers: Sequence[HeldColumn], wanted: Wanted) -> list[Figure]:
        """One part of the figures: row by row, each with its indicators in order."""
        own = [c.name for c in self.table.columns if c.kind != INDICATOR and c.name not in (*TIME, *PLACE)]
        per_row = len(numbers)
        first, skipped = divmod(wanted.offset, per_row)
        most = min(wanted.limit, MOST)
        rows = (most + skipped) // per_row + 1
        parts = [_area("code", self.table), _area("name", self.table), "geographic_level", *TIME]
        parts += [quoted(n) for n in own]
        parts += [quoted(name) for c in numbers for name in (c.name, c.symbols)]
        sql = f"SELECT {', '.join(parts)} FROM t {where} LIMIT {rows} OFFSET {first}"  # noqa: S608
        found = [f for row in self.db.execute(sql).fetchall() for f in self._figures(row, own, numbers)]
        return found[skipped : skipped + most]

    def _figures(self, row: Sequence[Any], own: Sequence[str], numbers: Sequence[HeldColumn]) -> list[Figure]:
        cells = {name: row[5 + i] or "" for i, name in enumerate(own)}
        at = 5 + len(own)
        named = cells.get(self.table.named_by, "")
        return [
            Figure(
                cells=cells,
                area=row[1] or "",
                area_code=row[0] or "",
                level=row[2] or "",
                period=row[3] or "",
                identifier=row[4] or "",
                indicator=named or c.name,
                value=row[at + 2 * i],
                symbol=row[at + 2 * i + 1] or "",
            )
            for i, c in enumerate(numbers)
        ]


def _area(what: str, table: HeldTable) -> str:
    """SQL: the code or the name of the place that a row is of."""
    held = {c.name for c in table.of_kind("place")}
    cases = " ".join(
        f"WHEN {text(level)} THEN {quoted(columns[what == 'name'])}"
        for level, columns in LEVEL_COLUMNS.items()
        if columns[what == "name"] in held
    )
    return f"CASE geographic_level {cases} END"


def _none(said: str, wanted: str, known: Sequence[str]) -> str:
    """A sentence about what is not there, with the nearest that is."""
    folded = {k.lower(): k for k in known}
    near = get_close_matches(wanted.lower(), list(folded), n=3, cutoff=0.5)
    if near:
        return f"{said}; did you mean {' or '.join(f'{chr(34)}{folded[n]}{chr(34)}' for n in near)}?"
    shown = ", ".join(f'"{k}"' for k in known[:8])
    return f"{said}; there are {shown}{' and more' if len(known) > 8 else ''}."
