"""One thing that waits: both sides, what each choice does, and the form that decides it."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from iqf.catalogue.actions.decisions import CannotDecide, decide, reopen
from iqf.catalogue.queries import NotFoundError
from iqf.reports.private import conflict as conflict_report
from iqf.reports.private import decided as decided_report
from iqf.reports.private import match as match_report
from iqf.reports.private.inbox import CONFLICT, MATCH, Item, following
from iqf.reports.private.match import MatchAnswer
from iqf.review import actions as review
from iqf.review.states import WAITING
from iqf.web.staff.forms import OTHER, TAKE, DecideForm, MatchForm, UndoForm
from iqf.web.staff.views.inbox import just_done, kind_asked

OVER = "Somebody has decided this meanwhile, or the sources no longer disagree. What you wrote is kept below."


def conflict(request: HttpRequest, key: str) -> HttpResponse:
    """One field about which sources disagree."""
    code, _, field = key.partition(":")
    form = DecideForm(request.POST or None)
    try:
        answer = conflict_report.conflict(code, field)
    except NotFoundError as error:
        return _over(request, str(error))
    if form.is_bound and form.is_valid():
        after = following(CONFLICT, key, kind_asked(request))
        try:
            number = decide(
                by=request.user.get_username(),
                code=code,
                field=field,
                value=form.value,
                reason=form.cleaned_data["reason"],
                seen=_seen(form.cleaned_data["seen"]),
            )
            return _go_on(request, after, number)
        except CannotDecide as error:
            form.add_error("other" if form.cleaned_data["choice"] == OTHER else "choice", str(error))
            answer = conflict_report.conflict(code, field)
    context = {"answer": answer, "seen": json.dumps(answer.values), "other_choice": OTHER, "take": TAKE}
    return _form(request, "staff/conflict.html", form, context)


def _seen(text: str) -> list[str] | None:
    """The values that the form showed; None where it does not say."""
    try:
        values = json.loads(text)
    except ValueError:
        return None
    return [str(value) for value in values] if isinstance(values, list) else None


def match(request: HttpRequest, number: int) -> HttpResponse:
    """One official row and what it may be, or two entries that may be one."""
    answer = match_report.match(number)
    if answer.state != WAITING:
        return _over(request, f"This match is {answer.state}; nothing waits to be decided about it.")
    form = MatchForm(request.POST or None)
    if form.is_bound and form.is_valid():
        after = following(MATCH, str(number), kind_asked(request))
        try:
            return _go_on(request, after, _decided(request, answer, form))
        except CannotDecide as error:
            form.add_error("choice", str(error))
    template = "staff/match.html" if answer.register else "staff/one_thing.html"
    return _form(request, template, form, {"answer": answer})


def _decided(request: HttpRequest, answer: MatchAnswer, form: MatchForm) -> int:
    """Do what was chosen: the number of the decision. Raises CannotDecide."""
    said = {"by": request.user.get_username(), "reason": form.cleaned_data["reason"]}
    choice, _, which = form.cleaned_data["choice"].partition(":")
    if choice == "decline":
        return review.decline_all(match=answer.number, **said)
    if not answer.register:
        return review.accept(match=answer.number, keep=which, **said)
    numbers = {str(c.number): c.number for c in answer.candidates}
    if which and which not in numbers:
        raise CannotDecide("That candidate no longer waits; look again, then decide.")
    return review.accept(match=numbers.get(which, answer.number), **said)


def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Undo one decision."""
    answer = decided_report.one_decided(number)
    form = UndoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        act = reopen if answer.kind == CONFLICT else review.undo
        try:
            act(by=request.user.get_username(), decision=number, reason=form.cleaned_data["reason"])
            return HttpResponseRedirect("/staff/inbox?undone=yes")
        except CannotDecide as error:
            form.add_error("reason", str(error))
    return _form(request, "staff/undo.html", form, {"d": answer})


def _form(request: HttpRequest, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    """The page with its form: 422 with everything typed where something in it is wrong."""
    context |= {"form": form, "kind": kind_asked(request), **just_done(request)}
    return render(request, template, context, status=422 if form.errors else 200)


def _go_on(request: HttpRequest, following: Item | None, number: int) -> HttpResponse:
    """To the next item, which says what was decided; to the list where nothing waits any more."""
    asked = urlencode({k: v for k, v in (("kind", kind_asked(request)), ("done", number)) if v})
    where = f"/staff/inbox/{following.kind}/{following.key}" if following else "/staff/inbox"
    return HttpResponseRedirect(f"{where}?{asked}")


def _over(request: HttpRequest, sentence: str) -> HttpResponse:
    """What no longer waits; where something was typed, it is given back."""
    context = {"sentence": sentence, "over": OVER, "typed": request.POST.get("reason", "").strip()}
    return render(request, "staff/over.html", context, status=409 if request.method == "POST" else 404)
