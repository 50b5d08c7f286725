"""Put training forward for recognition, or a qualification from elsewhere for placement: step by step to a proposal.

Each step is kept in the draft of the proposal, so nothing that was typed is lost between them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.accounts.permissions import PUT_FORWARD, bodies_where
from iqf.catalogue.editable.changes import CREATE, Change
from iqf.catalogue.editable.entities import CODE
from iqf.catalogue.models import Organisation
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.reports.trail import things_called
from iqf.review.actions import proposing
from iqf.review.actions.proposing import CannotPropose, Case
from iqf.review.models import Proposal
from iqf.review.proposal_states import DRAFT
from iqf.review.queries import proposal_numbered
from iqf.review.trial import change_of
from iqf.web.staff.forward_claims import ComparisonForm, RecognitionForm, RoleForm
from iqf.web.staff.forward_forms import PLACED, PLACEMENT, TRAINING, WHAT, UnitForm, WhatForm

STEPS = ("parts", "roles", "recognition")
PLACING = ("parts", "roles", "compares", "recognition")
"""The steps after the first: of in-house training, and of a qualification from elsewhere."""
HEADS = {
    "parts": "What does a learner learn?",
    "roles": "Which roles is it for?",
    "compares": "What does it compare with here?",
    "recognition": "Who recognises it already?",
}


def training(request: HttpRequest) -> HttpResponse:
    """Begin: in-house training and what it is."""
    form = WhatForm(
        TRAINING,
        ("title", "assessor"),
        "unaccredited training",
        request.POST or None,
        initial={"owner": _own(request).get("name", "")},
    )
    return _begin(request, form, "staff/forward/training.html")


def placement(request: HttpRequest) -> HttpResponse:
    """Begin: a qualification from another country or an earlier time, and the level that is proposed for it."""
    form = WhatForm(PLACEMENT, ("title", "kind", "level", "level_basis"), "", request.POST or None)
    return _begin(request, form, "staff/forward/placement.html")


def _begin(request: HttpRequest, form: WhatForm, template: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        own = _own(request)
        title = f"{'For placement' if not form.kind else 'For recognition'}: {form.cleaned_data['title']}"[:200]
        try:
            made = proposing.begin(
                by=request.user.get_username(),
                case=Case(title),
                changes=[form.change()],
                body=own.get("code", ""),
                body_name=own.get("name", "")[:200],
            )
            return HttpResponseRedirect(_address(made, STEPS[0]))
        except CannotPropose as error:
            form.add_error("title", str(error))
    problems = form.problems if form.is_bound else []
    return render(request, template, {"form": form, "problems": problems}, status=422 if problems else 200)


def _own(request: HttpRequest) -> dict[str, str]:
    """The organisation for which it is put forward, where its author may do that for one."""
    codes = bodies_where(request.user, PUT_FORWARD)
    found = Organisation.objects.filter(LIVE, code__in=codes).order_by("title").first() if codes else None
    return {"code": found.code, "name": found.title} if found else {}


def step(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One step: what is there already, and a form to add one more. Raises NotFoundError."""
    held = _draft(request, number)
    steps = _steps(held)
    if name not in steps:
        raise NotFoundError("There is no such step.")
    if request.POST.get("do") == "on":
        return HttpResponseRedirect(_next(held, name))
    if "out" in request.POST:
        _keep(request, held, _without(held, request.POST["out"]))
        return HttpResponseRedirect(_address(held, name))
    form = FORMS[name](request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, held, [*_changes(held), *ADDED[name](form, held)])
            then = _next(held, name) if request.POST.get("do") == "last" else _address(held, name)
            return HttpResponseRedirect(then)
        except CannotPropose as error:
            form.add_error(None, str(error))
    problems = form.problems if form.is_bound else []
    context = {
        "form": form,
        "problems": problems,
        "proposal": held,
        "what": _what(held),
        "head": HEADS[name],
        "step": name,
        "place": steps.index(name) + 2,
        "steps": len(steps) + 3,
        "there": THERE[name](held),
    }
    return render(request, "staff/forward/step.html", context, status=422 if problems else 200)


