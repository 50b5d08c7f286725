"""Transition modules: what carries everybody in one role into another, or in each into each other."""

from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iqf.accounts.queries import data_version
from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.reports import transitions as report
from iqf.reports.transitions import Transition, TransitionsAnswer
from iqf.web.public.comparing import Wrong, read
from iqf.web.public.showing import Shown, Table, show
from iqf.web.public.wording.topup import item_words, sum_words

SECONDS = 5.0
MOST_SHARED = 30


def transitions(request: HttpRequest) -> HttpResponse:
    """One pair of roles, or every pair; before either is asked for, and where something is wrong, the form."""
    start, goal = (request.GET.get(name, "").strip() for name in ("from", "to"))
    if request.GET.get("all") == "yes":
        return _every(request)
    if "from" not in request.GET and "to" not in request.GET:
        return _form(request, start, goal, [])
    wrong = [each.wrong for each in (read("from", start, ("role",)), read("to", goal, ("role",))) if each.wrong]
    if wrong:
        return _form(request, start, goal, wrong)
    try:
        answer = report.transition(start, goal, timezone.localdate(), seconds=SECONDS)
    except (NotFoundError, AmbiguousError) as error:
        return _form(request, start, goal, [Wrong("to", str(error))])
    shown = Shown("public/transitions/one.html", "transitions", answer, (_table(answer),))
    return show(request, shown, _worded(answer.transitions[0]))


def _worded(one: Transition) -> dict[str, object]:
    verdict = "cannot say" if one.status == "cannot say" else "no" if one.cost is None else "yes"
    if one.cost is None:
        line = one.words
    elif not one.pieces:
        line = "Nothing more: everybody in the one role has what the other asks for."
    else:
        number = len(one.pieces)
        line = f"With {number} thing{'' if number == 1 else 's'} to take: {sum_words(one.cost)}."
    pieces = [{"thing": p.thing, "credit": item_words(p.credit), "because": p.because} for p in one.pieces]
    return {"one": one, "verdict": verdict, "line": line, "pieces": pieces}


def _every(request: HttpRequest) -> HttpResponse:
    try:
        answer = _reckoned(timezone.localdate(), data_version())
    except report.TooManyRolesError as error:
        return _form(request, "", "", [Wrong("from", str(error))])
    shown = Shown("public/transitions/every.html", "transitions", answer, (_table(answer),))
    shared = [
        {"pieces": s.pieces, "pairs": s.pairs, "sum": sum_words(s.cost), "goals": s.goals}
        for s in answer.shared[:MOST_SHARED]
    ]
    context = {
        "counts": answer.counts,
        "pairs": len(answer.transitions),
        "crosses": sum(t.home.crosses for t in answer.transitions),
        "missing": sum(not t.home.bodies for t in answer.transitions),
        "shared": shared,
    }
    return show(request, shown, context)


@lru_cache(maxsize=1)
def _reckoned(on: date, version: str) -> TransitionsAnswer:
    """Every pair, reckoned once for each state of the data and day: it takes seconds."""
    return report.transitions(on, seconds=SECONDS)


def _form(request: HttpRequest, start: str, goal: str, wrong: list[Wrong]) -> HttpResponse:
    errors = [{"text": w.text, "href": f"#{w.field}"} for w in wrong]
    context = {"start": start, "goal": goal, "wrong": wrong, "errors": errors, "rule": report.RULE}
    return render(request, "public/transitions/form.html", context, status=400 if wrong else 200)


def _table(answer: TransitionsAnswer) -> Table:
    columns = (
        "from",
        "from title",
        "to",
        "to title",
        "status",
        "takes",
        "codes",
        "would live with",
        "crosses bodies",
    )
    rows = (
        (
            t.start.code,
            t.start.title,
            t.goal.code,
            t.goal.title,
            t.status,
            sum_words(t.cost) if t.cost is not None else "",
            "; ".join(p.thing.code for p in t.pieces),
            t.home.words,
            "yes" if t.home.crosses else "no",
        )
        for t in answer.transitions
    )
    return Table("transitions", columns, rows)
