"""Which batches of units are judged, how far is each, and what did its raters differ on?"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from iqf.mapping import queries
from iqf.mapping.models import ADJUDICATE, RATE, Assignment, Batch
from iqf.reports.things import Ref, ref


@dataclass(frozen=True)
class BatchLine:
    """A batch as the list has it: how many of its judgements of units are handed in."""

    key: str
    title: str
    framework: Ref
    policy: str
    origin: str
    state: str
    units: int
    done: int
    wanted: int
    begun_at: datetime


@dataclass(frozen=True)
class BatchesAnswer:
    """Every batch, latest first."""

    rows: tuple[BatchLine, ...]


@dataclass(frozen=True)
class RaterProgress:
    """A rater of a batch: how many units were handed in, of how many."""

    name: str
    kind: str
    done: int
    wanted: int


@dataclass(frozen=True)
class BatchAnswer:
    """One batch: its raters, and what the verdicts come to. `differing`: units that nobody has settled yet."""

    line: BatchLine
    depth: str
    reason: str
    version: int
    raters: tuple[RaterProgress, ...]
    verdicts: dict[str, int]
    differing: int
    adjudicated: int


def batches() -> BatchesAnswer:
    """Every batch, latest first."""
    return BatchesAnswer(tuple(_line(row) for row in _counted()))


def one(key: str) -> BatchAnswer:
    """The batch of this key. Raises NotFoundError."""
    held = queries.batch_called(key)
    rows = Assignment.objects.filter(unit__batch=held, task=RATE).order_by("rater_id")
    kinds = dict(rows.values_list("rater__name", "rater__kind"))
    return BatchAnswer(
        line=_line(_counted().get(pk=held.pk)),
        depth=held.depth,
        reason=held.reason,
        version=held.version,
        raters=tuple(RaterProgress(n, kinds[n], done, of) for n, (done, of) in queries.progress(held).items()),
        verdicts=queries.how_settled(held),
        differing=len(queries.unsettled(held)),
        adjudicated=Assignment.objects.filter(unit__batch=held, task=ADJUDICATE).count(),
    )


def _counted() -> QuerySet[Batch]:
    rated = Q(units__assignments__task=RATE)
    return Batch.objects.select_related("framework").annotate(
        unit_count=Count("units", distinct=True),
        wanted=Count("units__assignments", filter=rated, distinct=True),
        done=Count("units__assignments", filter=rated & Q(units__assignments__done_at__isnull=False), distinct=True),
    )


def _line(row: Batch) -> BatchLine:
    counted = vars(row)
    return BatchLine(
        row.key,
        row.title,
        ref(row.framework),
        row.policy,
        row.origin,
        row.state,
        counted["unit_count"],
        counted["done"],
        counted["wanted"],
        row.begun_at,
    )
