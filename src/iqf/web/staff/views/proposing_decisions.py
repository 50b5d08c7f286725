"""Propose what is to be shown where sources disagree: both sides, the value, where it comes from, and why."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.catalogue.actions.editing import CannotApply
from iqf.catalogue.actions.proposed_decisions import CONFLICT_DECISION, SEEN
from iqf.catalogue.editable.changes import CREATE, Change
from iqf.reports.private.conflict import ConflictAnswer, conflict
from iqf.review.trial import tried
from iqf.web.staff.forms import OTHER, TAKE, CaseForm, ValueForm
from iqf.web.staff.views.proposing import begun, sent
from iqf.web.staff.words import field_words


def decision(request: HttpRequest, key: str) -> HttpResponse:
    """One field about which sources disagree, for those who may propose what is right and not decide it."""
    code, _, field = key.partition(":")
    answer = conflict(code, field)
    form, case = ValueForm(request.POST or None), CaseForm(request.POST or None)
    if form.is_bound and form.is_valid() and case.is_valid():
        change = _change(request, answer, form.value)
        title = f"{answer.thing.title}: {field_words(field).lower()}"[:200]
        if _can_be_made(request, change, form) and (made := begun(request, case.case(title), [change], case)):
            return sent(request, made)
    problems = [*form.problems, *case.problems] if form.is_bound else []
    context: dict[str, Any] = {
        "answer": answer,
        "seen": json.dumps(answer.values),
        "form": form,
        "case": case,
        "problems": problems,
        "take": TAKE,
        "other_choice": OTHER,
    }
    return render(request, "staff/propose_decision.html", context, status=422 if problems else 200)


def _change(request: HttpRequest, answer: ConflictAnswer, value: str) -> Change:
    seen = request.POST.get("seen", "")
    key = {"subject": answer.thing.code, "field": answer.field}
    return Change(CONFLICT_DECISION, CREATE, key, {"value_decided": value}, {SEEN: seen if _is_list(seen) else ""})


def _is_list(text: str) -> bool:
    try:
        said = json.loads(text)
    except ValueError:
        return False
    return isinstance(said, list) and all(isinstance(value, str) for value in said)


def _can_be_made(request: HttpRequest, change: Change, form: ValueForm) -> bool:
    """Whether it could be decided so as things stand; else the form says why not."""
    try:
        tried([change], by=request.user.get_username())
    except CannotApply as error:
        form.add_error("other" if form.cleaned_data["choice"] == OTHER else "choice", str(error))
        return False
    return True
