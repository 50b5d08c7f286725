"""Take-up of a data set by any cut, and areas compared with their people: pages, tables, charts."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.accounts.queries import data_version
from iqf.exchange.formats import supply_charts as charts
from iqf.exchange.formats import supply_words as say
from iqf.exchange.formats.derived import of_supply, of_takeup, package
from iqf.exchange.formats.supply import supply_table, takeup_table
from iqf.indicators.queries import dataset
from iqf.indicators.standard import period_words
from iqf.reports import supply as report
from iqf.reports.supply import SupplyAnswer
from iqf.reports.supply_base import DENOMINATORS
from iqf.reports.supply_choices import choices, cuts
from iqf.reports.takeup import TakeUpAnswer
from iqf.reports.takeup import takeup as cut
from iqf.web.public.filtering import page_of
from iqf.web.public.showing import File, Shown, Table, show
from iqf.web.public.wording import supply as wording

SVG_TYPE = "image/svg+xml"
ZIP_TYPE = "application/zip"
ASKED = ("of", "by", "indicator", "denominator", "beside", "cluster", "level", "demand")
MOST = 100_000_000


def supply(request: HttpRequest) -> HttpResponse:
    """Areas compared: from the documents, or from the data set that the address names."""
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ASKED}
    where = _conditions(request)
    offered = choices(asked["of"])
    forms = {
        "of": asked["of"],
        "tables": wording.tables(offered, asked["of"]),
        "fields": wording.fields(offered, asked, where),
    }
    if missing := offered.missing(set(where)):
        title = dict(offered.tables).get(asked["of"].partition("@")[0], asked["of"])
        return render(request, "public/statistics/choose.html", {**forms, "title": title, "missing": missing})
    answer = _compared(request, asked, where, [area for area, _ in offered.by])
    table, files = Table("supply", *supply_table(answer)), _supply_files(answer)
    shown = Shown("public/statistics/supply.html", "supply", answer, (table,), files)
    context: dict[str, Any] = {
        **forms,
        "finding": say.supply_finding(answer),
        "basis": say.basis(answer),
        "method": say.method(answer),
        "courses": say.courses(answer),
        "rows": [_area(row) for row in sorted(answer.rows, key=_lowest_first)],
        "packed": "zip" in files,
        "drawn": [name for name in ("map", "funnel", "svg") if name in files],
        "settles": list(dict.fromkeys(r.found.would_settle_it for r in answer.rows if r.found.would_settle_it)),
        "host": f"{request.scheme}://{request.get_host()}",
        "definitions": _definitions(answer),
    }
    return show(request, shown, context)


def _definitions(answer: SupplyAnswer) -> list[tuple[str, str]]:
    """Where each number of a comparison of tables is defined."""
    tables = {answer.basis: answer.version, answer.base: answer.base_version}
    return [(code, f"/figures/{code}/{version}#about") for code, version in tables.items() if version]


def _compared(
    request: HttpRequest, asked: Mapping[str, str], where: dict[str, list[str]], by: Sequence[str]
) -> SupplyAnswer:
    denominator = asked["denominator"] or "population"
    if denominator not in DENOMINATORS or asked["by"] not in ("", "region", "authority"):
        raise BadRequest("Learners are compared by region or authority, with the population or the workforce.")
    if not asked["of"]:
        return report.from_documents(denominator, asked["cluster"], asked["level"], _assumed(request))
    named = {**asked, "by": asked["by"] or next(iter(by), "region"), "denominator": denominator}
    conditions = tuple((column, tuple(values)) for column, values in where.items())
    return _of_table(tuple(named[name] for name in ASKED), conditions, (dataset(asked["of"]).path, data_version()))


@lru_cache(maxsize=16)
def _of_table(
    asked: tuple[str, ...], where: tuple[tuple[str, tuple[str, ...]], ...], _state: tuple[Path, str]
) -> SupplyAnswer:
    """Tables compared: once for a page and its drawings, until any data change."""
    named = dict(zip(ASKED, asked, strict=True))
    of, base = named.pop("of"), named.pop("beside")
    return report.supply(of, base=base, where=dict(where), **named)


def _assumed(request: HttpRequest) -> float | None:
    text = request.GET.get("assume", "").strip().replace(",", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= MOST:
        raise BadRequest(f"A number of learners is assumed as a whole number from 1 to {MOST:,}.")
    return float(text)


def _conditions(request: HttpRequest) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in filter(None, request.GET.getlist("where")[:20]):
        column, sign, value = text.partition("=")
        if not sign:
            raise BadRequest(f'"{text}" is no condition; write it as COLUMN=VALUE.')
        found.setdefault(column, []).append(value)
    return found


def _supply_files(answer: SupplyAnswer) -> dict[str, File]:
    packed = of_supply(answer)
    files = {"zip": File(f"{packed.name}.zip", ZIP_TYPE, lambda: package(packed))} if packed else {}
    return files | {
        name: File(f"supply-{name}.svg", SVG_TYPE, lambda make=make: make(answer).encode(), attached=False)  # type: ignore[misc]
        for name, make in charts.supply_drawings(answer).items()
    }


def _lowest_first(row: report.SupplyRow) -> tuple[bool, bool, float, str]:
    """Areas that are short, then the others by their ratio, then those without one: as the question asks."""
    best = row.found.standardised or row.found.quotient
    low = row.found.grade in say.GRADES_LOW
    return (not low, best is None, best.value if best else 0.0, row.name)


def _area(row: report.SupplyRow) -> dict[str, Any]:
    found = row.found
    return {
        "name": row.name,
        "code": row.code,
        "learners": say.number(found.area.learners),
        "share": say.share(found.share),
        "people": say.share(found.base_share),
        "ratio": say.ratio(row),
        "without": say.plain_ratio(row),
        "grade": found.grade,
        "reason": found.reason,
        "short": say.shortfall(row),
    }


def takeup(request: HttpRequest, code: str, version: str | None = None) -> HttpResponse:
    """A data set, cut as the address says."""
    by = [name for name in request.GET.getlist("by")[:6] if name]
    indicators = [name for name in request.GET.getlist("indicator")[:20] if name]
    where = _conditions(request)
    answer = cut(code, by, where, indicators, version)
    table = Table(f"take-up-{answer.dataset}", *takeup_table(answer))
    files = {"svg": File("take-up.svg", SVG_TYPE, lambda: charts.takeup_chart(answer).encode(), attached=False)}
    if packed := of_takeup(answer):
        files["zip"] = File(f"{packed.name}.zip", ZIP_TYPE, lambda: package(packed))
    shown = Shown("public/statistics/takeup.html", "takeup", answer, (table,), files)
    names = [name for name in answer.by if not name.endswith("_code")]
    labels, grid = {row.label for row in answer.rows}, wording.by_period(answer)
    context = {
        "finding": say.takeup_finding(answer),
        "fields": wording.cut_fields(cuts(code, version), by, indicators, where),
        "heads": [answer.labels[name] for name in names],
        "period": period_words(answer.period),
        "page": page_of(request, grid["rows"] if grid else _rows(answer, names)),
        "grid": grid,
        "packed": packed is not None,
        "named": len(labels) > 1 or not names,
        "counted": next(iter(labels), "Number"),
        "shares": say.has_parts(answer),
        "host": f"{request.scheme}://{request.get_host()}",
        "definitions": [(answer.title, f"/figures/{answer.dataset}/{answer.version}#about")],
        "citations": (answer.citation,),
    }
    return show(request, shown, context)


def _rows(answer: TakeUpAnswer, names: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "by": [say.shown(name, row.by[name]) for name in names],
            "label": row.label,
            "value": say.cell(row),
            "share": say.share(row.share),
            "limits": f"{say.share(row.limits.low)} to {say.share(row.limits.high)}" if row.limits else "",
        }
        for row in answer.rows
    ]
