"""What a reader may choose of a table before it is cut or its areas are compared, and what must be chosen first."""

from dataclasses import dataclass

from iqf.indicators.asking import distinct
from iqf.indicators.queries import HeldColumn, HeldTable, dataset, datasets
from iqf.reports.supply import LEARNERS, usable
from iqf.reports.supply_demand import shows
from iqf.reports.takeup import counted

AREAS = {"region": "Region", "authority": "Authority or district"}
MOST = 60
"""A filter with more values than these is not offered as a list."""


@dataclass(frozen=True)
class Choice:
    """A filter of a table with its values. `must`: one is to be named, as they hold each other and have no total."""

    column: str
    label: str
    values: tuple[str, ...]
    must: bool


@dataclass(frozen=True)
class Choices:
    """What can be asked: which tables, by which areas, which number of a table, its filters, and which evidence."""

    tables: tuple[tuple[str, str], ...]
    by: tuple[tuple[str, str], ...]
    indicators: tuple[HeldColumn, ...]
    filters: tuple[Choice, ...]
    demands: tuple[tuple[str, str], ...]

    def missing(self, chosen: set[str]) -> tuple[Choice, ...]:
        """The filters that must be chosen and are not."""
        return tuple(one for one in self.filters if one.must and one.column not in chosen)


def choices(code: str = "") -> Choices:
    """What can be asked of a table of learners; without one, only which there are. Raises NotFoundError."""
    held = {table.dataset: table for table in datasets()}
    of = dataset(code) if code else None
    return Choices(
        tables=tuple((each, held[each].title) for each in usable()),
        by=_areas(of) if of else (),
        indicators=tuple(i for i in of.indicators if counted(of, i) in LEARNERS) if of else (),
        filters=_filters(of) if of else (),
        demands=tuple(_demands(tuple(held.values()))) if of else (),
    )


def cuts(code: str, version: str | None = None) -> Choices:
    """What a table can be cut by, narrowed to, and shown of. Raises NotFoundError."""
    of = dataset(code, version)
    period = (("period", "Period"),) if of.first_period != of.last_period else ()
    filters = _filters(of)
    by = (*_areas(of), *period, *((c.name, c.label) for c in of.filters))
    return Choices(tables=(), by=by, indicators=of.indicators, filters=filters, demands=())


def _areas(held: HeldTable) -> tuple[tuple[str, str], ...]:
    region = "region" if {"Regional", "Local authority"} & set(held.levels) else ""
    authority = "authority" if {"Local authority", "Local authority district"} & set(held.levels) else ""
    return tuple((area, AREAS[area]) for area in (region, authority) if area)


def _filters(held: HeldTable) -> tuple[Choice, ...]:
    values = distinct(held, [c.name for c in held.filters], MOST)
    return tuple(
        Choice(c.name, c.label, several, not c.total and any("total" in v.casefold() for v in several))
        for c in held.filters
        if (several := values[c.name] or ()) and len(several) > 1
    )


def _demands(tables: tuple[HeldTable, ...]) -> list[tuple[str, str]]:
    """Rates that may count as evidence that more are wanted, of tables that have them by area."""
    return [
        (f"{table.dataset}:{i.name}", f"{i.label} ({table.title})")
        for table in tables
        if table.counting == "workers" and "Regional" in table.levels
        for i in table.indicators
        if shows(i)
    ]
