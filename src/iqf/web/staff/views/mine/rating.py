"""Rate myself, or my team: the frameworks to choose from, the form, the picture, the list to plan and talk by."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.people import queries
from iqf.people.actions import Sitting, rate, remove_rating
from iqf.people.models import SelfRating, Team
from iqf.people.scope import Scope, scope_of
from iqf.reports.private import self_rating as report
from iqf.reports.private.portfolio import portfolio, roles
from iqf.web.staff.rating_forms import GRADES, TEAM_GRADES, SittingForm, rated_in, rows_of
from iqf.web.staff.views.mine.portfolio import told

HERE = "/mine/ratings"


def index(request: HttpRequest) -> HttpResponse:
    """How I rated myself so far, and what I can rate myself against."""
    context = {"sittings": report.sittings(scope_of(request.user)), "choosable": report.choosable()}
    return render(request, "staff/mine/ratings.html", context)


def new(request: HttpRequest, key: str) -> HttpResponse:
    """Rate myself against one framework; with `team` in the address, that team of mine."""
    scope = scope_of(request.user)
    team = _team(request, scope)
    sheet = report.sheet(key)
    form = SittingForm(request.POST or None, initial={"on": timezone.localdate()})
    made: list[SelfRating] = []

    def keep() -> None:
        day = form.cleaned_data["on"] or timezone.localdate()
        sitting = Sitting(sheet.framework.code, rated_in(request.POST, sheet), day, form.cleaned_data["note"])
        made.append(rate(scope, sitting, team=team.pk if team else None))

    if request.method == "POST" and form.done(keep):
        return HttpResponseRedirect(f"{HERE}/{made[0].pk}")
    before = report.latest_grades(scope, key, of_team=team.pk if team else None)
    context = {
        "sheet": sheet,
        "team": team,
        "form": form,
        "problems": form.problems,
        "groups": rows_of(sheet, request.POST if request.method == "POST" else None, before),
        "grades": TEAM_GRADES if team else GRADES,
        "before": before,
    }
    return render(request, "staff/mine/rate.html", context, status=422 if form.problems else 200)


def _team(request: HttpRequest, scope: Scope) -> Team | None:
    """The team that the address names. Raises NotFoundError where it is none of mine."""
    number = request.GET.get("team", "")
    if not number:
        return None
    return queries.team(scope, int(number) if number.isdecimal() and len(number) < 18 else 0)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """The picture: strengths and gaps, beside last time, and beside what a role requires."""
    scope = scope_of(request.user)
    role = request.GET.get("role", "").strip()
    wrong = ""
    try:
        answer = report.rating(scope, number, role)
    except (NotFoundError, AmbiguousError) as error:
        answer = report.rating(scope, number)
        wrong = str(error).partition("; look for it")[0].rstrip(".") + "."
    if request.method == "POST":
        remove_rating(scope, number)
        return told(request, "It is removed.", f"/mine/teams/{answer.team_number}" if answer.team_number else HERE)
    context = _picture(answer, scope) | {"role": role, "errors": [{"text": wrong, "href": "#role"}] if wrong else []}
    return render(request, "staff/mine/rating.html", context, status=400 if wrong else 200)


def checklist(request: HttpRequest, number: int) -> HttpResponse:
    """The same as a list to plan and talk by, on paper: weakest first, with room to write."""
    scope = scope_of(request.user)
    return render(request, "staff/mine/checklist.html", _picture(report.rating(scope, number), scope))


def _picture(answer: report.RatingAnswer, scope: Scope) -> dict[str, object]:
    held = "" if answer.team else "\n".join(portfolio(scope).holding)
    asked = {"held": held, "for": ", ".join(answer.gap_statements)}
    return {
        "answer": answer,
        "groups": [
            {"group": g, "lines": answer.placed(g), "headed": [x.title for x in g.lines] != [g.title]}
            for g in answer.sheet.groups
        ],
        "name": answer.team or portfolio(scope).name,
        "roles": () if answer.team else roles(scope),
        "grades": TEAM_GRADES if answer.team else GRADES,
        "titles": dict(answer.role_needs),
        "topup": f"/topup?{urlencode(asked)}" if answer.gap_statements else "",
    }
