"""The workforce: how large it is, an area's vacancies and turnover beside others, and what roles pay."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse

from iqf.exchange.formats import workforce_words as say
from iqf.exchange.formats.listed import CHANGED
from iqf.exchange.formats.supply_words import ratio, shortfall
from iqf.exchange.formats.workforce import PAY_NAME, pay_package, pay_table
from iqf.indicators.queries import dataset
from iqf.reports import workforce as report
from iqf.reports.salaries import salaries
from iqf.reports.workforce import PrintedRate, SizesAnswer
from iqf.reports.workforce_area import AreaAnswer, Rate, in_post_beside_children
from iqf.reports.workforce_area import area as find_area
from iqf.reports.workforce_cells import workforce_tables
from iqf.reports.workforce_like import LikeArea
from iqf.web.public.showing import File, Shown, Table, show

SVG_TYPE = "image/svg+xml"
SIZES = ("sector", "qualifier", "people", "period", "reliability", "method", "rests on", "source", "place", "note")
RATES = (
    *("code", "area", "indicator", "divided by", "period", "value", "symbol", "low", "high"),
    *("region", "England", "like authorities, middle"),
)
ROLE_RATES = (
    *("what", "role", "area", "period", "percent", "qualifier", "reliability"),
    *("rests on", "source", "place", "note"),
)
BLANK = repeat(("", None, ""))


def sizes(request: HttpRequest) -> HttpResponse:
    """Every estimate of the size of the workforce, with its year, source, method and reliability."""
    answer = report.sizes()
    tables = (Table("sizes", SIZES, _sizes(answer)), Table("rates", ROLE_RATES, _role_rates(answer)))
    shown = Shown("public/statistics/workforce.html", "workforce", answer, tables)
    groups = [*answer.sectors, *([("All sectors", answer.totals)] if answer.totals else [])]
    context: dict[str, Any] = {
        "finding": say.sizes_finding(answer),
        "groups": [(label, [(say.estimate(one), one) for one in estimates]) for label, estimates in groups],
        "areas": bool(workforce_tables()),
        "grids": [_grid(title, rates) for title, rates in answer.rates],
        "host": f"{request.scheme}://{request.get_host()}",
    }
    return show(request, shown, context)


def _grid(title: str, rates: Sequence[PrintedRate]) -> dict[str, Any]:
    """Rates of one kind as a table: a row for each place and period, a column for each role."""
    heads = list(dict.fromkeys(rate.label for rate in rates))
    lines: dict[tuple[str, str], dict[str, list[PrintedRate]]] = {}
    for rate in rates:
        lines.setdefault((rate.area, rate.period), {}).setdefault(rate.label, []).append(rate)
    rows = [
        (place, period, [_cell(cells.get(head, ())) for head in heads]) for (place, period), cells in lines.items()
    ]
    roles = {rate.label: rate.roles[0] if len(rate.roles) == 1 else "" for rate in rates}
    said = list({rate.said.source: rate.said for rate in rates}.values())
    places = list(dict.fromkeys(rate.said.locator for rate in rates))
    notes = list(dict.fromkeys(f"{r.label}, {r.period}: {r.note}" for r in rates if r.note))
    rests = list(dict.fromkeys(r.rests_on for r in rates if r.rests_on))
    heads_with = [(head, roles[head]) for head in heads]
    return {
        "title": title,
        "heads": heads_with,
        "rows": rows,
        "said": said,
        "places": places,
        "notes": notes,
        "rests": rests,
    }


def _cell(rates: Sequence[PrintedRate]) -> str:
    """What is printed of one role, place and period: once, or each that differs."""
    return "; ".join(dict.fromkeys(say.printed_rate(rate) for rate in rates)) or "–"


def _role_rates(answer: SizesAnswer) -> Iterable[Sequence[Any]]:
    for title, rates in answer.rates:
        for r in rates:
            place = (r.said.source, r.said.locator)
            yield (title, r.label, r.area, r.period, r.value, r.qualifier, r.reliability, r.rests_on, *place, r.note)


def _sizes(answer: SizesAnswer) -> Iterable[Sequence[Any]]:
    for _, estimates in (*answer.sectors, ("", answer.totals)):
        for e in estimates:
            place = (e.said.source, e.said.locator)
            yield (e.label, e.qualifier, e.value, e.period, e.reliability, e.method, e.rests_on, *place, e.note)


def area(request: HttpRequest) -> HttpResponse:
    """One area's numbers beside its region, England and like authorities. The address names it: `?of=Leeds`."""
    asked = (request.GET.get(name, "").strip()[:200] for name in ("of", "from", "beside"))
    answer = find_area(*asked)
    files = {
        rate.indicator: File("rate.svg", SVG_TYPE, lambda i=rate.indicator: _chart(answer, i), attached=False)  # type: ignore[misc]
        for rate in answer.rates
    }
    table = Table("workforce", RATES, _rates(answer))
    shown = Shown("public/statistics/area.html", "workforce-area", answer, (table,), files)
    if request.GET.get("format"):
        return show(request, shown)
    context = {
        "finding": say.area_finding(answer),
        "fte": say.in_fte(answer),
        "turned": say.turned(answer),
        "recoded": say.recoded(answer),
        "turned_to": [t.new for t in answer.turns if t.old[0] in answer.codes],
        "turned_from": [t.old for t in answer.turns if t.new[0] in answer.codes],
        "rates": [_rate(rate) for rate in answer.rates],
        "years": [line for rate in answer.rates for line in _lines(answer, rate)],
        "compared": any(say.like(rate) for rate in answer.rates),
        "like": [_like(answer, one) for one in ((answer.own, *answer.like) if answer.own else ())],
        "measured": list(answer.own.measures) if answer.own else [],
        "supply": _supply(answer),
        "standard": _standard(answer),
        "host": f"{request.scheme}://{request.get_host()}",
        "definitions": list(_definitions(answer)),
    }
    return show(request, shown, context)


