"""Judgements that one rater made elsewhere, from a file: kept as a closed batch, or put into an open one.

Without a batch a file is its own blind, closed batch. Units that another such batch of the framework holds, and that
this rater has not judged there, join that batch: a second rater makes it double. Read again, nothing is written.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit, audit_many
from iqf.accounts.models import AuditEvent
from iqf.catalogue.models import Framework
from iqf.mapping.batch_states import ACCEPTED, CLOSED, OPEN, READ
from iqf.mapping.models import (
    DOUBLE,
    FILE,
    RATE,
    SINGLE,
    VERDICT_WORDS,
    Assignment,
    Batch,
    BatchUnit,
    Judgement,
    Rater,
)
from iqf.mapping.read_elsewhere import FromFile, Verdict
from iqf.mapping.trouble import CannotMap

AT_ONCE = 2000


@dataclass
class Recorded:
    """What reading a file did: judgements added, changed and left as they were, and the batches that they are in."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    batches: list[str] = field(default_factory=list)

    @property
    def writes(self) -> int:
        """How many judgements had to be written."""
        return self.added + self.changed


@transaction.atomic
def record(
    *,
    by: str,
    framework: Framework,
    rater: Rater,
    rows: Sequence[FromFile],
    file: str,
    sha256: str,
    batch: Batch | None = None,
) -> Recorded:
    """Keep what a file says in the name of a rater. Raises CannotMap, with nothing written.

    Into a batch: it must be open, and the rater assigned to every unit and not done with it.
    """
    done = Recorded()
    given = _assigned(batch, rater, rows) if batch else _in_file_batches(by, framework, rater, rows, file)
    events = _write(by, given, rows, rater, done)
    held = dict.fromkeys(each.unit.batch for each in given.values())
    done.batches = [each.key for each in held]
    if done.writes:
        counts = {"added": done.added, "changed": done.changed, "file": file, "sha256": sha256}
        said = {"rater": rater.name, "framework": framework.key, **counts}
        events += [
            AuditEvent(actor=by, action="record judgements", subject=f"batch:{each.key}", before={}, after=said)
            for each in held
        ]
    audit_many(events)
    return done


def _assigned(batch: Batch, rater: Rater, rows: Sequence[FromFile]) -> dict[int, Assignment]:
    """The rater's assignments in an open batch. Raises CannotMap where one of the rows has none, or is done."""
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    if held.state != OPEN:
        raise CannotMap(f'The batch "{held.key}" is {held.state}; judgements can only go into an open one.')
    known = Assignment.objects.filter(unit__batch=held, rater=rater).select_related("unit__batch", "unit__unit")
    given = {each.unit.unit_id: each for each in known}
    for row in rows:
        mine = given.get(row.unit)
        if mine is None:
            raise CannotMap(f'Row {row.row}: "{rater.name}" is not assigned to this unit in the batch "{held.key}".')
        if mine.done_at:
            raise CannotMap(f'Row {row.row}: "{rater.name}" has already handed in {mine.unit.unit.title}.')
    return {row.unit: given[row.unit] for row in rows}


def _in_file_batches(
    by: str, framework: Framework, rater: Rater, rows: Sequence[FromFile], file: str
) -> dict[int, Assignment]:
    """An assignment for each row: the rater's own, in a batch that others judged, or in a batch of its own."""
    wanted = {row.unit: row for row in rows}
    places = BatchUnit.objects.filter(batch__framework=framework, batch__origin=FILE, batch__state__in=READ)
    places = places.select_related("batch").order_by("batch_id")
    mine = Assignment.objects.filter(unit__in=places, rater=rater).select_related("unit__batch", "rater")
    given = {each.unit.unit_id: each for each in mine if each.unit.unit_id in wanted}
    free: dict[int, BatchUnit] = {}
    for place in places.filter(batch__state=CLOSED):
        if place.unit_id in wanted and place.unit_id not in given:
            free.setdefault(place.unit_id, place)
    rest = [row for row in rows if row.unit not in given and row.unit not in free]
    if rest:
        free |= _own_batch(by, framework, rater, rest, file)
    now = timezone.now()
    made = [
        Assignment(unit=place, rater=rater, task=RATE, done_at=now, row=wanted[unit].row)
        for unit, place in free.items()
    ]
    _make_double(by, {each.unit.batch for each in made}, rater)
    for each in Assignment.objects.bulk_create(made, batch_size=AT_ONCE):
        given[each.unit.unit_id] = each
    return given


