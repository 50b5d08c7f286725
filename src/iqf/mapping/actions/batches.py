"""Batches: which units are judged against which framework, by whom, under which policy; opened, closed, withdrawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.catalogue.models import Framework
from iqf.mapping.batch_states import after
from iqf.mapping.models import (
    DEPTHS,
    DESK,
    DOUBLE,
    POLICIES,
    RATE,
    Assignment,
    Batch,
    BatchUnit,
    Rater,
)
from iqf.mapping.queries import MOST_JUDGED, statements_judged, unsettled
from iqf.mapping.suggested import Chosen
from iqf.mapping.trouble import CannotMap

MOST_UNITS = 5_000
"""So many units a batch may have; more are several batches."""


@transaction.atomic
def draft(
    *, by: str, title: str, framework: Framework, policy: str, depth: str, reason: str = "", suggests: bool = False
) -> Batch:
    """A new batch without units. `suggests`: its raters may see suggestions at the desk. Raises CannotMap."""
    title = " ".join(title.split())
    if not title:
        raise CannotMap("Give the batch a title.")
    if policy not in POLICIES or depth not in DEPTHS:
        raise CannotMap(f"A batch is {' or '.join(POLICIES)}, and judges {' or '.join(DEPTHS)}.")
    _not_too_large(framework, depth)
    number = Batch.objects.filter(framework=framework, origin=DESK).count() + 1
    made = Batch.objects.create(
        key=f"{framework.key}-{number}",
        title=title[:200],
        framework=framework,
        policy=policy,
        depth=depth,
        origin=DESK,
        suggests=suggests,
        by=by,
        reason=reason[:400],
    )
    said = {"title": title, "framework": framework.key, "policy": policy, "depth": depth}
    _audit(by, "draft batch", made, said | {"suggestions": "shown" if suggests else "not shown"})
    return made


def _not_too_large(framework: Framework, depth: str) -> None:
    """Raises CannotMap where a rater would have to look at more statements than anybody can."""
    number = statements_judged(Batch(framework=framework, depth=depth)).count()
    if number > MOST_JUDGED:
        raise CannotMap(
            f"{framework.title} has {number:,} statements to judge each unit against; the desk takes at most "
            f"{MOST_JUDGED}. Judge its areas, or read judgements in from a file."
        )


@transaction.atomic
def add_units(
    *,
    by: str,
    batch: Batch,
    units: Iterable[int],
    chosen: Mapping[int, Chosen] | None = None,
    seed: int | None = None,
) -> int:
    """Put units (their primary keys) into a batch that is being prepared. Returns how many were new to it.

    `chosen`: why each was chosen for the batch, where it was, and the `seed` of the draw. Raises CannotMap.
    """
    held = locked(batch)
    after(held.state, "assign")
    there = set(BatchUnit.objects.filter(batch=held).values_list("unit_id", flat=True))
    fresh = [unit for unit in dict.fromkeys(units) if unit not in there]
    if len(there) + len(fresh) > MOST_UNITS:
        raise CannotMap(f"A batch holds at most {MOST_UNITS:,} units; make another for the rest.")
    why = {pk: asdict(one) for pk, one in (chosen or {}).items()}
    rows = [
        BatchUnit(batch=held, unit_id=unit, position=len(there) + at, **why.get(unit, {}))
        for at, unit in enumerate(fresh)
    ]
    BatchUnit.objects.bulk_create(rows, batch_size=1000)
    if fresh:
        held.seed = seed if seed is not None else held.seed
        _moved(held, held.state, "seed")
        drawn = sum(one["drawn"] for one in why.values())
        _audit(
            by, "add units to batch", held, {"units": len(fresh)} | ({"seed": seed, "drawn": drawn} if why else {})
        )
    return len(fresh)


@transaction.atomic
def assign(*, by: str, batch: Batch, raters: Sequence[Rater]) -> int:
    """Share the units that have too few raters among these, evenly: one rater each, or two different ones.

    Returns how many assignments were made. Raises CannotMap with too few raters for the policy.
    """
    held = locked(batch)
    state = after(held.state, "assign")
    needed = 2 if held.policy == DOUBLE else 1
    if len(set(raters)) < needed:
        raise CannotMap(f"A {held.policy} batch needs {needed} raters; {len(set(raters))} given.")
    taken: dict[int, set[int]] = {}
    for unit, rater in Assignment.objects.filter(unit__batch=held, task=RATE).values_list("unit_id", "rater_id"):
        taken.setdefault(unit, set()).add(rater)
    load = {rater.pk: sum(rater.pk in of for of in taken.values()) for rater in raters}
    made: list[Assignment] = []
    for place in BatchUnit.objects.filter(batch=held):
        of = taken.setdefault(place.pk, set())
        while len(of) < needed:
            least = min((pk for pk in load if pk not in of), key=lambda pk: load[pk])
            load[least] += 1
            of.add(least)
            made.append(Assignment(unit=place, rater_id=least, task=RATE))
    Assignment.objects.bulk_create(made, batch_size=1000)
    if made:
        _moved(held, state)
        _audit(by, "assign raters", held, {"raters": sorted(r.name for r in raters), "assignments": len(made)})
    return len(made)


@transaction.atomic
def open_batch(*, by: str, batch: Batch) -> Batch:
    """Let the raters begin. Raises CannotMap where a unit has too few of them, or there is none."""
    held = locked(batch)
    state = after(held.state, "open")
    units = BatchUnit.objects.filter(batch=held).count()
    needed = 2 if held.policy == DOUBLE else 1
    assigned = Assignment.objects.filter(unit__batch=held, task=RATE).count()
    if not units:
        raise CannotMap("The batch has no units yet.")
    if assigned < needed * units:
        raise CannotMap(f"{needed * units - assigned} raters are missing for the {units} units; assign them first.")
    held.opened_at = timezone.now()
    return _done(by, "open batch", held, state, "opened_at")


@transaction.atomic
def close(*, by: str, batch: Batch, leave_open: bool = False) -> Batch:
    """Close a batch, so that reports read it. Raises CannotMap where units are not judged, or not settled.

    `leave_open`: close it although raters still differ; what they differ on stays open and becomes no alignment.
    """
    held = locked(batch)
    state = after(held.state, "close")
    waiting = Assignment.objects.filter(unit__batch=held, task=RATE, done_at=None).count()
    if waiting:
        raise CannotMap(f"{waiting} judgements of units are not handed in yet.")
    differing = len(unsettled(held))
    if differing and not leave_open:
        raise CannotMap(
            f"Raters differ on {differing} units that nobody has settled; settle them, or leave them open."
        )
    held.closed_at = timezone.now()
    return _done(by, "close batch", held, state, "closed_at", left_open=differing)


@transaction.atomic
def reopen(*, by: str, batch: Batch, reason: str) -> Batch:
    """Open a closed batch again. From now on its raters have seen each other. Raises CannotMap without a reason."""
    held = locked(batch)
    state = after(held.state, "reopen")
    if not reason.strip():
        raise CannotMap("Say why the batch is opened again.")
    return _done(by, "reopen batch", held, state, reason=reason.strip())


@transaction.atomic
def withdraw(*, by: str, batch: Batch, reason: str) -> Batch:
    """End a batch without using it; its judgements are kept and read by no report. Raises CannotMap."""
    held = locked(batch)
    state = after(held.state, "withdraw")
    if not reason.strip():
        raise CannotMap("Say why the batch is withdrawn.")
    held.ended_at = timezone.now()
    return _done(by, "withdraw batch", held, state, "ended_at", reason=reason.strip())


def locked(batch: Batch) -> Batch:
    """The batch as it stands, held until the transaction ends."""
    return Batch.objects.select_for_update().select_related("framework").get(pk=batch.pk)


def _moved(held: Batch, state: str, *fields: str) -> None:
    held.state, held.version = state, held.version + 1
    held.save(update_fields=["state", "version", *fields])


def _done(by: str, action: str, held: Batch, state: str, *fields: str, reason: str = "", **said: Any) -> Batch:
    before = held.state
    _moved(held, state, *fields)
    audit(
        by=by,
        action=action,
        subject=f"batch:{held.key}",
        before={"state": before},
        after={"state": state, **said},
        reason=reason,
    )
    return held


def _audit(by: str, action: str, held: Batch, said: dict[str, Any]) -> None:
    audit(by=by, action=action, subject=f"batch:{held.key}", before={}, after=said)
