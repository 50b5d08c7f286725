"""Join two entries that are one thing; and part them again, exactly as they were.

The one stands. The other is retired, its names lead to the one, and all that pointed to it points there; nothing that
either said is lost: where only one of them knew a value it is shown, where they differ both wait for a decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from iqf.accounts.actions import audit, audit_many
from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import one_reason
from iqf.catalogue.actions.pictures import picture, places_of, told
from iqf.catalogue.actions.remembering import DECIDED_BEFORE
from iqf.catalogue.decided import Conflicts, field_text
from iqf.catalogue.editable.rows import entity_of
from iqf.catalogue.joined import ALIASES, place_of
from iqf.catalogue.joining import CannotJoin, Plan, Stay, Value, plan
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import THINGS, kind_of
from iqf.codes import alias_key
from iqf.evidence.models import Citation

SCHEME = "joined"
"""The scheme under which the code of an entry that was joined is a name of the one that stands."""
TWO_SAY_OTHERWISE = (
    "Two entries that are one thing said different things. The one that stands is shown until somebody decides."
)
ONLY_ONE_SAID = "Only {code}, which was joined into it, said so."


@dataclass
class _Work:
    """What one joining writes, remembered so that it can be told and undone."""

    by: str
    reason: str
    written: list[dict[str, Any]] = field(default_factory=list)
    made: list[dict[str, Any]] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    stayed: list[dict[str, Any]] = field(default_factory=list)
    fills: list[dict[str, Any]] = field(default_factory=list)
    events: list[AuditEvent] = field(default_factory=list)

    def write(self, action: str, row: Model, values: Mapping[str, Any]) -> None:
        """Set columns of a row that stand otherwise."""
        was = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
        if not was:
            return
        now = {name: values[name] for name in was}
        for name, value in now.items():
            setattr(row, name, value)
        type(row)._base_manager.filter(pk=row.pk).update(**now)
        label, pk = place_of(row)
        self.written.append({"model": label, "pk": pk, "was": was, "now": now})
        self.tell(action, row, was, now)

    def make(self, action: str, row: Model, said: Mapping[str, Any]) -> None:
        """Keep a new row."""
        row.save(force_insert=True)
        label, pk = place_of(row)
        self.made.append({"model": label, "pk": pk})
        self.tell(action, row, {}, said)

    def remove(self, row: Model) -> None:
        """Take away a row of a plain list of links, of which the thing that stands has its own."""
        label, pk = place_of(row)
        values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
        self.removed.append({"model": label, "pk": pk, "values": values})
        type(row)._base_manager.filter(pk=row.pk).delete()
        self.tell(f"remove {row._meta.verbose_name}", row, values, {})

    def tell(self, action: str, row: Model, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Remember one change for the audit trail. What people edit is told by the pictures of before and after."""
        if entity_of(row) is not None:
            return
        self.events.append(
            AuditEvent(
                actor=self.by,
                action=action,
                subject=_subject(row),
                before=_plain(before),
                after=_plain(after),
                reason=self.reason,
            )
        )


def _subject(row: Model) -> str:
    if isinstance(row, m.FieldConflict):
        return row.subject
    return (getattr(row, "code", "") or f"{row._meta.model_name}:{row.pk}")[:200]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v if isinstance(v, str | int | float | bool | None) else str(v) for k, v in values.items()}


@transaction.atomic
def join(*, by: str, kept: str, gone: str, reason: str) -> int:
    """Join the entry of one code into that of another, which stands. Returns the number of the joining in the trail.

    Raises CannotJoin: for one entry twice, two kinds of thing, what no longer stands, or what was joined already;
    CannotDecide without a reason.
    """
    reason = one_reason(reason)
    held, going = _locked(kept, gone)
    made = plan(held, going)
    work = _Work(by, reason)
    moved = [move.row for move in made.moves]
    before = picture(places_of((made.kept, made.gone), moved))
    kind = kind_of(made.kept)
    event = audit(by=by, action=f"join {kind}", subject=kept, before={}, after=_counted(made), reason=reason)
    _move(work, made)
    _rename(work, made)
    fields = _bring_fields(work, made)
    _retire(work, made)
    audit_many([*work.events, *told(before, by=by, reason=reason)])
    record = {"apart": sorted(made.apart), "fields": fields, **_recorded(work)}
    m.Joining.objects.create(kind=kind, kept=kept, gone=gone, reason=reason, by=by, decision=event.pk, record=record)
    return event.pk


