"""Spreadsheets handed in by a form: received within limits, compared with what stands, shown, marked, sent.

Staff and the holders of links go the same way; only the pages around it differ.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from iqf.catalogue.editable.entities import ENTITIES, Entity
from iqf.catalogue.editable.sheet import headings, slug_of
from iqf.exchange.formats.plain import dumps, plain
from iqf.exchange.formats.sheets import csv_text
from iqf.exchange.formats.workbook import workbook
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.uploads.grids import MOST_BYTES
from iqf.exchange.uploads.marking import marked
from iqf.exchange.uploads.reading import is_workbook, read_sheet
from iqf.reports.private.upload import preview
from iqf.reports.private.uploaded import Preview
from iqf.reports.sheet import sheet
from iqf.review.actions.proposing import CannotPropose
from iqf.review.actions.uploading import Handed, send
from iqf.review.models import Proposal, Upload
from iqf.web.staff.forms import CaseForm

SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_LARGE = "iqf.file_too_large"
CHANGED_SINCE = "The data have changed since this was shown. This is what the spreadsheet would change now."
LEFT_FAULTS = "Correct what is wrong and hand the spreadsheet in again, or choose to leave out the rows with faults."
ACTS = (
    ("changed", "To change"),
    ("added", "To add"),
    ("retired", "To retire"),
    ("restored", "To restore"),
)


class WithinLimits(FileUploadHandler):
    """Takes no file that is larger than any spreadsheet may be: it is passed over, and the form says so."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 (Django's name)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Remember how much is coming."""
        self._coming = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Take no file where too much is coming."""
        if self._coming > MOST_BYTES + 1024 * 1024:
            if self.request is not None:
                self.request.META[TOO_LARGE] = True
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data: Any, start: int) -> Any:
        """Hand on what comes."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Keep nothing of it here."""


def received(request: HttpRequest) -> tuple[str, bytes]:
    """The name and bytes of the file that a form sent. Raises Refused where there is none, or it is too large."""
    file = request.FILES.get("file")
    if request.META.get(TOO_LARGE):
        raise Refused([Fault(f"it is larger than {MOST_BYTES // 2**20} MB; send it in parts.", "The file")])
    if not isinstance(file, UploadedFile) or not file.name:
        raise Refused([Fault("choose the spreadsheet on your computer first.", "No file came")])
    name = "".join(letter for letter in file.name if letter.isprintable())[-100:]
    return name, file.read()


def handed(entity: Entity, of: str, name: str, data: bytes) -> tuple[Handed, Preview]:
    """A file with what it would change. Raises Refused where it cannot be read as what it should be."""
    seen = preview(read_sheet(data, name, entity))
    return Handed(entity.kind, of, name, data, seen.changes), seen


def seen_again(upload: Upload) -> Preview:
    """What an upload would change as things stand now."""
    return preview(read_sheet(bytes(upload.content), upload.file, ENTITIES[upload.entity]))


def fingerprint(seen: Preview) -> str:
    """What stands for all that a preview shows: only what was seen is sent."""
    return hashlib.sha256(dumps({"changes": plain(seen.changes)}).encode()).hexdigest()[:32]


def shown(upload: Upload, seen: Preview) -> dict[str, Any]:
    """A preview as its pages show it: the first rows of each kind, the first faults, and how many there are."""
    parts = [(name, title, getattr(seen, name)) for name, title in ACTS]
    return {
        "upload": upload,
        "entity": seen.entity,
        "seen": seen,
        "fingerprint": fingerprint(seen),
        "faults": seen.faults[:SHOWN],
        "more_faults": max(0, len(seen.faults) - SHOWN),
        "parts": [
            {"name": name, "title": title, "rows": rows[:SHOWN], "total": len(rows), "more": len(rows) - SHOWN}
            for name, title, rows in parts
        ],
    }


def sent(request: HttpRequest, by: str, upload: Upload, seen: Preview, form: CaseForm) -> Proposal | None:
    """Send what an upload asks for, as it was seen; None where something is wrong, which then stands in the form."""
    if not form.is_valid():
        return None
    if seen.faults and not request.POST.get("leave_out"):
        form.add_error(None, LEFT_FAULTS)
    elif request.POST.get("seen") != fingerprint(seen):
        form.add_error(None, CHANGED_SINCE)
    else:
        try:
            return send(by=by, upload=upload.pk, case=form.case(upload.proposal.title), changes=seen.changes)
        except CannotPropose as error:
            form.add_error(None, str(error))
    return None


def case_form(upload: Upload, data: Mapping[str, Any] | None = None) -> CaseForm:
    """The form of what stands behind an upload, as it was filled in last."""
    said = {name: getattr(upload.proposal, name) for name in CaseForm.base_fields}
    return CaseForm(data, initial=said | {"title": ""})


def marked_copy(upload: Upload) -> HttpResponse:
    """The file of an upload with its faults marked."""
    data = bytes(upload.content)
    copy = marked(data, upload.file, ENTITIES[upload.entity], seen_again(upload).markings)
    stem = upload.file.rpartition(".")[0] or upload.file
    name, kind = (f"{stem} marked.xlsx", XLSX) if is_workbook(data) else (f"{stem} marked.csv", "text/csv")
    return _file(copy, name, kind)


def every_change(upload: Upload) -> HttpResponse:
    """All that an upload would change as CSV: a line for each field."""
    seen = seen_again(upload)
    lines = [
        (one.row, one.act, one.code, one.title, field.heading if field else "", *_both(field))
        for one in seen.done
        for field in (one.fields or (None,))
    ]
    columns = ("row", "act", "code", "title", "column", "before", "after")
    return _file(csv_text(columns, lines).encode(), f"{slug_of(seen.entity)} changes.csv", "text/csv")


def _both(field: Any) -> tuple[str, str]:
    return (field.before, field.after) if field else ("", "")


def download(entity: Entity, *, of: str, template: bool, kind: str) -> HttpResponse:
    """The rows of an entity, or a template, as a file. Raises NotFoundError, AmbiguousError, TooManyRows."""
    answer = sheet(entity, of=of, template=template)
    stem = slug_of(entity) + (" template" if template else f" {answer.of.code}" if answer.of else "")
    if kind == "csv":
        return _file(csv_text(*answer.table).encode(), f"{stem}.csv", "text/csv")
    return _file(workbook(answer), f"{stem}.xlsx", XLSX)


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    charset = "; charset=utf-8" if kind == "text/csv" else ""
    return HttpResponse(
        data, kind + charset, headers={"Content-Disposition": _attachment(name), "X-Content-Type-Options": "nosniff"}
    )


def _attachment(name: str) -> str:
    return content_disposition_header(True, name) or "attachment"


def columns_of(entity: Entity) -> list[dict[str, Any]]:
    """The columns of a sheet as a page explains them."""
    return [
        {"text": h.text, "note": h.note, "choices": h.choices}
        for h in headings(entity)
        if h.column or h.name in ("code", "act")
    ]
