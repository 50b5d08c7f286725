"""Sign in, and be given back what was typed before a session ended; sign out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from iqf.web.staff import resuming
from iqf.web.staff.forms import SignInForm
from iqf.web.staff.serving import asked_to_wait, not_allowed, unkept


@sensitive_post_parameters()
@csrf_protect
@unkept
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; on success go where the reader wanted to go."""
    if request.method not in ("GET", "HEAD", "POST"):
        return not_allowed(request, "GET, HEAD, POST")
    there = _next(request)
    if request.user.is_authenticated and request.method != "POST":
        return HttpResponseRedirect(there)
    kept = resuming.kept_in(request.POST.get("kept", ""))
    form = SignInForm(request, request.POST) if request.method == "POST" else SignInForm(request)
    if form.is_bound and form.is_valid():
        login(request, form.get_user())
        return resuming.resume(request, kept, there) if kept else HttpResponseRedirect(there)
    response = render(request, "staff/sign-in.html", {"form": form, "next": there, "kept": kept})
    return _refused(response, form) if form.is_bound else response


def _refused(response: HttpResponse, form: SignInForm) -> HttpResponse:
    """The form again: 422, or 429 with how long to wait where the name is locked out."""
    response.status_code = 422
    return asked_to_wait(response, form.locked_out) if form.locked_out else response


def _next(request: HttpRequest) -> str:
    """Where the reader wanted to go, if that is on this site; else the start page of the staff."""
    there = request.POST.get("next", request.GET.get("next", ""))
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts=here, require_https=request.is_secure())
    return there if safe else str(settings.LOGIN_REDIRECT_URL)


@csrf_protect
@unkept
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out. Only when it is sent: a link that somebody else wrote signs nobody out."""
    if request.method != "POST":
        return not_allowed(request, "POST")
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)
