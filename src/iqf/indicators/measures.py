"""What a statistical table comes to, cut by its columns: written once, run on DuckDB, Spark or PostgreSQL.

Promise: a number that is not published is never taken as 0. A group with such a cell has no total, but bounds where
its symbols allow any. People are counted once, however many courses each takes. A measure takes and gives Ibis tables
and touches no data; `answer` runs one. A table has the standard columns of Explore Education Statistics; an indicator
is a column of numbers (null where there is none) beside a text column of symbols, `NAME__symbol`.
"""

import hashlib
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ibis.expr.types import BooleanColumn, NumericColumn, Table

Bounds = Mapping[str, tuple[float, float | None]]
"""What a symbol stands for: at least and at most, None where nothing bounds it from above."""

SYMBOL: Final = "__symbol"
CONFIDENTIAL: Final = "c"
NOT_APPLICABLE: Final = "z"

BOUNDS: Final[Bounds] = {"low": (0.0, None), "k": (0.0, None), "c": (0.0, None), "x": (0.0, None), "u": (0.0, None)}
"""Where a table says nothing of how it was protected, a count is bounded from below only."""

_ours: Final = threading.local()


def parquet(path: Path) -> "Table":
    """The table in a Parquet file, asked through DuckDB in memory: one connection for each thread, no locks."""
    connection = getattr(_ours, "connection", None) or _connected()
    name = "t" + hashlib.sha256(str(path).encode()).hexdigest()[:16]
    return connection.read_parquet(str(path), table_name=name)


