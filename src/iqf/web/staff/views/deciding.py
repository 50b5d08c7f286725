"""One thing that waits: both sides, what each choice does, and the form that decides it."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.analysis.inclusion import CHOSEN, REFUSED
from iqf.catalogue.actions.admission import ChosenRow
from iqf.catalogue.actions.decisions import CannotDecide, decide
from iqf.catalogue.queries import NotFoundError
from iqf.exchange.sources import admitting, settling
from iqf.exchange.sources.pattern import Refused
from iqf.reports.private import conflict as conflict_report
from iqf.reports.private import decided as decided_report
from iqf.reports.private import match as match_report
from iqf.reports.private.affected import CONFLICT, DUPLICATE, INCLUSION, MATCH, SIMILAR
from iqf.reports.private.borderline import borderline
from iqf.reports.private.decided import decision_about
from iqf.reports.private.inbox import Item, around, following
from iqf.reports.private.match import MatchAnswer
from iqf.review import actions as review
from iqf.review.states import WAITING
from iqf.web.staff.forms import OTHER, TAKE, ChoiceForm, DecideForm, MatchForm, UndoForm
from iqf.web.staff.views.inbox import asked, just_done, query

TOLD = ("title_printed", "title", "number", "owner", "level", "subject_area")
"""Facts of an official row that its page says at the top."""
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
        after = following(CONFLICT, key, asked(request))
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
    return _form(request, "staff/conflict.html", form, context | _around(request, CONFLICT, key))


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
    kind = MATCH if answer.register else SIMILAR if answer.only_similar else DUPLICATE
    form = MatchForm(request.POST or None)
    if form.is_bound and form.is_valid():
        after = following(kind, str(number), asked(request))
        try:
            return _go_on(request, after, _decided(request, answer, form))
        except CannotDecide as error:
            form.add_error("choice", str(error))
    template = "staff/match.html" if answer.register else "staff/one_thing.html"
    return _form(request, template, form, {"answer": answer} | _around(request, kind, str(number)))


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


def inclusion(request: HttpRequest, key: str) -> HttpResponse:
    """One official row that the rule of inclusion puts to a reviewer."""
    try:
        answer = borderline(key)
    except NotFoundError as error:
        return _over(request, str(error))
    form = ChoiceForm(request.POST or None)
    if form.is_bound and form.is_valid():
        after = following(INCLUSION, key, asked(request))
        outcome = CHOSEN if form.cleaned_data["choice"] == "choose" else REFUSED
        said = {"by": request.user.get_username(), "reason": form.cleaned_data["reason"]}
        try:
            admitting.choose(rows=[ChosenRow(key, answer.title)], outcome=outcome, **said)
            return _go_on(request, after, decision_about(key))
        except (CannotDecide, Refused) as error:
            form.add_error("choice", str(error))
    return _form(
        request, "staff/inclusion_row.html", form, {"answer": answer, "told": TOLD} | _around(request, INCLUSION, key)
    )


def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Undo one decision."""
    answer = decided_report.one_decided(number)
    form = UndoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            settling.undo(by=request.user.get_username(), decision=number, reason=form.cleaned_data["reason"])
            return HttpResponseRedirect("/staff/inbox?undone=yes")
        except (CannotDecide, Refused) as error:
            form.add_error("reason", str(error))
    return _form(request, "staff/undo.html", form, {"d": answer})


def _around(request: HttpRequest, kind: str, key: str) -> dict[str, Any]:
    """The items before and after this one, in what the address asks for."""
    return vars(around(kind, key, asked(request)))


def _form(request: HttpRequest, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    """The page with its form: 422 with everything typed where something in it is wrong."""
    context |= {"form": form, "asked": query(asked(request)), **just_done(request)}
    return render(request, template, context, status=422 if form.errors else 200)


def _go_on(request: HttpRequest, following: Item | None, number: int) -> HttpResponse:
    """To the next item, which says what was decided; to the list where nothing waits any more."""
    where = f"/staff/inbox/{following.kind}/{following.key}" if following else "/staff/inbox"
    return HttpResponseRedirect(where + query(asked(request), done=number))


def _over(request: HttpRequest, sentence: str) -> HttpResponse:
    """What no longer waits; where something was typed, it is given back."""
    context = {"sentence": sentence, "over": OVER, "typed": request.POST.get("reason", "").strip()}
    return render(request, "staff/over.html", context, status=409 if request.method == "POST" else 404)
