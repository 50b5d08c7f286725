"""How many posts of an area are filled, left and empty, beside its region, England and areas like it, over the years?

Rates as printed. Where the counts behind one are printed too, it has limits, and what it is beside England is said by
those. A rate whose base is too small has a message in place of a comparison.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from iqf.accounts.queries import data_version
from iqf.analysis import benchmarks
from iqf.analysis.benchmarks import Against, Beside
from iqf.analysis.limits import Limits, of_share
from iqf.catalogue.queries import NotFoundError
from iqf.indicators.asking import distinct
from iqf.indicators.queries import HeldTable, dataset, datasets
from iqf.indicators.standard import period_words
from iqf.places.queries import reorganised
from iqf.reports.cutting import AREAS
from iqf.reports.figures import asked_at, citation
from iqf.reports.supply import SupplyAnswer, SupplyRow, supply, usable
from iqf.reports.workforce_cells import IN_POST, Cells, Place, cells_of, workforce_table
from iqf.reports.workforce_like import CASES, LikeArea, likeness, rule

INDICATORS: Final = {
    IN_POST: "full-time equivalents on 30 September",
    "vacancy_rate_fte": "vacancies ÷ (vacancies + in post)",
    "turnover_rate_fte": "leavers in the year ÷ in post at its end",
    "agency_rate_fte": "agency workers ÷ (agency workers + in post)",
}
"""What is shown of an area, and what each is divided by."""
COUNTS: Final = {
    "vacancy_rate_fte": ("vacancy_fte", True),
    "turnover_rate_fte": ("leavers_fte", False),
    "agency_rate_fte": ("agency_fte", True),
}
"""The count above the line of each rate, and whether it is added to those in post below the line."""
AGREES: Final = 0.15
"""A printed rate and its counts agree within so many percentage points: both are rounded to one decimal."""
OF_CHILDREN: Final = "people"
ENGLAND: Final = "E92"

Years = tuple[tuple[str, float | None, str], ...]


@dataclass(frozen=True)
class Rate:
    """One number of an area in one year beside its region, England and like areas. A symbol where there is none.

    `limits`: 95 %, Wilson's, of the counts printed beside it; None where there are none, or where they do not give
    the rate that is printed: then `doubt` says so. `against`: where they lie beside England. `unfit`: why it is not
    compared; then `like` is None. `years`: by period, with those of the region and of England in the same periods.
    """

    indicator: str
    label: str
    unit: str
    denominator: str
    value: float | None
    symbol: str
    limits: Limits | None
    doubt: str
    against: Against
    region: float | None
    england: float | None
    like: Beside | None
    unfit: str
    years: Years
    region_years: Years
    england_years: Years


@dataclass(frozen=True)
class Turn:
    """What came of an area, or what it came from: both codes and names, and the day."""

    old: tuple[str, str]
    new: tuple[str, str]
    on: str


@dataclass(frozen=True)
class AreaAnswer:
    """The social work workforce of an area, over years, and which areas it is compared with by which rule.

    `codes`: the code it has and those it had; `turns`: what it was divided or merged into, or came from. `ended`:
    its figures end before the table does. `children`: the table of children, CODE@1.0; blank where none is held.
    `learners`: tables that count learners by such areas. `others`: every area with its kind and, where it ended, its
    last period.
    """

    code: str
    name: str
    kind: str
    region: str
    region_name: str
    codes: tuple[str, ...]
    dataset: str
    version: str
    title: str
    period: str
    ended: bool
    turns: tuple[Turn, ...]
    rates: tuple[Rate, ...]
    rule: str
    own: LikeArea | None
    like: tuple[LikeArea, ...]
    children: str
    learners: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str, str, str], ...]
    address: str
    citations: tuple[str, ...]


def area(text: str = "", table: str = "", beside: str = "") -> AreaAnswer:
    """The workforce of an area by its code or name (blank: England), in a table and beside the children of another
    (`CODE@1.0`; blank: the first of each that is held). Raises NotFoundError for what is not there.
    """
    held = workforce_table(table)
    shown = [i for i in INDICATORS if _has(held, i)]
    counts = [name for i in shown if i in COUNTS and _has(held, name := COUNTS[i][0])]
    cells = cells_of(held, [*shown, *counts, *([CASES] if _has(held, CASES) else [])])
    place = cells.named(text or "England")
    children = _people_of(beside) if beside else _of_children()
    own, like = likeness(place, cells, children, shown) if children and place.kind == "authority" else (None, ())
    period = place.periods[-1]
    rates = tuple(_rate(held, i, cells, place, [one.code for one in like], period) for i in shown)
    return AreaAnswer(
        code=place.code,
        name=place.name,
        kind=place.kind,
        region=place.region if place.region in cells.places else "",
        region_name=cells.places[place.region].name if place.region in cells.places else "",
        codes=place.codes,
        dataset=held.dataset,
        version=held.version,
        title=held.title,
        period=period_words(period),
        ended=period < cells.last,
        turns=tuple(Turn((a, b), (c, d), on) for a, b, c, d, on in reorganised(place.codes)),
        rates=_fit(rates),
        rule=rule(own) if own and like else "",
        own=own if like else None,
        like=like,
        children=f"{children.dataset}@{children.version}" if children else "",
        learners=_learners(place) if place.kind != "country" else (),
        others=_others(cells),
        address=_address(place, held, children),
        citations=tuple(citation(one) for one in (held, children) if one),
    )


@dataclass(frozen=True)
class InPost:
    """One area's share of those in post beside its share of children, and the address of the whole comparison."""

    row: SupplyRow
    address: str


