"""Are more wanted in an area than are there: a rate of vacancies or leavers above the country's by more than chance.

Only a rate of a table that has the counts behind it is evidence, because without them nobody can say how far chance
moves it; and only of the people compared: of the same table, or of learners that the reader narrowed to that work.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from iqf.analysis.limits import of_share
from iqf.catalogue.queries import NotFoundError
from iqf.indicators.queries import HeldColumn, HeldTable, dataset
from iqf.indicators.standard import period_words
from iqf.reports.area_numbers import AreaNumbers, of_areas, under_own_codes
from iqf.reports.cutting import indicators_named


@dataclass(frozen=True)
class _Kind:
    """A rate that shows demand: its name, the counts above and below the line, and whether they are added there."""

    form: re.Pattern[str]
    above: str
    below: str
    added: bool


RATES: Final = (
    _Kind(re.compile(r"vacancy_rate(_\w+)?"), "vacancy", "inpost", True),
    _Kind(re.compile(r"turnover_rate(_\w+)?"), "leavers", "inpost", False),
)


@dataclass(frozen=True)
class Pressed:
    """Whether more are wanted in an area than are there, and the numbers that say so, in words."""

    yes: bool
    words: str


@dataclass(frozen=True)
class Demand:
    """What was taken as evidence: of which table, which number, when; what it is in the country and in areas.

    An area of which the numbers are not published is not in `areas`.
    """

    dataset: str
    version: str
    indicator: str
    label: str
    period: str
    whole: float
    note: str
    areas: Mapping[str, Pressed] = field(default_factory=dict)


def named(text: str) -> tuple[HeldTable, HeldColumn]:
    """The table and the number that `DATASET:INDICATOR` names. Raises NotFoundError in one sentence."""
    code, _, name = text.rpartition(":")
    if not code:
        raise NotFoundError(f'"{text}" names no number of a table; write it as DATASET:INDICATOR.')
    held = dataset(code)
    (column, *_) = indicators_named(held, [name])
    if not shows(column):
        offered = ", ".join(i.name for i in held.indicators if shows(i))
        raise NotFoundError(
            f"{column.name} does not show that more are wanted: a vacancy rate or a turnover rate does; "
            f"{held.dataset} has {offered or 'none'}."
        )
    return held, column


def shows(column: HeldColumn) -> bool:
    """Whether a number is a rate that can show that more are wanted than are there."""
    return any(kind.form.fullmatch(column.name) for kind in RATES)


def own(held: HeldTable) -> tuple[HeldTable, HeldColumn] | None:
    """The vacancy rate of a table that counts workers, where it has one: of the same people, so it fits."""
    rates = [i for i in held.indicators if RATES[0].form.fullmatch(i.name)]
    return (held, rates[0]) if rates else None


def demand(held: HeldTable, column: HeldColumn, by: str, period: str, codes: list[str]) -> Demand:
    """The evidence of one rate for areas by code: above the country's printed rate by more than chance, or not.

    The lower Wilson limit of the area's own rate, out of the counts behind it, against the rate printed for the
    country. Raises NotFoundError where the table does not print what that takes.
    """
    kind = next(each for each in RATES if each.form.fullmatch(column.name))
    of = kind.form.sub(r"\1", column.name)
    rate = _of_period(held, by, period, column)
    where = {"period": [rate.period]}
    (over,), (under,) = (indicators_named(held, [name + of]) for name in (kind.above, kind.below))
    tops, bottoms = of_areas(held, by, where, over).values, of_areas(held, by, where, under).values
    if rate.whole is None:
        raise NotFoundError(f"{held.dataset} prints no {column.name} for the country to compare areas with.")
    found = {}
    for code, own_codes in under_own_codes(codes, rate.values).items():
        if len(own_codes) == 1 and (numbers := _known(own_codes[0], rate.values, tops, bottoms)):
            found[code] = _pressed(column.label, *numbers, rate.whole, kind.added)
    note = (
        f"Evidence that more are wanted: {column.label.lower()} of {period_words(rate.period)}, from {held.dataset} "
        f"{held.version}, above the country's {rate.whole:g} % by more than chance."
    )
    return Demand(held.dataset, held.version, column.name, column.label, rate.period, rate.whole, note, found)


def _of_period(held: HeldTable, by: str, period: str, column: HeldColumn) -> AreaNumbers:
    """The rate of the period compared; else of the year in which that begins; else the latest."""
    for each in dict.fromkeys(filter(None, (period, period[:4]))):
        with suppress(NotFoundError):
            return of_areas(held, by, {"period": [each]}, column)
    return of_areas(held, by, {"period": [held.last_period]}, column)


def _known(code: str, *numbers: Mapping[str, float | None]) -> tuple[float, float, float] | None:
    first, second, third = (each.get(code) for each in numbers)
    return None if first is None or second is None or third is None else (first, second, third)


def _pressed(label: str, rate: float, top: float, bottom: float, whole: float, added: bool) -> Pressed:
    of = top + bottom if added else bottom
    yes = of > 0 and top <= of and of_share(top, of).low * 100 > whole
    than = "above" if yes else "not beyond chance above"
    return Pressed(yes, f"its {label.lower()}, {rate:g} %, is {than} the country's {whole:g} %")
