"""Consultation rounds for their organisers: the list, and one of them with whom it asks and what can be done now."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from iqf.accounts.permissions import COMMENT, RUN_ROUNDS, SPEAK, bodies_where, may
from iqf.catalogue import models as m
from iqf.catalogue.queries import AmbiguousError, NotFoundError, find
from iqf.review.actions import commenting, rounds
from iqf.review.actions.rounds import CannotConsult
from iqf.review.models import Round
from iqf.review.round_queries import (
    asked_bodies,
    comments_of,
    invitations_of,
    not_heard,
    round_numbered,
    unanswered,
)
from iqf.review.round_queries import rounds as listed
from iqf.review.round_states import STATES, WORDS, acts_in
from iqf.web.staff.paging import kept, page_of
from iqf.web.staff.rounds_forms import DayForm, PlanForm, names_in, number_in, who

PER_PAGE = 50
EDITORS = "The editors of this framework"
DONE = {
    "begin": "Begun. Choose what to circulate, and whom to ask.",
    "revise": "Written.",
    "open": "Open. The organisations can answer now; give each its link, or let it sign in.",
    "extend": "The last day is another one now.",
    "close": "Closed. Answer each comment; then publish the outcome.",
    "reopen": "Open again.",
    "withdraw": "Withdrawn. Whoever was asked reads why.",
    "invite": "Asked.",
    "uninvite": "Not asked any more; its link works no longer.",
    "publish": "Published. Everybody can read it now.",
}


def index(request: HttpRequest) -> HttpResponse:
    """The rounds that ask my organisations, and for organisers all rounds of a state."""
    state = request.GET.get("state", "")
    runs = may(request.user, RUN_ROUNDS)
    page = page_of(request, listed(state if state in STATES else "") if runs else (), PER_PAGE)
    now = timezone.now()
    mine = [
        (one, WORDS[one.round.state_at(now)]) for one in invitations_of(bodies_where(request.user, COMMENT))[:100]
    ]
    context = {
        "runs": runs,
        "state": state,
        "states": [(key, WORDS[key]) for key in STATES],
        "page": page,
        "rows": [(one, WORDS[one.state_at(now)]) for one in page],
        "mine": mine,
        "keep": kept(request),
    }
    return render(request, "staff/rounds/index.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Begin a round."""
    form = PlanForm(request.POST or None, initial={"body_name": _own_body(request)[1]})
    if request.method == "POST" and form.is_valid():
        try:
            made = rounds.begin_round(by=request.user.get_username(), plan=form.plan(_code_of(request, form)))
            return _told(made, "begin")
        except CannotConsult as error:
            form.add_error(None, str(error))
    return _form(request, form, None)


def revise(request: HttpRequest, number: int) -> HttpResponse:
    """What a draft asks, written again."""
    held = round_numbered(number)
    form = PlanForm(request.POST or None, initial=vars(held))
    if request.method == "POST" and form.is_valid():
        try:
            rounds.revise_round(**who(request, held), plan=form.plan(held.body))
            return _told(held, "revise")
        except CannotConsult as error:
            form.add_error(None, str(error))
    return _form(request, form, held)


