"""Ways from one role to another, to everywhere from one, and to one; and what leads nowhere up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.reports import reach as reach_report
from iqf.reports import routes as report
from iqf.reports.deadends import End
from iqf.reports.deadends import deadends as found_ends
from iqf.web.public.comparing import Wrong, read
from iqf.web.public.filtering import page_of
from iqf.web.public.holding import typed_lines, wrong_lines
from iqf.web.public.showing import Shown, Table, show
from iqf.web.public.wording.topup import sum_words
from iqf.web.public.wording.ways import drawn, effort, pay_words

NO_ROLE = Wrong("from", "Say from which role, or to which.")
NEAR = 2
"""In how many stated steps something is near; what is further off is folded away."""
ENDS = 200
"""So many dead ends are shown at once."""
SECONDS = 5.0
"""How long the search of a page may take before the best ways so far are shown, with what is not proven."""


def routes(request: HttpRequest) -> HttpResponse:
    """The ways; before a role is given, and where something typed is wrong, the form with what was typed."""
    start, goal = (request.GET.get(name, "").strip() for name in ("from", "to"))
    held = request.GET.get("held", "")
    if "from" not in request.GET and "to" not in request.GET:
        return _form(request, start, goal, held, [])
    try:
        if start and goal:
            return _between(request, start, goal, held)
        if start or goal:
            return _everywhere(request, start, held) if start else _arriving(request, goal)
    except (NotFoundError, AmbiguousError):
        pass  # what is wrong, and with which field, is said below
    return _form(request, start, goal, held, _wrong(start, goal, held))


def _wrong(start: str, goal: str, held: str) -> list[Wrong]:
    ends = [read("from", start)] if start else []
    ends += [read("to", goal)] if goal else []
    if start and goal and not any(e.wrong for e in ends) and ends[0].thing == ends[-1].thing:
        return [Wrong("to", "That is where one begins already. Name another role or qualification.")]
    return [
        *([] if ends else [NO_ROLE]),
        *(e.wrong for e in ends if e.wrong),
        *wrong_lines("held", typed_lines(held)),
    ]


def _form(request: HttpRequest, start: str, goal: str, held: str, wrong: list[Wrong]) -> HttpResponse:
    errors = [{"text": w.text, "href": f"#{w.field}"} for w in wrong]
    context = {"start": start, "goal": goal, "held": held, "wrong": wrong, "errors": errors}
    return render(request, "public/routes/form.html", context, status=400 if wrong else 200)


def _between(request: HttpRequest, start: str, goal: str, held: str) -> HttpResponse:
    rank = [each for each in request.GET.getlist("rank") if each in report.CRITERIA]
    order = list(dict.fromkeys((*rank, "cost", "steps")))
    answer = report.routes(start, goal, timezone.localdate(), held=typed_lines(held), rank=order, seconds=SECONDS)
    rows = (
        (
            n,
            k,
            s.thing.code,
            s.thing.title,
            s.direction,
            "yes" if s.crosses else "no",
            "yes" if s.stated else "no",
            "; ".join(t.thing.title for t in s.takes),
        )
        for n, way in enumerate(answer.routes, start=1)
        for k, s in enumerate(way.steps, start=1)
    )
    table = Table(
        "routes", ("way", "step", "code", "title", "direction", "another group", "stated", "what is taken"), rows
    )
    shown = Shown("public/routes/between.html", "routes", answer, (table,))
    said = {"ways": drawn(answer), "pay": pay_words(answer.salary), "criteria": report.CRITERIA}
    return show(request, shown, {**said, "held": held, "rank": order[0]})


def _everywhere(request: HttpRequest, start: str, held: str) -> HttpResponse:
    answer = reach_report.reach(start, timezone.localdate(), held=typed_lines(held), seconds=SECONDS)
    columns = ("sort", "code", "title", "direction", "status", "takes", "stated steps", "why")
    rows = (
        (
            r.sort,
            r.thing.code,
            r.thing.title,
            r.direction,
            r.status,
            sum_words(r.cost) if r.cost is not None else "",
            r.stated_steps,
            r.why,
        )
        for r in (*answer.qualifications, *answer.roles)
    )
    shown = Shown("public/routes/everywhere.html", "reach", answer, (Table("reach", columns, rows),))
    return show(request, shown, {"sorts": effort(answer), "held": held})


def _arriving(request: HttpRequest, goal: str) -> HttpResponse:
    answer = reach_report.arrive(goal, timezone.localdate())
    columns = ("steps", "type", "code", "title", "by")
    rows = (
        (o.steps, o.thing.kind, o.thing.code, o.thing.title, "; ".join(b.title for b in o.by)) for o in answer.origins
    )
    shown = Shown("public/routes/arriving.html", "arrive", answer, (Table("arrive", columns, rows),))
    near = [o for o in answer.origins if o.steps <= NEAR]
    return show(request, shown, {"near": near, "far": answer.origins[len(near) :]})


def deadends(request: HttpRequest) -> HttpResponse:
    """What leads nowhere up, and what only a full degree leads on from."""
    answer = found_ends(timezone.localdate())
    tables = (_ends("dead-ends", answer.dead), _ends("only-a-degree", answer.only_a_degree))
    context = {"page": page_of(request, answer.dead, ENDS), "most": ENDS}
    return show(request, Shown("public/routes/deadends.html", "deadends", answer, tables), context)


def _ends(name: str, ends: tuple[End, ...]) -> Table:
    rows = (
        (e.thing.code, e.thing.kind, e.thing.level, e.thing.title, "; ".join(t.title for t in e.to)) for e in ends
    )
    return Table(name, ("code", "type", "level", "title", "leads to"), rows)
