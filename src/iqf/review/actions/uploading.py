"""Spreadsheets handed in, handed in again, sent and dropped; links by which organisations may hand one in."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.catalogue.editable.changes import Change
from iqf.review.actions.proposing import CannotPropose, Case, begin, revise, submit, withdraw
from iqf.review.models import Proposal, Upload, UploadLink
from iqf.review.proposal_states import DRAFT
from iqf.review.upload_queries import why_ended

KEPT = timedelta(days=30)
"""So long a file is kept that nobody sends, and so long a link is good."""
MOST_CHANGES = 2000
"""So many changes a reviewer may be asked to judge together."""
NOT_YOURS = "There is no such upload of yours."


@dataclass(frozen=True)
class Handed:
    """A file that somebody hands in: its entity, the thing whose rows they are, its name and bytes, what it asks."""

    entity: str
    of: str
    file: str
    content: bytes
    changes: Sequence[Change]

    @property
    def title(self) -> str:
        """What the draft is called."""
        return f"Spreadsheet {self.file[:100]}: {len(self.changes)} changes"


@transaction.atomic
def hand_in(
    *, by: str, handed: Handed, link: UploadLink | None = None, body: str = "", body_name: str = ""
) -> Upload:
    """Keep a spreadsheet with a draft of what it asks for, for a body: that of the link, where it comes by one.

    Raises CannotPropose where the link has ended.
    """
    _forget()
    _not_too_many(handed.changes)
    came = "link" if link else "spreadsheet"
    if link:
        _usable(link.pk)
        body, body_name = link.body, link.body_name
    case = Case(handed.title)
    draft = begin(by=by, case=case, changes=handed.changes, body=body, body_name=body_name, came_by=came)
    made = Upload(proposal=draft, link=link, entity=handed.entity, of=handed.of)
    _keep(made, handed)
    return made


@transaction.atomic
def hand_in_again(*, by: str, upload: int, handed: Handed) -> Upload:
    """A corrected spreadsheet takes the place of an earlier one that was not sent. Raises CannotPropose."""
    held = _own(by, upload)
    _not_too_many(handed.changes)
    draft = held.proposal
    case = _case_of(draft, handed.title)
    held.proposal = revise(by=by, number=draft.pk, version=draft.version, case=case, changes=handed.changes)
    _keep(held, handed)
    return held


@transaction.atomic
def send(*, by: str, upload: int, case: Case, changes: Sequence[Change]) -> Proposal:
    """Send what a spreadsheet asks for to the reviewers. The file is not kept any longer.

    `changes`: those that can be made as things stand now. Raises CannotPropose.
    """
    held = _own(by, upload)
    if held.link_id:
        link = _usable(held.link_id)
        link.used_at = timezone.now()
        link.save()
    draft = revise(by=by, number=held.proposal_id, version=held.proposal.version, case=case, changes=changes)
    sent = submit(by=by, number=draft.pk, version=draft.version, checked=True)
    held.content = b""
    held.save()
    return sent


@transaction.atomic
def propose(
    *,
    by: str,
    case: Case,
    changes: Sequence[Change],
    came_by: str = "spreadsheet",
    body: str = "",
    body_name: str = "",
) -> Proposal:
    """Propose at once what a spreadsheet asks for, or what was worked out from what stands.

    `changes`: those that can be made as things stand now.

    Raises CannotPropose.
    """
    _not_too_many(changes)
    draft = begin(by=by, case=case, changes=changes, body=body, body_name=body_name, came_by=came_by)
    return submit(by=by, number=draft.pk, version=draft.version, checked=True)


@transaction.atomic
def drop(*, by: str, upload: int) -> None:
    """Take back a spreadsheet that was not sent. Raises CannotPropose."""
    held = _own(by, upload)
    withdraw(by=by, number=held.proposal_id, version=held.proposal.version)
    held.content = b""
    held.save()


@transaction.atomic
def make_link(*, by: str, entity: str, of: str, body: str, body_name: str) -> tuple[UploadLink, str]:
    """A link for one organisation to hand in one spreadsheet: it, and its token, which is not kept.

    Raises CannotPropose where nobody is named.
    """
    name = " ".join(body_name.split())
    if not name or len(name) > 120:
        raise CannotPropose("Name the organisation that the link is for, in at most 120 characters.")
    token = secrets.token_urlsafe(32)
    made = UploadLink.objects.create(
        token_hash=hash_of(token),
        entity=entity,
        of=of,
        body=body,
        body_name=name,
        made_by=by,
        expires_at=timezone.now() + KEPT,
    )
    said = {"for": name, "entity": entity, "of": of, "expires": made.expires_at.date().isoformat()}
    audit(by=by, action="make upload link", subject=f"upload link:{made.pk}", before={}, after=said)
    return made, token


@transaction.atomic
def withdraw_link(*, by: str, number: int) -> UploadLink:
    """End a link before its time. Raises CannotPropose where it has ended already."""
    held = _usable(number)
    held.withdrawn_at, held.withdrawn_by = timezone.now(), by
    held.save()
    said = {"for": held.body_name}
    audit(by=by, action="withdraw upload link", subject=f"upload link:{held.pk}", before={}, after=said)
    return held


def hash_of(token: str) -> str:
    """What is kept of a link's token."""
    return sha256(token.encode()).hexdigest()


def _usable(number: int) -> UploadLink:
    """A link that is good still, held until the transaction ends."""
    held = UploadLink.objects.select_for_update().filter(pk=number).first()
    if held is None:
        raise CannotPropose("There is no such link.")
    if ended := why_ended(held):
        raise CannotPropose(ended)
    return held


def _own(by: str, number: int) -> Upload:
    held = Upload.objects.select_for_update().filter(pk=number).first()
    if held is None or held.proposal.author != by:
        raise CannotPropose(NOT_YOURS)
    if held.proposal.state != DRAFT:
        raise CannotPropose("What this spreadsheet asks for was sent already, or taken back.")
    return held


def _not_too_many(changes: Sequence[Change]) -> None:
    if len(changes) > MOST_CHANGES:
        raise CannotPropose(
            f"This spreadsheet asks for {len(changes):,} changes, and nobody can judge more than {MOST_CHANGES:,} "
            "together. Send it in parts, for example the rows of one organisation or role at a time."
        )


def _case_of(draft: Proposal, title: str) -> Case:
    """The case of a draft under a new title."""
    said = {name: getattr(draft, name) for name in Case.__dataclass_fields__ if name != "title"}
    return Case(title, **said)


def _keep(upload: Upload, handed: Handed) -> None:
    upload.file, upload.content = handed.file[:150], handed.content
    upload.sha256 = sha256(handed.content).hexdigest()
    upload.save()


def _forget() -> None:
    """Files that nobody sent within their time are emptied; their drafts stay."""
    Upload.objects.filter(at__lt=timezone.now() - KEPT).exclude(content=b"").update(content=b"")
