"""Alignments to an old edition put forward for the one that replaces it: proposals, as many as it takes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction

from iqf.catalogue.editable.changes import Change
from iqf.review.actions.proposing import Case
from iqf.review.actions.uploading import MOST_CHANGES, propose
from iqf.review.models import Proposal

CAME_BY = "carried over"


@transaction.atomic
def propose_carried(
    *, by: str, case: Case, changes: Mapping[str, Sequence[Change]], body: str = "", body_name: str = ""
) -> list[Proposal]:
    """Propose what is carried over, for a body where one is named.

    `changes`: by how sure they can be. Each such lot is a proposal of its own, so that what machines judged is never
    accepted as if people had; lots are cut to what a reviewer may be asked at once. Raises CannotPropose.
    """
    made = []
    for certainty, lot in changes.items():
        for start in range(0, len(lot), MOST_CHANGES):
            part = lot[start : start + MOST_CHANGES]
            title = f"{case.title}: {len(part)} alignments"
            own = replace(case, title=title[:200], certainty=certainty)
            made.append(propose(by=by, case=own, changes=part, came_by=CAME_BY, body=body, body_name=body_name))
    return made
