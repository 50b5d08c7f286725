"""A qualification put together from existing units, sent as a proposal: what it is to be called, and why."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iqf.catalogue.queries import NotFoundError
from iqf.reports.compose import ComposeAnswer, compose, limits_called
from iqf.reports.private.composing import changes_for, title_of
from iqf.web.staff.forms import CaseForm
from iqf.web.staff.views.proposing import begun, sent

SECONDS = 5.0


def composition(request: HttpRequest) -> HttpResponse:
    """The composition that the address asks for, with the form that proposes it. Raises NotFoundError."""
    answer = _asked(request)
    changes = changes_for(answer)
    if not changes:
        raise NotFoundError("There is nothing to propose: no unit that may be used reaches what is asked for.")
    case = CaseForm(request.POST or None, initial={"title": title_of(answer), "certainty": "inferred"})
    if request.method == "POST" and case.is_valid():
        made_of = case.case(title_of(answer))
        made = begun(request, made_of, changes_for(answer, made_of.title), case)
        if made is not None:
            return sent(request, made)
    problems = case.problems if case.is_bound else []
    context = {"answer": answer, "case": case, "problems": problems, "asked": request.GET.urlencode()}
    return render(request, "staff/propose_composition.html", context, status=422 if problems else 200)


def _asked(request: HttpRequest) -> ComposeAnswer:
    """The same address as that of the public page. Raises NotFoundError or AmbiguousError."""
    given = request.GET
    most = given.get("most", "").strip()
    if most and not (most.isascii() and most.isdigit()):
        raise NotFoundError("The most credit is a number; go back and write one such as 36.")
    owners, held = (_lines(given.get(name, "")) for name in ("owners", "held"))
    limits = limits_called(
        int(most) if most else None, owners, given.get("level", ""), only_open=given.get("open") == "yes"
    )
    return compose(
        given.get("for", ""),
        timezone.localdate(),
        held=held,
        limits=replace(limits, fully=given.get("fully") == "yes"),
        seconds=SECONDS,
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
