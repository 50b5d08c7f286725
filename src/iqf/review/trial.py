"""What would a proposal do? Its changes made and taken back again: the faults they meet, and what would stand."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from iqf.catalogue.actions.editing import Applied, Behind, Change, apply_changes
from iqf.catalogue.editable.entities import CODE, ENTITIES
from iqf.catalogue.editable.rows import row_name
from iqf.evidence.models import Source
from iqf.review.models import Proposal, ProposedChange

ON_TRIAL = Behind(Source(key="trial", title="trial", kind="trial"), "", "inferred", "trial", "trial")


class _TakenBack(Exception):
    """Ends the trial: nothing of it stays."""


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


def tried(changes: Sequence[Change], *, by: str, behind: Behind | None = None) -> Applied:
    """Make these changes and take them back. Raises CannotApply with every fault; writes nothing."""
    try:
        with transaction.atomic():
            applied = apply_changes(by=by, changes=changes, behind=behind or ON_TRIAL)
            raise _TakenBack
    except _TakenBack:
        return applied


def subject_of(change: Change) -> str:
    """What a change is about: the code of a thing, else the kind of row and what names it. Cut to what is kept."""
    entity = ENTITIES.get(change.entity)
    if entity is None or not set(entity.named_by) <= set(change.key):
        return f"{change.entity}:{' > '.join(map(str, _texts(change.key)))}"[:200]
    return row_name(entity, change.key)[:200] if not entity.is_thing else str(change.key[CODE])[:200]


def _texts(key: Mapping[str, str]) -> list[str]:
    return [str(value) for value in key.values()]
