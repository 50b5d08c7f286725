"""How large is the workforce, how many leave, and where are posts empty? Each number with its year, source and base.

Never a bare total: estimates of one size stand beside each other with how sure each is, and where they disagree, that
is part of the answer. A rate whose base is too small has a message in place of a comparison.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from iqf.analysis import benchmarks
from iqf.analysis.benchmarks import Beside
from iqf.catalogue.queries import NotFoundError
from iqf.evidence.models import Contradiction, StatedFigure
from iqf.indicators import measures
from iqf.indicators.queries import HeldTable, datasets
from iqf.indicators.standard import period_words
from iqf.reports.cutting import AREAS, LEVEL, LONDON, PARTS_OF_LONDON, cut, values_of
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
IN_POST: Final = "inpost_fte"
INDICATORS: Final = {
    IN_POST: "full-time equivalents on 30 September",
    "turnover_rate_fte": "leavers in the year ÷ in post at its end",
    "vacancy_rate_fte": "vacancies ÷ (vacancies + in post)",
    "agency_rate_fte": "agency workers ÷ (agency workers + in post)",
}
"""What is shown of an area, and what each is divided by."""
OF_CHILDREN: Final = "people"


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
class SizesAnswer:
    """Estimates by sector, the totals beside each other, and where the documents disagree about them."""

    sectors: tuple[tuple[str, tuple[Estimate, ...]], ...]
    totals: tuple[Estimate, ...]
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True)
class Rate:
    """One number of an area in one year beside its region, England and like areas. A symbol where there is none.

    `unfit`: why it is not compared; then `like` is None.
    """

    indicator: str
    label: str
    unit: str
    denominator: str
    value: float | None
    symbol: str
    region: float | None
    england: float | None
    like: Beside | None
    unfit: str
    years: tuple[tuple[str, float | None, str], ...]


@dataclass(frozen=True)
class AreaAnswer:
    """The social work workforce of an area, over years, and which areas it is compared with by which rule."""

    code: str
    name: str
    kind: str
    region: str
    dataset: str
    version: str
    period: str
    rates: tuple[Rate, ...]
    rule: str
    like: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str, str], ...]


def sizes() -> SizesAnswer:
    """What the documents say of the size of the workforce, sector by sector, and in all."""
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
    return SizesAnswer(sectors, tuple(found.get(TOTAL, ())), tuple(contradictions))


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


def workforce_tables() -> tuple[HeldTable, ...]:
    """The data sets that have people in post by area."""
    return tuple(t for t in datasets() if IN_POST in {i.name for i in t.indicators})


def area(text: str = "") -> AreaAnswer:
    """The workforce of an area by its code or name (blank: England). Raises NotFoundError for any other."""
    tables = workforce_tables()
    if not tables:
        raise NotFoundError("No data set here counts people in post; read one in with: iqf ingest statistics PATH")
    held = tables[0]
    cells = _cells(held, [i for i in INDICATORS if _has(held, i)])
    places = _places(cells)
    code = _found(places, text or "England")
    kind, name, region = places[code]
    children = _children() if kind == "authority" else {}
    like = benchmarks.alike(code, {c: n for c, n in children.items() if c in places and places[c][0] == kind})
    numbers = {i: _numbers(cells, i, held.of_kind("time")[0].name) for i in INDICATORS if _has(held, i)}
    period = max(p for by_place in numbers.values() for _, p in by_place)
    rates = tuple(_rate(held, i, by_place, code, region, like, period) for i, by_place in numbers.items())
    return AreaAnswer(
        code=code,
        name=name,
        kind=kind,
        region=region,
        dataset=held.dataset,
        version=held.version,
        period=period,
        rates=_fit(rates),
        rule=benchmarks.RULE if like else "",
        like=tuple((c, places[c][1]) for c in like),
        others=tuple((c, n, k) for c, (k, n, _) in sorted(places.items(), key=lambda p: (p[1][0], p[1][1]))),
    )


Numbers = Mapping[tuple[str, str], tuple[float | None, str]]


def _has(held: HeldTable, indicator: str) -> bool:
    return any(i.name == indicator for i in held.indicators)


def _cells(held: HeldTable, indicators: Sequence[str]) -> list[dict[str, Any]]:
    """The printed cells of every area and period, with the kind, code and name of the area: one question."""
    codes = [c.name for c in held.of_kind("place")]
    asked = cut(held, ["period", *codes])
    symbols = [f"{i}{measures.SYMBOL}" for i in indicators]
    rows = measures.answer(asked.table.select(held.of_kind("time")[0].name, *codes, *indicators, *symbols))
    found = []
    for row in rows:
        kind = next((k for k, (levels, _, _) in AREAS.items() if row[LEVEL] in levels), "")
        if kind and row[AREAS[kind][1]]:
            found.append({**row, "kind": kind, "code": row[AREAS[kind][1]], "name": row[AREAS[kind][2]]})
    return [row for row in found if row["code"] not in PARTS_OF_LONDON]


def _places(cells: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str, str]]:
    """Kind, name and region of every area by its code. Inner and Outer London are parts of one of them."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in cells:
        above = row.get("region_code") or ""
        above = LONDON[0] if above in PARTS_OF_LONDON else above
        found[row["code"]] = (row["kind"], row["name"], above if row["kind"] == "authority" else "")
    return found


