"""The history of a thing, with names for those who may see them; an earlier state, and the way back as a proposal."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from iqf.accounts.permissions import SEE_TRAIL, may
from iqf.reports.earlier import EarlierAnswer, earlier
from iqf.reports.history import history as history_report
from iqf.review.actions.proposing import CannotPropose
from iqf.review.actions.restoring import propose_restore
from iqf.web.staff.views.proposing import acting_for


def history(request: HttpRequest, code: str) -> HttpResponse:
    """Every change of a thing, newest first; `?of=` one group whole."""
    of = _number(request, "of")
    answer = history_report(code, page=_number(request, "page") or 1, of=of, named=may(request.user, SEE_TRAIL))
    kept = f"of={of}&" if of is not None else ""
    context = {
        "answer": answer,
        "of": of,
        "base": f"/staff/history/{answer.thing.code}",
        "newer": f"?{kept}page={answer.page - 1}" if answer.page > 1 else "",
        "older": f"?{kept}page={answer.page + 1}" if answer.page < answer.pages else "",
    }
    return render(request, "staff/history.html", context)


def state(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """How a thing stood after a change; sent, the way back to it is a draft proposal, which is shown next."""
    refused = ""
    if request.method == "POST":
        try:
            body, body_name = acting_for(request)
            by = request.user.get_username()
            made = propose_restore(by=by, code=code, event=number, body=body, body_name=body_name)
            return redirect(f"/staff/proposals/{made.pk}")
        except CannotPropose as error:
            refused = str(error)
    answer = earlier(code, number, other=_number(request, "with"), named=may(request.user, SEE_TRAIL))
    context = {**_sides(answer), "refused": refused}
    return render(request, "staff/state.html", context, status=400 if refused else 200)


def _number(request: HttpRequest, name: str) -> int | None:
    said = request.GET.get(name, "")
    return int(said) if re.fullmatch("[0-9]{1,18}", said, re.ASCII) else None


def _sides(answer: EarlierAnswer) -> dict[str, Any]:
    return {
        "answer": answer,
        "base": f"/staff/history/{answer.thing.code}",
        "different": [f for f in answer.fields if f.differs],
        "same": [f for f in answer.fields if not f.differs],
        "later": "Now" if answer.two.number is None else "Later",
    }
