"""My teams: made inside an organisation of mine, seen by their members and by nobody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.catalogue import models as m
from iqf.people import queries
from iqf.people.actions import add_to_team, leave_team, make_team
from iqf.people.scope import scope_of
from iqf.reports.private import self_rating as report
from iqf.web.staff.rating_forms import MemberForm, TeamForm
from iqf.web.staff.views.mine.portfolio import told

HERE = "/mine/teams"


def index(request: HttpRequest) -> HttpResponse:
    """My teams, and the form to make one."""
    scope = scope_of(request.user)
    titles = dict(m.Organisation.objects.filter(code__in=scope.bodies).values_list("code", "title"))
    form = TeamForm(request.POST or None, bodies=[(code, titles.get(code, code)) for code in sorted(scope.bodies)])
    if request.method == "POST" and form.done(lambda: make_team(scope, **form.cleaned_data)):
        return told(request, "The team is made. Bring the others in by their user names.", HERE)
    context = {"teams": queries.teams(scope), "form": form, "problems": form.problems, "bodies": scope.bodies}
    return render(request, "staff/mine/teams.html", context, status=422 if form.problems else 200)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One team: its members, how it rated itself, who else comes in; and out of it."""
    scope = scope_of(request.user)
    team = queries.team(scope, number)
    if request.method == "POST" and request.POST.get("do") == "leave":
        leave_team(scope, number)
        return told(request, f"You have left {team.name}.", HERE)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.done(lambda: add_to_team(scope, number, **form.cleaned_data)):
        return told(request, "They are in the team.", f"{HERE}/{number}")
    context = {
        "team": team,
        "form": form,
        "problems": form.problems,
        "sittings": report.sittings(scope, of_team=number),
        "choosable": report.choosable(),
    }
    return render(request, "staff/mine/team.html", context, status=422 if form.problems else 200)