def _definitions(answer: AreaAnswer) -> Iterable[tuple[str, str]]:
    """Where each table of the answer says what its numbers are."""
    yield answer.title, f"/figures/{answer.dataset}/{answer.version}#about"
    if answer.children:
        held = dataset(answer.children)
        yield held.title, f"/figures/{held.dataset}/{held.version}#about"


def _chart(answer: AreaAnswer, indicator: str) -> bytes:
    return say.area_chart(answer, indicator).encode()


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "rate": rate,
        "label": say.short_label(rate),
        "own": say.own(rate),
        "limits": say.limits(rate),
        "against": say.beside_england(rate),
        "region": say.value(rate, rate.region),
        "england": say.value(rate, rate.england),
        "like": say.like(rate),
    }


def _lines(answer: AreaAnswer, rate: Rate) -> Iterable[tuple[str, str, list[str]]]:
    """The years of a rate: the area's own, and those of its region and of England beside them."""
    wider = [(answer.region_name, rate.region_years), ("England", rate.england_years)] if rate.unit else []
    for name, years in ((answer.name, rate.years), *wider):
        if years:
            yield (
                say.short_label(rate),
                name,
                [mark or "–" if v is None else say.value(rate, v) for _, v, mark in years],
            )


def _like(answer: AreaAnswer, one: LikeArea) -> dict[str, Any]:
    cells = [(rate, one.cells.get(rate.indicator, (None, ""))) for rate in answer.rates]
    numbers = [mark or "–" if v is None else say.value(rate, v) for rate, (v, mark) in cells]
    measured = [say.measured(value) for value in one.measures.values()]
    return {"code": one.code, "name": one.name, "measures": measured, "numbers": numbers}


def _supply(answer: AreaAnswer) -> dict[str, str] | None:
    """What those in post are beside the children who live there, in the words of its grade."""
    compared = in_post_beside_children(answer)
    if compared is None:
        return None
    row, found = compared.row, compared.row.found
    said = {"ratio": ratio(row), "grade": found.grade, "reason": found.reason, "short": shortfall(row)}
    return said | {"address": compared.address}


def _standard(answer: AreaAnswer) -> str:
    """The address of these very cells in the format of official statistics."""
    column = {"country": "country_code", "region": "region_code", "authority": "new_la_code"}[answer.kind]
    shown = [("indicator", rate.indicator) for rate in answer.rates]
    asked = [("by", answer.kind), ("by", "period"), *(("where", f"{column}={code}") for code in answer.codes), *shown]
    return f"/takeup/{quote(answer.dataset)}/{answer.version}?{urlencode([*asked, ('format', 'zip')])}"


def _rates(answer: AreaAnswer) -> Iterable[Sequence[Any]]:
    for rate in answer.rates:
        beside = zip(rate.years, rate.region_years or BLANK, rate.england_years or BLANK, strict=False)
        for (period, value, symbol), (_, region, _), (_, england, _) in beside:
            now = period == answer.period
            low, high = (rate.limits.low, rate.limits.high) if now and rate.limits else (None, None)
            middle = rate.like.middle if now and rate.like else None
            own = (answer.code, answer.name, rate.label, rate.denominator, period, value, symbol, low, high)
            yield (*own, region, england, middle)


def pay(request: HttpRequest) -> HttpResponse:
    """What roles pay, beside each other."""
    answer = salaries(mark=request.GET.get("listed", "").strip()[:20])
    table = Table("pay", *pay_table(answer))
    files = {"zip": File(f"{PAY_NAME}.zip", "application/zip", lambda: pay_package(answer))}
    chart = File("pay.svg", SVG_TYPE, lambda: say.salaries_chart(answer).encode(), attached=False)
    context = {
        "finding": say.salaries_finding(answer),
        "changed": CHANGED if answer.cited.changed else "",
        "host": f"{request.scheme}://{request.get_host()}",
        "rows": [
            (p, say.pounds(p.starter), say.pounds(p.experienced), say.percent(p.rise), say.percent(p.above))
            for p in answer.rows
        ],
    }
    shown = Shown("public/statistics/pay.html", "salaries", answer, (table,), {**files, "svg": chart})
    return show(request, shown, context)