def _connected() -> Any:
    # Loading Ibis takes half a second: only who asks a table waits for it. Nothing is fetched from the network.
    import ibis

    _ours.connection = ibis.duckdb.connect(
        threads=2,
        memory_limit="1GB",
        temp_directory=tempfile.gettempdir(),
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    return _ours.connection


def answer(measure: "Table") -> list[dict[str, Any]]:
    """The rows of a measure, run where its table lives."""
    rows: list[dict[str, Any]] = measure.to_pyarrow().to_pylist()
    return rows


def chosen(table: "Table", where: Mapping[str, Sequence[str]]) -> "Table":
    """The rows in which each of these columns has one of the values given for it."""
    for column, values in where.items():
        table = table.filter(table[column].isin(list(values)))
    return table


def tied(table: "Table", column: str, pairs: Sequence[tuple[str, str]], name: str) -> "Table":
    """The rows whose column has the first of a pair, with the second in a new column: once for each such pair."""
    import ibis

    known = ibis.memtable(
        {"tied_from": [first for first, _ in pairs], name: [second for _, second in pairs]},
        schema={"tied_from": "string", name: "string"},
    )
    return table.inner_join(known, table[column] == known.tied_from).drop("tied_from")


def bounds(threshold: int | None = None, base: int | None = None, low_below: int | None = None) -> Bounds:
    """What symbols stand for under a rule of protection: counts below `threshold` are `c`, all others are rounded to
    a multiple of `base`, so that `low` and `k`, which round to 0, are half of it at most; or `low` is a whole number
    below `low_below`, where the table says so.
    """
    below = None if threshold is None else float(threshold - 1)
    half = None if base is None else base / 2
    low = half if low_below is None else float(low_below - 1)
    return {**BOUNDS, "c": (0.0, below), "low": (0.0, low), "k": (0.0, half)}


def added(table: "Table", by: Sequence[str], indicator: str, stand_for: Bounds = BOUNDS) -> "Table":
    """An indicator added up by some columns: `cells`, `missing`, `symbol`, `total`, `at_least`, `at_most` by group.

    `cells`: those to which the indicator applies; `missing`: those of them without a number. `total` is null where
    one is missing or none applies; there `at_least` is the sum of what is known and `at_most` what the symbols allow,
    null where one of them has no upper bound, and `symbol` is the symbol of a missing cell (`c` if one has it; null
    where the cells are blank). Rows that hold totals of others are to be left out beforehand.
    """
    number, applies = table[indicator], _applies(table, indicator)
    cells, missing = _count(applies), _count(applies & number.isnull())
    least, most = _least(table, indicator, stand_for), _most(table, indicator, stand_for)
    marks = table[indicator + SYMBOL]
    hidden, other = _count(marks == CONFIDENTIAL), marks.min(where=(marks != NOT_APPLICABLE) & number.isnull())
    sums = _grouped(table, by).agg(
        cells=cells,
        missing=missing,
        known=number.sum(),
        least=least.sum(),
        most=most.sum(),
        bounded=_count(applies & most.notnull()),
        hidden=hidden,
        other=other,
    )
    symbol = (sums.cells == 0).ifelse(NOT_APPLICABLE, (sums.hidden > 0).ifelse(CONFIDENTIAL, sums.other))
    whole = (sums.missing == 0) & (sums.cells > 0)
    found = sums.select(
        *by,
        "cells",
        "missing",
        symbol=symbol,
        total=whole.ifelse(sums.known, None).cast("float64"),
        at_least=(sums.cells > 0).ifelse(sums.least, None).cast("float64"),
        at_most=((sums.bounded == sums.cells) & (sums.cells > 0)).ifelse(sums.most, None).cast("float64"),
    )
    return _ordered(found, by)


def _grouped(table: "Table", by: Sequence[str]) -> Any:
    return table.group_by(list(by)) if by else table


def _ordered(table: "Table", by: Sequence[str]) -> "Table":
    return table.order_by(list(by)) if by else table


def _applies(table: "Table", indicator: str) -> "BooleanColumn":
    symbol = table[indicator + SYMBOL]
    return symbol.isnull() | (symbol != NOT_APPLICABLE)


def _count(which: "BooleanColumn") -> "NumericColumn":
    return which.cast("int64").sum()


def _least(table: "Table", indicator: str, stand_for: Bounds) -> "NumericColumn":
    return _filled(table, indicator, {symbol: low for symbol, (low, _) in stand_for.items()}, 0.0)


def _most(table: "Table", indicator: str, stand_for: Bounds) -> "NumericColumn":
    return _filled(table, indicator, {symbol: high for symbol, (_, high) in stand_for.items()}, None)


def _filled(
    table: "Table", indicator: str, by_symbol: Mapping[str, float | None], otherwise: float | None
) -> "NumericColumn":
    """The indicator, and where it has no number what its symbol stands for."""
    meant = table[indicator + SYMBOL].cases(*by_symbol.items(), else_=otherwise)
    return table[indicator].fill_null(meant.cast("float64"))


def shares(sums: "Table", within: Sequence[str] = ()) -> "Table":
    """What `added` gave, with `whole` and `share` of each group among those that agree on the columns of `within`.

    Both are null where any of those groups misses a number: no whole is built on what is not published.
    """
    whole = {"group_by": [sums[column] for column in within]} if within else {}
    parts = sums.mutate(lacking=sums.missing)
    parts = parts.mutate(lacking=parts.lacking.sum().over(**whole), whole=parts.total.sum().over(**whole))
    parts = parts.mutate(whole=(parts.lacking == 0).ifelse(parts.whole, None))
    ratio = parts.total / (parts.whole != 0).ifelse(parts.whole, None)
    return parts.mutate(share=ratio).drop("lacking")


def rates(table: "Table", by: Sequence[str], above: str, below: str, times: float = 100.0) -> "Table":
    """A rate recomputed from its counts: `above` / `below` × `times` by some columns; null where either lacks a cell.

    Rates are never averaged: the counts are added up, then divided.
    """
    over, under = added(table, by, above), added(table, by, below)
    under = under.select(*by, below=under.total)
    both = over.select(*by, above=over.total).inner_join(under, list(by)).select(*by, "above", "below")
    ratio = both.above / (both.below != 0).ifelse(both.below, None) * times
    return both.mutate(rate=ratio).order_by(list(by))


def learners(rows: "Table", by: Sequence[str], person: str = "learner") -> "Table":
    """Distinct people by some columns, beside their `aims`: one row of the table for each aim that somebody takes."""
    return _ordered(_grouped(rows, by).agg(learners=rows[person].nunique(), aims=rows.count()), by)


def beside(sums: "Table", base: "Table", area: str) -> "Table":
    """Learners of each area beside its people, both as `added` gives them: what location quotients are made of.

    Columns: the area, `learners`, `base`. An area that only one table has stays, with null for what the other lacks.
    """
    people = base.select(area, base=base.total)
    joined = sums.select(area, learners=sums.total).outer_join(people, area)
    return joined.select(
        **{area: joined[area].coalesce(joined[f"{area}_right"])}, learners=joined.learners, base=joined.base
    ).order_by(area)
