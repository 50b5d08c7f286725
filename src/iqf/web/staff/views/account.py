"""My account: who I am here, what I may do and what not, my password, and leaving an organisation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from iqf.accounts import actions
from iqf.accounts.models import User
from iqf.accounts.passwords import RULES
from iqf.catalogue.queries import NotFoundError
from iqf.reports.private import people as report
from iqf.web.staff.people_forms import ChangePasswordForm
from iqf.web.staff.serving import asked_to_wait

HERE = "/staff/account"


@sensitive_post_parameters()
def account(request: HttpRequest) -> HttpResponse:
    """My parts in words, and my password; sent: the new password."""
    user = _me(request)
    form = ChangePasswordForm(request.POST or None, username=user.username, email=user.email)
    if form.is_bound and form.is_valid():
        try:
            _change(request, user, form)
        except actions.LockedOutError as error:
            form.add_error("old_password", str(error))
            return asked_to_wait(_page(request, user, form), error)
        if not form.errors:
            messages.success(request, "Your password is changed. Everywhere else you are signed out.")
            return HttpResponseRedirect(HERE)
    return _page(request, user, form)


def _me(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise NotFoundError("There is no account to show.")
    return user


def _change(request: HttpRequest, user: User, form: ChangePasswordForm) -> None:
    """Change the password where the old one is right; a wrong one counts like a failure to sign in."""
    actions.begin_sign_in(by=user.username)
    if not user.check_password(form.cleaned_data["old_password"]):
        form.add_error("old_password", "This is not your password.")
        return
    actions.end_sign_in(by=user.username)
    actions.set_password(by=user.username, username=user.username, password=form.cleaned_data["password"])
    user.refresh_from_db()
    update_session_auth_hash(request, user)


def _page(request: HttpRequest, user: User, form: ChangePasswordForm) -> HttpResponse:
    context: dict[str, Any] = {"answer": report.account(user), "form": form, "rules": RULES}
    return render(request, "staff/people/account.html", context, status=422 if form.errors else 200)


def leave(request: HttpRequest, code: str) -> HttpResponse:
    """End my part in one organisation, after asking."""
    user = _me(request)
    part = next((part for part in report.account(user).parts if part.body.code == code), None)
    if part is None:
        raise NotFoundError(f"You have no part in {code}.")
    wrong = ""
    if request.method == "POST":
        try:
            actions.leave(by=user.username, username=user.username, body=code)
            messages.success(request, f"You have left {part.body.title}.")
            return HttpResponseRedirect(HERE)
        except actions.CannotDo as error:
            wrong = str(error).replace(code, part.body.title)
    errors = [{"text": wrong, "href": "#leave"}] if wrong else []
    context = {"part": part, "errors": errors}
    return render(request, "staff/people/leave.html", context, status=422 if wrong else 200)