def in_post_beside_children(answer: AreaAnswer) -> InPost | None:
    """Whether an area has its share of those in post for its children, in the four grades of `analysis.supply`; None
    for the country, where no children are counted, and where its figures have ended.
    """
    if not answer.children or answer.kind == "country" or answer.ended:
        return None
    held, path = f"{answer.dataset}@{answer.version}", dataset(answer.children).path
    compared = _compared(held, answer.kind, answer.children, (path, data_version()))
    row = next((row for row in compared.rows if row.code == answer.code), None) if compared else None
    return InPost(row, compared.address) if row and compared else None


@lru_cache(maxsize=8)
def _compared(held: str, kind: str, children: str, _state: tuple[Path, str]) -> SupplyAnswer | None:
    """Every area of a kind compared: the same for all of them, until any data change."""
    try:
        return supply(held, by=kind, base=children)
    except NotFoundError:
        return None


def _address(place: Place, held: HeldTable, children: HeldTable | None) -> str:
    beside = f"{children.dataset}@{children.version}" if children else ""
    asked = [("of", place.code), ("from", f"{held.dataset}@{held.version}"), ("beside", beside)]
    return asked_at("/workforce/area", asked)


def _others(cells: Cells) -> tuple[tuple[str, str, str, str], ...]:
    """Every area: those of now by kind and name, then those that ended."""
    every = [
        (p.code, p.name, p.kind, "" if p.periods[-1] == cells.last else period_words(p.periods[-1]))
        for p in cells.places.values()
    ]
    order = ["country", "region", "authority"]
    return tuple(sorted(every, key=lambda one: (bool(one[3]), order.index(one[2]), one[1])))


def _has(held: HeldTable, indicator: str) -> bool:
    return any(i.name == indicator for i in held.indicators)


def _people_of(beside: str) -> HeldTable:
    """The table of people that was asked for. Raises NotFoundError where it is not there or counts something else."""
    held = dataset(beside)
    if held.counting != OF_CHILDREN:
        raise NotFoundError(f"{held.dataset} does not count people, so no area is compared by it.")
    return held


def _of_children() -> HeldTable | None:
    """The first data set that counts the people of authorities, all of one group of ages."""
    for held in datasets():
        areas = "new_la_code" in {c.name for c in held.of_kind("place")}
        if held.counting != OF_CHILDREN or not areas:
            continue
        values = distinct(held, [f.name for f in held.filters], 1)
        if all(each is not None for each in values.values()):
            return held
    return None


def _rate(held: HeldTable, indicator: str, cells: Cells, place: Place, like: Sequence[str], period: str) -> Rate:
    column = next(i for i in held.indicators if i.name == indicator)
    value, symbol = cells.of(indicator, place.code, period)
    england = next((code for code in cells.places if code.startswith(ENGLAND)), "")
    compared = [cells.of(indicator, other, period)[0] for other in like]
    limits, doubt = _limits(indicator, cells, place.code, period)
    country = cells.of(indicator, england, period)[0]
    return Rate(
        indicator=indicator,
        label=column.label,
        unit=column.unit,
        denominator=INDICATORS[indicator],
        value=value,
        symbol=symbol,
        limits=limits,
        doubt=doubt,
        against=benchmarks.against(limits, country) if place.code != england else "",
        region=cells.of(indicator, place.region, period)[0],
        england=country,
        like=benchmarks.beside(value, compared) if value is not None and column.unit else None,
        unfit="",
        years=_years(indicator, cells, place.code, place.periods),
        region_years=_years(indicator, cells, place.region, place.periods) if place.region in cells.places else (),
        england_years=_years(indicator, cells, england, place.periods) if england and place.code != england else (),
    )


def _years(indicator: str, cells: Cells, code: str, periods: Sequence[str]) -> Years:
    return tuple((period_words(p), *cells.of(indicator, code, p)) for p in periods)


def _limits(indicator: str, cells: Cells, code: str, period: str) -> tuple[Limits | None, str]:
    """The limits of a rate in percent, out of the counts beside it; or that those counts do not give it."""
    if indicator not in COUNTS:
        return None, ""
    above, added = COUNTS[indicator]
    value, top, in_post = (cells.of(name, code, period)[0] for name in (indicator, above, IN_POST))
    if value is None or top is None or in_post is None:
        return None, ""
    of = top + in_post if added else in_post
    if of <= 0 or top > of:
        return None, ""
    if abs(100 * top / of - value) > AGREES:
        return None, f"The counts printed beside it give {100 * top / of:.1f} %, not what is printed."
    limits = of_share(top, of)
    return Limits(100 * limits.low, 100 * limits.high), ""


def _fit(rates: tuple[Rate, ...]) -> tuple[Rate, ...]:
    """Rates with a message in place of a comparison where too few are in post."""
    in_post = next((rate.value for rate in rates if rate.indicator == IN_POST), None)
    why = benchmarks.unfit(in_post)
    if not why:
        return rates
    return tuple(
        r if r.indicator == IN_POST else replace(r, unfit=why, like=None, limits=None, against="") for r in rates
    )


def _learners(place: Place) -> tuple[tuple[str, str], ...]:
    """Tables of learners by areas of this kind: code and title."""
    levels = AREAS[place.kind][0] + (AREAS["authority"][0] if place.kind == "region" else ())
    held = (dataset(code) for code in usable())
    return tuple((t.dataset, t.title) for t in held if t.counting != "workers" and set(levels) & set(t.levels))
