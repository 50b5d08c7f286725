"""Proposals by their authors: begun, revised, sent, answered, withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.analysis.states import NotNowError
from iqf.catalogue.editable.changes import Change
from iqf.evidence.models import CERTAINTIES
from iqf.review.models import Message, Proposal, ProposedChange
from iqf.review.proposal_states import ASKED, DRAFT, ENDED, after
from iqf.review.trial import subject_of, trial

NO_REASON = "Say why, so that a reviewer can follow it."
NO_SOURCE = "Say where this comes from: a document, a page, a register, or your own organisation's record."
NO_CHANGE = "This proposal changes nothing yet; add a change first."


class CannotPropose(Exception):
    """What cannot be done with a proposal, in one plain sentence. Nothing was written."""


@dataclass(frozen=True)
class Case:
    """What stands behind a proposal: its title, the reason, the source and the place in it, and how sure it is."""

    title: str
    reason: str = ""
    source_title: str = ""
    source_url: str = ""
    source_date: str = ""
    locator: str = ""
    certainty: str = "page"


@transaction.atomic
def begin(
    *, by: str, case: Case, changes: Sequence[Change], body: str = "", body_name: str = "", came_by: str = "form"
) -> Proposal:
    """A draft that only its author sees. Raises CannotPropose where what stands behind it is not well formed."""
    made = Proposal(author=by, body=body, body_name=body_name, came_by=came_by, state=DRAFT)
    _make_case(made, case)
    made.save(force_insert=True)
    _write_changes(made, changes)
    _note(made, by, "begin", {}, {"title": made.title, "changes": len(changes)})
    return made


@transaction.atomic
def revise(*, by: str, number: int, version: int, case: Case, changes: Sequence[Change] | None = None) -> Proposal:
    """Its author writes it again, before it is sent or when a reviewer asked; without `changes` these stay.

    Raises CannotPropose.
    """
    held = locked(number, version)
    _own(held, by)
    if held.state not in (DRAFT, ASKED):
        raise CannotPropose(f"A proposal that is {held.state} cannot be rewritten; withdraw it and propose anew.")
    before = {"title": held.title, "reason": held.reason, "source": held.source_title}
    _make_case(held, case)
    if changes is not None:
        held.changes.all().delete()
        _write_changes(held, changes)
    _save(held)
    _note(held, by, "revise", before, {"title": held.title, "reason": held.reason, "source": held.source_title})
    return held


@transaction.atomic
def submit(*, by: str, number: int, version: int, checked: bool = False) -> Proposal:
    """Send a draft to the reviewers: it needs changes that can be made as things stand now, a reason and a source.

    `checked`: it was found a moment ago that they can, row by row; so they are not tried again.
    Raises CannotPropose, or CannotApply with what is wrong in which change.
    """
    held = locked(number, version)
    _own(held, by)
    state_after(held, "submit")
    _complete(held)
    if not checked:
        trial(held)
    held.sent_at = timezone.now()
    move(held, by, "submit")
    return held


@transaction.atomic
def answer(*, by: str, number: int, version: int, text: str) -> Proposal:
    """Answer what a reviewer asked; the proposal, rewritten or not, waits again.

    Raises CannotPropose, or CannotApply.
    """
    held = locked(number, version)
    _own(held, by)
    state_after(held, "answer")
    _complete(held)
    trial(held)
    say(held, by, "answer", text, "Write your answer.")
    move(held, by, "answer")
    return held


@transaction.atomic
def withdraw(*, by: str, number: int, version: int) -> Proposal:
    """Take one's own proposal back. Raises CannotPropose."""
    held = locked(number, version)
    _own(held, by)
    move(held, by, "withdraw")
    return held


def locked(number: int, version: int) -> Proposal:
    """A proposal as its reader saw it, held until the transaction ends. Raises CannotPropose where it has changed."""
    held = Proposal.objects.select_for_update().filter(pk=number).first()
    if held is None:
        raise CannotPropose(f"There is no proposal {number}.")
    if held.version != version:
        raise CannotPropose("Somebody changed this proposal since you opened it. Look at it again.")
    return held


def _own(held: Proposal, by: str) -> None:
    if held.author != by:
        raise CannotPropose("Only its author can do this.")


def _complete(held: Proposal) -> None:
    for missing, sentence in ((held.reason, NO_REASON), (held.source_title, NO_SOURCE)):
        if not missing:
            raise CannotPropose(sentence)
    if not held.changes.exists():
        raise CannotPropose(NO_CHANGE)


def _make_case(held: Proposal, case: Case) -> None:
    if case.certainty not in CERTAINTIES:
        raise CannotPropose(f'"{case.certainty}" does not say how sure it is; it is one of {", ".join(CERTAINTIES)}.')
    for name, value in vars(case).items():
        most = getattr(Proposal._meta.get_field(name), "max_length", None)
        text = value.strip() if name == "reason" else " ".join(value.split())
        if most and len(text) > most:
            words = name.replace("_", " ")
            raise CannotPropose(f"The {words} is {len(text)} characters long; at most {most} fit here.")
        setattr(held, name, text)
    if not held.title:
        raise CannotPropose("Say in a few words what this is about.")


def _write_changes(held: Proposal, changes: Sequence[Change]) -> None:
    ProposedChange.objects.bulk_create(
        (
            ProposedChange(
                proposal=held,
                position=place,
                entity=change.entity,
                act=change.act,
                key=dict(change.key),
                base=dict(change.base),
                wanted=dict(change.wanted),
                subject=subject_of(change),
            )
            for place, change in enumerate(changes)
        ),
        batch_size=500,
    )


def say(held: Proposal, by: str, act: str, text: str, missing: str) -> None:
    """Keep what somebody said about a proposal. Raises CannotPropose with `missing` where it is blank."""
    if not text.strip():
        raise CannotPropose(missing)
    Message.objects.create(proposal=held, by=by, act=act, text=text.strip())


def move(held: Proposal, by: str, act: str, reason: str = "") -> None:
    """Change the state of a proposal, as the table of states allows. Raises CannotPropose."""
    before, held.state = held.state, state_after(held, act)
    if held.state in ENDED:
        held.ended_at = timezone.now()
    _save(held)
    _note(held, by, act, {"state": before}, {"state": held.state}, reason)


def state_after(held: Proposal, act: str) -> str:
    """The state that follows. Asked before anything is tried: what is over is said to be over, not to be impossible.

    Raises CannotPropose.
    """
    try:
        return after(held.state, act)
    except NotNowError as error:
        raise CannotPropose(str(error)) from None


def _save(held: Proposal) -> None:
    held.version += 1
    held.save()


def _note(
    held: Proposal, by: str, act: str, before: Mapping[str, object], now: Mapping[str, object], reason: str = ""
) -> None:
    audit(by=by, action=f"{act} proposal", subject=held.origin, before=before, after=now, reason=reason)