def _recorded(work: _Work) -> dict[str, Any]:
    parts = {name: getattr(work, name) for name in ("written", "made", "removed", "stayed")}
    encoder = DjangoJSONEncoder()
    return {name: [_encoded(encoder, row) for row in rows] for name, rows in parts.items()}


def _encoded(encoder: DjangoJSONEncoder, value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _encoded(encoder, v) for k, v in value.items()}
    return value if isinstance(value, str | int | float | bool | None) else encoder.default(value)


def _counted(made: Plan) -> dict[str, Any]:
    return {
        "joined": made.gone.code,
        "links moved": len(made.moves),
        "links it had already": len(made.stays),
        "names": len(made.aliases) + 1,
        "values filled": len(made.fills),
        "values that wait": len(made.differs) + len(made.moving),
    }


def _locked(*codes: str) -> list[Thing]:
    """The things of these codes, held until the transaction ends, always in one order so that nobody waits twice."""
    found: dict[str, Thing] = {}
    for code in sorted(set(codes)):
        for model in THINGS.values():
            if thing := model._default_manager.select_for_update().filter(code=code).first():
                found[code] = thing
    for code in codes:
        if code not in found:
            raise CannotJoin(f"There is no thing {code}.")
    return [found[code] for code in codes]


def _move(work: _Work, made: Plan) -> None:
    """Links first out of the way, then moved."""
    for stay in made.stays:
        _stay(work, made, stay)
    for move in made.moves:
        work.write(f"move {move.row._meta.verbose_name}", move.row, move.changes)


def _stay(work: _Work, made: Plan, stay: Stay) -> None:
    row, twin = stay.row, stay.twin
    if not hasattr(row, "retired_on"):
        work.remove(row)
        return
    if stay.revives and twin is not None:
        work.write(f"revive {twin._meta.verbose_name}", twin, {name: getattr(row, name) for name in _own(row)})
    label, pk = place_of(row)
    work.stayed.append({"model": label, "pk": pk, "twin": twin.pk if twin else None})
    if row.retired_on is None:
        because = _because(made)
        values = {"retired_on": timezone.localdate(), "retired_because": because}
        work.write(f"retire {row._meta.verbose_name}", row, values)


def _own(row: Model) -> set[str]:
    """The columns of a row that are not its key: what it says, on whose word, and whether it stands."""
    keyed = {n for c in row._meta.constraints for n in getattr(c, "fields", ())}
    return {f.attname for f in row._meta.concrete_fields if f.name not in keyed and not f.primary_key}


def _because(made: Plan) -> str:
    return f"Joined into {made.kept.code} {made.kept.title}"[:300]


def _rename(work: _Work, made: Plan) -> None:
    """The names of the one become names of the other; its code among them."""
    for alias in made.aliases:
        values = {"thing_id": made.kept.pk, "given_to": alias.given_to or made.gone.code}
        work.write(f"name {kind_of(made.kept)}", alias, values)
    code = made.gone.code
    alias = ALIASES[kind_of(made.kept)](thing=made.kept, scheme=SCHEME, value=code, key=alias_key(code))
    work.make(f"name {kind_of(made.kept)}", alias, {SCHEME: code})


def _bring_fields(work: _Work, made: Plan) -> list[dict[str, Any]]:
    """Fill what only the one that is joined knew, let wait what differs. Returns the fields that were filled."""
    known = Conflicts([made.kept.code, made.gone.code])
    filled = [_fill(work, made, known, value) for value in made.fills]
    _write_fields(work, made)
    for value in made.differs:
        _dispute(work, made, known, value)
    for conflict in made.settled:
        values = {"retired_on": timezone.localdate(), "retired_because": _because(made)}
        work.write("retire field conflict", conflict, values)
    known = Conflicts([made.kept.code])
    for conflict in made.moving:
        work.write("move field conflict", conflict, _about_kept(made, known, conflict.field, conflict.reason))
    return filled


