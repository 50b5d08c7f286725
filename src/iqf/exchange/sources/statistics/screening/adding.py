"""A check of totals: each is at least its largest part, and at most all of them, as far as rounding lets one see."""

from iqf.exchange.sources.statistics.reading import ROW
from iqf.exchange.sources.statistics.screening.finding import FIRST, WARNING, Asked, Found, found, worst
from iqf.indicators.cells import number
from iqf.indicators.queries import HeldColumn
from iqf.indicators.standard import INNER_OUTER
from iqf.indicators.store import quoted, text

BASES = (100, 50, 10, 5)
"""To what published counts are rounded; each may hide half of it."""
OFF = 0.05
"""Regions together may be so much more than their country: somebody who moved may be counted in two of them."""


def totals_add_up(asked: Asked) -> Found:
    """A total is no less than any of its parts, and no more than all of them together.

    Asked where every part has a number. People may be counted in several parts, so a total may be less than the sum;
    of regions only a little. Counts alone: a rate is no sum.
    """
    findings = []
    for indicator in asked.table.of_kind("indicator"):
        if indicator.counting:
            hidden = _hidden(asked, indicator)
            findings += [_of_filter(asked, indicator, f, hidden) for f in asked.table.of_kind("filter") if f.total]
            findings.append(_of_regions(asked, indicator, hidden))
    return worst(findings)


def _hidden(asked: Asked, indicator: HeldColumn) -> float:
    """How far a printed count of a column may be from what was counted: half of what all of them are multiples of."""
    value = number(indicator.name)
    whole = ", ".join(f"coalesce(bool_and(({value}) % {base} = 0), false)" for base in BASES)
    rounded = asked.rows(f"SELECT {whole} FROM t")[0]  # noqa: S608
    base = next((base for base, is_it in zip(BASES, rounded, strict=True) if is_it), 0)
    return base / 2 or 0.5


def _of_filter(asked: Asked, indicator: HeldColumn, by: HeldColumn, hidden: float) -> Found:
    """The total of one filter beside its other values, all else being the same."""
    keys = [quoted(n) for n in asked.table.names("time", "place", "filter") if n != by.name]
    is_total = f"trim({quoted(by.name)}) = {text(by.total)}"
    return _compared(asked, indicator, ", ".join(keys), is_total, "true", hidden, f'the other values of "{by.label}"')


def _of_regions(asked: Asked, indicator: HeldColumn, hidden: float) -> Found:
    """England beside its nine regions, all else being the same."""
    if "region_code" not in asked.table.names("place"):
        return found(WARNING, 0, [])
    keys = ", ".join(map(quoted, (*asked.table.names("time", "filter"), "country_code")))
    inner_outer = ", ".join(map(text, INNER_OUTER))
    shown = (
        "(geographic_level = 'National' OR geographic_level = 'Regional' "
        f"AND coalesce(region_code, '') NOT IN ({inner_outer}))"
    )
    return _compared(asked, indicator, keys, "geographic_level = 'National'", shown, hidden, "the regions", OFF)


def _compared(
    asked: Asked,
    indicator: HeldColumn,
    keys: str,
    is_total: str,
    shown: str,
    hidden: float,
    parts: str,
    off: float | None = None,
) -> Found:
    """Totals that cannot be those of their parts. `off`: by what share the parts may be more; None by any."""
    value = number(indicator.name)
    part = f"FILTER (WHERE NOT ({is_total}))"
    sql = (
        f"SELECT min({ROW}) FILTER (WHERE {is_total}), max({value}) FILTER (WHERE {is_total}) AS whole, "  # noqa: S608
        f"sum({value}) {part} AS together, max({value}) {part} AS largest, count(*) {part} AS parts "
        f"FROM t WHERE {shown} GROUP BY {keys} "
        f"HAVING count(*) {part} > 1 AND count({value}) {part} = count(*) {part} AND count({value}) {part} < count(*)"
    )
    most = f"{hidden} * (parts + 1)"
    more = f" OR together > whole * {1 + off} + {most}" if off is not None else ""
    wrong = f"whole > together + {most} OR whole < largest - {2 * hidden}{more}"
    count = int(asked.rows(f"SELECT count(*) FROM ({sql}) WHERE {wrong}")[0][0])  # noqa: S608
    rows = asked.rows(f"SELECT * FROM ({sql}) WHERE {wrong} ORDER BY 1 LIMIT {FIRST}") if count else []  # noqa: S608
    places = [
        asked.fault(
            f"{whole:g} stands for all, and {parts} come to {together:g}, the largest {largest:g}; "
            "taken as printed, and nothing is added up to correct it.",
            row,
            indicator.name,
            f"{whole:g}",
        )
        for row, whole, together, largest, _ in rows
    ]
    return found(WARNING, count, places)
