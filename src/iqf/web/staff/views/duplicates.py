"""Things that may be the same thing, side by side, with the score and the reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.analysis.likeness import Verdict
from iqf.catalogue.actions.decisions import CannotDecide
from iqf.reports.duplicates import shown
from iqf.reports.private.undecided import undecided
from iqf.review.actions import propose
from iqf.web.staff.checks import likeness_of
from iqf.web.staff.paging import Listed, kept, page_of
from iqf.web.staff.views.inbox import too_many

PER_PAGE = 50
OF = {"qualifications": "Qualifications", "units": "Units"}
VERDICTS: dict[Verdict, str] = {"similar": "The same or similar", "same": "The same by what they are called"}


def pair(request: HttpRequest) -> HttpResponse:
    """Put two things to the inbox as perhaps one, and go to where that is decided."""
    if request.method != "POST":
        return HttpResponseRedirect("/staff/duplicates")
    said = {name: request.POST.get(name, "") for name in ("a", "b", "why")}
    try:
        score = min(1.0, max(0.0, float(request.POST.get("score", "1"))))
    except ValueError:
        score = 1.0
    try:
        held = propose(by=request.user.get_username(), score=score, **said)
    except CannotDecide as error:
        return render(request, "staff/over.html", {"sentence": str(error), "over": "", "typed": ""}, status=409)
    return HttpResponseRedirect(f"/staff/inbox/duplicate/{held.pk}")


def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs that the address asks for, without those found to be two: `of` qualifications or units, `verdict`
    similar or same.
    """
    of = request.GET.get("of", "")
    of = of if of in OF else "qualifications"
    verdict: Verdict = "same" if request.GET.get("verdict") == "same" else "similar"
    if too_many(of):
        context = {"fields": _fields(of, verdict), "of": of, "too_many": True}
        return render(request, "staff/duplicates.html", context)
    found = undecided(likeness_of(of))
    count = shown(found, verdict=verdict, limit=0).kept
    listed = Listed(count, lambda most, first: shown(found, verdict=verdict, limit=most, offset=first).pairs)
    page = page_of(request, listed, PER_PAGE)
    total = page.paginator.count
    context = {
        "page": page,
        "fields": _fields(of, verdict),
        "keep": kept(request),
        "count": f"{total:,} pair{'' if total == 1 else 's'} of {found.looked_at:,} {of}",
        "clear": request.path if (of, verdict) != ("qualifications", "similar") else "",
        "of": of,
        "capped": found.likeness.capped[:10],
    }
    return render(request, "staff/duplicates.html", context)


def _fields(of: str, verdict: Verdict) -> list[dict[str, Any]]:
    def options(values: dict[Any, str], on: str) -> list[dict[str, Any]]:
        return [{"value": value, "text": text, "selected": value == on} for value, text in values.items()]

    return [
        {"name": "of", "label": "Among", "options": options(OF, of)},
        {"name": "verdict", "label": "How like", "options": options(VERDICTS, verdict)},
    ]
