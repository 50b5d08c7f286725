"""Spreadsheets of staff: choose what the rows are, take them away, hand them in, see what would change, send it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.catalogue.editable.entities import ALL, Entity
from iqf.catalogue.editable.sheet import entity_called, slug_of
from iqf.catalogue.queries import NotFoundError
from iqf.exchange.sources.pattern import Refused
from iqf.reports.sheet import TooManyRows, kinds_of
from iqf.review.actions.proposing import CannotPropose
from iqf.review.actions.uploading import drop, hand_in, hand_in_again
from iqf.review.models import Upload
from iqf.review.proposal_states import DRAFT
from iqf.review.upload_queries import upload_of, uploads_of
from iqf.web.staff import handing_in
from iqf.web.staff.views.proposing import acting_for

HERE = "/staff/sheets"


def index(request: HttpRequest) -> HttpResponse:
    """Every kind of row with its downloads, and what the reader handed in and has not sent."""
    context = {
        "entities": [{"entity": e, "slug": slug_of(e)} for e in ALL],
        "uploads": uploads_of(request.user.get_username()),
        "dropped": request.GET.get("done") == "dropped",
    }
    return render(request, "staff/sheets.html", context)


def entity(request: HttpRequest, slug: str) -> HttpResponse:
    """One kind of row: what its columns ask for, its downloads, and the form to hand a sheet in."""
    asked = _entity(slug)
    if request.method != "POST":
        return _entity_page(request, asked)
    try:
        name, data = handing_in.received(request)
        handed, seen = handing_in.handed(asked, "", name, data)
        if not seen.done and not seen.faults:
            return _entity_page(request, asked, nothing=seen)
        body, body_name = acting_for(request)
        made = hand_in(by=request.user.get_username(), handed=handed, body=body, body_name=body_name)
    except (Refused, CannotPropose) as error:
        return _entity_page(request, asked, wrong=str(error).splitlines()[0])
    return HttpResponseRedirect(f"{HERE}/uploads/{made.pk}")


def _entity(slug: str) -> Entity:
    found = entity_called(slug)
    if found is None:
        raise NotFoundError(f'There are no rows called "{slug}".')
    return found


def _entity_page(request: HttpRequest, asked: Entity, wrong: str = "", nothing: Any = None) -> HttpResponse:
    context = {
        "entity": asked,
        "slug": slug_of(asked),
        "columns": handing_in.columns_of(asked),
        "kinds": kinds_of(asked),
        "nothing": nothing,
        "of": request.GET.get("of", ""),
        "errors": [{"text": wrong, "href": "#file"}] if wrong else [],
    }
    return render(request, "staff/sheet.html", context, status=422 if wrong else 200)


def download(request: HttpRequest, slug: str) -> HttpResponse:
    """The rows of one kind, or a template, as a workbook or CSV."""
    asked = _entity(slug)
    of = request.GET.get("of", "").strip()
    template = request.GET.get("template") == "yes"
    try:
        return handing_in.download(asked, of=of, template=template, kind=request.GET.get("format", "xlsx"))
    except (TooManyRows, LookupError) as error:
        return _entity_page(request, asked, wrong=str(error).partition("; look for it")[0])


def upload(request: HttpRequest, number: int) -> HttpResponse:
    """One spreadsheet: what it would change, what is wrong in it, and the form that sends it."""
    by = request.user.get_username()
    held = upload_of(by, number)
    if held.proposal.state != DRAFT:
        return HttpResponseRedirect(f"/staff/proposals/{held.proposal_id}")
    try:
        if request.method == "POST" and request.POST.get("do") == "drop":
            drop(by=by, upload=number)
            return HttpResponseRedirect(f"{HERE}?done=dropped")
        if request.method == "POST" and request.POST.get("do") == "again":
            handed, _ = handing_in.handed(_entity(held.entity), held.of, *handing_in.received(request))
            hand_in_again(by=by, upload=number, handed=handed)
            return HttpResponseRedirect(request.path)
    except (Refused, CannotPropose) as error:
        return _upload_page(request, held, wrong=str(error).splitlines()[0])
    return _upload_page(request, held)


def _upload_page(request: HttpRequest, held: Upload, wrong: str = "") -> HttpResponse:
    """The page of an upload; where its form was sent and all is well, the proposal that it became."""
    sending = request.method == "POST" and request.POST.get("do") == "send"
    form = handing_in.case_form(held, request.POST if sending else None)
    if not held.content:
        return render(request, "staff/sheet_gone.html", {"upload": held}, status=410)
    seen = handing_in.seen_again(held)
    if sending and (made := handing_in.sent(request, held.proposal.author, held, seen, form)):
        return HttpResponseRedirect(f"/staff/proposals/{made.pk}?done=submit")
    errors = [*([{"text": wrong, "href": "#file"}] if wrong else []), *(form.problems if form.is_bound else [])]
    context = {**handing_in.shown(held, seen), "form": form, "errors": errors, "here": request.path}
    return render(request, "staff/sheet_upload.html", context, status=422 if errors else 200)


def copy(request: HttpRequest, number: int) -> HttpResponse:
    """The file of an upload with its faults marked; or, asked for, all that it would change as CSV."""
    held = upload_of(request.user.get_username(), number)
    if not held.content:
        raise NotFoundError("This file is not kept any longer.")
    return handing_in.every_change(held) if request.GET.get("changes") else handing_in.marked_copy(held)
