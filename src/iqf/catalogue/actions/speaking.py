"""What an organisation says of what stands here: it agrees or disputes, says otherwise later, or takes it back.

It is done at once: nobody else decides whether an organisation holds its view. Who may speak for it is asked by the
doors. Whoever may not proposes the same row like any change.
"""

from django.db import transaction
from django.utils import timezone

from iqf.catalogue.actions.editing import Behind, CannotApply, apply_changes
from iqf.catalogue.editable.about import ORGANISATION, About, row_of
from iqf.catalogue.editable.changes import CHANGE, CREATE, RETIRE, Change
from iqf.catalogue.editable.entities import OPINIONS
from iqf.catalogue.editable.holds import WrongValue
from iqf.catalogue.editable.rows import WrongCells, find_row, read_cells
from iqf.catalogue.models import Opinion, Organisation
from iqf.catalogue.models.things import LIVE
from iqf.evidence.models import Citation, Source

TAKEN_BACK = "Taken back by the organisation itself."


class CannotSay(Exception):
    """What an organisation cannot say here, in one plain sentence. Nothing was written."""


@transaction.atomic
def state_view(*, by: str, body: str, about: About, stance: str, reason: str, on: str = "") -> str:
    """An organisation (by its code) agrees or disputes, with its reason; or says otherwise than it did.

    `on`: when it was said; blank: today. Returns how the trail names the row. Raises CannotSay.
    """
    organisation = _organisation(body)
    said = {"stance": stance, "reason": reason, "on": on.strip() or timezone.localdate().isoformat()}
    held = _held(organisation, about)
    act = CREATE if held is None or held.is_retired else CHANGE
    return _apply(by, organisation, Change(about.entity, act, _key(organisation, about), said), reason)


@transaction.atomic
def take_view_back(*, by: str, body: str, about: About, reason: str = "") -> str:
    """An organisation holds its view no longer; what it said stays in the history. Raises CannotSay."""
    organisation = _organisation(body)
    held = _held(organisation, about)
    if held is None or held.is_retired:
        raise CannotSay(f"{organisation.title} has said nothing about this.")
    change = Change(about.entity, RETIRE, _key(organisation, about))
    return _apply(by, organisation, change, reason.strip() or TAKEN_BACK)


def _organisation(body: str) -> Organisation:
    """The organisation, held until the transaction ends: two of its people do not speak at the same moment."""
    found = Organisation.objects.select_for_update().filter(LIVE, code=body).first()
    if found is None:
        raise CannotSay(f'"{body}" is no organisation of this framework, so nobody can speak for it here.')
    return found


def _key(organisation: Organisation, about: About) -> dict[str, str]:
    return {**about.key, ORGANISATION: organisation.code}


def _held(organisation: Organisation, about: About) -> Opinion | None:
    """The view that the organisation holds or held. Raises CannotSay where there is nothing to hold one about."""
    try:
        row_of(about)
    except (WrongValue, WrongCells) as error:
        raise CannotSay(str(error)) from None
    entity = OPINIONS[about.entity]
    return find_row(entity, read_cells(entity, _key(organisation, about)))


def _apply(by: str, organisation: Organisation, change: Change, reason: str) -> str:
    key = f"view:{organisation.code}"
    source = Source(
        key=key, title=f"The view of {organisation.title}"[:400], publisher=organisation.title[:200], kind="own view"
    )
    # Each statement is cited under a number of its own: a citation that rests on an earlier one is not rewritten.
    number = Citation.objects.filter(collection__startswith=f"{key}:").count() + 1
    try:
        applied = apply_changes(
            by=by, changes=[change], behind=Behind(source, "", "page", reason.strip(), f"{key}:{number}")
        )
    except CannotApply as error:
        raise CannotSay(str(error)) from None
    return applied.subjects[0]
