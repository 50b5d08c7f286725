"""Does what somebody holds meet the rules of a qualification, or what a role requires?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.reports.rules import rules
from iqf.web.public.comparing import Typed, Wrong, read
from iqf.web.public.holding import typed_lines, wrong_lines
from iqf.web.public.showing import Shown, Table, show
from iqf.web.public.wording.rules import checked

NO_TARGET = Wrong("for", "Say what it is to meet: a qualification or a role.")


def check(request: HttpRequest) -> HttpResponse:
    """The verdict; before both fields are filled in, and where one is wrong, the form with what was typed."""
    held, target = request.GET.get("held", ""), request.GET.get("for", "").strip()
    lines = typed_lines(held)
    if "held" not in request.GET:
        return _form(request, held, Typed("for", target), [])
    goal = read("for", target)
    wrong = wrong_lines("held", lines)
    wrong += [] if lines else [Wrong("held", "Give at least one unit or qualification that is held.")]
    wrong += [goal.wrong if target else NO_TARGET] if goal.wrong else []
    if wrong:
        return _form(request, held, goal, wrong)
    return _verdict(request, lines, target)


def _form(request: HttpRequest, held: str, goal: Typed, wrong: list[Wrong]) -> HttpResponse:
    context = {
        "held": held,
        "target": goal.thing.title if goal.thing else goal.text,
        "code": goal.thing.code if goal.thing else goal.text,
        "wrong": wrong,
        "errors": [{"text": w.text, "href": f"#{w.field}"} for w in wrong],
    }
    return render(request, "public/check/form.html", context, status=400 if wrong else 200)


def _verdict(request: HttpRequest, lines: list[str], target: str) -> HttpResponse:
    answer = rules(lines, target)
    columns = ("depth", "part", "rule", "verdict", "because", "missing")
    rows = (
        (n.depth, n.title, n.words, n.verdict, n.because, "; ".join(f"{u.code} {u.title}" for u in n.missing))
        for n in answer.nodes
    )
    shown = Shown("public/check/verdict.html", "rules", answer, (Table("rules", columns, rows),))
    return show(request, shown, {"nodes": checked(answer.nodes), "held": "\n".join(lines)})
