"""Answer a consultation: signed in for one's organisation, or by the link that it was given."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from iqf.accounts.permissions import COMMENT, bodies_where, may
from iqf.catalogue.queries import NotFoundError
from iqf.reports.consultations import kind_of_code
from iqf.review.actions.commenting import Said, comment
from iqf.review.actions.rounds import LAST, CannotConsult
from iqf.review.models import InvitedBody
from iqf.review.round_queries import invitation_of, invitation_with, lines_for, round_numbered, why_over
from iqf.review.round_states import PUBLISHED
from iqf.web.staff.rounds_forms import faults_shown, said_in
from iqf.web.staff.serving import not_allowed, problem, unkept


def signed_in(request: HttpRequest, number: int) -> HttpResponse:
    """Answer for an organisation that one belongs to. Raises NotFoundError where that is not asked."""
    asked = request.GET.get("body", "").replace("\0", "")
    mine = [asked] if asked and may(request.user, COMMENT, asked) else bodies_where(request.user, COMMENT)
    invited = invitation_of(round_numbered(number), mine)
    return _answer(request, invited, request.user.get_username())


@csrf_exempt
@unkept
@sensitive_variables("token")
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Answer by a link, without an account.

    No session takes part in this: whoever can send the form has the secret that its address is. So there is nothing
    that another site could borrow, and no token against that is needed; without referrers it could not be checked.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return _open_to_nobody_else(not_allowed(request, "GET, HEAD, POST"))
    try:
        invited = invitation_with(token)
        answer = _answer(request, invited, f"link: {invited.name}")
    except NotFoundError as error:
        answer = problem(request, 404, "This link does not work", str(error))
    return _open_to_nobody_else(answer)


def _open_to_nobody_else(response: HttpResponse) -> HttpResponse:
    """The address of this page is a secret: no other site is told it, and no search engine keeps it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(request: HttpRequest, invited: InvitedBody, by: str) -> HttpResponse:
    typed = said_in(request.POST) if request.method == "POST" else {}
    over, faults, written = why_over(invited, timezone.now()), {}, 0
    if request.method == "POST" and not over:
        try:
            kept = comment(by=by, invited=invited.pk, said=typed)
            faults, written = dict(kept.faults), kept.written
        except CannotConsult as error:
            over = str(error)
        if not faults and not over:
            return HttpResponseRedirect(f"{request.get_full_path().partition('?')[0]}{_kept(request, written)}")
    rows = [_row(line, held, typed.get(line.position), faults) for line, held in lines_for(invited)]
    context = {
        "invited": invited,
        "round": invited.round,
        "rows": rows,
        "over": over,
        "public": invited.round.state == PUBLISHED,
        "lost": [row for row in rows if over and row["changed"]],
        "written": written,
        "kept": request.GET.get("kept", ""),
        "problems": faults_shown("s", faults),
        "by_link": by.startswith("link: "),
    }
    return render(request, "staff/rounds/answer.html", context, status=_status(request, over, faults))


def _status(request: HttpRequest, over: str, faults: dict[int, str]) -> int:
    if over and request.method == "POST":
        return 409
    return 422 if faults else 200


def _kept(request: HttpRequest, written: int) -> str:
    body = request.GET.get("body", "")
    return f"?kept={written}{f'&body={body}' if body.isascii() and body.replace('-', '').isalnum() else ''}"


def _row(line: Any, held: Any, typed: Said | None, faults: dict[int, str]) -> dict[str, Any]:
    """A line with what stands in its fields: what was typed, else what was said before."""
    before = Said(held.stance, held.text) if held else Said()
    said = typed or before
    return {
        "position": line.position,
        "number": "" if line.position == LAST else line.position + 1,
        "text": line.text,
        "about_kind": kind_of_code(line.code),
        "about": line.code,
        "stance": said.stance,
        "said": said.text,
        "changed": typed is not None and typed.text.strip() not in ("", before.text),
        "fault": faults.get(line.position, ""),
    }
