"""Proposals by their reviewers: asked about, declined, accepted as they are or as the reviewer edited them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from iqf.catalogue.actions.editing import Applied, apply_changes
from iqf.catalogue.editable.changes import Change
from iqf.review.actions.proposing import CannotPropose, locked, move, say, state_after
from iqf.review.models import Proposal, ProposedChange
from iqf.review.trial import behind, change_of

OWN_WORK = "Nobody reviews what they proposed themselves; another reviewer can."


@dataclass(frozen=True)
class Edit:
    """What a reviewer makes of one change: what its columns are to say, and what the reviewer saw in them now."""

    wanted: Mapping[str, str]
    seen: Mapping[str, str]


@transaction.atomic
def ask(*, by: str, number: int, version: int, text: str) -> Proposal:
    """Ask the author something; the proposal waits for the answer. Raises CannotPropose."""
    held = _for_review(by, number, version, "ask")
    say(held, by, "ask", text, "Write your question.")
    move(held, by, "ask", text)
    return held


@transaction.atomic
def decline(*, by: str, number: int, version: int, reason: str) -> Proposal:
    """Decline a proposal, with a reason that its author reads. Raises CannotPropose."""
    held = _for_review(by, number, version, "decline")
    _decided(held, by, "decline", reason)
    move(held, by, "decline", reason)
    return held


@transaction.atomic
def accept(*, by: str, number: int, version: int, reason: str, edits: Mapping[int, Edit] | None = None) -> Applied:
    """Accept a proposal: its changes are made, in this transaction, and the public sees them from then on.

    `edits`, by position, say what a change is to be instead of what was wanted. Raises CannotPropose, or CannotApply
    where a change cannot be made as things stand now: somebody else may have changed the same since.
    """
    held = _for_review(by, number, version, "accept")
    changes = [_edited(one, (edits or {}).get(one.position)) for one in held.changes.all()]
    _decided(held, by, "accept", reason)
    applied = apply_changes(by=by, changes=changes, behind=behind(held))
    move(held, by, "accept", reason)
    return applied


def _for_review(by: str, number: int, version: int, act: str) -> Proposal:
    held = locked(number, version)
    if held.author == by:
        raise CannotPropose(OWN_WORK)
    state_after(held, act)
    return held


def _decided(held: Proposal, by: str, act: str, reason: str) -> None:
    say(held, by, act, reason, "Say why, in one sentence: the author reads it, and it is kept.")
    held.decided_by, held.decided_because = by, reason.strip()


def _edited(one: ProposedChange, edit: Edit | None) -> Change:
    """One change as the reviewer leaves it; what was edited is kept beside what was wanted."""
    if edit is None:
        return change_of(one)
    if dict(edit.wanted) != one.wanted:
        one.accepted = dict(edit.wanted)
        one.save(update_fields=["accepted"])
    return replace(change_of(one), base=dict(edit.seen))
