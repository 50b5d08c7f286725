"""A number of a table by area, by age group where the table has any, and as it is printed for the whole country.

What is not published is None; nothing is added up over it. Tables name areas by codes of their own year: an area that
only got another code is found under it, by what is stated of reorganisations, and never by its name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from iqf.analysis.ages import ages
from iqf.catalogue.queries import NotFoundError
from iqf.indicators import measures
from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.indicators.standard import NOT_KNOWN, TIME
from iqf.places.models import Reorganisation
from iqf.reports.cutting import AREAS, Cut, cut, values_of

Where = Mapping[str, Sequence[str]]
Groups = dict[str, dict[str, float | None]]
TOGETHER: Final = "/"
"""How a table writes the codes of areas that answer together."""


@dataclass(frozen=True)
class AreaNumbers:
    """Names and numbers by code of area; `groups` by area and age group; what the table prints for the country.

    `ages`: its column of age groups, blank where it has none that is a span of ages. `whole` None: not printed.
    """

    names: dict[str, str]
    values: dict[str, float | None]
    period: str
    notes: tuple[str, ...]
    ages: str = ""
    groups: Groups = field(default_factory=dict)
    identifier: str = ""
    whole: float | None = None
    whole_groups: dict[str, float | None] = field(default_factory=dict)

    def age_groups(self) -> tuple[str, ...]:
        """The age groups that any area has, in their order."""
        return tuple(sorted({group for of_area in self.groups.values() for group in of_area}))


def of_areas(held: HeldTable, by: str, where: Where, indicator: HeldColumn) -> AreaNumbers:
    """An indicator by area (`region`, `authority`), where conditions hold. Raises NotFoundError in one sentence."""
    asked = cut(held, [by], where)
    column = ages_column(held)
    chosen = chosen_period(held, where, asked)
    found = _by_area(asked, indicator)
    groups = _groups(cut(held, [by, column], where), indicator, column) if column else {}
    whole, whole_groups = _printed(held, where, chosen, indicator, column)
    return AreaNumbers(
        names={code: name for code, (name, _) in found.items()},
        values={code: value for code, (_, value) in found.items()},
        period=chosen,
        notes=asked.notes,
        ages=column,
        groups=groups,
        identifier=identifier_of(held, asked),
        whole=whole,
        whole_groups=whole_groups,
    )


def identifier_of(held: HeldTable, asked: Cut) -> str:
    """The type of year that the rows of a cut are of, where it is one (`time_identifier`)."""
    if TIME[1] not in {c.name for c in held.columns}:
        return ""
    found = values_of(asked.table, TIME[1])
    return found[0] if len(found) == 1 else ""


def ages_column(held: HeldTable) -> str:
    """The column of a table that holds age groups, where it has one."""
    named = (c.name for c in held.filters if {"age", "ages"} & set(c.name.casefold().replace("-", "_").split("_")))
    return next(named, "")


def chosen_period(held: HeldTable, where: Where, asked: Cut) -> str:
    """The one period that a cut shows: the latest where none was named, else the one that was; blank for several."""
    times = held.of_kind("time")
    chosen = [v for name, values in where.items() if times and name in (times[0].name, "period") for v in values]
    return asked.period or (chosen[0] if len(chosen) == 1 else "")


def _by_area(asked: Cut, indicator: HeldColumn) -> dict[str, tuple[str, float | None]]:
    if asked.areas is None:
        raise ValueError(f"A comparison is by area: {', '.join(AREAS)}.")
    code, name = asked.areas
    if len(asked.columns) > 2:
        raise NotFoundError(f"Say which {asked.columns[2]} is meant, with --where {asked.columns[2]}=VALUE.")
    rows = measures.answer(measures.added(asked.table, asked.columns, indicator.name))
    return {row[code]: (row[name] or row[code], row["total"]) for row in rows if row[code] not in (None, *NOT_KNOWN)}


def _groups(asked: Cut, indicator: HeldColumn, column: str) -> Groups:
    """By area and age group. A group in which no area has a number does not apply to what is counted."""
    if asked.areas is None:
        return {}
    rows = measures.answer(measures.added(asked.table, asked.columns, indicator.name))
    rows = [row for row in rows if row[asked.areas[0]] and row[column] and ages(row[column])]
    held = {row[column] for row in rows if row["total"] is not None}
    found: Groups = {}
    for row in rows:
        if row[column] in held:
            found.setdefault(row[asked.areas[0]], {})[row[column]] = row["total"]
    return found


def _printed(
    held: HeldTable, where: Where, period: str, indicator: HeldColumn, column: str
) -> tuple[float | None, dict[str, float | None]]:
    """What the table prints for the country in the same period, in all and by age group."""
    if "National" not in held.levels or "country_code" not in {c.name for c in held.columns}:
        return None, {}
    same = dict(where) | ({"period": [period]} if period and held.of_kind("time") else {})
    try:
        (one,) = [value for _, value in _by_area(cut(held, ["country"], same), indicator).values()]
        groups = _groups(cut(held, ["country", column], same), indicator, column) if column else {}
    except (NotFoundError, ValueError):
        return None, {}
    return one, next(iter(groups.values()), {})


def under_own_codes(codes: Sequence[str], numbers: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """For each area the codes under which another table has it: its own, those it joins, or the one it had before."""
    earlier = dict(
        Reorganisation.objects.filter(new__code__in=codes, how="code").values_list("new__code", "old__code")
    )
    later = dict(Reorganisation.objects.filter(old__code__in=codes, how="code").values_list("old__code", "new__code"))
    found = {}
    for code in codes:
        parts = tuple(part.strip() for part in code.split(TOGETHER))
        other = next((c for c in (earlier.get(code), later.get(code)) if c in numbers), "")
        found[code] = parts if code in numbers or not other else (other,)
    return found
