"""What I hold: one thing put in, changed, taken out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.people.actions import change_item, hold, let_go
from iqf.people.scope import scope_of
from iqf.reports.private.portfolio import ItemSeen, one_item
from iqf.web.staff.mine_forms import ItemForm, said_of
from iqf.web.staff.views.mine.portfolio import told


def new(request: HttpRequest) -> HttpResponse:
    """Put something in; the address may say what (`name`), as the pages of qualifications and units do."""
    scope = scope_of(request.user)
    form = ItemForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    if request.method == "POST" and form.done(lambda: hold(scope, form.item())):
        return told(request, "It is in your portfolio.")
    return _page(request, form, None)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """Change it, or take it out."""
    scope = scope_of(request.user)
    seen = one_item(scope, number)
    if request.method == "POST" and request.POST.get("do") == "remove":
        let_go(scope, number)
        return told(request, f"{seen.title} is out of your portfolio.")
    form = ItemForm(request.POST or None, initial=said_of(seen))
    if request.method == "POST" and form.done(lambda: change_item(scope, number, form.item())):
        return told(request, "It is changed.")
    return _page(request, form, seen)


def _page(request: HttpRequest, form: ItemForm, seen: ItemSeen | None) -> HttpResponse:
    context = {"form": form, "problems": form.problems, "seen": seen}
    return render(request, "staff/mine/item.html", context, status=422 if form.problems else 200)
