"""Batches of units that are judged: the list, a new one, and one of them with how far it is and what can be done."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import transaction
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
from iqf.reports.private.came_true import came_true
from iqf.reports.private.suggesting import NextUnits, next_units, suggestions
from iqf.web.staff.judging_forms import CHOSEN, NAMED, SHOWN, BatchForm
from iqf.web.staff.paging import Listed, page_of

PER_PAGE = 50
MOST_RATERS = 200
DONE = {
    "begin": "Open. Its raters find it under Judging.",
    "close": "Closed. Reports read it now.",
    "accept": "Accepted. What was settled stands in the catalogue now.",
    "reopen": "Open again.",
    "withdraw": "Withdrawn. Its judgements are kept; no report reads them.",
    "suggest": "The suggestions are learned from everything that was judged until now.",
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


def _begin(request: HttpRequest, said: dict[str, Any]) -> Batch:
    """Make the batch and open it, with suggestions where they are wanted. What takes long is reckoned beforehand."""
    by = request.user.get_username()
    framework = m.Framework.objects.get(key=said["framework"])
    next_ = _next(framework, said) if said["which"] == CHOSEN else None
    with transaction.atomic():
        batch = actions.draft(
            by=by,
            title=said["title"],
            framework=framework,
            policy=said["policy"],
            depth=said["depth"],
            suggests=said["suggestions"] == SHOWN,
        )
        _fill(by, batch, said, next_)
        actions.assign(by=by, batch=batch, raters=[rater_of(by, name) for name in said["raters"]])
        made = actions.open_batch(by=by, batch=batch)
    if made.suggests and next_ is None:
        with suppress(CannotMap):  # too many for a page: the page of the batch says how they are made
            actions.hold_suggestions(by=by, batch=made, made=suggestions(made.key, waited_for=True))
    return made


def _next(framework: m.Framework, said: dict[str, Any]) -> NextUnits:
    return next_units(Batch(framework=framework, depth=said["depth"]), said["most"], secrets.randbelow(2**31))


def _fill(by: str, batch: Batch, said: dict[str, Any], next_: NextUnits | None) -> None:
    """Put units into a new batch: chosen for it, named, or the next that nobody has judged. Raises CannotMap."""
    if next_:
        chosen = next_.chosen
        units = actions.add_units(by=by, batch=batch, units=chosen, chosen=chosen, seed=next_.seed)
        actions.hold_suggestions(by=by, batch=batch, made=next_.suggestions)
    else:
        named = _named(said["named"]) if said["which"] == NAMED else queries.unjudged(batch.framework)
        units = actions.add_units(by=by, batch=batch, units=named[: said["most"]])
    if not units:
        raise CannotMap("There is no such unit; name some.")


def rater_of(by: str, user: str) -> Rater:
    """The rater that somebody with an account is; under their user name, where they have not judged before."""
    return Rater.objects.filter(user=user).first() or actions.register(by=by, name=user, kind="person", user=user)


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
    "suggest": lambda by, held, reason, open_: actions.hold_suggestions(
        by=by, batch=held, made=suggestions(held.key, waited_for=True)
    ),
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
    listed = Listed(answer.line.units, lambda most, first: report.units_of(key, first, most)) if keeps else ()
    context = {
        "answer": answer,
        "page": page_of(request, listed, PER_PAGE),
        "words": WORDS[answer.line.state],
        "acts": acts_in(answer.line.state) & frozenset(ACTS) if keeps else frozenset(),
        "mine": mine,
        "keeps": keeps,
        "problems": [{"text": problem, "href": "#do"}] if problem else [],
        "reason": request.POST.get("reason", ""),
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "staff/judging/batch.html", context, status=400 if problem else 200)


def trust(request: HttpRequest) -> HttpResponse:
    """How often suggestions were accepted, and whether probabilities came true: of one closed batch, or of all."""
    key = request.GET.get("batch", "").replace("\x00", "")[:80]
    answer = came_true(key)
    sides = (("Where raters saw them", answer.seen), ("Where raters did not see them", answer.unseen))
    return render(request, "staff/judging/trust.html", {"answer": answer, "sides": sides})


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
