"""Checks of rows: none stands twice, and every combination of filters is there for every place and period."""

from iqf.exchange.sources.statistics.reading import ROW
from iqf.exchange.sources.statistics.screening.finding import FAIL, FIRST, NOTHING, WARNING, Asked, Found, found
from iqf.indicators.store import quoted, text


def header_once(asked: Asked) -> Found:
    """The names of the columns stand in the first row and nowhere else."""
    names = asked.table.names("indicator")
    if not names:
        return NOTHING
    count, rows = asked.where(" AND ".join(f"trim({quoted(n)}) = {text(n)}" for n in names))
    message = "the names of the columns stand here again; take the row out."
    return found(FAIL, count, [asked.fault(message, row) for (row,) in rows])


def duplicate_rows(asked: Asked) -> Found:
    """No two rows are of the same period, place and filters."""
    keys = [quoted(n) for n in asked.table.names("time", "place", "filter")]
    sql = f"SELECT min({ROW}), max({ROW}), count(*) FROM t GROUP BY {', '.join(keys)} HAVING count(*) > 1"  # noqa: S608
    count = asked.rows(f"SELECT coalesce(sum(n) - count(*), 0) FROM ({sql}) AS d(a, b, n)")[0][0]  # noqa: S608
    rows = asked.rows(f"{sql} ORDER BY 1 LIMIT {FIRST}") if count else []
    message = "the row is of the same period, place and filters as row"
    return found(
        FAIL, int(count), [asked.fault(f"{message} {first}; keep one of them.", last) for first, last, _ in rows]
    )


def complete_matrix(asked: Asked) -> Found:
    """Every combination of filters that occurs is there for every place in every period."""
    filters = [quoted(n) for n in asked.table.names("filter")]
    if not filters:
        return found(WARNING, 0, [])
    places = ", ".join(quoted(n) for n in asked.table.names("time", "place"))
    sql = (
        f"SELECT (SELECT count(*) FROM (SELECT DISTINCT {places} FROM t)), "  # noqa: S608
        f"(SELECT count(*) FROM (SELECT DISTINCT {', '.join(filters)} FROM t)), count(*) FROM t"
    )
    there, combined, rows = asked.rows(sql)[0]
    gone = there * combined - rows
    message = (
        f"{gone} of {there * combined} combinations of place, period and filters have no row; "
        "what has no row is not known to be zero."
    )
    return found(WARNING, max(gone, 0), [asked.fault(message)])
