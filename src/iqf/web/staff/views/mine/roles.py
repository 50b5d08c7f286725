"""The roles that I work in now: each put in, taken out, and with what can be asked of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.people.actions import stop_working_in, work_in
from iqf.people.scope import scope_of
from iqf.reports.private.portfolio import portfolio
from iqf.web.staff.mine_forms import RoleForm
from iqf.web.staff.views.mine.portfolio import told

HERE = "/mine/roles"


def index(request: HttpRequest) -> HttpResponse:
    """My roles, and the forms to put one in and to take one out."""
    scope = scope_of(request.user)
    if request.method == "POST" and (number := request.POST.get("remove", "")):
        stop_working_in(scope, int(number) if number.isdecimal() and len(number) < 18 else 0)
        return told(request, "The role is out of your portfolio.", HERE)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.done(lambda: work_in(scope, form.cleaned_data["role"])):
        return told(request, "The role is in your portfolio.", HERE)
    answer = portfolio(scope)
    context = {"form": form, "problems": form.problems, "answer": answer, "held": "\n".join(answer.holding)}
    return render(request, "staff/mine/roles.html", context, status=422 if form.problems else 200)
