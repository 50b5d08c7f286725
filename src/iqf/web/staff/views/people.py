"""The people of an organisation: who is in it, who is invited, and one person's part."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.accounts import actions
from iqf.accounts import permissions as allowed
from iqf.accounts.models import Invitation, User
from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.reports.private import people as report
from iqf.reports.private.people import Body
from iqf.web.staff import mailing
from iqf.web.staff.people_forms import InviteForm
from iqf.web.staff.serving import problem

HERE = "/staff/people"


def index(request: HttpRequest) -> HttpResponse:
    """The organisations whose people I keep; platform staff open any other by its name or code."""
    kept = report.kept_bodies(request.user)
    everywhere = allowed.may(request.user, allowed.KEEP_BODIES)
    wrong = ""
    if request.method == "POST" and everywhere:
        try:
            return HttpResponseRedirect(f"{HERE}/{report.body_called(request.POST.get('name', '')).code}")
        except (NotFoundError, AmbiguousError) as error:
            wrong = str(error).partition("; look for it")[0].rstrip(".") + "."
    if len(kept) == 1 and not everywhere:
        return HttpResponseRedirect(f"{HERE}/{kept[0].body.code}")
    context: dict[str, Any] = {"kept": kept, "everywhere": everywhere, "name": request.POST.get("name", "")}
    context["errors"] = [{"text": wrong, "href": "#id_name"}] if wrong else []
    return render(request, "staff/people/index.html", context, status=422 if wrong else 200)


def body(request: HttpRequest, body: str) -> HttpResponse:
    """Everybody in one organisation and everybody invited; sent: another invitation."""
    of = report.body_called(body)
    if of.code != body:
        return HttpResponseRedirect(f"{HERE}/{of.code}")
    form = InviteForm(request.POST or None, roles=allowed.roles_given_by(request.user, of.code))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        made, secret = actions.invite(
            by=request.user.get_username(), body=of.code, role=said["role"], email=said["email"]
        )
        return _page(request, of, InviteForm(roles=form.roles), _told(request, of, made, secret))
    return _page(request, of, form)


def _told(request: HttpRequest, of: Body, made: Invitation, secret: str) -> dict[str, Any]:
    """The invitation sent by e-mail; or its link, to be shown this once."""
    link = mailing.address(request, f"/invitation/{secret}")
    said = {"body": of.title, "role": made.role, "link": link, "ends": made.ends_at}
    subject = f"Invitation to act for {of.title}"
    if made.email and mailing.sent(mailing.letter(made.email, subject, "invitation", **said)):
        return {"sent_to": made.email}
    return {"link": link, "link_for": made.email, "failed": bool(made.email and settings.IQF_MAILS)}


def _page(request: HttpRequest, of: Body, form: InviteForm, told: dict[str, Any] | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "answer": report.body_people(of, request.user),
        "form": form,
        "roles": [(role, allowed.ROLE_WORDS[role]) for role in form.roles],
        "several": len(report.kept_bodies(request.user)) > 1 or allowed.may(request.user, allowed.KEEP_BODIES),
        **(told or {}),
    }
    return render(request, "staff/people/body.html", context, status=422 if form.errors else 200)


def invitation(request: HttpRequest, body: str, number: int) -> HttpResponse:
    """One invitation that waits: a new link for it, or take it back."""
    of = report.body_called(body)
    waiting = next((one for one in report.body_people(of, request.user).invited if one.number == number), None)
    if waiting is None:
        raise NotFoundError(f"Invitation {number} to {of.title} no longer waits for an answer.")
    if request.method == "POST":
        by = request.user.get_username()
        if request.POST.get("do") == "withdraw":
            actions.withdraw(by=by, number=number)
            messages.success(request, "The invitation is withdrawn. Its link works no more.")
            return HttpResponseRedirect(f"{HERE}/{of.code}")
        form = InviteForm(roles=allowed.roles_given_by(request.user, of.code))
        if waiting.role not in form.roles:
            return problem(request, 403, "Not allowed", allowed.why_not(request.user, allowed.NAME_REVIEWERS))
        return _page(request, of, form, _told(request, of, *actions.renew(by=by, number=number)))
    return render(request, "staff/people/invitation.html", {"of": of, "one": waiting})


def member(request: HttpRequest, body: str, username: str) -> HttpResponse:
    """One person's part: another role, a link for a new password, let go, close or open the account."""
    of = report.body_called(body)
    one = report.member_called(of, username, request.user)
    context: dict[str, Any] = {"of": of, "one": one, "errors": []}
    status = 200
    if request.method == "POST":
        try:
            answer = _done(request, of, one)
        except actions.CannotDo as error:
            context["errors"], status = [{"text": str(error).replace(of.code, of.title), "href": "#changes"}], 422
        else:
            if not isinstance(answer, str):
                return answer
            context["link"] = answer
    given = allowed.roles_given_by(request.user, of.code)
    context["roles"] = [(role, allowed.ROLE_WORDS[role]) for role in given]
    return render(request, "staff/people/member.html", context, status=status)


def _done(request: HttpRequest, of: Body, one: report.Member) -> HttpResponse | str:
    """Do what was asked; a page to go to, or a link to be shown this once. Raises CannotDo."""
    do, by, name = request.POST.get("do", ""), request.user.get_username(), one.username
    reason = " ".join(request.POST.get("reason", "").replace("\0", "").split())
    if do == "role":
        role = request.POST.get("role", "")
        if role != one.role and role not in allowed.roles_given_by(request.user, of.code):
            raise actions.CannotDo("Choose a role that you may give.")
        actions.join(by=by, username=name, body=of.code, role=role, reason=reason)
        return _told_and_back(request, of, f"{name} is {role} now.")
    if do == "leave":
        actions.leave(by=by, username=name, body=of.code, reason=reason)
        return _told_and_back(request, of, f"{name} has no part in {of.title} any more.")
    if not one.kept:
        raise actions.CannotDo(f"{name} acts elsewhere too, or as a reviewer; only platform staff may do that.")
    if do == "reset":
        return mailing.address(request, f"/reset/{actions.make_reset(by=by, username=name)}")
    if do == "deactivate":
        actions.deactivate(by=by, username=name, reason=reason)
        return _told_and_back(request, of, f"The account of {name} is closed.")
    if do == "reactivate":
        actions.reactivate(by=by, username=name, reason=reason)
        return _told_and_back(request, of, f"The account of {name} is open again.")
    raise actions.CannotDo("Choose what is to be done.")


def _told_and_back(request: HttpRequest, of: Body, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    still = allowed.may(_again(request), allowed.KEEP_PEOPLE, of.code)
    return HttpResponseRedirect(f"{HERE}/{of.code}" if still else "/staff/account")


def _again(request: HttpRequest) -> allowed.Anybody:
    """The reader as they stand now: one may have changed one's own part."""
    return User.objects.get(username=request.user.get_username())
