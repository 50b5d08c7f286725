"""Several things decided at once: what each is, what exactly would change, and the button that does it; and undo."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.catalogue.actions.decisions import CannotDecide, one_reason
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.settling import ACTS, MOST, CannotSettle, Fault, Verdict, settle, tried, undo_lot
from iqf.reports.private.inbox import EVERY, Item, items, these
from iqf.reports.private.together import Would, would_change
from iqf.review.queries import lot_standing
from iqf.web.staff.forms import UndoForm
from iqf.web.staff.views.inbox import asked, query
from iqf.web.staff.words import KINDS_OF_WORK

CHANGED = "This has changed since it was shown to you. Look at what would change now, then decide."
GONE = "Some of these wait no longer: they were decided meanwhile. What is left is below."


def several(request: HttpRequest) -> HttpResponse:
    """What was ticked, or all that the address asks for: shown, then with what would change, then decided."""
    if request.method != "POST":
        return _page(request, items(asked(request), limit=MOST))
    ticked = request.POST.getlist("item")
    found = these(ticked[: MOST + 1])
    do = request.POST.get("do", "")
    wrong = _wrong(request, ticked, found) if do else [GONE] if len(found) < len(set(ticked)) else []
    if wrong or not do:
        return _page(request, found, wrong)
    if do == "preview":
        return _preview(request, found)
    return _decide(request, found)


def _wrong(request: HttpRequest, ticked: Sequence[str], found: Sequence[Item]) -> list[str]:
    """What is missing in the form, or was decided meanwhile."""
    wrong = [] if len(found) == len(set(ticked)) or len(ticked) > MOST else [GONE]
    try:
        one_reason(_reason(request))
    except CannotDecide as error:
        wrong.append(str(error))
    missing = [kind for kind in EVERY if _any(found, kind) and _act(request, kind) not in ACTS[kind]]
    return wrong + [f"Say what is to be decided: {KINDS_OF_WORK[kind].lower()}." for kind in missing]


def _any(found: Sequence[Item], kind: str) -> bool:
    return any(item.kind == kind for item in found)


def _act(request: HttpRequest, kind: str) -> str:
    return request.POST.get(f"act-{kind}", "")


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\0", "")


def _verdicts(request: HttpRequest, found: Sequence[Item]) -> list[Verdict]:
    return [Verdict(item.kind, item.key, _act(request, item.kind)) for item in found]


def _preview(request: HttpRequest, found: Sequence[Item], wrong: Sequence[str] = ()) -> HttpResponse:
    """What would change, thing by thing, and what stands in the way: tried, and taken back."""
    try:
        faults = tried(by=request.user.get_username(), verdicts=_verdicts(request, found))
    except (CannotDecide, Refused) as error:
        return _page(request, found, [str(error)])
    return _page(request, found, wrong, would=_would(request, found), faults=faults)


def _would(request: HttpRequest, found: Sequence[Item]) -> tuple[Would, ...]:
    return would_change(found, {kind: _act(request, kind) for kind in EVERY})


def _decide(request: HttpRequest, found: Sequence[Item]) -> HttpResponse:
    """Do what was seen; show it again where it is not what was seen any more."""
    if request.POST.get("seen") != _digest(_would(request, found)):
        return _preview(request, found, [CHANGED])
    by, verdicts = request.user.get_username(), _verdicts(request, found)
    try:
        lot = settle(by=by, verdicts=verdicts, reason=_reason(request))
    except CannotSettle as error:
        return _page(request, found, would=_would(request, found), faults=error.faults)
    except (CannotDecide, Refused) as error:
        return _page(request, found, [str(error)])
    return HttpResponseRedirect("/staff/inbox" + query(asked(request), lot=lot.pk))


def _digest(would: Sequence[Would]) -> str:
    """Which change was shown, in a few characters."""
    said = json.dumps([[w.item.place, w.act, w.now, w.then, w.more] for w in would])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _page(
    request: HttpRequest,
    found: Sequence[Item],
    wrong: Sequence[str] = (),
    *,
    would: Sequence[Would] = (),
    faults: Sequence[Fault] = (),
) -> HttpResponse:
    stopped = {f"{f.verdict.kind}:{f.verdict.key}": f.sentence for f in faults}
    context: dict[str, Any] = {
        "groups": [_group(request, kind, found) for kind in EVERY if _any(found, kind)],
        "count": len(found),
        "most": MOST,
        "reason": _reason(request),
        "asked": query(asked(request)),
        "would": [{"w": w, "fault": stopped.get(w.item.place, "")} for w in would],
        "seen": _digest(would),
        "stopped": len(stopped),
        "errors": [{"text": text, "href": "#things"} for text in wrong],
    }
    return render(request, "staff/several.html", context, status=422 if wrong or stopped else 200)


def _group(request: HttpRequest, kind: str, found: Sequence[Item]) -> dict[str, Any]:
    chosen = _act(request, kind)
    return {
        "kind": kind,
        "words": KINDS_OF_WORK[kind],
        "items": [item for item in found if item.kind == kind],
        "acts": [(act, words, act == chosen) for act, words in ACTS[kind].items()],
    }


def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Undo decisions that were made together."""
    lot = lot_standing(number)
    form = UndoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            undo_lot(by=request.user.get_username(), number=number, reason=form.cleaned_data["reason"])
            return HttpResponseRedirect("/staff/inbox?undone=yes")
        except (CannotDecide, Refused) as error:
            form.add_error("reason", str(error))
    return render(request, "staff/undo_lot.html", {"lot": lot, "form": form}, status=422 if form.errors else 200)
