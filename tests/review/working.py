"""A large proposal sent by a spreadsheet, and accepted, in processes that may be killed."""

from tests.exchange.sheets_by_hand import seen

from iqf.catalogue.models import Qualification
from iqf.exchange.formats.sheets import csv_text
from iqf.exchange.sources.starter.ingest import ingest
from iqf.review.actions.proposing import CannotPropose, Case
from iqf.review.actions.reviewing import accept
from iqf.review.actions.uploading import Handed, hand_in, send
from iqf.review.models import Proposal
from iqf.review.upload_queries import uploads_of

CASE = Case("All are looked at again", "The body says so.", "Report of the body")
NEW = 60


def run(act):
    """Do one of the acts; a few words of how it went."""
    try:
        return {"begin": _begin, "hand in": _hand_in, "upload": _upload, "accept": _accept}[act]()
    except CannotPropose as error:
        return f"refused {error}"


def _sheet():
    """Every qualification gets another note, and new ones come: as bytes."""
    codes = Qualification.objects.order_by("pk").values_list("code", flat=True)
    rows = [[code, "", "", "", f"Looked at again, {n}"] for n, code in enumerate(codes)]
    rows += [["", f"Certificate of kind {n:04}", "historic", "3", "Looked at again"] for n in range(NEW)]
    return csv_text(["code", "title", "kind", "level", "note"], rows).encode()


def _begin():
    ingest(by="tests")
    return "done"


def _hand_in():
    data = _sheet()
    hand_in(by="ann", handed=Handed("qualification", "", "all.csv", data, seen("qualification", data).changes))
    return "handed in"


def _upload():
    """Hand it in, unless that was done before, and send it, as its author does."""
    if not uploads_of("ann"):
        _hand_in()
    upload = uploads_of("ann").get()
    changes = seen("qualification", bytes(upload.content)).changes
    send(by="ann", upload=upload.pk, case=CASE, changes=changes)
    return f"sent {len(changes)}"


def _accept():
    held = Proposal.objects.get()
    applied = accept(by="rita", number=held.pk, version=held.version, reason="Agreed.")
    return f"accepted {len(applied.subjects)}"