def _own_batch(
    by: str, framework: Framework, rater: Rater, rows: Sequence[FromFile], file: str
) -> dict[int, BatchUnit]:
    number = Batch.objects.filter(framework=framework, origin=FILE).count() + 1
    now = timezone.now()
    batch = Batch.objects.create(
        key=f"{framework.key}-file-{number}",
        title=f"Judgements of {framework.title} from files, {number}"[:200],
        framework=framework,
        policy=SINGLE,
        origin=FILE,
        state=CLOSED,
        by=by,
        reason=f"First read from {file}"[:400],
        opened_at=now,
        closed_at=now,
    )
    said = {"framework": framework.key, "policy": SINGLE, "rater": rater.name, "units": len(rows)}
    audit(by=by, action="open batch", subject=f"batch:{batch.key}", before={}, after=said)
    units = [BatchUnit(batch=batch, unit_id=row.unit, position=at) for at, row in enumerate(rows)]
    return {place.unit_id: place for place in BatchUnit.objects.bulk_create(units, batch_size=AT_ONCE)}


def _make_double(by: str, batches: Iterable[Batch], rater: Rater) -> None:
    """A second rater on the units of a batch makes it double."""
    for batch in batches:
        others = Assignment.objects.filter(unit__batch=batch, task=RATE).exclude(rater=rater)
        if batch.policy == SINGLE and others.exists():
            batch.policy, batch.version = DOUBLE, batch.version + 1
            batch.save(update_fields=["policy", "version"])
            said = {"policy": SINGLE}, {"policy": DOUBLE, "rater": rater.name}
            audit(by=by, action="second rater", subject=f"batch:{batch.key}", before=said[0], after=said[1])


def _write(
    by: str, given: Mapping[int, Assignment], rows: Sequence[FromFile], rater: Rater, done: Recorded
) -> list[AuditEvent]:
    """Write the judgements that are new or other than before. Returns what the trail says of those that changed."""
    held: dict[tuple[int, int, str], Judgement] = {
        (each.given_id, each.statement_id, each.verb): each
        for each in Judgement.objects.filter(given__in=[each.pk for each in given.values()])
    }
    fresh: list[Judgement] = []
    other: list[Judgement] = []
    events: list[AuditEvent] = []
    noted: list[Assignment] = []
    for row in rows:
        mine = given[row.unit]
        if _noted(mine, row):
            noted.append(mine)
        for (statement, verb), verdict in row.verdicts.items():
            was = held.get((mine.pk, statement, verb))
            if was is None:
                fresh.append(Judgement(given=mine, statement_id=statement, verb=verb, **vars(verdict)))
            elif before := _changed(was, verdict):
                other.append(was)
                events.append(_event(by, mine, was, before))
            else:
                done.unchanged += 1
    _not_accepted({each.given_id for each in (*fresh, *other)}, given.values())
    Judgement.objects.bulk_create(fresh, batch_size=AT_ONCE)
    Judgement.objects.bulk_update(other, [*Verdict.__dataclass_fields__, "at"], batch_size=AT_ONCE)
    Assignment.objects.bulk_update(noted, ["doubt", "rationale"], batch_size=AT_ONCE)
    done.added, done.changed = len(fresh), len(other)
    return events


def _noted(mine: Assignment, row: FromFile) -> bool:
    """Bring what is said of the unit as a whole in step; true where it has to be written."""
    before = mine.doubt, mine.rationale
    mine.doubt = mine.doubt if row.doubt is None else row.doubt
    mine.rationale = mine.rationale if row.rationale is None else row.rationale
    return before != (mine.doubt, mine.rationale)


def _not_accepted(touched: Collection[int], given: Iterable[Assignment]) -> None:
    """Raises CannotMap where a judgement of a batch would change that the catalogue rests on."""
    for each in given:
        if each.pk in touched and each.unit.batch.state == ACCEPTED:
            raise CannotMap(
                f'Row {each.row}: the batch "{each.unit.batch.key}" was accepted with another verdict of '
                f'"{each.rater.name}"; judge the unit again in another batch, or propose the change.'
            )


def _changed(was: Judgement, now: Verdict) -> dict[str, Any]:
    """Bring a judgement in step; what it said before in what differs."""
    before = {name: getattr(was, name) for name in vars(now) if getattr(was, name) != getattr(now, name)}
    for name in before:
        setattr(was, name, getattr(now, name))
    if before:
        was.at = timezone.now()
    return before


def _event(by: str, mine: Assignment, was: Judgement, before: Mapping[str, Any]) -> AuditEvent:
    said = {name: getattr(was, name) for name in before}
    return AuditEvent(
        actor=by, action="change judgement", subject=f"judgement:{was.pk}", before=_words(before), after=_words(said)
    )


def _words(said: Mapping[str, Any]) -> dict[str, Any]:
    """A verdict as it is called, not as it is stored."""
    return {name: VERDICT_WORDS[value] if name == "verdict" else value for name, value in said.items()}
