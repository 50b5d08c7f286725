"""What was put to me as an assessor: each claim with its evidence, credited or declined with the reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.analysis.states import NotNowError
from iqf.people.actions import assess, credit, decline, reopen
from iqf.people.claim_states import DECIDED, OPEN
from iqf.people.scope import Scope, scope_of
from iqf.people.trouble import CannotHold
from iqf.reports.private.put_to_me import PutToMe, one_put_to_me, put_to_me
from iqf.web.staff.mine_forms import EVIDENCE_KINDS, AssessForm
from iqf.web.staff.views.mine.portfolio import told

HERE = "/mine/assessing"
DONE = {
    "credit": "It is credited.",
    "decline": "It is declined.",
    "assess": "What you wrote is kept; decide when you can.",
}


def index(request: HttpRequest) -> HttpResponse:
    """All that was put to me, what waits first."""
    rows = put_to_me(scope_of(request.user))
    context = {
        "waiting": [row for row in rows if row.claim.state in OPEN],
        "decided": [row for row in rows if row.claim.state in DECIDED],
        "kinds": EVIDENCE_KINDS,
    }
    return render(request, "staff/mine/assessing.html", context)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One claim: the evidence, and the form that assesses and decides it."""
    scope = scope_of(request.user)
    seen = one_put_to_me(scope, number)
    if request.method == "POST" and request.POST.get("do") == "reopen":
        return _reopened(request, scope, number)
    things = [(thing.number, thing.title) for thing in seen.claim.things]
    form = AssessForm(request.POST or None, things=things, initial={"how": seen.claim.how})
    do = request.POST.get("do", "assess")
    if request.method == "POST" and form.done(lambda: _decide(scope, number, form, do)):
        return told(request, DONE.get(do, DONE["assess"]), HERE)
    return _page(request, seen, form)


def _decide(scope: Scope, number: int, form: AssessForm, do: str) -> None:
    """Keep how it was assessed; and credit or decline it, where that was asked. Raises CannotHold, NotNowError."""
    how, reason = form.cleaned_data["how"], form.cleaned_data["reason"]
    if do == "credit":
        credit(scope, number, things=form.chosen, reason=reason, how=how)
    elif do == "decline":
        decline(scope, number, reason=reason, how=how)
    else:
        assess(scope, number, how=how)


def _reopened(request: HttpRequest, scope: Scope, number: int) -> HttpResponse:
    try:
        reopen(scope, number)
    except (CannotHold, NotNowError) as error:
        return told(request, str(error), f"{HERE}/{number}")
    return told(request, "It is open again; nothing of it is credited now.", f"{HERE}/{number}")


def _page(request: HttpRequest, seen: PutToMe, form: AssessForm) -> HttpResponse:
    context = {
        "seen": seen,
        "kind": EVIDENCE_KINDS[seen.evidence.kind],
        "form": form,
        "problems": form.problems,
        "open": seen.claim.state in OPEN,
        "chosen": {str(value) for value in form["things"].value() or ()},
    }
    return render(request, "staff/mine/claim.html", context, status=422 if form.problems else 200)
