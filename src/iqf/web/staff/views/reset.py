"""A forgotten password: ask for a link, which says the same to everybody; with the link, choose another."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from iqf.accounts import actions
from iqf.accounts.actions import CannotDo, LockedOutError
from iqf.accounts.actions.links import opened_reset
from iqf.accounts.passwords import RULES
from iqf.web.staff import mailing
from iqf.web.staff.people_forms import AskForm, NewPasswordForm
from iqf.web.staff.serving import asked_to_wait, link_refused, not_allowed, unkept


@csrf_protect
@unkept
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a link by user name or e-mail address."""
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    form = AskForm(request.POST or None)
    if form.is_bound and settings.IQF_MAILS and form.is_valid():
        try:
            _send(request, form.cleaned_data["name"])
        except LockedOutError as error:
            form.add_error("name", str(error))
            return asked_to_wait(_asking(request, form), error)
        return render(request, "staff/people/reset_asked.html", {})
    return _asking(request, form)


def _asking(request: HttpRequest, form: AskForm) -> HttpResponse:
    context = {"form": form, "mails": settings.IQF_MAILS}
    return render(request, "staff/people/reset_ask.html", context, status=422 if form.errors else 200)


def _send(request: HttpRequest, name: str) -> None:
    """Send links to whom the name belongs, after the answer is given. Raises LockedOutError."""
    actions.begin_attempt(by=name, at="reset")
    letters = [
        mailing.letter(
            user.email,
            "A new password",
            "reset",
            link=mailing.address(request, f"/reset/{secret}"),
            username=user.username,
        )
        for user, secret in actions.ask_for_reset(asked=name)
    ]
    mailing.send_later(letters)


@sensitive_post_parameters()
@csrf_protect
@unkept
def choose(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a new password with a link that still works."""
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    try:
        user = opened_reset(secret).user
        form = NewPasswordForm(request.POST or None, username=user.username, email=user.email)
        if form.is_bound and form.is_valid():
            actions.reset_password(secret=secret, password=form.cleaned_data["password"])
            messages.success(request, "Your password is changed. Sign in with the new one.")
            return HttpResponseRedirect("/staff/sign-in")
    except CannotDo as error:
        return link_refused(request, error)
    context: dict[str, Any] = {"form": form, "username": user.username, "rules": RULES}
    return render(request, "staff/people/reset_choose.html", context, status=422 if form.errors else 200)
