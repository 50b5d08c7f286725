"""How large is the workforce, and how many leave or are lacking by role? Each number with its year, source and base.

Never a bare total: estimates of one size stand beside each other with how sure each is, and where they disagree, that
is part of the answer. Rates of roles are those that the documents print, with what they do not say of them.
"""

import re
from calendar import month_name
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from iqf.accounts.kept import Kept
from iqf.evidence.models import Contradiction, StatedFigure
from iqf.indicators.standard import period_words
from iqf.reports.things import Said, said

SIZES: Final = ("workforce_size", "workforce_size", "Workforce size")
"""The table, the indicator and the topic of disagreements about the size of the workforce."""
TOTAL: Final = "total"
RELIABILITY: Final = {
    "exact": ("high", "counted, and printed in full"),
    "estimate": ("moderate", "estimated, and printed in a table with its year"),
}
ROUGH: Final = ("low", "rounded in running text")
DOUBTED: Final = ("low", "estimated; the source itself leaves a doubt")
RATES: Final = {
    "vacancy_rates": ("vacancy_rate", "Posts that are vacant"),
    "turnover": ("turnover_rate", "Workers who left in the year"),
    "leader_age": ("share_of_group", "How old leaders are"),
}
"""The tables of documents' rates by role: which indicator, and what it is in words."""
MONTH: Final = re.compile(rf"(\d{{4}})\d{{2}} ({'|'.join(month_name[1:])})")


@dataclass(frozen=True)
class Estimate:
    """One estimate of a size: of when, how it was come by, how sure that makes it, what is remarked, who says so.

    `rests_on`: where the document says that it has it from; blank where it does not.
    """

    sector: str
    label: str
    value: float
    period: str
    qualifier: str
    reliability: str
    method: str
    rests_on: str
    note: str
    said: Said


@dataclass(frozen=True)
class PrintedRate:
    """One rate of a role as a document prints it, in percent: of whom, where, when, how printed, who says so.

    `roles`: the ids of the roles it speaks of. What it is divided by, and out of how many, the documents do not say.
    """

    table: str
    label: str
    roles: tuple[str, ...]
    area: str
    period: str
    value: float
    qualifier: str
    reliability: str
    rests_on: str
    note: str
    said: Said


@dataclass(frozen=True)
class SizesAnswer:
    """Estimates by sector, the totals beside each other, where the documents disagree about them, and rates by role:
    each of `RATES` with what it is in words.
    """

    sectors: tuple[tuple[str, tuple[Estimate, ...]], ...]
    totals: tuple[Estimate, ...]
    contradictions: tuple[Contradiction, ...]
    rates: tuple[tuple[str, tuple[PrintedRate, ...]], ...] = ()


def sizes() -> SizesAnswer:
    """What the documents say of the size of the workforce, sector by sector and in all, and of rates by role."""
    table, indicator, topic = SIZES
    rows = StatedFigure.objects.filter(table=table, indicator=indicator).select_related(
        "citation__source", "citation__retrieval"
    )
    found: dict[str, list[Estimate]] = {}
    for row in rows.order_by("id"):
        found.setdefault(row.sector, []).append(_estimate(row))
    contradictions = Contradiction.objects.filter(topic=topic).select_related(
        "citation_a__source", "citation_b__source"
    )
    sectors = tuple((each[0].label, tuple(each)) for key, each in found.items() if key != TOTAL)
    return SizesAnswer(sectors, tuple(found.get(TOTAL, ())), tuple(contradictions), _rates())


def _estimate(row: StatedFigure) -> Estimate:
    reliability, method = RELIABILITY.get(row.qualifier, ROUGH)
    if row.note and reliability == "moderate":
        reliability, method = DOUBTED
    return Estimate(
        sector=row.sector,
        label=row.label,
        value=float(row.value),
        period=period_words(row.period),
        qualifier=row.qualifier,
        reliability=reliability,
        method=method,
        rests_on=row.rests_on,
        note=row.note,
        said=said(row.citation),
    )


def rates_of(ids: Collection[str]) -> tuple[tuple[str, tuple[PrintedRate, ...]], ...]:
    """What the documents print of one role, by any of its ids: each of `RATES` that they have, in words."""
    of_role = [(title, tuple(rate for rate in rates if set(rate.roles) & set(ids))) for title, rates in _rates()]
    return tuple((title, rates) for title, rates in of_role if rates)


def _read_rates() -> tuple[tuple[str, tuple[PrintedRate, ...]], ...]:
    rows = StatedFigure.objects.filter(table__in=RATES, unit="percent")
    rows = rows.select_related("citation__source", "citation__retrieval").order_by("id")
    found: dict[str, list[PrintedRate]] = {table: [] for table in RATES}
    for row in rows:
        if row.indicator == RATES[row.table][0]:
            found[row.table].append(_printed(row))
    return tuple((RATES[table][1], tuple(each)) for table, each in found.items() if each)


_rates = Kept(_read_rates)


def _printed(row: StatedFigure) -> PrintedRate:
    """A rate without its counts has no limits, so it is never surer than moderate."""
    return PrintedRate(
        table=row.table,
        label=row.label,
        roles=tuple(row.role.split("|")) if row.role else (),
        area=row.area,
        period=_when(row.period),
        value=float(row.value),
        qualifier="" if row.qualifier == "exact" else row.qualifier,
        reliability="moderate" if row.qualifier == "exact" else "low",
        rests_on=row.rests_on,
        note=row.note,
        said=said(row.citation),
    )


def _when(period: str) -> str:
    """A period in words, where a month is meant its name and year: March 2007 for `200703 March`."""
    month = MONTH.fullmatch(period)
    return f"{month[2]} {month[1]}" if month else period_words(period)
