"""Frameworks for those who keep them: draft the next edition, test its coverage, carry over what was judged."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError, find
from iqf.reports import lists
from iqf.reports.private.carrying import CarryAnswer, carry
from iqf.reports.private.editions import draft_coverage, drafts_framework, edition_changes
from iqf.review.actions.carrying import propose_carried
from iqf.review.actions.proposing import CannotPropose, Case, begin
from iqf.review.queries import proposal_numbered
from iqf.web.staff.framework_forms import CarryForm, EditionForm
from iqf.web.staff.views.proposing import acting_for

MOST_SHOWN = 20
DRAFT, CARRY = "draft", "carry"


def index(request: HttpRequest) -> HttpResponse:
    """Every framework, each with its page for those who keep it."""
    return render(request, "staff/frameworks/index.html", {"rows": lists.frameworks().rows})


def one(request: HttpRequest, key: str) -> HttpResponse:
    """One framework: its next edition drafted, or what was judged of the edition before proposed for it."""
    held = m.Framework.objects.select_related("replaces").get(pk=find(key, ("framework",)).pk)
    act = request.POST.get("act", "")
    edition = EditionForm(request.POST if act == DRAFT else None)
    reasons = CarryForm(request.POST if act == CARRY else None)
    carried = _carried(held)
    form = {DRAFT: edition, CARRY: reasons}.get(act)
    if form is not None and form.is_valid():
        try:
            return HttpResponseRedirect(_drafted(request, held) if act == DRAFT else _proposed(request, carried))
        except CannotPropose as error:
            form.add_error(None, str(error))
    problems = edition.problems + reasons.problems
    context = {**_shown(held, carried), "edition": edition, "reasons": reasons, "problems": problems}
    return render(request, "staff/frameworks/framework.html", context, status=400 if problems else 200)


def _shown(held: m.Framework, carried: CarryAnswer | None) -> dict[str, Any]:
    lost = carried.lost if carried else ()
    return {
        "framework": held,
        "newer": held.replaced_by.filter(retired_on=None),
        "carried": carried,
        "lost": lost[:MOST_SHOWN],
        "more_lost": max(0, len(lost) - MOST_SHOWN),
    }


def _carried(held: m.Framework) -> CarryAnswer | None:
    """What can be carried over to it from the edition before; None where there is none, or nothing is related."""
    if held.replaces is None:
        return None
    try:
        return carry(held.replaces.code, held.code)
    except NotFoundError:
        return None


def _drafted(request: HttpRequest, held: m.Framework) -> str:
    """Begin a draft of the next edition, with every statement as it stands. The address of the draft."""
    said = {name: request.POST.get(name, "").strip() for name in ("title", "key", "edition")}
    body, body_name = acting_for(request)
    made = begin(
        by=request.user.get_username(),
        case=Case(f"Next edition of {held.title}: {said['key']}"[:200]),
        changes=edition_changes(held, said["key"], said["title"], said["edition"]),
        body=body,
        body_name=body_name,
    )
    return f"/staff/proposals/{made.pk}"


def _proposed(request: HttpRequest, carried: CarryAnswer | None) -> str:
    """Propose what is carried over. The address of the first proposal. Raises CannotPropose where nothing is."""
    if carried is None or not carried.changes:
        raise CannotPropose("There is nothing to carry over.")
    body, body_name = acting_for(request)
    case = Case(
        f"{carried.old.title} carried over to {carried.new.title}"[:150],
        request.POST["reason"],
        request.POST["source_title"],
    )
    by = request.user.get_username()
    made = propose_carried(by=by, case=case, changes=carried.changes, body=body, body_name=body_name)
    return f"/staff/proposals/{made[0].pk}?done=submit"


def tested(request: HttpRequest, number: int) -> HttpResponse:
    """How much of the framework that a proposal drafts would be taught. Only those who see the proposal see it."""
    held = proposal_numbered(number, request.user.get_username())
    if not drafts_framework(held):
        raise NotFoundError("This proposal drafts no framework.")
    return render(request, "staff/frameworks/tested.html", {"proposal": held, "answer": draft_coverage(held)})
