"""What my organisation agrees with and disputes: all of it, what it can say about one thing, and the form for it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from iqf.accounts.permissions import PLATFORM, SPEAK, bodies_where, holds, may
from iqf.catalogue import models as m
from iqf.catalogue.actions.speaking import CannotSay, state_view, take_view_back
from iqf.catalogue.editable.about import About, row_of
from iqf.catalogue.editable.entities import OPINIONS
from iqf.catalogue.editable.holds import WrongValue
from iqf.catalogue.editable.rows import WrongCells
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import AmbiguousError, NotFoundError, find
from iqf.reports.private.speaking import Sayable, one_sayable, own_views, sayable
from iqf.web.staff.paging import kept, page_of
from iqf.web.staff.speaking_forms import ViewForm

PER_PAGE = 50
DONE = {
    "stated": "Said. The public pages show it now, with your reason.",
    "back": "Taken back. The public pages show it no longer; the history keeps it.",
}


def index(request: HttpRequest) -> HttpResponse:
    """What one of my organisations agrees with and disputes."""
    bodies = _bodies(request)
    body = _chosen(request, bodies)
    found, wrong = _found(request)
    if found:
        return HttpResponseRedirect(f"/staff/views/about/{found}{_query(body=body.code if body else '')}")
    page = page_of(request, own_views(body) if body else (), PER_PAGE)
    context = {
        "bodies": bodies,
        "body": body,
        "page": page,
        "rows": [(own, _address(own.about, body)) for own in page],
        "keep": kept(request),
        "for_any": PLATFORM in holds(request.user),
        "done": DONE.get(request.GET.get("done", "")),
        "thing": request.GET.get("thing", ""),
        "wrong": wrong,
    }
    return render(request, "staff/views/index.html", context, status=404 if wrong else 200)


def _found(request: HttpRequest) -> tuple[str, str]:
    """The code of the thing that was asked for by any of its names; or what is wrong with that name."""
    asked = request.GET.get("thing", "").replace("\0", "").strip()
    try:
        return (sayable(asked).thing.code, "") if asked else ("", "")
    except (NotFoundError, AmbiguousError) as error:
        return "", str(error)


def about(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one thing that can be agreed or disputed. Raises NotFoundError."""
    try:
        answer = sayable(code)
    except AmbiguousError as error:
        raise NotFoundError(str(error)) from None
    bodies = _bodies(request)
    body = _chosen(request, bodies)
    page = page_of(request, answer.rows, PER_PAGE)
    rows = [(row, row.by(body.code) if body else None, _address(row.about, body)) for row in page]
    context = {"answer": answer, "bodies": bodies, "body": body, "page": page, "rows": rows, "keep": kept(request)}
    return render(request, "staff/views/about.html", context | {"for_any": PLATFORM in holds(request.user)})


def state(request: HttpRequest) -> HttpResponse:
    """Say what my organisation thinks of one thing, say otherwise, or take it back."""
    if "entity" not in request.GET:
        return HttpResponseRedirect("/staff/views")
    about = _about(request.GET)
    row = _row(about)
    bodies = _bodies(request)
    body = _chosen(request, bodies)
    offered = bodies or ([body] if body else [])
    if not offered:
        return render(request, "staff/views/nobody.html", _propose(about, row), status=403)
    held = row.by(body.code) if body else None
    form = ViewForm(request.POST or None, bodies=[(b.code, b.title) for b in offered], initial=_initial(body, held))
    if request.method == "POST" and (said := _said(request, about, form)) is not None:
        return said
    context = {"row": row, "form": form, "body": body, "held": held, "several": len(offered) > 1}
    context["problems"] = form.problems if form.is_bound else []
    return render(request, "staff/views/state.html", context, status=422 if context["problems"] else 200)


def _said(request: HttpRequest, about: About, form: ViewForm) -> HttpResponse | None:
    """Do what was asked; None with what is wrong in the form."""
    by, back = request.user.get_username(), request.POST.get("do") == "back"
    valid = form.is_valid()
    body = form.cleaned_data.get("body") or ""
    if back and body:
        form.errors.clear()
    elif not valid:
        return None
    if not may(request.user, SPEAK, body):
        form.add_error("body", "You may not speak for this organisation.")
        return None
    try:
        if back:
            take_view_back(by=by, body=body, about=about)
        else:
            said = {name: form.cleaned_data[name] for name in ("stance", "reason", "on")}
            state_view(by=by, body=body, about=about, **said)
    except CannotSay as error:
        form.add_error("on" if "date" in str(error) else "reason", str(error))
        return None
    return HttpResponseRedirect(f"/staff/views{_query(body=body, done='back' if back else 'stated')}")


def _query(**values: str) -> str:
    kept = {name: value for name, value in values.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def _initial(body: m.Organisation | None, held: Any) -> dict[str, str]:
    said = {"stance": held.stance, "reason": held.reason, "on": held.on} if held else {}
    return {"body": body.code if body else "", **said}


def _bodies(request: HttpRequest) -> list[m.Organisation]:
    """The organisations of the framework that this person may speak for."""
    codes = bodies_where(request.user, SPEAK)
    return list(m.Organisation.objects.filter(LIVE, code__in=codes).order_by("title")) if codes else []


def _chosen(request: HttpRequest, bodies: list[m.Organisation]) -> m.Organisation | None:
    """The organisation that the address names, else the first of mine. Raises NotFoundError for another's."""
    asked = request.GET.get("body", "").replace("\0", "").strip()
    if not asked:
        return bodies[0] if bodies else None
    try:
        found = find(asked, ("organisation",))
    except AmbiguousError as error:
        raise NotFoundError(str(error)) from None
    if not isinstance(found, m.Organisation) or not may(request.user, SPEAK, found.code):
        raise NotFoundError(f"You may not speak for {found}. An administrator there can give you a part in it.")
    return found


def _about(said: QueryDict) -> About:
    entity = OPINIONS.get(said.get("entity", ""))
    if entity is None:
        raise NotFoundError("Nothing of that kind can be agreed or disputed; begin at the page of the thing.")
    return About(entity.kind, {name: said.get(name, "") for name in entity.key if name != "organisation"})


def _row(about: About) -> Sayable:
    """What is to be agreed or disputed. Raises NotFoundError."""
    try:
        return one_sayable(row_of(about))
    except (WrongValue, WrongCells) as error:
        raise NotFoundError(str(error)) from None


def _address(about: About, body: m.Organisation | None) -> str:
    asked = {"entity": about.entity, **about.key, "body": body.code if body else ""}
    return f"/staff/views/state{_query(**asked)}"


def _propose(about: About, row: Sayable) -> dict[str, Any]:
    asked = {"entity": about.entity, **about.key}
    return {"row": row, "propose": f"/staff/proposals/new{_query(**asked)}"}
