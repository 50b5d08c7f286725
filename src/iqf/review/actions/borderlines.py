"""Rows that the rule of inclusion puts to a reviewer: what waits is made to be what was found last."""

from collections.abc import Collection, Iterable

from django.db import transaction

from iqf.accounts.actions import audit
from iqf.catalogue.inclusion import Judged
from iqf.review.models import BorderlineRow

BATCH = 500
COLUMNS = ("title", "owner", "level", "area", "lists", "clause", "because")


@transaction.atomic
def hold_borderlines(*, by: str, found: Iterable[Judged], of: Collection[str] | None = None) -> int:
    """Make the rows that wait for a choice be these; of some subjects only, where `of` names them. Returns how many
    rows were written; unchanged ones are not.
    """
    wanted = {row.subject: row for row in map(_row, found)}
    rows = BorderlineRow.objects.all()
    held = {row.subject: row for row in (rows if of is None else rows.filter(subject__in=list(of)))}
    fresh = [row for subject, row in wanted.items() if subject not in held]
    changed = [held[subject] for subject, row in wanted.items() if subject in held and _brought(held[subject], row)]
    gone = [row.pk for subject, row in held.items() if subject not in wanted]
    BorderlineRow.objects.bulk_create(fresh, batch_size=BATCH)
    BorderlineRow.objects.bulk_update(changed, COLUMNS, batch_size=BATCH)
    for start in range(0, len(gone), BATCH):
        BorderlineRow.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    if fresh or changed or gone:
        counts = {"wait": len(fresh), "changed": len(changed), "wait no more": len(gone)}
        audit(by=by, action="find borderline rows", subject="inclusion", before={}, after=counts)
    return len(fresh) + len(changed) + len(gone)


def _row(found: Judged) -> BorderlineRow:
    said, row = found.candidate, found.candidate.row
    return BorderlineRow(
        subject=said.subject,
        title=row.title,
        owner=row.owner,
        level=row.level,
        area=row.area[:200],
        lists=list(said.registers),
        clause=found.verdict.clauses[0],
        because=found.verdict.because[:700],
    )


def _brought(held: BorderlineRow, row: BorderlineRow) -> bool:
    """Bring a row that waits in step with what was found; true where that changes it."""
    before = [getattr(held, name) for name in COLUMNS]
    for name in COLUMNS:
        setattr(held, name, getattr(row, name))
    return before != [getattr(row, name) for name in COLUMNS]
