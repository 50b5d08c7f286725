"""Decide what is shown where sources disagree: once, with a reason, and undone as exactly as it was done."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.catalogue.actions.field_values import WrongValue, field_words, read_value, restored_value, text_before
from iqf.catalogue.actions.overlaid import uncover
from iqf.catalogue.actions.remembering import now_shows
from iqf.catalogue.actions.upsert import Batch
from iqf.catalogue.decided import Conflicts, field_text, same_value
from iqf.catalogue.models import FieldConflict
from iqf.catalogue.models.things import LIVE, Thing
from iqf.catalogue.queries import THINGS
from iqf.evidence.actions import Cite, cite, hold_sources
from iqf.evidence.models import Citation, Source

COLLECTION = "decisions"
REASON_MOST = 500
NO_REASON = "Say why, in one sentence: it is kept with the decision."


class CannotDecide(Exception):
    """A decision that cannot be made, in one plain sentence. Nothing was written."""


@dataclass(frozen=True)
class Proposed:
    """What brought a decision (`proposal:12`), and the citation of its source, made where it is needed."""

    origin: str
    cited: Callable[[], Citation]


@transaction.atomic
def decide(
    *,
    by: str,
    code: str,
    field: str,
    value: str,
    reason: str,
    seen: Collection[str] | None = None,
    proposed: Proposed | None = None,
) -> int:
    """Decide what a field shows about which sources disagree: one of their values, or a third. Every conflict that
    waits about the field is decided by it. Returns the number of the decision.

    The field of the thing changes with it, and stands on the citation of whoever said that value; a third value
    stands on the decision itself, or on the source of who `proposed` it. `seen` are the values that were on the
    table; where others are there by now, it raises. Raises CannotDecide.
    """
    reason = one_reason(reason)
    waiting = _waiting(code, field)
    if not waiting:
        raise CannotDecide(
            f"Nothing waits to be decided about the {field_words(field)} of {code}; see: iqf conflicts"
        )
    _unchanged(waiting, seen)
    thing = _locked(code)
    new = _read(thing, field, value)
    text, raw_before = field_text(new), text_before(getattr(thing, field))
    event = audit(
        by=by,
        action="decide conflict",
        subject=code,
        before={field: raw_before},
        after={field: text_before(new), "values": _values(waiting)},
        reason=reason,
        origin=proposed.origin if proposed else "",
    )
    said = _said_by(waiting, text, value) or (
        proposed.cited() if proposed else _of_the_decision(code, field, event.pk, reason, by)
    )
    setattr(thing, field, new)
    thing.save(update_fields=[field])
    for conflict in waiting:
        conflict.value_decided, conflict.citation_decided, conflict.decided_because = text, said, reason
        conflict.decided_by, conflict.decided_on, conflict.decision = by, timezone.localdate(), event.pk
        conflict.value_before = raw_before
        conflict.save()
    return event.pk


@transaction.atomic
def reopen(*, by: str, decision: int, reason: str) -> None:
    """Undo a decision by its number: each field that it was about says what it said before, and waits again.

    Only the latest decision about a field can be undone. Raises CannotDecide.
    """
    reason = one_reason(reason)
    decided = list(FieldConflict.objects.select_for_update().filter(decision=decision).order_by("pk"))
    if not decided:
        raise CannotDecide(f"There is no decision {decision} that stands; see: iqf conflicts")
    thing = _locked(decided[0].subject)
    fields = list(dict.fromkeys(conflict.field for conflict in decided))
    for field in fields:
        if FieldConflict.objects.filter(subject=thing.code, field=field, decision__gt=decision).exists():
            later = f"A later decision about the {field_words(field)} of {thing.code} stands; undo that one first."
            raise CannotDecide(later)
    for field in fields:
        _reopen(by, thing, field, [conflict for conflict in decided if conflict.field == field], reason)


def _reopen(by: str, thing: Thing, field: str, decided: Sequence[FieldConflict], reason: str) -> None:
    undone = text_before(getattr(thing, field))
    setattr(thing, field, restored_value(thing, field, decided[0].value_before))
    thing.save(update_fields=[field])
    for conflict in decided:
        uncover(conflict)
        conflict.save()
    before, after = {field: undone}, {field: text_before(getattr(thing, field))}
    audit(by=by, action="reopen conflict", subject=thing.code, before=before, after=after, reason=reason)
    _speak_of(by, thing, field, field_text(getattr(thing, field)), reason)


def _speak_of(by: str, thing: Thing, field: str, text: str, reason: str) -> None:
    """What waits about a field whose decision was undone speaks of what the field says now."""
    known = Conflicts([thing.code])
    standing = known.decision(thing.code, field)
    batch = Batch(by=by, collection=COLLECTION, citations={}, reason=reason)
    for conflict in known.waiting(thing.code, field):
        if not same_value(field, conflict.value_shown, text):
            now_shows(batch, conflict, text, standing.citation if standing else thing.citation)
    batch.flush()


def one_reason(reason: str) -> str:
    """The reason of a decision on one line. Raises CannotDecide where there is none, or it is too long."""
    said = " ".join(reason.split())
    if not said:
        raise CannotDecide(NO_REASON)
    if len(said) > REASON_MOST:
        raise CannotDecide(f"The reason has {len(said)} characters; say it in {REASON_MOST} or fewer.")
    return said


def _waiting(code: str, field: str) -> list[FieldConflict]:
    rows = FieldConflict.objects.select_for_update(of=("self",)).filter(
        LIVE, decision=None, subject=code, field=field
    )
    return list(rows.select_related("citation_shown", "citation_other").order_by("pk"))


def _values(waiting: Iterable[FieldConflict]) -> list[str]:
    """Every value on the table, the shown one first, each once."""
    rows = list(waiting)
    return list(dict.fromkeys([c.value_shown for c in rows] + [c.value_other for c in rows]))


def _unchanged(waiting: Sequence[FieldConflict], seen: Collection[str] | None) -> None:
    now = _values(waiting)
    if seen is not None and set(seen) != set(now):
        listed = " or ".join(f'"{value}"' for value in now)
        raise CannotDecide(f"The sources have changed since you began: it is {listed} now. Look again, then decide.")


def _locked(code: str) -> Thing:
    """The thing of a code, held until the transaction ends."""
    for model in THINGS.values():
        if thing := model._default_manager.select_for_update().filter(code=code).first():
            return thing
    raise CannotDecide(f"There is no thing {code}.")


def _read(thing: Thing, field: str, value: str) -> object:
    try:
        return read_value(thing, field, value)
    except WrongValue as error:
        raise CannotDecide(str(error)) from None


def _said_by(waiting: Sequence[FieldConflict], text: str, typed: str) -> Citation | None:
    """Who said the value that was taken; None for a value that no source gave."""
    for conflict in waiting:
        for value, said in (
            (conflict.value_shown, conflict.citation_shown),
            (conflict.value_other, conflict.citation_other),
        ):
            if same_value(conflict.field, value, text) or same_value(conflict.field, value, typed):
                return said
    return None


def _of_the_decision(code: str, field: str, number: int, reason: str, by: str) -> Citation:
    """The citation of a value that stands on the decision alone."""
    source = hold_sources(
        [Source(key=COLLECTION, title="Decisions of the framework's editors", publisher="iqf", kind="decision")]
    ).rows[COLLECTION]
    key = f"{code}:{field}:{number}"
    made: Citation = cite(COLLECTION, [Cite(key, source, "inferred", note=reason)], None).rows[key]
    return made
