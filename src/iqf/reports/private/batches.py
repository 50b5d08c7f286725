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
class Run:
    """The suggestions of a batch that are shown now. `newer`: judgements that came since, to be learned from."""

    version: str
    encoder: str
    trained_on: int
    made_at: datetime
    newer: int


@dataclass(frozen=True)
class BatchAnswer:
    """One batch: its raters, and what the verdicts come to. `differing`: units that nobody has settled yet.

    `suggests`: raters who want suggestions see them; `drawn`, `doubtful`: units chosen for it, at random and as those
    that suggestions were least sure of, under `seed`.
    """

    line: BatchLine
    depth: str
    reason: str
    version: int
    raters: tuple[RaterProgress, ...]
    verdicts: dict[str, int]
    differing: int
    adjudicated: int
    suggests: bool
    run: Run | None
    seed: int | None
    drawn: int
    doubtful: int


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
        suggests=held.suggests,
        run=_run(held),
        seed=held.seed,
        drawn=held.units.filter(drawn=True).count(),
        doubtful=held.units.filter(drawn=False).count(),
    )


def _run(held: Batch) -> Run | None:
    run = queries.latest_run(held)
    if run is None:
        return None
    return Run(run.version, run.encoder, run.trained_on, run.made_at, queries.judged_since(run))


@dataclass(frozen=True)
class UnitLine:
    """A unit of a batch: by how many of its raters it is handed in, and why it was chosen, if it was."""

    unit: Ref
    done: int
    wanted: int
    margin: float | None
    drawn: bool | None


def units_of(key: str, first: int, most: int) -> tuple[UnitLine, ...]:
    """The units of a batch in their order, `most` of them from place `first` on. Raises NotFoundError."""
    rated = Q(assignments__task=RATE)
    rows = queries.batch_called(key).units.select_related("unit").prefetch_related("unit__aliases")
    rows = rows.annotate(
        wanted=Count("assignments", filter=rated),
        done=Count("assignments", filter=rated & Q(assignments__done_at__isnull=False)),
    ).order_by("position", "id")
    return tuple(
        UnitLine(ref(row.unit), vars(row)["done"], vars(row)["wanted"], row.margin, row.drawn)
        for row in rows[first : first + most]
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
