"""A table of true counts made safe to publish: the one way by which counts of people become a release.

Order: what is small is kept back, then what would give it away, beside every earlier release of the data set; then
the rest is rounded. What comes out holds protected cells only; the true ones go to a file of their own.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from iqf.analysis.disclosure import NotSafeInTimeError, Profile, Protected, Shown, protect, unsafe
from iqf.indicators.adding_up import Cell, cell_of, counts_of
from iqf.indicators.cells import typed
from iqf.indicators.private import true_path
from iqf.indicators.protection import NotSafeError, Protection
from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.indicators.standard import LEVEL_COLUMNS
from iqf.indicators.store import asked, text

MOST: Final = 200_000
"""So many counts of one period are protected at once, at most."""
MOST_SMALL: Final = 50_000
"""And so many that are to be kept back for themselves: with 40,000 of them it takes three minutes."""
COARSER: Final = "cut the table by fewer places or filters"
"""What to do where a table is too large, unless its source knows better."""
SECONDS: Final = 60.0
"""For one period to look for the least that is to be kept back."""
NO_COUNT: Final = ("z", "x", "NA")
"""Markers that may stand in a table of true counts: they say that there is no number, not that one is hidden."""
Period = tuple[str, str]
Rows = dict[Period, dict[Cell, dict[str, Any]]]


@dataclass(frozen=True)
class Guarded:
    """A table that may be published: its printed cells, the true ones, the outcome; and after which releases."""

    cells: Path
    true: Path
    protection: Protection
    after: tuple[str, ...]


def guarded(
    cells: Path,
    columns: Sequence[HeldColumn],
    rule: Profile,
    earlier: Sequence[HeldTable] = (),
    *,
    seconds: float = SECONDS,
    coarser: str = COARSER,
) -> Guarded:
    """The printed true counts at `cells` as they may be published after the `earlier` releases, the oldest first.

    `coarser`: what to do where there are more than can be protected. Raises NotSafeError, in one sentence, where they
    cannot be published safely.
    """
    true, safe = cells.with_name(f"{cells.stem}.true.parquet"), cells.with_name(f"{cells.stem}.safe.parquet")
    with asked() as db:
        kinds = typed([(c.name, c.kind) for c in columns])
        db.execute(f"COPY (SELECT {kinds} FROM read_parquet({text(cells)})) TO {text(true)} (FORMAT parquet)")  # noqa: S608
    table = pq.read_table(true).to_pylist()
    _only_counts(table, columns)
    _contributors_are_told(table, columns, rule)
    rows = _by_period(table, columns)
    if rule.zeros == "hidden":
        _every_row_is_there(rows)
    before = [Before(each, columns) for each in earlier]
    protected = {
        period: _protected(period, held, columns, rule, [b.of(period) for b in before], seconds, coarser)
        for period, held in rows.items()
    }
    _print(table, columns, protected, safe)
    return Guarded(safe, true, _outcome(rule, list(protected.values())), tuple(b.table.version for b in before))


def _only_counts(table: Sequence[Mapping[str, Any]], columns: Sequence[HeldColumn]) -> None:
    """Refuse what is no table of true counts: rates, negative numbers, markers of a table protected already."""
    for column in (c for c in columns if c.kind == "indicator"):
        for row in table:
            value, symbol = row[column.name], row[column.symbols]
            if symbol and symbol not in NO_COUNT:
                raise NotSafeError(
                    f'"{column.name}" has "{symbol}" in it, so that somebody has protected it already; '
                    "read it in as published, or give the true counts."
                )
            if value is not None and (value < 0 or value != int(value)):
                raise NotSafeError(
                    f'"{column.name}" has {value:g} in it, which is no count of anybody; leave rates and averages '
                    "out, they are made again from the protected counts."
                )


def _contributors_are_told(table: Sequence[Mapping[str, Any]], columns: Sequence[HeldColumn], rule: Profile) -> None:
    """Refuse a rule of dominance where the table does not tell who contributes: a filter, or places of a level."""
    if rule.dominance is None:
        return
    printed = {row["geographic_level"] for row in table} - {"National"}
    places = {name for level in printed for name in LEVEL_COLUMNS.get(level, ())}
    known = [c.name for c in columns if (c.kind == "filter" and c.total) or c.name in places]
    if rule.of not in known:
        there = f"of= names one of: {', '.join(known)}" if known else "it has none, so leave dominance out"
        raise NotSafeError(f'"{rule.of}" tells of no count in this table who makes it; {there}.')


def _by_period(table: Sequence[dict[str, Any]], columns: Sequence[HeldColumn]) -> Rows:
    filters = [c for c in columns if c.kind == "filter"]
    found: Rows = defaultdict(dict)
    for row in table:
        held, cell = found[_period(row)], cell_of(row, filters)
        if cell in held:
            raise NotSafeError(f"Two rows are of the same place and filters ({', '.join(filter(None, cell))}).")
        held[cell] = row
    return found


def _every_row_is_there(rows: Rows) -> None:
    """Where zeros are kept back, a row left out would tell one."""
    for period, cells in rows.items():
        ways = zip(*(cell[2:] for cell in cells), strict=True)
        if len(cells) < prod([len({cell[:2] for cell in cells}), *(len(set(way)) for way in ways)]):
            raise NotSafeError(
                f"Rows of {period[0]} are left out where there is nobody, which tells what zeros=hidden keeps back; "
                "put them in with 0, or choose zeros=shown."
            )


def _period(row: Mapping[str, Any]) -> Period:
    return (row["time_period"] or "", row["time_identifier"] or "")


class Before:
    """An earlier release: what it showed, and what it was true of, by what the rows of this release are called."""

    def __init__(self, table: HeldTable, columns: Sequence[HeldColumn]) -> None:
        place = true_path(table.dataset, table.version)
        if table.protection is None or not place.is_file():
            raise NotSafeError(
                f'Version {table.version} of "{table.dataset}" was published without protection, or its true counts '
                "are gone; hold this table under another name (--dataset)."
            )
        self.table, self.rule = table, table.protection.rule
        self.filters = [c for c in columns if c.kind == "filter"]
        self.true = _by_period(pq.read_table(place).to_pylist(), table.columns)
        self.public = _by_period(pq.read_table(table.path).to_pylist(), table.columns)

    def of(self, period: Period) -> Protected | None:
        """What it published of one period; None where it had nothing of it."""
        if period not in self.true:
            return None
        counts = counts_of(self.true[period], self.table.columns, self.rule)
        shown: dict[Any, Shown] = {key: self._shown(period, key) for key in counts.published}
        hidden = frozenset(key for key, each in shown.items() if each.symbol == "c")
        primary = unsafe(counts, self.rule) & hidden
        found = Protected(shown, counts, self.rule, primary, hidden - primary, "feasible", None)
        return found.called({key: (self._now(key[0]), key[1]) for key in shown})

    def _now(self, cell: Cell) -> Any:
        """What a row of it is called now, where filters have come, gone or changed places: by what they are at."""
        values = dict(zip((c.name for c in self.table.filters), cell[2:], strict=True))
        gone = {c.name for c in self.table.filters if values[c.name] != c.total} - {c.name for c in self.filters}
        if gone:
            return ("no more", *cell)
        return (*cell[:2], *(values.get(c.name, c.total) for c in self.filters))

    def _shown(self, period: Period, key: Any) -> Shown:
        (cell, name), rows = key, self.public[period]
        value = rows[cell][name]
        return Shown(None if value is None else int(value), rows[cell][f"{name}__symbol"] or "")


def _protected(
    period: Period,
    rows: Mapping[Cell, dict[str, Any]],
    columns: Sequence[HeldColumn],
    rule: Profile,
    before: Sequence[Protected | None],
    seconds: float,
    coarser: str,
) -> Protected:
    if len(rows) * sum(c.kind == "indicator" for c in columns) > MOST:
        raise NotSafeError(f"{period[0]} has more than {MOST:,} counts; {coarser}.")
    counts = counts_of(rows, columns, rule)
    if (small := len(unsafe(counts, rule))) > MOST_SMALL:
        raise NotSafeError(f"{period[0]} has {small:,} small counts, and {MOST_SMALL:,} can be protected; {coarser}.")
    try:
        found = protect(counts, rule, [each for each in before if each], seconds=seconds)
    except NotSafeInTimeError:
        raise NotSafeError(f"No safe way to publish {period[0]} was found in the time there is; {coarser}.") from None
    if found.given_away:
        raise NotSafeError(
            f"{found.given_away:,} small counts of {period[0]} would follow from what earlier versions show; "
            "publish coarser figures under another name (--dataset)."
        )
    return found


def _print(
    table: Sequence[dict[str, Any]],
    columns: Sequence[HeldColumn],
    protected: Mapping[Period, Protected],
    to: Path,
) -> None:
    """The protected cells as a file prints them.

    The rows stand in an order of their own: that in which they came may be by the very counts that are kept back.
    """
    filters = [c for c in columns if c.kind == "filter"]
    printed: dict[str, list[str | None]] = {c.name: [] for c in columns}
    for row in _in_order(table, columns):
        shown, cell = protected[_period(row)].shown, cell_of(row, filters)
        for column in columns:
            if column.kind == "indicator":
                each = shown.get((cell, column.name)) or Shown(None, row[column.symbols] or "")
                printed[column.name].append(each.symbol or ("" if each.value is None else str(each.value)))
            else:
                printed[column.name].append(row[column.name])
    pq.write_table(pa.table({name: pa.array(values, pa.string()) for name, values in printed.items()}), to)


def _in_order(table: Sequence[dict[str, Any]], columns: Sequence[HeldColumn]) -> list[dict[str, Any]]:
    """The latest period first, wide places before small ones, totals before their parts."""
    levels = {level: at for at, level in enumerate(LEVEL_COLUMNS)}

    def what(row: Mapping[str, Any]) -> tuple[Any, ...]:
        cells = ((row[c.name] != c.total, row[c.name] or "") for c in columns if c.kind in ("place", "filter"))
        return (levels.get(row["geographic_level"], len(levels)), *cells)

    return sorted(sorted(table, key=what), key=_period, reverse=True)


def _outcome(rule: Profile, protected: Sequence[Protected]) -> Protection:
    order = ("optimal", "feasible", "fallback")
    return Protection(
        rule=rule,
        counts=sum(len(each.shown) for each in protected),
        kept_back=sum(len(each.hidden) for each in protected),
        status=max((each.status for each in protected), key=order.index, default="optimal"),
        gap=max((each.gap or 0.0 for each in protected), default=0.0),
    )
