"""Coverage of a framework by any cut, as a page, chart or workbook; and the units behind one of its numbers."""

from collections.abc import Sequence
from typing import Any, TypedDict

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats.coverage_chart import coverage_chart
from iqf.exchange.formats.coverage_words import finding, judges, way
from iqf.exchange.formats.coverage_workbook import coverage_workbook
from iqf.reports import coverage as report
from iqf.reports.coverage import CoverageAnswer
from iqf.reports.coverage_cell import CellAnswer, cell
from iqf.snapshot import serving
from iqf.web.public.filtering import page_of
from iqf.web.public.showing import File, Shown, Table, show
from iqf.web.public.views.schemes import scheme_switch
from iqf.web.public.wording import coverage as wording


class Asked(TypedDict):
    """What the address of a page of coverage asks for."""

    by: str
    rule: str
    scheme: str
    through: tuple[str, ...]


XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest) -> Asked:
    """The cut, the counting rule, the scheme and the way that the address names. Raises BadRequest for any other."""
    by, rule, scheme = (request.GET.get(name) or default for name, default in wording.DEFAULTS.items())
    if by not in wording.CUTS or rule not in report.RULES:
        raise BadRequest(f"Coverage is by {', '.join(wording.CUTS)}, under the rule {', '.join(report.RULES)}.")
    return Asked(by=by, rule=rule, scheme=scheme, through=tuple(filter(None, request.GET.getlist("through")))[:4])


def coverage(request: HttpRequest, text: str) -> HttpResponse:
    """Coverage of a framework by a cut and under a counting rule, both of which the address names."""
    asked = _asked(request)
    answer = report.coverage(text, **asked, snapshot=serving())
    if not answer.raters:
        raise NotFoundError(f"No unit has been judged against {answer.framework.title} yet.")
    table = Table("coverage", *report.table(answer))
    shown = Shown("public/frameworks/coverage.html", "coverage", answer, (table,), _files(answer))
    page = page_of(request, answer.rows)
    return show(request, shown, _words(answer, asked) | {"page": page, "rows": wording.rows(answer, page, asked)})


def _files(answer: CoverageAnswer) -> dict[str, File]:
    return {
        "xlsx": File("coverage.xlsx", XLSX_TYPE, lambda: coverage_workbook(answer)),
        "svg": File("coverage.svg", "image/svg+xml", lambda: coverage_chart(answer).encode(), attached=False),
    }


def _words(answer: CoverageAnswer, asked: Asked) -> dict[str, Any]:
    keep: dict[str, str | Sequence[str]] = {"by": answer.by, "rule": answer.rule, "through": asked["through"]}
    return {
        "finding": finding(answer),
        "mark": wording.rater_mark(answer),
        "first": wording.CUTS[answer.by],
        "cuts": wording.cut_switch(answer, asked),
        "rules": wording.rule_switch(answer, asked),
        "schemes": scheme_switch(asked["scheme"], keep) if answer.by == "cluster" else [],
        "reached": wording.reached(answer),
        "side_by_side": wording.side_by_side(answer),
        "way": way(answer.path) if answer.path else (),
        "legs": wording.legs(answer.path),
        "what": f"{len(answer.rows)} rows",
    }


def units(request: HttpRequest, text: str) -> HttpResponse:
    """The units and the words behind one number of coverage: of a row of the table, or of all units."""
    asked = _asked(request)
    area, row = (request.GET.get(name, "").strip()[:200] for name in ("area", "row"))
    answer = cell(text, area, row=row, **asked, snapshot=serving())
    shown = Shown("public/frameworks/units.html", "coverage-cell", answer, (_units(answer),))
    groups = wording.behind(answer)
    context = {"groups": groups, "judges": judges(answer), "counted": wording.counted(answer)}
    context |= {"way": way(answer.path) if answer.path else ()}
    return show(request, shown, context)


def _units(answer: CellAnswer) -> Table:
    columns = ("code", "title", "how far", "mandatory", "credit", "statements", "raters", "words")
    rows = (
        (
            u.unit.code,
            u.unit.title,
            wording.BEHIND[u.state],
            u.mandatory,
            u.credit,
            "; ".join(f"{a.statement} {a.strength}" for a in u.accepted),
            "; ".join(f"{r.kind}: {r.statement} {r.verdict}" for r in u.reasons),
            " | ".join(r.quotation for r in u.reasons if r.quotation),
        )
        for u in answer.units
    )
    return Table("units", columns, rows)
