"""Judgements that were made elsewhere, handed in as a file or pasted: looked at, then read in as a closed batch."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.catalogue.models import Framework
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.uploads.judged_units import judged_units
from iqf.mapping import actions
from iqf.mapping.actions.recording import Recorded
from iqf.mapping.trouble import CannotMap
from iqf.web.staff.handing_in import received
from iqf.web.staff.judging_forms import JudgementsForm

PASTED = "pasted rows"


@dataclass(frozen=True)
class Done:
    """What was read, or would be: how many units, and what became of their judgements."""

    file: str
    units: int
    recorded: Recorded
    kept: bool


def upload(request: HttpRequest) -> HttpResponse:
    """The form, what its table would do, and that it was read in. What is wrong is told row by row."""
    form = JudgementsForm(request.POST or None)
    faults: list[str] = []
    done: Done | None = None
    if request.method == "POST" and form.is_valid():
        try:
            done = _read_in(request, form.cleaned_data)
        except Refused as refused:
            faults = [str(fault) for fault in refused.faults]
        except CannotMap as error:
            faults = [str(error)]
    problems = [*form.problems, *({"text": text, "href": "#table"} for text in faults[:1])] if form.is_bound else []
    context = {"form": form, "done": done, "faults": faults, "problems": problems}
    return render(request, "staff/judging/upload.html", context, status=400 if problems else 200)


def _read_in(request: HttpRequest, said: dict[str, Any]) -> Done:
    """Read the table and record it; or, where it is only looked at, say what that would do.

    Raises Refused, CannotMap. The same as `iqf import judgements`: nothing is written where anything is wrong.
    """
    by, keep = request.user.get_username(), request.POST.get("do") == "keep"
    name, data = _table(request, said["pasted"])
    framework = Framework.objects.get(key=said["framework"])
    rater = " ".join(said["rater"].split())
    rows = judged_units(data, name, framework, rater)
    with transaction.atomic():
        who = actions.register(by=by, name=rater, kind=said["kind"], about=said["about"])
        recorded = actions.record(
            by=by, framework=framework, rater=who, rows=rows, file=name, sha256=hashlib.sha256(data).hexdigest()
        )
        transaction.set_rollback(not keep)
    return Done(name, len(rows), recorded, keep)


def _table(request: HttpRequest, pasted: str) -> tuple[str, bytes]:
    """What was handed in, with its name. Raises Refused where it is neither or both."""
    if not pasted.strip():
        return received(request)
    if request.FILES.get("file"):
        raise Refused([Fault("hand in a file, or paste the rows; not both.", "The table")])
    return PASTED, pasted.encode()
