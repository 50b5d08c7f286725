"""What I have learned: evidence recorded, put to an assessor, taken back, changed, removed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.analysis.states import NotNowError
from iqf.people.actions import ask, record, remove_evidence, revise, withdraw
from iqf.people.models import EvidenceOfLearning
from iqf.people.scope import scope_of
from iqf.reports.private.portfolio import EvidenceSeen, core_areas, one_evidence
from iqf.web.staff.mine_forms import EVIDENCE_KINDS, AskForm, EvidenceForm, said_of_evidence
from iqf.web.staff.views.mine.portfolio import told


def new(request: HttpRequest) -> HttpResponse:
    """Record evidence, then be shown it, where it can be put to an assessor."""
    scope = scope_of(request.user)
    form = EvidenceForm(request.POST or None, areas=core_areas(), initial={"kind": request.GET.get("kind", "")})
    made: list[EvidenceOfLearning] = []
    if request.method == "POST" and form.done(lambda: made.append(record(scope, form.learning()))):
        return told(request, "It is in your portfolio.", f"/mine/evidence/{made[0].pk}")
    return _form(request, form, None)


def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change it, while no assessor has it; or remove it."""
    scope = scope_of(request.user)
    seen = one_evidence(scope, number)
    if request.method == "POST" and request.POST.get("do") == "remove":
        remove_evidence(scope, number)
        return told(request, f"{seen.title} is out of your portfolio.")
    areas = core_areas()
    form = EvidenceForm(request.POST or None, areas=areas, initial=said_of_evidence(seen, areas))
    if request.method == "POST" and form.done(lambda: revise(scope, number, form.learning())):
        return told(request, "It is changed.", f"/mine/evidence/{number}")
    return _form(request, form, seen)


def _form(request: HttpRequest, form: EvidenceForm, seen: EvidenceSeen | None) -> HttpResponse:
    context = {"form": form, "problems": form.problems, "seen": seen}
    return render(request, "staff/mine/evidence_form.html", context, status=422 if form.problems else 200)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """What it is, what became of it, and the form to put it to an assessor."""
    scope = scope_of(request.user)
    seen = one_evidence(scope, number)
    here = f"/mine/evidence/{number}"
    sent = request.method == "POST"
    if sent and (claim := request.POST.get("withdraw", "")):
        try:
            withdraw(scope, int(claim) if claim.isdecimal() and len(claim) < 18 else 0)
        except NotNowError as error:
            return told(request, str(error), here)
        return told(request, "It is taken back; the assessor sees it no more.", here)
    form = AskForm(request.POST or None)
    if sent and form.done(lambda: ask(scope, evidence=number, **form.cleaned_data)):
        return told(request, "It is put to your assessor.", here)
    context = {"form": form, "problems": form.problems, "seen": seen, "kind": EVIDENCE_KINDS[seen.kind]}
    return render(request, "staff/mine/evidence.html", context, status=422 if form.problems else 200)
