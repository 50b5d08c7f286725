"""My portfolio: what I hold, what I have learned, what was credited, and where it takes me."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.people.actions import name_portfolio
from iqf.people.scope import scope_of
from iqf.reports.private.portfolio import core_frameworks, portfolio
from iqf.web.staff.mine_forms import EVIDENCE_KINDS, ITEM_KINDS, NameForm

HERE = "/mine"


def index(request: HttpRequest) -> HttpResponse:
    """All of it, with what can be asked of it."""
    answer = portfolio(scope_of(request.user))
    context = {
        "answer": answer,
        "held": "\n".join(answer.holding),
        "item_kinds": ITEM_KINDS,
        "evidence_kinds": EVIDENCE_KINDS,
        "frameworks": core_frameworks(),
    }
    return render(request, "staff/mine/portfolio.html", context)


def name(request: HttpRequest) -> HttpResponse:
    """Under which name it is printed and shown."""
    scope = scope_of(request.user)
    form = NameForm(request.POST or None, initial={"name": portfolio(scope).name})
    if request.method == "POST" and form.done(lambda: name_portfolio(scope, form.cleaned_data["name"])):
        return HttpResponseRedirect(HERE)
    said = {
        "title": "My name",
        "lead": "The name under which your portfolio is printed and shown by your links.",
        "button": "Keep",
        "back": HERE,
    }
    return form_page(request, form, said)


def form_page(request: HttpRequest, form: NameForm, said: dict[str, str]) -> HttpResponse:
    """A page that is a form and nothing else; 422 where something in it is wrong."""
    context = {"form": form, "problems": form.problems, **said}
    return render(request, "staff/mine/form.html", context, status=422 if form.problems else 200)


def told(request: HttpRequest, sentence: str, there: str = HERE) -> HttpResponse:
    """On to another page, which says what was done."""
    messages.success(request, sentence)
    return HttpResponseRedirect(there)
