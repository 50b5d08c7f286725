"""The workforce: how large it is, an area's vacancies and turnover beside others, and what roles pay."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from iqf.exchange.formats import workforce_words as say
from iqf.reports import workforce as report
from iqf.reports.salaries import salaries
from iqf.reports.workforce import AreaAnswer, SizesAnswer
from iqf.web.public.showing import File, Shown, Table, show

SVG_TYPE = "image/svg+xml"
SIZES = ("sector", "qualifier", "people", "period", "reliability", "method", "rests on", "source", "place", "note")
RATES = ("indicator", "divided by", "period", "value", "symbol", "region", "England", "like authorities, middle")
PAY = ("role", "code", "cluster", "starter", "experienced", "profile", "address")


def sizes(request: HttpRequest) -> HttpResponse:
    """Every estimate of the size of the workforce, with its year, source, method and reliability."""
    answer = report.sizes()
    shown = Shown("public/statistics/workforce.html", "workforce", answer, (Table("sizes", SIZES, _sizes(answer)),))
    groups = [*answer.sectors, *([("All sectors", answer.totals)] if answer.totals else [])]
    context: dict[str, Any] = {
        "finding": say.sizes_finding(answer),
        "groups": [(label, [(say.estimate(one), one) for one in estimates]) for label, estimates in groups],
        "areas": bool(report.workforce_tables()),
    }
    return show(request, shown, context)


def _sizes(answer: SizesAnswer) -> Iterable[Sequence[Any]]:
    for _, estimates in (*answer.sectors, ("", answer.totals)):
        for e in estimates:
            place = (e.said.source, e.said.locator)
            yield (e.label, e.qualifier, e.value, e.period, e.reliability, e.method, e.rests_on, *place, e.note)


def area(request: HttpRequest) -> HttpResponse:
    """One area's numbers beside its region, England and like authorities. The address names it: `?of=Leeds`."""
    answer = report.area(request.GET.get("of", "").strip()[:200])
    files = {
        rate.indicator: File("rate.svg", SVG_TYPE, lambda i=rate.indicator: _chart(answer, i), attached=False)  # type: ignore[misc]
        for rate in answer.rates
    }
    table = Table("workforce", RATES, _rates(answer))
    context = {
        "finding": say.area_finding(answer),
        "rates": [
            {
                "rate": rate,
                "own": say.own(rate),
                "region": say.value(rate, rate.region),
                "england": say.value(rate, rate.england),
                "like": say.like(rate),
                "years": [mark or "–" if v is None else say.value(rate, v) for _, v, mark in rate.years],
            }
            for rate in answer.rates
        ],
        "compared": any(say.like(rate) for rate in answer.rates),
    }
    return show(request, Shown("public/statistics/area.html", "workforce-area", answer, (table,), files), context)


def _chart(answer: AreaAnswer, indicator: str) -> bytes:
    return say.area_chart(answer, indicator).encode()


def _rates(answer: AreaAnswer) -> Iterable[Sequence[Any]]:
    for rate in answer.rates:
        for period, value, symbol in rate.years:
            now = period == answer.period
            wider = (
                (rate.region, rate.england, rate.like.middle if rate.like else None) if now else (None, None, None)
            )
            yield (rate.label, rate.denominator, period, value, symbol, *wider)


def pay(request: HttpRequest) -> HttpResponse:
    """What roles pay, beside each other."""
    answer = salaries()
    rows = ((p.role.title, p.role.code, p.cluster, p.starter, p.experienced, p.profile, p.url) for p in answer.rows)
    chart = File("pay.svg", SVG_TYPE, lambda: say.salaries_chart(answer).encode(), attached=False)
    context = {
        "finding": say.salaries_finding(answer),
        "rows": [
            (p, say.pounds(p.starter), say.pounds(p.experienced), say.percent(p.rise), say.percent(p.above))
            for p in answer.rows
        ],
    }
    shown = Shown("public/statistics/pay.html", "salaries", answer, (Table("pay", PAY, rows),), {"svg": chart})
    return show(request, shown, context)
