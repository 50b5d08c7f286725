"""What would a proposal do? Its changes made and taken back again: the faults they meet, and what would stand."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import transaction

from iqf.catalogue.actions.editing import Applied, Behind, CannotApply, Fault, apply_changes
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.editable.entities import CODE, ENTITIES
from iqf.catalogue.editable.rows import row_name
from iqf.evidence.models import Source
from iqf.review.models import Proposal, ProposedChange


def changes_of(proposal: Proposal) -> list[Change]:
    """The changes of a proposal, in order, as a reviewer left them."""
    return [change_of(one) for one in proposal.changes.all()]


def change_of(one: ProposedChange) -> Change:
    """One change as the catalogue makes it."""
    wanted = one.wanted if one.accepted is None else one.accepted
    return Change(one.entity, one.act, one.key, wanted, one.base)


def behind(proposal: Proposal) -> Behind:
    """Who says so: the source that the author named, and the reason."""
    source = Source(
        key=proposal.origin,
        title=proposal.source_title,
        url=proposal.source_url,
        date=proposal.source_date,
        publisher=proposal.body_name,
        kind="proposal",
    )
    return Behind(source, proposal.locator, proposal.certainty, proposal.reason, proposal.origin)


def trial(proposal: Proposal) -> Applied:
    """Make the changes of a proposal and take them back. Raises CannotApply with every fault; writes nothing."""
    return tried(changes_of(proposal), by=proposal.author, behind=behind(proposal))


def on_trial() -> Behind:
    """What stands behind a trial. Made anew each time: a source that was written and taken back is not the same."""
    return Behind(Source(key="trial", title="trial", kind="trial"), "", "inferred", "trial", "trial")


def tried(changes: Sequence[Change], *, by: str, behind: Behind | None = None) -> Applied:
    """Make these changes and take them back. Raises CannotApply with every fault; writes nothing."""
    with transaction.atomic():
        applied = apply_changes(by=by, changes=changes, behind=behind or on_trial())
        transaction.set_rollback(True)
    return applied


@dataclass(frozen=True)
class Tried:
    """How a trial went: the codes of new things by the proposal's own names; None where nothing could be made.

    `faults`: why the proposal cannot be accepted as it is. Where these are only columns that somebody else changed
    meanwhile, the trial went on as if the proposal knew that.
    """

    codes: Mapping[str, str] | None
    faults: tuple[Fault, ...]


@contextmanager
def as_it_would_be(proposal: Proposal, edits: Mapping[int, Mapping[str, str]] | None = None) -> Iterator[Tried]:
    """While this lasts, the catalogue stands as it would after the proposal; then all is taken back.

    `edits`, by position: what a change is to say instead of what was wanted.
    """
    changes = [
        replace(change, wanted=(edits or {}).get(place, change.wanted))
        for place, change in enumerate(changes_of(proposal))
    ]
    with transaction.atomic():
        yield _tried(proposal, changes)
        transaction.set_rollback(True)


def _tried(proposal: Proposal, changes: Sequence[Change]) -> Tried:
    try:
        return Tried(_made(proposal, changes).codes, ())
    except CannotApply as error:
        faults = error.faults
    if any(fault.now is None for fault in faults):
        return Tried(None, faults)
    try:
        return Tried(_made(proposal, [replace(change, base={}) for change in changes]).codes, faults)
    except CannotApply as error:
        return Tried(None, (*faults, *error.faults))


def _made(proposal: Proposal, changes: Sequence[Change]) -> Applied:
    said = behind(proposal)
    said = replace(said, reason=said.reason or on_trial().reason)  # a draft need not say why yet
    return apply_changes(by=proposal.author, changes=changes, behind=said)


def subject_of(change: Change) -> str:
    """What a change is about: the code of a thing, else the kind of row and what names it. Cut to what is kept."""
    entity = ENTITIES.get(change.entity)
    if entity is None or not set(entity.named_by) <= set(change.key):
        return f"{change.entity}:{' > '.join(map(str, _texts(change.key)))}"[:200]
    return row_name(entity, change.key)[:200] if not entity.is_thing else str(change.key[CODE])[:200]


def _texts(key: Mapping[str, str]) -> list[str]:
    return [str(value) for value in key.values()]