def _write_fields(work: _Work, made: Plan) -> None:
    names = [made.kept._meta.get_field(v.field).attname for v in made.fills]  # type: ignore[union-attr]
    values = {name: getattr(made.gone, name) for name in names}
    work.write(f"change {kind_of(made.kept)}", made.kept, values)
    try:
        made.kept.refresh_from_db()
        made.kept.validate_constraints()
    except ValidationError as error:
        what = "; ".join(error.messages)
        raise CannotJoin(f"What {made.gone.code} says does not go with what {made.kept.code} says: {what}") from None


def _fill(work: _Work, made: Plan, known: Conflicts, value: Value) -> dict[str, Any]:
    """A value that only the one that is joined knew: shown, and remembered as decided, so that no file blanks it."""
    because = ONLY_ONE_SAID.format(code=made.gone.code)
    event = audit(
        by=work.by,
        action="decide conflict",
        subject=made.kept.code,
        before={},
        after={"field": value.field, "values": [value.kept, value.gone]},
        reason=because,
    )
    said = _said_by(known, made.gone, value.field)
    decided = {
        "value_decided": value.gone,
        "citation_decided": said,
        "decided_because": because,
        "decided_by": work.by,
        "decided_on": timezone.localdate(),
        "decision": event.pk,
        "value_before": value.kept,
    }
    _hold(work, made, known, value, made.kept.citation, said, because, decided)
    return {"field": value.field, "decision": event.pk}


def _dispute(work: _Work, made: Plan, known: Conflicts, value: Value) -> None:
    """A value on which the two differ waits, beside the one that is shown."""
    said = _said_by(known, made.gone, value.field)
    decision = known.decision(made.kept.code, value.field)
    reason = DECIDED_BEFORE if decision else TWO_SAY_OTHERWISE
    _hold(work, made, known, value, decision.citation if decision else made.kept.citation, said, reason, {})


def _hold(
    work: _Work,
    made: Plan,
    known: Conflicts,
    value: Value,
    shown_by: Citation,
    said: Citation,
    reason: str,
    decided: Mapping[str, Any],
) -> None:
    """A conflict about a field of the one that stands: a new row, or one that was over and is back."""
    values = {
        "value_shown": value.kept,
        "citation_shown": shown_by,
        "citation_other": said,
        "reason": reason,
        "retired_on": None,
        "retired_because": "",
        **decided,
    }
    held = known.by_key.get((made.kept.code, value.field, value.gone))
    if held is None:
        row = m.FieldConflict(subject=made.kept.code, field=value.field, value_other=value.gone, **values)
        work.make("create field conflict", row, {"field": value.field, "shown": value.kept, "other": value.gone})
    elif held.is_retired or decided:
        columns = {m.FieldConflict._meta.get_field(n).attname: getattr(v, "pk", v) for n, v in values.items()}  # type: ignore[union-attr]
        work.write("change field conflict", held, columns)


def _said_by(known: Conflicts, thing: Thing, name: str) -> Citation:
    decision = known.decision(thing.code, name)
    return decision.citation if decision else thing.citation


def _about_kept(made: Plan, known: Conflicts, name: str, reason: str) -> dict[str, Any]:
    """What a conflict says once it is about the one that stands."""
    decision = known.decision(made.kept.code, name)
    shown = decision.citation if decision else made.kept.citation
    return {
        "subject": made.kept.code,
        "value_shown": field_text(getattr(made.kept, name)),
        "citation_shown_id": shown.pk,
        "reason": DECIDED_BEFORE if decision else reason,
    }


def _retire(work: _Work, made: Plan) -> None:
    values = {
        "retired_on": timezone.localdate(),
        "retired_because": _because(made),
        "joined_into_id": made.kept.pk,
    }
    work.write(f"retire {kind_of(made.gone)}", made.gone, values)