def _found(places: Mapping[str, tuple[str, str, str]], text: str) -> str:
    asked = text.casefold().strip()
    for code, (_, name, _) in places.items():
        if asked in (code.casefold(), name.casefold()):
            return code
    near = [name for _, name, _ in places.values() if asked and asked in name.casefold()][:5]
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise NotFoundError(f'The workforce data have no area "{text}"{hint}')


def _numbers(cells: Iterable[Mapping[str, Any]], indicator: str, time: str) -> Numbers:
    """An indicator by area and period, with the symbol that stands where there is no number."""
    return {(row["code"], row[time]): (row[indicator], row[f"{indicator}{measures.SYMBOL}"] or "") for row in cells}


def _children() -> dict[str, float]:
    """How many children live in each authority, in the latest year that is held."""
    for held in datasets():
        if held.counting != OF_CHILDREN or "new_la_code" not in {c.name for c in held.of_kind("place")}:
            continue
        asked = cut(held, ["authority"])
        ages = [f.name for f in held.filters if len(values_of(asked.table, f.name)) > 1]
        if ages or asked.areas is None:
            continue
        code = asked.areas[0]
        rows = measures.answer(measures.added(asked.table, [code], held.indicators[0].name))
        return {row[code]: row["total"] for row in rows if row["total"]}
    return {}


def _rate(
    held: HeldTable, indicator: str, numbers: Numbers, code: str, region: str, like: tuple[str, ...], period: str
) -> Rate:
    column = next(i for i in held.indicators if i.name == indicator)
    value, symbol = numbers.get((code, period), (None, ""))
    periods = sorted({p for c, p in numbers if c == code})
    england = next((c for c in {c for c, _ in numbers} if c.startswith("E92")), "")
    compared = [numbers.get((other, period), (None, ""))[0] for other in like]
    return Rate(
        indicator=indicator,
        label=column.label,
        unit=column.unit,
        denominator=INDICATORS[indicator],
        value=value,
        symbol=symbol,
        region=numbers.get((region, period), (None, ""))[0],
        england=numbers.get((england, period), (None, ""))[0],
        like=benchmarks.beside(value, compared) if value is not None and column.unit else None,
        unfit="",
        years=tuple((p, *numbers[code, p]) for p in periods),
    )


def _fit(rates: tuple[Rate, ...]) -> tuple[Rate, ...]:
    """Rates with a message in place of a comparison where too few are in post."""
    in_post = next((rate.value for rate in rates if rate.indicator == IN_POST), None)
    why = benchmarks.unfit(in_post)
    return tuple(replace(r, unfit=why, like=None) if why and r.indicator != IN_POST else r for r in rates)
