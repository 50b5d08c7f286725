"""Whom are an area's learners compared with: people of the ages that fit, by age group where both tables have any.

The first table that counts such people; or the people that a table's own rates rest on, worked back from them, with
how far rounding can move them. People of other ages are never taken for those who could learn.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from iqf.analysis.ages import Ages, ages, joined, made_up_of
from iqf.analysis.standardise import together
from iqf.catalogue.queries import NotFoundError
from iqf.indicators.queries import HeldColumn, HeldTable, dataset, datasets
from iqf.indicators.standard import period_words
from iqf.reports.area_numbers import AreaNumbers, Groups, Where, of_areas, under_own_codes
from iqf.reports.takeup import counted

DENOMINATORS: Final = {
    "population": ("people", "children and young people who live there"),
    "workforce": ("workers", "people who work there with children"),
}
"""What learners are compared with: how a table says that it counts them, and the same in words."""
RATE: Final = re.compile(r"_rate_per_(\d+)_population$")


@dataclass(frozen=True)
class People:
    """People by area, and by the learners' age groups where both tables allow; None: not known.

    `unfit`: why these people are not those to compare with, and what would settle it.
    """

    dataset: str
    version: str
    words: str
    areas: Mapping[str, float | None] = field(default_factory=dict)
    groups: Groups = field(default_factory=dict)
    whole: float | None = None
    whole_groups: Mapping[str, float | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unfit: tuple[str, str] | None = None


def people(
    held: HeldTable, counts: HeldColumn, of: AreaNumbers, by: str, where: Where, denominator: str, base: str = ""
) -> People | None:
    """The people to compare with: of `base`; else the first table whose ages fit; else those of the own rates.

    None where no table counts any. Raises NotFoundError where `base` is not held or counts something else.
    """
    own = _own_rates(held, counts) if denominator == "population" else None
    if base in (held.dataset, f"{held.dataset}@{held.version}") and own:
        return _worked_back(held, own, of, by, where)
    beside = _named(base, denominator) if base else _first(denominator)
    found = _counted(beside, counted(held, counts), of, by, denominator) if beside else None
    if own and not base and (found is None or found.unfit):
        return _worked_back(held, own, of, by, where)
    return found


def _named(base: str, denominator: str) -> HeldTable:
    """The table that was asked for. Raises NotFoundError where it counts something else than is compared with."""
    held, counting = dataset(base), DENOMINATORS[denominator][0]
    if held.counting == counting or any(counted(held, each) == counting for each in held.indicators):
        return held
    raise NotFoundError(
        f"{held.dataset} does not count {counting}, so nobody is compared with it; if it does, read it in with: "
        f"iqf ingest statistics FILE --counting {counting}"
    )


def _first(denominator: str) -> HeldTable | None:
    """The first data set that counts what learners are to be compared with, by area."""
    counting = DENOMINATORS[denominator][0]
    for held in datasets():
        if held.counting == counting and {c.name for c in held.of_kind("place")} & {"region_code", "new_la_code"}:
            return held
    return None


def _own_rates(held: HeldTable, counts: HeldColumn) -> tuple[HeldColumn, HeldColumn, int] | None:
    """A count, its rate among the population in the same table, and per how many."""
    for each in held.indicators:
        per = RATE.search(each.name)
        if per and each.name == counts.name + per[0]:
            return counts, each, int(per[1])
    return None


def _worked_back(
    held: HeldTable, own: tuple[HeldColumn, HeldColumn, int], of: AreaNumbers, by: str, where: Where
) -> People:
    """People = count ÷ rate × per, by area and age group, out of one table."""
    counts, rate, per = own
    rated = of_areas(held, by, where, rate)
    groups = {
        area: {group: _back(count, rated.groups.get(area, {}).get(group), per) for group, count in numbers.items()}
        for area, numbers in of.groups.items()
    }
    areas = {area: _back(value, rated.values.get(area), per) for area, value in of.values.items()}
    known = [ages(group) for group in of.age_groups()]
    # "Under 19" does not say from which age a rate counts people.
    words = "" if any(a is None or a.low == 0 for a in known) else _words([a for a in known if a])
    return People(
        dataset=held.dataset,
        version=held.version,
        words=f"people aged {words} who live there" if words else "the people whom the table's own rates are of",
        areas=areas,
        groups=groups,
        notes=(
            f"People are worked back from the table's own {rate.label.lower()}: "
            f"{counts.label.lower()} ÷ rate × {per:,}.{_rounding(held, of)}",
        ),
    )


def _back(count: float | None, rate: float | None, per: int) -> float | None:
    return None if count is None or not rate else count / rate * per


def _rounding(held: HeldTable, of: AreaNumbers) -> str:
    """How far the rounding of the smallest count can move the people worked back from it."""
    base = held.rounded_to
    known = [v for numbers in of.groups.values() for v in numbers.values() if v] or [
        v for v in of.values.values() if v
    ]
    if not base or not known:
        return ""
    most = 100 * base / 2 / min(known)
    return f" Counts are rounded to {base}, so they are off by up to {most:.1f} % in the smallest group."


def _counted(beside: HeldTable, whom: str, of: AreaNumbers, by: str, denominator: str) -> People:
    counting, words = DENOMINATORS[denominator]
    counts = next((i for i in beside.indicators if counted(beside, i) == counting), beside.indicators[0])
    numbers = _of_the_year(beside, by, of.period, counts)
    fit = _fitting(whom, of, numbers) if denominator == "population" else {}
    here = People(
        beside.dataset,
        beside.version,
        words,
        notes=(f"Beside {counts.label} of {period_words(numbers.period)}, from {beside.dataset}.", *numbers.notes),
    )
    if fit is None:
        return replace(here, unfit=_other_ages(of, numbers))
    return _matched(here, of, numbers, fit)


def _of_the_year(beside: HeldTable, by: str, period: str, counts: HeldColumn) -> AreaNumbers:
    """People of the year in which the learners' period begins, else of the latest."""
    try:
        return of_areas(beside, by, {"period": [period[:4]]}, counts)
    except NotFoundError:
        return of_areas(beside, by, {"period": [beside.last_period]}, counts)


