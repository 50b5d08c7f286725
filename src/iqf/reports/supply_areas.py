"""Areas as they are compared: their people, the learners expected of them by age, what says that more are wanted.

What a table prints for the whole country is taken; a whole is built from areas only where every area has its number.
"""

from dataclasses import replace

from iqf.analysis import funnel, standardise
from iqf.analysis.supply import Area, Whole
from iqf.analysis.supply import supply as compared
from iqf.indicators.queries import HeldColumn, HeldTable
from iqf.reports.area_numbers import AreaNumbers, Where, of_areas
from iqf.reports.supply_base import People, people
from iqf.reports.supply_demand import Demand


def areas_of(learners: AreaNumbers, beside: People | None, pressed: Demand | None) -> tuple[list[Area], Whole | None]:
    """Each area with its people, the learners expected of them by age, and the evidence; and the printed whole."""
    base = beside.areas if beside else {}
    expected = _expected(learners, beside) if beside else {}
    shown = pressed.areas if pressed else {}
    areas = []
    for code in sorted(learners.values):
        area = Area(code, learners.values[code], base.get(code), expected.get(code))
        one = shown.get(code)
        areas.append(replace(area, pressed=one.yes, evidence=one.words) if one else area)
    printed = beside is not None and learners.whole is not None and beside.whole is not None
    return areas, Whole(learners.whole, beside.whole) if printed and beside else None


def age_groups(learners: AreaNumbers, beside: People | None) -> tuple[str, ...]:
    """The age groups that are allowed for; none where there are fewer than two to tell apart."""
    groups = learners.age_groups()
    return groups if beside and beside.groups and len(groups) > 1 else ()


def _expected(learners: AreaNumbers, beside: People) -> dict[str, float | None]:
    """Learners expected of each area's people by age, at the rates of the country, or of all areas together."""
    if not age_groups(learners, beside):
        return {}
    counts, base = learners.whole_groups, beside.whole_groups
    if not counts or not base:
        counts, base = standardise.summed(learners.groups), standardise.summed(beside.groups)
    rates = standardise.rates(counts, base)
    return {code: standardise.expected(rates, beside.groups.get(code, {})) for code in learners.values}


def spread_of_authorities(
    held: HeldTable, counts: HeldColumn, by: str, where: Where, denominator: str, base: str
) -> funnel.Spread | None:
    """How far areas vary anyway, reckoned from authorities where regions are compared and the table prints both."""
    if by != "region" or "Local authority" not in held.levels:
        return None
    finer = of_areas(held, "authority", where, counts)
    beside = people(held, counts, finer, "authority", where, denominator, base)
    areas, whole = areas_of(finer, beside, None)
    return compared(areas, whole=whole).spread if beside else None


def whole_note(learners: AreaNumbers, beside: People | None, why: tuple[str, str] | None) -> tuple[str, ...]:
    """What an area's share is a share of, where it is not of the country."""
    if why or beside is None or (learners.whole is not None and beside.whole is not None):
        return ()
    return (f"Shares are of the {len(learners.values)} areas that the table has, together; it prints no whole.",)
