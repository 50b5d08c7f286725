"""The mapping desk: one unit at a time, and what two raters differ on, side by side for a third."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from iqf.accounts.permissions import KEEP_BATCHES, may
from iqf.analysis.states import NotNowError
from iqf.catalogue.queries import NotFoundError
from iqf.mapping import actions
from iqf.mapping.batch_states import OPEN
from iqf.mapping.models import VERDICT_WORDS
from iqf.mapping.trouble import CannotMap
from iqf.reports.private.desk import DeskAnswer, SettleAnswer, desk, settling
from iqf.web.staff.judging_forms import entered_in, settled_in
from iqf.web.staff.views.judging import rater_of

MOST_TEXT = 2000
WANTED = {"show-suggestions": True, "hide-suggestions": False}


def unit(request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
    """One unit to judge: the one asked for, or the next that waits."""
    user = request.user.get_username()
    answer = desk(key, user, number)
    if request.method != "POST":
        return _desk(request, answer)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        version = _act(request, answer, user)
    except (CannotMap, NotNowError) as error:
        if wants_json:
            return JsonResponse({"problem": str(error)}, status=409)
        return _desk(request, answer, str(error))
    if wants_json:
        return JsonResponse({"version": version})
    return HttpResponseRedirect(_next(request, answer))


def _act(request: HttpRequest, answer: DeskAnswer, user: str) -> int:
    """Keep what was entered, hand it in, or take it back. Returns the version of the draft. Raises CannotMap."""
    do = request.POST.get("do", "keep")
    if do == "take-back":
        actions.take_back(assignment=answer.number, user=user)
        return answer.version
    seen = _number(request.POST.get("seen", ""))
    version = actions.keep(
        assignment=answer.number,
        user=user,
        entered=entered_in(request.POST, [choice.code for choice in answer.choices], answer.texts),
        doubt=bool(request.POST.get("doubt")),
        rationale=request.POST.get("rationale", "").replace("\x00", "").strip()[:MOST_TEXT],
        seen=-1 if seen is None else seen,
        shown=_number(request.POST.get("shown", "")),
    )
    if do in WANTED:
        actions.want_suggestions(user=user, wanted=WANTED[do])
    if do == "hand-in":
        actions.hand_in(assignment=answer.number, user=user)
    return version


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _next(request: HttpRequest, answer: DeskAnswer) -> str:
    here = f"/staff/judging/{answer.batch}/desk"
    do = request.POST.get("do", "keep")
    if do == "hand-in":
        return f"{here}?done={answer.number}"
    place = {"before": answer.before, "after": answer.after}.get(request.POST.get("go", "")) or answer.number
    return f"{here}/{place}"


def _desk(request: HttpRequest, answer: DeskAnswer, problem: str = "") -> HttpResponse:
    done = request.GET.get("done", "")
    context = {
        "answer": answer,
        "open": answer.state == OPEN and not answer.done,
        "rows": [(choice, _typed(request, choice.code)) for choice in answer.choices],
        "verdicts": list(enumerate(VERDICT_WORDS)),
        "problems": [{"text": problem, "href": "#statements"}] if problem else [],
        "bound": request.method == "POST",
        "done": int(done) if done.isascii() and done.isdigit() and len(done) < 12 else None,
        "all_done": answer.handed_in == answer.total,
    }
    return render(request, "staff/judging/desk.html", context, status=400 if problem else 200)


def _typed(request: HttpRequest, code: str) -> dict[str, str]:
    """What was typed for a statement, so that nothing is lost when something is wrong with it."""
    return {letter: request.POST.get(f"{letter}-{code}", "") for letter in "vxrqd"} if request.POST else {}


def settle(request: HttpRequest, key: str, number: int | None = None) -> HttpResponse:
    """What two raters differ on: a third decides, with a reason."""
    user = request.user.get_username()
    answer = settling(key, user, number)
    if answer is None:
        return HttpResponseRedirect(f"/staff/judging/{key}")
    problem = ""
    if request.method == "POST":
        problem = _settle(request, answer, user)
        if not problem:
            return HttpResponseRedirect(f"/staff/judging/{key}/settle")
    rows = [
        (each, request.POST.get(f"s-{each.key}", ""), request.POST.get(f"w-{each.key}", ""))
        for each in answer.opposed
    ]
    context = {
        "answer": answer,
        "rows": rows,
        "verdicts": list(enumerate(VERDICT_WORDS)),
        "problems": [{"text": problem, "href": "#statements"}] if problem else [],
    }
    return render(request, "staff/judging/settle.html", context, status=400 if problem else 200)


def _settle(request: HttpRequest, answer: SettleAnswer, user: str) -> str:
    """Settle it; what is wrong, where it cannot be done."""
    if not may(request.user, KEEP_BATCHES):
        raise NotFoundError("There is nothing here for you to settle.")
    try:
        rater = rater_of(user, user)
        actions.adjudicate(
            unit=answer.number, rater=rater, by=user, entered=settled_in(request.POST, answer.number, answer.opposed)
        )
    except (CannotMap, NotNowError) as error:
        return str(error)
    return ""
