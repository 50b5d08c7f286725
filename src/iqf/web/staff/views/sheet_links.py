"""Links by which organisations without an account hand in one spreadsheet: made, shown once, withdrawn."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from iqf.accounts.permissions import KEEP_BODIES, ONE_OFF_LINK, may, parts, why_not
from iqf.catalogue.editable.entities import ALL
from iqf.catalogue.editable.sheet import entity_called, slug_of
from iqf.catalogue.queries import AmbiguousError, NotFoundError, find
from iqf.reports.sheet import sheet
from iqf.review.actions.proposing import CannotPropose
from iqf.review.actions.uploading import make_link, withdraw_link
from iqf.review.models import UploadLink
from iqf.review.upload_queries import links, why_ended
from iqf.web.staff.paging import page_of

PER_PAGE = 50


def links_page(request: HttpRequest) -> HttpResponse:
    """All links, and the forms to make one and to withdraw one."""
    if request.method != "POST":
        return _page(request)
    by = request.user.get_username()
    try:
        if number := request.POST.get("withdraw", ""):
            mine = _seen_by(request).filter(pk=_number(number)).first()
            withdraw_link(by=by, number=mine.pk if mine else 0)
            return HttpResponseRedirect(request.path)
        made, token = _made(request, by)
    except (CannotPropose, NotFoundError, AmbiguousError) as error:
        return _page(request, wrong=str(error).partition("; look for it")[0])
    return _page(request, made=made, address=request.build_absolute_uri(f"/upload/{token}"))


def _seen_by(request: HttpRequest) -> QuerySet[UploadLink]:
    """The links that the reader made, and those of bodies that the reader speaks for; platform staff see all."""
    if may(request.user, KEEP_BODIES):
        return links()
    bodies = [body for body in parts(request.user) if may(request.user, ONE_OFF_LINK, body)]
    return links(made_by=request.user.get_username(), bodies=bodies)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _made(request: HttpRequest, by: str) -> tuple[UploadLink, str]:
    """A link as the form asks for it. Raises CannotPropose, NotFoundError, AmbiguousError."""
    asked = entity_called(request.POST.get("entity", ""))
    if asked is None:
        raise CannotPropose("Choose which rows the organisation is to send.")
    name = " ".join(request.POST.get("body", "").split())
    of = request.POST.get("of", "").strip()
    code = sheet(asked, of=of, template=True).of if of else None
    body, name = _body(name)
    if body and (sentence := why_not(request.user, ONE_OFF_LINK, body)):
        raise CannotPropose(sentence)
    return make_link(by=by, entity=asked.kind, of=code.code if code else "", body=body, body_name=name)


def _body(name: str) -> tuple[str, str]:
    """The code and title of an organisation that the framework has; of any other its name alone."""
    try:
        found = find(name, ["organisation"]) if name else None
    except (NotFoundError, AmbiguousError):
        found = None
    return (found.code, found.title[:120]) if found else ("", name)


def _page(request: HttpRequest, wrong: str = "", made: UploadLink | None = None, address: str = "") -> HttpResponse:
    page = page_of(request, _seen_by(request), PER_PAGE)
    chosen = request.POST.get("entity", "")
    context = {
        "page": page,
        "rows": [{"link": link, "ended": why_ended(link)} for link in page],
        "now": timezone.now(),
        "options": [{"value": slug_of(e), "text": e.plural.capitalize(), "on": slug_of(e) == chosen} for e in ALL],
        "typed": {name: request.POST.get(name, "") for name in ("body", "of")} if wrong else {},
        "made": made,
        "address": address,
        "errors": [{"text": wrong, "href": "#body"}] if wrong else [],
    }
    return render(request, "staff/sheet_links.html", context, status=422 if wrong else 200)
