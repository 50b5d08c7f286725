"""What does a rater need to judge one unit: its words, the statements, what was entered so far, and what comes next?

Only the rater's own work is read. What another rater of the batch said is shown to nobody before both are done.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.mapping import queries
from iqf.mapping.drafts import Given, drafted
from iqf.mapping.models import AREAS, RATE, VERDICT_WORDS, Assignment, BatchUnit, Judgement
from iqf.mapping.places import place_of
from iqf.reports.criteria import NOTHING, Criteria, criteria_of
from iqf.reports.private.hints import Hint, Shown, Text, hints_of, shown_of, texts
from iqf.reports.things import Ref, ref

PACE = timedelta(hours=1)


@dataclass(frozen=True)
class Choice:
    """One statement to judge: what was entered for what a unit teaches and assesses, and what stands below it."""

    code: str
    title: str
    note: str
    kind: str
    below: tuple[str, ...]
    teaches: Given | None
    assesses: Given | None
    hint: Hint | None
    told: Criteria


@dataclass(frozen=True)
class DeskAnswer:
    """One unit at the desk. `number` is the assignment's; `before`, `after` those of its neighbours in the batch.

    `pace`: units that this rater handed in during the last hour, in this batch.
    """

    number: int
    batch: str
    batch_title: str
    policy: str
    state: str
    framework: Ref
    framework_key: str
    unit: Ref
    level: str
    texts: tuple[Text, ...]
    choices: tuple[Choice, ...]
    doubt: bool
    rationale: str
    version: int
    done: bool
    position: int
    total: int
    handed_in: int
    pace: int
    before: int | None
    after: int | None
    suggested: Shown | None
    told: Criteria


def desk(key: str, user: str, number: int | None = None) -> DeskAnswer:
    """One unit of a batch that a person is to judge: the one asked for, else the first not handed in, else the last.

    Raises NotFoundError where the person has no such unit.
    """
    batch = queries.batch_called(key)
    place = place_of(batch, user, number, timezone.now() - PACE)
    if place is None:
        none = f'No unit of the batch "{key}" is given to you.'
        raise NotFoundError(none if number is None else "This unit is not given to you.")
    held = place.held
    shown = shown_of(batch, held)
    rows = list(queries.statements_judged(batch))
    told = criteria_of(batch.framework, (row.pk for row in rows))
    return DeskAnswer(
        number=held.pk,
        batch=batch.key,
        batch_title=batch.title,
        policy=batch.policy,
        state=batch.state,
        framework=ref(batch.framework),
        framework_key=batch.framework.key,
        unit=ref(held.unit.unit),
        level=held.unit.unit.level,
        texts=texts(held.unit.unit),
        choices=_choices(held, rows, hints_of(held, shown), told),
        doubt=held.doubt,
        rationale=held.rationale,
        version=held.draft_version,
        done=held.done_at is not None,
        position=place.position,
        total=place.total,
        handed_in=place.handed_in,
        pace=place.lately,
        before=place.before,
        after=place.after,
        suggested=shown,
        told=told.get(None, NOTHING),
    )


def _choices(
    held: Assignment, statements: list[m.Statement], hints: dict[str, Hint], told: dict[int | None, Criteria]
) -> tuple[Choice, ...]:
    batch = held.unit.batch
    entered = drafted(held) if held.done_at is None else _handed_in(held)
    below: dict[int, list[str]] = {}
    if batch.depth == AREAS:
        rows = m.Statement.objects.filter(LIVE, framework=batch.framework, parent__isnull=False)
        for row in rows:
            below.setdefault(row.parent_id or 0, []).append(row.title)
    return tuple(
        Choice(
            row.code,
            row.title,
            row.note,
            row.kind,
            tuple(below.get(row.pk, ())),
            entered.get((row.code, "teaches")),
            entered.get((row.code, "assesses")),
            hints.get(row.code),
            told.get(row.pk, NOTHING),
        )
        for row in statements
    )


def _handed_in(held: Assignment) -> dict[tuple[str, str], Given]:
    rows = Judgement.objects.filter(given=held).select_related("statement")
    names = Given.__dataclass_fields__
    return {(row.statement.code, row.verb): Given(**{name: getattr(row, name) for name in names}) for row in rows}


@dataclass(frozen=True)
class Opposed:
    """One statement that the raters of a unit differ on: what each said of it, in the order of their assignments."""

    statement: int
    code: str
    title: str
    verb: str
    said: tuple[Given, ...]

    @property
    def key(self) -> str:
        """The name of its field."""
        return f"{self.statement}-{self.verb}"


@dataclass(frozen=True)
class SettleAnswer:
    """A unit on which raters differ, side by side, without names: `raters` are their kinds. `rated` by the reader."""

    number: int
    batch: str
    batch_title: str
    framework: Ref
    unit: Ref
    texts: tuple[Text, ...]
    raters: tuple[str, ...]
    opposed: tuple[Opposed, ...]
    rationales: tuple[str, ...]
    left: int
    rated: bool


def settling(key: str, user: str, number: int | None = None) -> SettleAnswer | None:
    """What is to be settled of a unit of a batch: of the one asked for, else of the first that the reader may settle.

    None where there is nothing left. Raises NotFoundError.
    """
    batch = queries.batch_called(key)
    differing = queries.unsettled(batch)
    mine = set(queries.mine(batch, user).values_list("unit", flat=True))
    order = sorted(differing, key=lambda pk: (pk in mine, pk))
    at = number if number is not None else next(iter(order), None)
    if at is None:
        return None
    if at not in differing:
        raise NotFoundError("There is nothing to settle about this unit.")
    place = BatchUnit.objects.select_related("unit").get(pk=at)
    given = list(place.assignments.filter(task=RATE).select_related("rater").order_by("pk"))
    rows = {row.pk: row for row in queries.statements_judged(batch)}
    return SettleAnswer(
        number=place.pk,
        batch=batch.key,
        batch_title=batch.title,
        framework=ref(batch.framework),
        unit=ref(place.unit),
        texts=texts(place.unit),
        raters=tuple(each.rater.kind for each in given),
        opposed=tuple(_opposed(rows[pk], verb, given) for pk, verb in differing[at]),
        rationales=tuple(each.rationale for each in given),
        left=len(differing),
        rated=at in mine,
    )


def _opposed(statement: m.Statement, verb: str, given: list[Assignment]) -> Opposed:
    said = [_handed_in(each).get((statement.code, verb), Given(0)) for each in given]
    return Opposed(statement.pk, statement.code, statement.title, verb, tuple(said))


WORDS = VERDICT_WORDS
"""What a verdict of 0, 1 or 2 is called."""
