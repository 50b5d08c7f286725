"""Where a rater is in a batch: one unit, its neighbours, and how many are done. Counted by the database, not read."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from iqf.mapping import queries
from iqf.mapping.models import Assignment, Batch


@dataclass(frozen=True)
class Place:
    """One unit that is given to a rater, its place among those of the batch, and the numbers of those beside it.

    `handed_in`, `lately`: how many of the rater's units are handed in, and how many of them since some moment.
    """

    held: Assignment
    position: int
    total: int
    handed_in: int
    lately: int
    before: int | None
    after: int | None


def place_of(batch: Batch, user: str, number: int | None, since: datetime) -> Place | None:
    """Where a person is who asks for one unit, by the number of the assignment; else for the first that is not handed
    in, else for the last. None where the person has no such unit. `since`: from when on units count as lately done.
    """
    mine = queries.mine(batch, user)
    wanted = mine.filter(done_at=None) if number is None else mine.filter(pk=number)
    held = wanted.first() or (mine.last() if number is None else None)
    if held is None:
        return None
    at, unit = held.unit.position, held.unit_id
    earlier = Q(unit__position__lt=at) | Q(unit__position=at, unit_id__lt=unit)
    later = Q(unit__position__gt=at) | Q(unit__position=at, unit_id__gt=unit)
    counts = mine.order_by().aggregate(
        position=Count("pk", filter=earlier),
        total=Count("pk"),
        handed_in=Count("done_at"),
        lately=Count("pk", filter=Q(done_at__gt=since)),
    )
    return Place(
        held=held,
        position=counts["position"] + 1,
        total=counts["total"],
        handed_in=counts["handed_in"],
        lately=counts["lately"],
        before=mine.filter(earlier).values_list("pk", flat=True).last(),
        after=mine.filter(later).values_list("pk", flat=True).first(),
    )
