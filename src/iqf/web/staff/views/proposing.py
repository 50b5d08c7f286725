"""Propose a change: choose what, fill in the row, say where it comes from, and send it."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.accounts.permissions import parts
from iqf.catalogue.actions.editing import CannotApply
from iqf.catalogue.actions.proposed_decisions import INCLUSION_CHOICE
from iqf.catalogue.editable.changes import CHANGE, CREATE, RESTORE, RETIRE, Change
from iqf.catalogue.editable.entities import ALL, CODE, ENTITIES, Entity
from iqf.catalogue.editable.rows import WrongCells, cells_of, find_row, find_thing, key_of, read_cells
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import NotFoundError
from iqf.review.actions import proposing
from iqf.review.actions.proposing import CannotPropose, Case
from iqf.review.models import Proposal
from iqf.review.proposal_states import ASKED, DRAFT
from iqf.review.queries import proposal_numbered
from iqf.review.trial import change_of, tried
from iqf.web.staff.combination_form import CombinationForm
from iqf.web.staff.forms import CaseForm
from iqf.web.staff.joins import joins_of
from iqf.web.staff.row_form import NOTHING, RowForm

OFFERED = (*ALL, ENTITIES[INCLUSION_CHOICE])
"""What somebody may add. What sources disagree about is proposed where both sides are shown."""


def new(request: HttpRequest) -> HttpResponse:
    """A change of one row, with what stands behind it: kept as a draft, or sent at once."""
    entity = _entity(request)
    if entity is None:
        return render(request, "staff/propose_what.html", {"entities": OFFERED})
    row = _row(request, entity)
    form, case = _row_form(request, entity, row), CaseForm(request.POST or None)
    if request.method == "POST" and case.is_valid() and (_act(request) in (RETIRE, RESTORE) or form.is_valid()):
        change = _change(request, entity, row, form)
        made = (
            None
            if _wrong(request, change, form, case)
            else begun(request, case.case(_title(entity, row, change)), [change], case)
        )
        if made is not None:
            return sent(request, made)
    context = {"entity": entity, "row": row, "act": _act(request), "form": form, "case": case, "joins": joins_of(row)}
    return _page(request, "staff/propose.html", context)


def add(request: HttpRequest, number: int) -> HttpResponse:
    """One more change in a proposal that is not sent yet."""
    held = _mine(request, number)
    entity = _entity(request)
    if entity is None:
        return render(
            request, "staff/propose_what.html", {"entities": OFFERED, "proposal": held, "news": _news(held)}
        )
    row = _row(request, entity)
    form = _row_form(request, entity, row, _brought(held))
    if request.method == "POST" and (_act(request) in (RETIRE, RESTORE) or form.is_valid()):
        change = _change(request, entity, row, form, new_name=f"new-{held.changes.count() + 1}")
        changes = [change_of(one) for one in held.changes.all()]
        _rewrite(request, held, [*changes, change])
        return HttpResponseRedirect(f"/staff/proposals/{number}")
    context = {
        "entity": entity,
        "row": row,
        "act": _act(request),
        "form": form,
        "proposal": held,
        "news": _news(held),
    }
    return _page(request, "staff/propose.html", context)


def edit(request: HttpRequest, number: int, position: int) -> HttpResponse:
    """One change of a draft, written again or taken out."""
    held = _mine(request, number)
    changes = [change_of(one) for one in held.changes.all()]
    if position >= len(changes):
        raise NotFoundError(f"Proposal {number} has no change {position + 1}.")
    if request.POST.get("do") == "remove":
        _rewrite(request, held, [c for place, c in enumerate(changes) if place != position])
        return HttpResponseRedirect(f"/staff/proposals/{number}")
    old = changes[position]
    entity = ENTITIES[old.entity]
    is_new = old.act == CREATE
    cells = {**old.base, **(old.key if is_new else {}), **old.wanted}
    row = None if is_new else _named(entity, old.key)
    base = cells_of(entity, row) if row is not None else {}
    form = RowForm(
        entity, request.POST or None, key=None if is_new else old.key, cells=base, typed=cells, new=_brought(held)
    )
    if request.method == "POST" and form.is_valid():
        changes[position] = form.change(old.key.get(CODE, "new-1"))
        _rewrite(request, held, changes)
        return HttpResponseRedirect(f"/staff/proposals/{number}")
    context = {"entity": entity, "row": row, "act": old.act, "form": form, "proposal": held, "position": position}
    return _page(request, "staff/propose.html", context)


def rule(request: HttpRequest, code: str) -> HttpResponse:
    """The rules of combination of a qualification, written again as a whole."""
    qualification = _named(ENTITIES["qualification"], {CODE: code})
    form = CombinationForm(qualification, request.POST or None)
    case = CaseForm(request.POST or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid() and case.is_valid():
        changes = form.changes()
        faults = _faults(request, changes) if changes else [NOTHING]
        made = None if faults else begun(request, case.case(f"{qualification}: rules"), changes, case)
        if made is not None:
            return sent(request, made)
    problems = [*(form.problems if request.POST else ()), *({"text": text, "href": "#rule"} for text in faults)]
    problems += case.problems if case.is_bound else []
    context = {"q": qualification, "rule": form, "case": case, "problems": problems}
    return render(request, "staff/propose_rule.html", context, status=422 if problems else 200)


def _faults(request: HttpRequest, changes: list[Change]) -> list[str]:
    try:
        tried(changes, by=request.user.get_username())
    except CannotApply as error:
        return [f"{_named_change(changes[fault.change])}: {fault.message}" for fault in error.faults]
    return []


def _named_change(change: Change) -> str:
    return f"{change.entity} {' > '.join(list(change.key.values())[1:])}".capitalize()


def case(request: HttpRequest, number: int) -> HttpResponse:
    """What stands behind a draft, written again."""
    held = _mine(request, number)
    form = CaseForm(request.POST or None, initial=vars(held))
    if request.method == "POST" and form.is_valid():
        try:
            proposing.revise(
                by=request.user.get_username(),
                number=number,
                version=_version(request, held),
                case=form.case(held.title),
            )
            return HttpResponseRedirect(f"/staff/proposals/{number}")
        except CannotPropose as error:
            form.add_error(None, str(error))
    return _page(request, "staff/case.html", {"case": form, "proposal": held})


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    forms = [context[name] for name in ("form", "case") if name in context]
    problems = [problem for form in forms if form.is_bound for problem in form.problems]
    return render(request, template, {**context, "problems": problems}, status=422 if problems else 200)


def _entity(request: HttpRequest) -> Entity | None:
    return ENTITIES.get(request.GET.get("entity", ""))


def _act(request: HttpRequest) -> str:
    act = request.GET.get("act", "")
    return act if act in (RETIRE, RESTORE) else ""


def _row(request: HttpRequest, entity: Entity) -> Any | None:
    """The row that the address names; None for a new one. Raises NotFoundError."""
    if entity.is_thing:
        return _named(entity, {CODE: request.GET[CODE]}) if request.GET.get(CODE) else None
    key = {name: request.GET.get(name, "") for name in entity.key}
    return _named(entity, key) if request.GET.get("row") else None


def _named(entity: Entity, key: Mapping[str, str]) -> Any:
    """The row of a key. Raises NotFoundError."""
    try:
        row = find_thing(entity, key.get(CODE, "")) if entity.is_thing else find_row(entity, read_cells(entity, key))
    except WrongCells as error:
        raise NotFoundError(str(error)) from None
    if row is None:
        raise NotFoundError(f"There is no {entity.kind} {' > '.join(key.values())}.")
    return row


def _row_form(
    request: HttpRequest, entity: Entity, row: Any | None, new: Mapping[str, Thing] | None = None
) -> RowForm:
    cells = cells_of(entity, row) if row is not None else {n: request.GET.get(n, "") for n in entity.names}
    return RowForm(
        entity,
        request.POST if request.method == "POST" and not _act(request) else None,
        key=key_of(entity, row) if row is not None else None,
        cells=cells if row is not None else {},
        typed=cells,
        new=new,
    )


def _change(request: HttpRequest, entity: Entity, row: Any | None, form: RowForm, new_name: str = "new-1") -> Change:
    if act := _act(request):
        return Change(entity.kind, act, key_of(entity, row))
    return form.change(new_name)


def _title(entity: Entity, row: Any | None, change: Change) -> str:
    """What a proposal is about, where its author gave it no name."""
    said = change.wanted.get("title") if row is None else str(row)
    fields = ", ".join(entity.column(name).words for name in change.wanted) if change.act == CHANGE else change.act
    named = f"{entity.kind} {' > '.join(change.key.values())}"
    return f"{said or named}: {fields}"[:200]


def _wrong(request: HttpRequest, change: Change, form: RowForm, case: CaseForm) -> bool:
    """Whether the change cannot be made as things stand; the form then says why."""
    try:
        tried([change], by=request.user.get_username())
    except CannotApply as error:
        for fault in error.faults:
            if form.is_bound and fault.column in form.fields:
                form.add_error(fault.column, fault.message)
            else:
                case.add_error(None, fault.message)
        return True
    return False


def begun(request: HttpRequest, case: Case, changes: list[Change], form: CaseForm) -> Proposal | None:
    """A draft with these changes; None where what stands behind it is not well formed, which the form then says."""
    body, body_name = acting_for(request)
    try:
        return proposing.begin(
            by=request.user.get_username(), case=case, changes=changes, body=body, body_name=body_name
        )
    except CannotPropose as error:
        form.add_error(None, str(error))
        return None


def acting_for(request: HttpRequest) -> tuple[str, str]:
    """The body that the author acts for: the one they chose, else the first that they belong to."""
    body = next(iter(parts(request.user)), "")
    named = find_thing(ENTITIES["organisation"], body) if body else None
    return body, named.title if named is not None else body


def sent(request: HttpRequest, made: Proposal) -> HttpResponse:
    """Sent to the reviewers where that was asked for and nothing is wrong; else kept as a draft that says what is."""
    where = f"/staff/proposals/{made.pk}"
    if request.POST.get("do") != "send":
        return HttpResponseRedirect(where)
    try:
        proposing.submit(by=made.author, number=made.pk, version=made.version)
    except (CannotPropose, CannotApply) as error:
        messages.warning(request, f"Kept as a draft, not sent yet. {error}")
        return HttpResponseRedirect(where)
    return HttpResponseRedirect(f"{where}?done=submit")


def _mine(request: HttpRequest, number: int) -> Proposal:
    """One's own proposal, while it can be rewritten. Raises NotFoundError."""
    held = proposal_numbered(number, request.user.get_username())
    if held.author != request.user.get_username() or held.state not in (DRAFT, ASKED):
        raise NotFoundError(f"Proposal {number} cannot be rewritten now; see what became of it.")
    return held


def _version(request: HttpRequest, held: Proposal) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else held.version


@transaction.atomic
def _rewrite(request: HttpRequest, held: Proposal, changes: list[Change]) -> None:
    kept = {name: getattr(held, name) for name in vars(Case(""))}
    by = request.user.get_username()
    proposing.revise(by=by, number=held.pk, version=held.version, case=Case(**kept), changes=changes)


def _brought(held: Proposal) -> dict[str, Thing]:
    """The things that the proposal brings, as they are to be, by the proposal's own names for them."""
    made = {}
    for one in held.changes.all():
        entity = ENTITIES[one.entity]
        if one.act == CREATE and entity.is_thing:
            made[one.key[CODE]] = cast("Thing", entity.model(title=one.wanted.get("title", "")))
    return made


def _news(held: Proposal) -> list[tuple[str, str]]:
    """The things that the proposal brings, by the names under which its other changes may speak of them."""
    return [
        (one.key[CODE], one.wanted.get("title", ""))
        for one in held.changes.all()
        if one.act == CREATE and CODE in one.key
    ]
