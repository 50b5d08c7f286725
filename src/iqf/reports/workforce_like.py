"""Which authorities are like one: by what tables that are held say of children, of cases and of place, by one rule.

Nothing that is then compared (those in post, vacancies, leavers, agency) makes two authorities alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from iqf.analysis import benchmarks
from iqf.catalogue.queries import NotFoundError
from iqf.indicators.queries import HeldTable, dataset
from iqf.reports.area_numbers import of_areas, under_own_codes
from iqf.reports.workforce_cells import Cell, Cells, Place

CASES: Final = "cases"
"""The indicator of cases that social workers hold on the day of the count."""
YEARS: Final = 5
CHILDREN: Final = "children"
NEED: Final = "cases for 1,000 children"
CHANGE: Final = f"children now for 100 of {YEARS} years before"
WORDS: Final = {
    CHILDREN: "number of children",
    NEED: "cases for each child",
    CHANGE: f"change in the number of children over {YEARS} years",
}
LONDON_BOROUGH: Final = "E09"


@dataclass(frozen=True)
class LikeArea:
    """An area, or one of those like it: what is known of it by the measures of likeness, and its numbers."""

    code: str
    name: str
    children: float
    measures: Mapping[str, float]
    cells: Mapping[str, Cell]


def rule(own: LikeArea) -> str:
    """The rule by which authorities are like this one, in words: by those measures that are known of it."""
    words = [WORDS[name] for name in own.measures]
    by = f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
    each = ", each by ratio and in standard deviations over all authorities" if len(words) > 1 else ", by ratio"
    return f"the {benchmarks.LIKE} authorities nearest to it in {by}{each}; London boroughs among themselves"


def likeness(
    place: Place, cells: Cells, children: HeldTable, indicators: Sequence[str]
) -> tuple[LikeArea, tuple[LikeArea, ...]]:
    """An authority and those of the same period that are like it, nearest first, each with its numbers."""
    period = place.periods[-1]
    same = {p.code: p for p in cells.places.values() if p.kind == place.kind and period in p.periods}
    measures = _measures(same, cells, children, period)
    shown = [i for i in indicators if (i, place.code, period) in cells.numbers]
    names = benchmarks.known_of(place.code, measures)

    def told(code: str) -> LikeArea:
        numbers = {i: cells.of(i, code, period) for i in shown}
        known = {name: measures[name][code] for name in names}
        return LikeArea(code, same[code].name, known.get(CHILDREN, 0.0), known, numbers)

    groups = {code: "London" if code.startswith(LONDON_BOROUGH) else "elsewhere" for code in same}
    return told(place.code), tuple(told(code) for code in benchmarks.alike(place.code, measures, groups))


def _measures(codes: Iterable[str], cells: Cells, children: HeldTable, period: str) -> benchmarks.Measures:
    """What is known of each authority: its children, its cases for 1,000 of them, and how many there were before."""
    release = f"{children.dataset}@{children.version}"
    now = _sizes(codes, _children_of(release, children.path, children.last_period))
    before = _sizes(codes, _children_of(release, children.path, _years_before(children.last_period)))
    cases = {code: cells.of(CASES, code, period)[0] for code in codes}
    return {
        CHILDREN: now,
        NEED: {code: 1000 * of / now[code] for code, of in cases.items() if of and code in now},
        CHANGE: {code: 100 * now[code] / before[code] for code in before if code in now},
    }


def _sizes(codes: Iterable[str], held: Mapping[str, float | None]) -> dict[str, float]:
    """The children of each authority, under whichever code the table has it; left out where any part is not known."""
    found = {}
    for code, theirs in under_own_codes(list(codes), held).items():
        parts = [held.get(each) for each in theirs]
        if parts and all(parts):
            found[code] = sum(part for part in parts if part)
    return found


def _years_before(period: str) -> str:
    """The period so many years earlier, written in the same way."""
    year = int(period[:4]) - YEARS
    return f"{year}{(year + 1) % 100:02d}" if len(period) == len("202324") else str(year)


@lru_cache(maxsize=8)
def _children_of(release: str, _path: Path, period: str) -> Mapping[str, float | None]:
    """The children of each authority in a period of a release, which never changes where it lies; none where it has
    no such period.
    """
    children = dataset(release)
    try:
        return of_areas(children, "authority", {"period": [period]}, children.indicators[0]).values
    except NotFoundError:
        return {}
