"""An invitation opened: somebody new chooses a name and a password, somebody known joins with their account."""

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from iqf.accounts import actions
from iqf.accounts.actions import CannotDo, LockedOutError
from iqf.accounts.actions.links import opened_invitation
from iqf.accounts.models import Invitation
from iqf.accounts.passwords import RULES
from iqf.accounts.permissions import ROLE_WORDS
from iqf.reports.private.people import bodies_of
from iqf.web.staff.people_forms import JoinForm
from iqf.web.staff.serving import link_refused, not_allowed, unkept

WELCOME = "/staff/account"
BACKEND = "iqf.accounts.signing_in.OpenAccounts"


@sensitive_post_parameters()
@csrf_protect
@unkept
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Who invites whom to what, and the form to accept."""
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    try:
        held = opened_invitation(secret)
        if request.user.is_authenticated and request.method == "POST":
            actions.accept_as(secret=secret, username=request.user.get_username())
            return HttpResponseRedirect(WELCOME)
    except CannotDo as error:
        return link_refused(request, error)
    form = JoinForm(request.POST or None, email=held.email)
    if form.is_bound and form.is_valid():
        return _join(request, held, secret, form)
    return _page(request, held, form)


def _join(request: HttpRequest, held: Invitation, secret: str, form: JoinForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        actions.begin_attempt(by=secret, at="link")  # the answer tells which names are taken
        user = actions.accept_as_new(secret=secret, username=said["username"], password=said["password"])
    except (CannotDo, LockedOutError) as error:
        form.add_error("username", str(error))
        return _page(request, held, form)
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect(WELCOME)


def _page(request: HttpRequest, held: Invitation, form: JoinForm) -> HttpResponse:
    context: dict[str, Any] = {
        "body": bodies_of([held.body])[held.body],
        "role": held.role,
        "role_words": ROLE_WORDS[held.role],
        "by": held.by,
        "form": form,
        "rules": RULES,
    }
    return render(request, "staff/people/invited.html", context, status=422 if form.errors else 200)
