"""Two qualifications, or two roles, side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.reports.overlap import OverlapAnswer, RolesCompared
from iqf.web.public.comparing import Typed, Wrong, compared, read
from iqf.web.public.links import number
from iqf.web.public.showing import Shown, Table, show
from iqf.web.public.wording import comparison as wording


def compare(request: HttpRequest) -> HttpResponse:
    """The comparison; before both are chosen, the form."""
    typed = [request.GET.get(name, "").strip() for name in ("a", "b")]
    if not all(typed):
        return _form(request, [Typed("a", typed[0]), Typed("b", typed[1])])
    fields = [read("a", typed[0]), read("b", typed[1])]
    if any(f.wrong for f in fields):
        return _form(request, fields, [f.wrong for f in fields if f.wrong])
    answer = compared(*fields)
    if isinstance(answer, Wrong):
        return _form(request, fields, [answer])
    return _qualifications(request, answer) if isinstance(answer, OverlapAnswer) else _roles(request, answer)


def _form(request: HttpRequest, fields: list[Typed], wrong: list[Wrong] | None = None) -> HttpResponse:
    a, b = fields
    context: dict[str, Any] = {
        "a": a,
        "b": b,
        "wrong": wrong or [],
        "errors": [{"text": w.text, "href": f"#{w.field}"} for w in wrong or []],
    }
    return render(request, "public/compare/form.html", context, status=400 if wrong else 200)


def _qualifications(request: HttpRequest, answer: OverlapAnswer) -> HttpResponse:
    rows = (
        (where, u.unit.code, number(u.unit), u.unit.title, u.unit.level, u.credit_low, u.credit_high)
        for where, units in (("both", answer.shared_units), ("only a", answer.only_a), ("only b", answer.only_b))
        for u in units
    )
    table = Table("units", ("in", "code", "reference", "title", "level", "credit low", "credit high"), rows)
    shown = Shown("public/compare/qualifications.html", "overlap", answer, (table,))
    return show(request, shown, wording.sides(answer.a, answer.b, answer.facts) | wording.units(answer))


def _roles(request: HttpRequest, answer: RolesCompared) -> HttpResponse:
    rows = [("both", q.code, q.title, q.level, a, b) for q, a, b in answer.asked_by_both]
    rows += [("only a", q.code, q.title, q.level, s, "") for q, s in answer.asked_only_a]
    rows += [("only b", q.code, q.title, q.level, "", s) for q, s in answer.asked_only_b]
    table = Table("qualifications", ("asked by", "code", "title", "level", "by a", "by b"), rows)
    shown = Shown("public/compare/roles.html", "compare-roles", answer, (table,))
    return show(request, shown, wording.sides(answer.a, answer.b, answer.facts))
