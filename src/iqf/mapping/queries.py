"""Shared reads of mapping. Reports ask `judged`, of closed batches only; the desk asks for what is one's own."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet

from iqf.analysis.verdicts import Settled, settle
from iqf.catalogue.models import Framework, Statement, Unit
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, areas
from iqf.mapping.batch_states import DRAFT, OPEN, READ
from iqf.mapping.models import (
    ADJUDICATE,
    AREAS,
    RATE,
    Assignment,
    Batch,
    BatchUnit,
    Judgement,
    Rater,
    Suggestion,
    SuggestionRun,
)

HOLDING = Q(batch__state__in=(DRAFT, OPEN, *READ))
"""The batches whose units need no other: all but those withdrawn."""
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


def judged_frameworks() -> set[int]:
    """The frameworks (primary keys) of the batches that reports read."""
    return set(Batch.objects.filter(state__in=READ).values_list("framework", flat=True))


def judged(framework: Framework, *, task: str = RATE, units: Collection[str] | None = None) -> tuple[Judged, ...]:
    """Every verdict of closed batches on units that stand, or on these of them (codes): blind ones, or those of
    adjudicators.

    Where one rater judged the same unit and statement in several batches, the batch that closed last counts.
    """
    rows = _closed(framework, task)
    if units is not None:
        rows = rows.filter(given__unit__unit__code__in=units)
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


def _closed(framework: Framework, task: str) -> QuerySet[Judgement]:
    """The judgements of closed batches on units that stand."""
    return Judgement.objects.filter(
        given__task=task,
        given__done_at__isnull=False,
        given__unit__batch__framework=framework,
        given__unit__batch__state__in=READ,
        given__unit__unit__retired_on=None,
        statement__framework=framework,
    )


@dataclass(frozen=True)
class Wrote:
    """What a rater wrote, of a verdict or of the unit as a whole, and one verdict that it goes with."""

    unit: str
    statement: str
    rater: str
    verdict: int
    words: str


def remarks(framework: Framework) -> tuple[Wrote, ...]:
    """All that raters wrote in closed batches when they judged blind, once for each verdict that it goes with."""
    rows = _closed(framework, RATE).filter(verb="teaches").order_by("id")
    found = rows.values_list(
        "given__unit__unit__code", "statement__code", "given__rater__name", "verdict", "rationale", "given__rationale"
    )
    return tuple(
        Wrote(unit, statement, rater, verdict, words)
        for unit, statement, rater, verdict, *wrote in found
        for words in dict.fromkeys(wrote)
        if words.strip()
    )


def unjudged(framework: Framework) -> list[int]:
    """The units (primary keys) that nobody has judged against a framework and no batch holds: the most used first."""
    rows = Unit.objects.filter(LIVE).exclude(judged__framework=framework, judged__retired_on=None)
    rows = rows.exclude(pk__in=BatchUnit.objects.filter(HOLDING, batch__framework=framework).values("unit"))
    return list(rows.annotate(used=Count("groups")).order_by("-used", "code").values_list("pk", flat=True))


def raters_of(framework: Framework) -> QuerySet[Rater]:
    """The raters whose blind judgements reports read for a framework, in the order in which they were registered."""
    done = Assignment.objects.filter(
        task=RATE, done_at__isnull=False, unit__batch__framework=framework, unit__batch__state__in=READ
    )
    return Rater.objects.filter(pk__in=done.values("rater")).order_by("pk")


def statements_judged(batch: Batch) -> QuerySet[Statement]:
    """The statements that a batch judges, in the order of the framework."""
    if batch.depth == AREAS:
        return areas(batch.framework)
    return Statement.objects.filter(LIVE, framework=batch.framework)


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


def how_settled(batch: Batch) -> dict[str, int]:
    """How many places of a batch were judged by one rater, agreed on, settled by a third, or are open.

    What `settled` says of each, counted by the database.
    """
    same, differ = Q(low=F("high")), Q(low__lt=F("high"))
    return _weighed(batch).aggregate(
        single=Count("low", filter=same & Q(blind=1)),
        agreed=Count("low", filter=same & Q(blind__gt=1)),
        adjudicated=Count("low", filter=differ & Q(third__gt=0)),
        open=Count("low", filter=differ & Q(third=0)),
    )


def unsettled(batch: Batch, unit: int | None = None) -> dict[int, list[tuple[int, str]]]:
    """The units of a batch on which raters who are all done differ: the statements and verbs that nobody settled.

    `unit`: of one unit of the batch alone.
    """
    waiting = Assignment.objects.filter(unit__batch=batch, task=RATE, done_at=None)
    rows = _weighed(batch).filter(low__lt=F("high"), third=0).exclude(given__unit__in=waiting.values("unit"))
    rows = rows.filter(given__unit=unit) if unit is not None else rows
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    order = ("given__unit", "statement__position", "statement", "verb")
    for at, statement, verb in rows.order_by(*order).values_list("given__unit", "statement", "verb"):
        found[at].append((statement, verb))
    return dict(found)


def _weighed(batch: Batch) -> QuerySet[Any, Any]:
    """Each place of a batch with the least and the most that blind raters gave who are done, and how many gave it."""
    rows = Judgement.objects.filter(given__unit__batch=batch, given__done_at__isnull=False).order_by()
    blind = Q(given__task=RATE)
    return rows.values("given__unit", "statement", "verb").annotate(
        low=Min("verdict", filter=blind),
        high=Max("verdict", filter=blind),
        blind=Count("pk", filter=blind),
        third=Count("pk", filter=~blind),
    )


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
    return rows.select_related("unit__unit", "rater", "shown").order_by("unit__position", "unit_id")


def batches_of(user: str) -> QuerySet[Batch]:
    """The batches that a person is assigned to, latest first."""
    return Batch.objects.filter(units__assignments__rater__user=user).distinct().select_related("framework")


def latest_run(batch: Batch) -> SuggestionRun | None:
    """The suggestions of a batch that are shown now."""
    return SuggestionRun.objects.filter(batch=batch).last()


def suggested(run: int, unit: int) -> dict[str, Suggestion]:
    """What a run suggests of one unit of its batch (primary keys), by the statement's code."""
    rows = Suggestion.objects.filter(run=run, unit=unit).select_related("statement")
    return {row.statement.code: row for row in rows}


def judged_since(run: SuggestionRun) -> int:
    """How many judgements reports read now that were not there to be learned from when the run was made."""
    rows = Judgement.objects.filter(
        given__done_at__isnull=False,
        given__unit__batch__framework=run.batch.framework_id,
        given__unit__batch__state__in=READ,
    ).exclude(given__unit__batch=run.batch_id)
    return rows.filter(Q(at__gt=run.made_at) | Q(given__unit__batch__closed_at__gt=run.made_at)).count()