def _draft(request: HttpRequest, number: int) -> Proposal:
    """One's own draft that puts something forward. Raises NotFoundError."""
    held = proposal_numbered(number, request.user.get_username())
    if held.author != request.user.get_username() or held.state != DRAFT or not _what(held):
        raise NotFoundError(f"Proposal {number} cannot be written step by step; see what became of it.")
    return held


def _what(held: Proposal) -> str:
    """The title of what is put forward; blank in a proposal of another kind."""
    first = held.changes.filter(entity="qualification", act=CREATE).first()
    return first.wanted.get("title", "") if first and first.key.get(CODE) == WHAT else ""


def _steps(held: Proposal) -> Sequence[str]:
    first = held.changes.filter(entity="qualification", act=CREATE).first()
    return PLACING if first and first.wanted.get("kind") in PLACED else STEPS


def _changes(held: Proposal) -> list[Change]:
    return [change_of(one) for one in held.changes.all()]


def _keep(request: HttpRequest, held: Proposal, changes: Sequence[Change]) -> None:
    """The draft with these changes. Raises CannotPropose."""
    case = Case(**{name: getattr(held, name) for name in vars(Case(""))})
    by = request.user.get_username()
    proposing.revise(by=by, number=held.pk, version=held.version, case=case, changes=changes)


def _without(held: Proposal, named: str) -> list[Change]:
    """The changes but for those of one part, role or body, by the text that names it."""
    left = [change for change in _changes(held) if named == WHAT or named not in change.key.values()]
    no_unit = not any(change.entity == "unit" for change in left)
    return [change for change in left if not (no_unit and change.entity == "rule group")]


def _address(held: Proposal, name: str) -> str:
    return f"/staff/propose/{held.pk}/{name}"


def _next(held: Proposal, name: str) -> str:
    """The step that follows; after the last, where it comes from and why."""
    steps = _steps(held)
    after = steps[steps.index(name) + 1 :]
    return _address(held, after[0]) if after else f"/staff/proposals/{held.pk}/case"


def _unit(form: UnitForm, held: Proposal) -> Sequence[Change]:
    units = [change.key[CODE] for change in _changes(held) if change.entity == "unit"]
    numbers = [int(code.removeprefix("new-")) for code in units]
    new = f"new-{max(numbers, default=1) + 1}"
    return list(form.changes(new, not units, len(units) + 1))


FORMS: dict[str, Callable[..., Any]] = {
    "parts": UnitForm,
    "roles": RoleForm,
    "compares": ComparisonForm,
    "recognition": RecognitionForm,
}
ADDED: dict[str, Callable[[Any, Proposal], Sequence[Change]]] = {
    "parts": _unit,
    "roles": lambda form, held: [form.change()],
    "compares": lambda form, held: [form.change()],
    "recognition": lambda form, held: [form.change()],
}


def _parts_there(held: Proposal) -> list[tuple[str, str]]:
    return [(c.key[CODE], c.wanted.get("title", "")) for c in _changes(held) if c.entity == "unit"]


def _named_there(held: Proposal, entity: str, column: str, said: str) -> list[tuple[str, str]]:
    codes = [(c.key[column], c.key.get(said) or c.wanted.get(said, "")) for c in _changes(held) if c.entity == entity]
    titles = _titles([code for code, _ in codes])
    return [(code, f"{titles.get(code, code)}: {words}") for code, words in codes]


def _titles(codes: Sequence[str]) -> dict[str, str]:
    return {code: thing.title for code, thing in things_called(codes).items()}


THERE: dict[str, Callable[[Proposal], list[tuple[str, str]]]] = {
    "parts": _parts_there,
    "roles": lambda held: _named_there(held, "requirement", "role", "strength"),
    "compares": lambda held: _named_there(held, "comparison", "counterpart", "extent"),
    "recognition": lambda held: _named_there(held, "programme body", "organisation", "part"),
}
