"""Batches of units that are judged: the list, a new one, and one of them with how far it is and what can be done."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.accounts.models import User
from iqf.accounts.permissions import JUDGE, KEEP_BATCHES, may, why_not
from iqf.analysis.states import NotNowError
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import AmbiguousError, NotFoundError, find
from iqf.mapping import actions, queries
from iqf.mapping.batch_states import WORDS, acts_in
from iqf.mapping.models import Batch, Rater
from iqf.mapping.trouble import CannotMap
from iqf.reports.private import batches as report
from iqf.web.staff.judging_forms import NAMED, BatchForm
from iqf.web.staff.paging import page_of

PER_PAGE = 50
MOST_RATERS = 200
DONE = {
    "begin": "Open. Its raters find it under Judging.",
    "close": "Closed. Reports read it now.",
    "accept": "Accepted. What was settled stands in the catalogue now.",
    "reopen": "Open again.",
    "withdraw": "Withdrawn. Its judgements are kept; no report reads them.",
}


def index(request: HttpRequest) -> HttpResponse:
    """The batches that are given to me, and for those who keep them all batches."""
    user = request.user.get_username()
    keeps = may(request.user, KEEP_BATCHES)
    rows = report.batches().rows if keeps else ()
    mine = [(batch, WORDS[batch.state], *_done(batch, user)) for batch in queries.batches_of(user)]
    context = {
        "mine": mine,
        "keeps": keeps,
        "page": page_of(request, rows, PER_PAGE),
        "words": WORDS,
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "staff/judging/index.html", context)


def _done(batch: Batch, user: str) -> tuple[int, int]:
    found = list(queries.mine(batch, user).values_list("done_at", flat=True))
    return sum(at is not None for at in found), len(found)


def new(request: HttpRequest) -> HttpResponse:
    """Make a batch, share its units among raters, and open it."""
    form = BatchForm(request.POST or None, raters=_who_may_judge())
    if request.method == "POST" and form.is_valid():
        try:
            made = _begin(request, form.cleaned_data)
            return HttpResponseRedirect(f"/staff/judging/{made.key}?done=begin")
        except (CannotMap, NotNowError, NotFoundError, AmbiguousError) as error:
            form.add_error("named" if isinstance(error, NotFoundError | AmbiguousError) else None, str(error))
    status = 400 if form.is_bound else 200
    return render(request, "staff/judging/new.html", {"form": form, "problems": form.problems}, status=status)


def _who_may_judge() -> dict[str, str]:
    """Everybody with an account who may judge, by user name, with the name under which they do."""
    known = dict(Rater.objects.exclude(user="").values_list("user", "name"))
    users = User.objects.filter(is_active=True).order_by("username").prefetch_related("memberships")[:MOST_RATERS]
    found = {user.username: user for user in users if may(user, JUDGE)}
    return {name: f"{known[name]} ({name})" if known.get(name, name) != name else name for name in found}


@transaction.atomic
def _begin(request: HttpRequest, said: dict[str, Any]) -> Batch:
    by = request.user.get_username()
    framework = m.Framework.objects.get(key=said["framework"])
    batch = actions.draft(by=by, title=said["title"], framework=framework, policy=said["policy"], depth=said["depth"])
    units = _named(said["named"]) if said["which"] == NAMED else _unjudged(framework)
    if not units:
        raise CannotMap("There is no such unit; name some.")
    actions.add_units(by=by, batch=batch, units=units[: said["most"]])
    raters = [rater_of(by, name) for name in said["raters"]]
    actions.assign(by=by, batch=batch, raters=raters)
    return actions.open_batch(by=by, batch=batch)


def rater_of(by: str, user: str) -> Rater:
    """The rater that somebody with an account is; under their user name, where they have not judged before."""
    return Rater.objects.filter(user=user).first() or actions.register(by=by, name=user, kind="person", user=user)


def _unjudged(framework: m.Framework) -> list[int]:
    """The units that nobody has judged against a framework, and that no open batch holds: the most used first."""
    rows = m.Unit.objects.filter(LIVE).exclude(judged__framework=framework, judged__retired_on=None)
    rows = rows.exclude(batches__batch__framework=framework, batches__batch__state__in=("draft", "open"))
    return list(rows.annotate(used=Count("groups")).order_by("-used", "code").values_list("pk", flat=True))


def _named(text: str) -> list[int]:
    """The units of these names; of a qualification, all its units. Raises NotFoundError or AmbiguousError."""
    found: dict[int, None] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        thing = find(line, ("unit", "qualification"))
        if isinstance(thing, m.Unit):
            found[thing.pk] = None
        else:
            rows = m.GroupUnit.objects.filter(LIVE, group__qualification=thing.pk, unit__retired_on=None)
            found |= dict.fromkeys(rows.order_by("group__position", "position").values_list("unit", flat=True))
    return list(found)


Doing = Callable[[str, Batch, str, bool], object]
ACTS: dict[str, Doing] = {
    "close": lambda by, held, reason, open_: actions.close(by=by, batch=held, leave_open=open_),
    "accept": lambda by, held, reason, open_: actions.accept(by=by, batch=held, reason=reason),
    "reopen": lambda by, held, reason, open_: actions.reopen(by=by, batch=held, reason=reason),
    "withdraw": lambda by, held, reason, open_: actions.withdraw(by=by, batch=held, reason=reason),
}


def one(request: HttpRequest, key: str) -> HttpResponse:
    """One batch: how far it is, what its raters differ on, and what can be done now."""
    held = queries.batch_called(key)
    mine = queries.mine(held, request.user.get_username()).exists()
    keeps = may(request.user, KEEP_BATCHES)
    if not (keeps or mine):
        raise NotFoundError(f'There is no batch "{key}" that is given to you.')
    problem = ""
    if request.method == "POST":
        problem = why_not(request.user, KEEP_BATCHES) or _do(request, held)
        if not problem:
            return HttpResponseRedirect(f"/staff/judging/{key}?done={request.POST['do']}")
    answer = report.one(key)
    context = {
        "answer": answer,
        "words": WORDS[answer.line.state],
        "acts": acts_in(answer.line.state) & frozenset(ACTS) if keeps else frozenset(),
        "mine": mine,
        "keeps": keeps,
        "problems": [{"text": problem, "href": "#do"}] if problem else [],
        "reason": request.POST.get("reason", ""),
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "staff/judging/batch.html", context, status=400 if problem else 200)


def _do(request: HttpRequest, held: Batch) -> str:
    """Do what is asked; what is wrong, where it cannot be done."""
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return "Choose what to do."
    reason = request.POST.get("reason", "").replace("\x00", "").strip()[:400]
    try:
        act(request.user.get_username(), held, reason, bool(request.POST.get("leave_open")))
    except (CannotMap, NotNowError) as error:
        return str(error)
    return ""