def _form(request: HttpRequest, form: PlanForm, held: Round | None) -> HttpResponse:
    problems = form.problems if form.is_bound else []
    context = {"form": form, "round": held, "problems": problems}
    return render(request, "staff/rounds/form.html", context, status=422 if problems else 200)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One round: how it stands, who has answered, and what can be done now."""
    held = round_numbered(number)
    problem, made = "", None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("do", ""))
        try:
            if act is not None:
                made = act(request, held)
                if not isinstance(made, tuple):
                    return _told(held, str(made))
            else:
                problem = "Choose what is to be done."
        except (CannotConsult, NotFoundError, AmbiguousError) as error:
            problem = str(error)
        held = round_numbered(number)
    return render(
        request,
        "staff/rounds/round.html",
        _shown(request, held) | {"problems": _problems(request, problem), "link": made},
        status=422 if problem else 200,
    )


def _problems(request: HttpRequest, problem: str) -> list[dict[str, str]]:
    where = {"invite": "names", "open": "lines", "publish": "outcome", "withdraw": "reason"}
    field = where.get(request.POST.get("do", ""), "closes_on")
    return [{"text": problem, "href": f"#{field}"}] if problem else []


def _shown(request: HttpRequest, held: Round) -> dict[str, Any]:
    state = held.state_at(timezone.now())
    page = page_of(request, asked_bodies(held), 100)
    return {
        "round": held,
        "state": state,
        "state_words": WORDS[state],
        "may": dict.fromkeys(acts_in(state), True),
        "lines": held.lines.all(),
        "page": page,
        "asked": page.paginator.count,
        "silent": not_heard(held)[:200],
        "unanswered": unanswered(held).count(),
        "comments": comments_of(held).exclude(text="").count(),
        "typed": request.POST,
        "done": DONE.get(request.GET.get("done", "")),
    }


def _invite(request: HttpRequest, held: Round) -> str:
    asked = [_asked(name) for name in names_in(request.POST.get("names", ""))]
    rounds.invite(**who(request, held), bodies=asked)
    return "invite"


def _asked(name: str) -> tuple[str, str]:
    """Code and name of an organisation of the framework; of any other only the name. Raises AmbiguousError."""
    try:
        found = find(name, ("organisation",))
    except NotFoundError:
        return "", name
    return found.code, found.title


def _link(request: HttpRequest, held: Round) -> tuple[str, str]:
    """The name of a body, and the address by which it answers: told this once."""
    invited, token = rounds.make_link(**who(request, held), invited=number_in(request.POST.get("invited", "")))
    return invited.name, request.build_absolute_uri(f"/consultation/{token}")


def _uninvite(request: HttpRequest, held: Round) -> str:
    rounds.uninvite(**who(request, held), invited=number_in(request.POST.get("invited", "")))
    return "uninvite"


def _open(request: HttpRequest, held: Round) -> str:
    rounds.open_round(**who(request, held))
    return "open"


def _close(request: HttpRequest, held: Round) -> str:
    rounds.close_round(**who(request, held))
    return "close"


def _day(request: HttpRequest) -> Any:
    form = DayForm(request.POST)
    if not form.is_valid():
        raise CannotConsult(form.problems[0]["text"])
    return form.cleaned_data["closes_on"]


def _extend(request: HttpRequest, held: Round) -> str:
    rounds.extend_round(**who(request, held), closes_on=_day(request))
    return "extend"


def _reopen(request: HttpRequest, held: Round) -> str:
    rounds.reopen_round(**who(request, held), closes_on=_day(request))
    return "reopen"


def _withdraw(request: HttpRequest, held: Round) -> str:
    rounds.withdraw_round(**who(request, held), reason=request.POST.get("reason", ""))
    return "withdraw"


def _publish(request: HttpRequest, held: Round) -> str:
    commenting.publish_round(**who(request, held), outcome=request.POST.get("outcome", ""))
    return "publish"


ACTS: dict[str, Callable[[HttpRequest, Round], str | tuple[str, str]]] = {
    "invite": _invite,
    "link": _link,
    "uninvite": _uninvite,
    "open": _open,
    "extend": _extend,
    "close": _close,
    "reopen": _reopen,
    "withdraw": _withdraw,
    "publish": _publish,
}


def _told(held: Round, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"/staff/consultations/{held.pk}?done={done}")


def _own_body(request: HttpRequest) -> tuple[str, str]:
    """The organisation for which the organiser consults, by code and name, where they have a part in one."""
    found = m.Organisation.objects.filter(code__in=bodies_where(request.user, SPEAK)).order_by("title").first()
    return (found.code, found.title) if found else ("", EDITORS)


def _code_of(request: HttpRequest, form: PlanForm) -> str:
    code, name = _own_body(request)
    return code if form.cleaned_data["body_name"] == name else ""
