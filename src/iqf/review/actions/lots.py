"""Decisions made together: which they were, and that they were taken back."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.catalogue.actions.decisions import CannotDecide, one_reason
from iqf.review.models import Lot, LotDecision


@transaction.atomic
def keep_lot(*, by: str, numbers: Sequence[int], reason: str) -> Lot:
    """Remember that the decisions of these numbers were made together. Raises CannotDecide without a reason."""
    made = Lot.objects.create(by=by, reason=one_reason(reason))
    LotDecision.objects.bulk_create([LotDecision(lot=made, number=number) for number in numbers], batch_size=500)
    after = {"decisions": list(numbers)}
    audit(by=by, action="decide together", subject=f"lot:{made.pk}", before={}, after=after, reason=made.reason)
    return made


@transaction.atomic
def take_back_lot(*, by: str, number: int, reason: str) -> list[int]:
    """Say of a lot that it was taken back. Returns the numbers of its decisions, latest first; the caller undoes
    them in this transaction. Raises CannotDecide where there is no such lot, or it was taken back already.
    """
    held = Lot.objects.select_for_update().filter(pk=number).first() if number < 2**63 else None
    if held is None or held.undone_at is not None:
        raise CannotDecide(f"There is no lot {number} that stands; see what was decided.")
    held.undone_at = timezone.now()
    held.save()
    reason = one_reason(reason)
    audit(by=by, action="undo together", subject=f"lot:{number}", before={}, after={"undone": True}, reason=reason)
    return list(held.decisions.order_by("-number").values_list("number", flat=True))