def _fitting(whom: str, of: AreaNumbers, numbers: AreaNumbers) -> dict[str, tuple[str, ...]] | None:
    """For each age group of learners the groups of people that make it up; None where some has none.

    Empty where either table does not say ages, or workers are counted, who need not be of the ages they work with.
    """
    theirs = {a: group for group in numbers.age_groups() if (a := ages(group))}
    if whom == "workers" or not of.age_groups() or not theirs:
        return {}
    found = {g: made_up_of(a, list(theirs)) for g in of.age_groups() if (a := ages(g))}
    return {g: tuple(theirs[a] for a in parts) for g, parts in found.items()} if all(found.values()) else None


def _other_ages(of: AreaNumbers, numbers: AreaNumbers) -> tuple[str, str]:
    mine, theirs = (_words([a for g in n.age_groups() if (a := ages(g))]) for n in (of, numbers))
    return (
        f"The learners are of the ages {mine}, the people counted {theirs}: they are not those who could learn.",
        f"People by area of the ages {mine}.",
    )


def _words(of: list[Ages]) -> str:
    return ", ".join(span.words() for span in joined(of))


def _matched(here: People, of: AreaNumbers, numbers: AreaNumbers, fit: Mapping[str, tuple[str, ...]]) -> People:
    """People under the learners' codes of areas and, where ages fit, in the learners' age groups."""
    codes = under_own_codes(list(of.values), numbers.values)
    cells = {
        area: {g: [numbers.groups.get(c, {}).get(p) for c in codes[area] for p in parts] for g, parts in fit.items()}
        for area in of.values
    }
    groups = {area: {g: together(each) for g, each in found.items()} for area, found in cells.items() if fit}
    whole_groups = {g: together([numbers.whole_groups.get(p) for p in parts]) for g, parts in fit.items()}
    areas = {
        area: together(list(groups[area].values())) if fit else together([numbers.values.get(c) for c in codes[area]])
        for area in of.values
    }
    whole = together(list(whole_groups.values())) if fit else numbers.whole
    words = _aged(here.words, numbers, fit)
    return replace(here, words=words, areas=areas, groups=groups, whole=whole, whole_groups=whole_groups)


def _aged(words: str, numbers: AreaNumbers, fit: Mapping[str, tuple[str, ...]]) -> str:
    if fit:
        return f"people aged {_words([a for g in fit if (a := ages(g))])} who live there"
    theirs = _words([a for g in numbers.age_groups() if (a := ages(g))])
    return f"people aged {theirs} who live there" if theirs else words
