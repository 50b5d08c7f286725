"""Shared reads of uploads: which spreadsheets were handed in and not sent yet, and which links are good."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from iqf.catalogue.queries import NotFoundError
from iqf.review.models import Upload, UploadLink
from iqf.review.proposal_states import DRAFT


def uploads_of(author: str) -> QuerySet[Upload]:
    """The spreadsheets of somebody that are not sent yet, latest first, without the files themselves."""
    mine = Upload.objects.filter(proposal__author=author, proposal__state=DRAFT, link=None)
    return mine.select_related("proposal").defer("content").order_by("-id")


def upload_of(author: str, number: int) -> Upload:
    """One spreadsheet of somebody, sent or not. Raises NotFoundError, also for those of others."""
    mine = Upload.objects.filter(pk=number, proposal__author=author) if number < 2**63 else Upload.objects.none()
    found = mine.select_related("proposal", "link").first()
    if found is None:
        raise NotFoundError(f"There is no upload {number} of yours.")
    return found


def upload_by(link: UploadLink) -> Upload | None:
    """The spreadsheet that came by a link and waits to be sent; None where there is none yet."""
    return link.uploads.filter(proposal__state=DRAFT).select_related("proposal", "link").order_by("-id").first()


def links(*, made_by: str = "", bodies: Iterable[str] = ()) -> QuerySet[UploadLink]:
    """The links by which spreadsheets may be handed in, latest first: all, or those of one maker and of bodies."""
    found = UploadLink.objects.order_by("-id")
    return found.filter(Q(made_by=made_by) | Q(body__in=list(bodies))) if made_by else found


def link_with(token_hash: str) -> UploadLink:
    """The link whose token has this hash, good or ended. Raises NotFoundError."""
    found = UploadLink.objects.filter(token_hash=token_hash).first()
    if found is None:
        raise NotFoundError("This link is not one of ours. Copy the whole of it from the message that brought it.")
    return found


def why_ended(link: UploadLink) -> str:
    """Why a link is good no longer, in a sentence; blank where it is."""
    if link.used_at:
        return f"This link was used on {_day(link.used_at)}; each link sends one spreadsheet. Ask for another one."
    if link.withdrawn_at:
        return "This link was withdrawn. Ask whoever sent it to you for another one."
    if link.expires_at <= timezone.now():
        return f"This link ended on {_day(link.expires_at)}. Ask whoever sent it to you for another one."
    return ""


def _day(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B %Y}"
