"""Shared reads of mapping. Reports ask `judged`, of closed batches only; the desk asks for what is one's own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet

from iqf.analysis.verdicts import Settled, settle
from iqf.catalogue.models import Framework, Statement
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.mapping.batch_states import READ
from iqf.mapping.models import ADJUDICATE, AREAS, RATE, Assignment, Batch, BatchUnit, Judgement, Rater

MOST_JUDGED = 300
"""With at most so many statements, every one is judged: what a rater left alone is recorded as *none*."""


@dataclass(frozen=True)
class Judged:
    """One verdict of a closed batch, by codes and names."""

    batch: str
    unit: str
    statement: str
    verb: str
    rater: str
    rater_kind: str
    verdict: int


def batch_called(key: str) -> Batch:
    """A batch by its key. Raises NotFoundError."""
    found = Batch.objects.select_related("framework").filter(key=key).first()
    if found is None:
        raise NotFoundError(f'There is no batch "{key}".')
    return found


def closed(framework: Framework) -> QuerySet[Batch]:
    """The batches of a framework that reports read, oldest first."""
    return Batch.objects.filter(framework=framework, state__in=READ).order_by("closed_at", "id")


def judged(framework: Framework, *, task: str = RATE) -> tuple[Judged, ...]:
    """Every verdict of closed batches on units that stand: blind ones, or those of adjudicators.

    Where one rater judged the same unit and statement in several batches, the batch that closed last counts.
    """
    rows = Judgement.objects.filter(
        given__task=task,
        given__done_at__isnull=False,
        given__unit__batch__framework=framework,
        given__unit__batch__state__in=READ,
        given__unit__unit__retired_on=None,
        statement__framework=framework,
    )
    found: dict[tuple[str, str, str, str], Judged] = {}
    order = ("given__unit__batch__closed_at", "given__unit__batch", "given__unit__position", "id")
    for row in rows.order_by(*order).values_list(
        "given__unit__batch__key",
        "given__unit__unit__code",
        "statement__code",
        "verb",
        "given__rater__name",
        "given__rater__kind",
        "verdict",
    ):
        one = Judged(*row)
        found[one.unit, one.statement, one.verb, one.rater] = one
    return tuple(found.values())


def raters_of(framework: Framework) -> QuerySet[Rater]:
    """The raters whose blind judgements reports read for a framework, in the order in which they were registered."""
    done = Assignment.objects.filter(
        task=RATE, done_at__isnull=False, unit__batch__framework=framework, unit__batch__state__in=READ
    )
    return Rater.objects.filter(pk__in=done.values("rater")).order_by("pk")


def statements_judged(batch: Batch) -> QuerySet[Statement]:
    """The statements that a batch judges, in the order of the framework."""
    rows = Statement.objects.filter(LIVE, framework=batch.framework)
    return rows.filter(parent=None) if batch.depth == AREAS else rows


Place = tuple[int, int, str]
"""A unit of a batch, a statement (primary keys) and a verb."""


def settled(batch: Batch) -> dict[Place, Settled]:
    """What the handed-in verdicts of a batch come to, by unit of the batch, statement and verb."""
    blind: dict[Place, list[int]] = defaultdict(list)
    third: dict[Place, int] = {}
    rows = Judgement.objects.filter(given__unit__batch=batch, given__done_at__isnull=False).order_by("given", "id")
    names = ("given__unit", "statement", "verb", "given__task", "verdict")
    for unit, statement, verb, task, verdict in rows.values_list(*names):
        place = (unit, statement, verb)
        if task == ADJUDICATE:
            third[place] = verdict
        else:
            blind[place].append(verdict)
    return {place: settle(verdicts, third.get(place)) for place, verdicts in blind.items()}


def unsettled(batch: Batch) -> dict[int, list[tuple[int, str]]]:
    """The units of a batch on which raters who are all done differ: the statements and verbs that nobody settled."""
    ready = set(_rated_whole(batch))
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (unit, statement, verb), verdict in settled(batch).items():
        if verdict.how == "open" and unit in ready:
            found[unit].append((statement, verb))
    return dict(found)


def _rated_whole(batch: Batch) -> Iterable[int]:
    """The units of a batch whose every rater is done."""
    rows = BatchUnit.objects.filter(batch=batch)
    waiting = Assignment.objects.filter(unit__batch=batch, task=RATE, done_at=None)
    return rows.exclude(pk__in=waiting.values("unit")).values_list("pk", flat=True)


def progress(batch: Batch) -> Mapping[str, tuple[int, int]]:
    """How many units each rater of a batch has handed in, of how many, by the rater's name."""
    found: dict[str, tuple[int, int]] = {}
    rows = Assignment.objects.filter(unit__batch=batch, task=RATE).order_by("rater_id")
    for name, done in rows.annotate(name=F("rater__name")).values_list("name", "done_at"):
        so_far, of = found.get(name, (0, 0))
        found[name] = (so_far + (done is not None), of + 1)
    return found


def mine(batch: Batch, user: str) -> QuerySet[Assignment]:
    """What a person with an account is to rate in a batch, in its order."""
    rows = Assignment.objects.filter(unit__batch=batch, rater__user=user, task=RATE)
    return rows.select_related("unit__unit", "rater").order_by("unit__position", "unit_id")


def batches_of(user: str) -> QuerySet[Batch]:
    """The batches that a person is assigned to, latest first."""
    return Batch.objects.filter(units__assignments__rater__user=user).distinct().select_related("framework")
