"""The start page of the staff: what is here, what was read in last, and how the data stand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.reports.imports import Imports
from iqf.reports.private.inbox import counts as counted
from iqf.reports.trail import Asked, trail
from iqf.review.proposal_states import WAITING
from iqf.review.queries import counts_by_state
from iqf.web.staff.checks import checked

LATEST = 5


def start(request: HttpRequest) -> HttpResponse:
    """What is here, and what is new in it."""
    imports, checks = Imports(), checked()
    open_checks = sum(check.outcome == "fail" for check in checks)
    waiting = sum(counted().values())
    proposed = counts_by_state(request.user.get_username()).get(WAITING, 0)
    counts = {
        "proposals": proposed,
        "waiting": waiting,
        "imports": len(imports),
        "changes": len(trail(Asked())),
        "open_checks": open_checks,
    }
    context = {"imports": imports[:LATEST], "checks": checks, "counts": counts}
    return render(request, "staff/start.html", context)
