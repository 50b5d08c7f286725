"""Part two entries that were joined: each is again exactly what it was, or nothing is written and it says why."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from iqf.accounts.actions import audit, audit_many
from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import COLLECTION, one_reason
from iqf.catalogue.actions.field_values import field_words
from iqf.catalogue.actions.pictures import picture, places_of, told
from iqf.catalogue.actions.remembering import now_shows, settle
from iqf.catalogue.actions.upsert import Batch
from iqf.catalogue.decided import Conflicts, field_text
from iqf.catalogue.joined import JOINABLE
from iqf.catalogue.joining import CannotJoin, label_of
from iqf.catalogue.models.things import Thing

Written = Mapping[str, Any]


@transaction.atomic
def unjoin(*, by: str, gone: str, reason: str) -> None:
    """Part the entry of a code from the one that it was joined into: both are as they were before.

    Raises CannotJoin where it was not joined, where the other was joined further since, or where something that the
    joining wrote was changed or decided since, so that it cannot be put back exactly. CannotDecide without a reason.
    """
    reason = one_reason(reason)
    held = m.Joining.objects.select_for_update().filter(gone=gone).first()
    if held is None:
        raise CannotJoin(f"{gone} is not joined into another entry; there is nothing to part.")
    model = JOINABLE[held.kind]
    kept, parted = (model._default_manager.select_for_update().get(code=c) for c in (held.kept, gone))
    _may_part(held, kept)
    rows = [(entry, _row(entry)) for entry in held.record["written"]]
    for entry, row in rows:
        _unchanged(held, entry, row)
    before = picture(places_of((kept, parted), (row for _, row in rows if row is not None)))
    _take_away(held)
    for entry, row in reversed(rows):
        _put_back(entry, row)
    for entry in held.record["removed"]:
        label_of(entry["model"])._base_manager.bulk_create([label_of(entry["model"])(**entry["values"])])
    counts = {name: len(held.record[name]) for name in ("written", "made", "removed")}
    held.delete()
    kept.refresh_from_db()
    _speak_again(by, reason, kept, parted, [f["field"] for f in held.record["fields"]])
    was = {"joined": gone, **counts}
    audit(by=by, action=f"unjoin {held.kind}", subject=held.kept, before=was, after={}, reason=reason)
    audit_many(told(before, by=by, reason=reason))


def _may_part(held: m.Joining, kept: Thing) -> None:
    if kept.joined_into_id is not None:  # type: ignore[attr-defined]
        further = m.Joining.objects.get(gone=held.kept)
        raise CannotJoin(f"{held.kept} was joined into {further.kept} since; part those two first.")
    filled = {entry["field"]: entry["decision"] for entry in held.record["fields"]}
    ours = {entry["pk"] for entry in _conflicts(held)}
    decided = m.FieldConflict.objects.filter(subject=held.kept, decision__isnull=False).order_by("-decision")
    for conflict in decided:
        own = filled.get(conflict.field)
        if (own and (conflict.decision or 0) > own) or (conflict.pk in ours and conflict.decision != own):
            what = field_words(conflict.field)
            raise CannotJoin(
                f"The {what} of {held.kept} was decided since (decision {conflict.decision}); undo that first."
            )


def _conflicts(held: m.Joining) -> Iterable[Written]:
    label = m.FieldConflict._meta.label_lower
    return [e for part in ("made", "written") for e in held.record[part] if e["model"] == label]


def _row(entry: Written) -> Model | None:
    return label_of(entry["model"])._base_manager.filter(pk=entry["pk"]).first()


def _value(row: Model, name: str, kept: Any) -> Any:
    """A column's value out of the record."""
    column: Any = row._meta.get_field(name)
    return None if kept is None else column.to_python(kept)


def _unchanged(held: m.Joining, entry: Written, row: Model | None) -> None:
    """Raises CannotJoin where a row that the joining wrote says something else by now."""
    if row is None:
        raise CannotJoin(f"Something that was joined into {held.kept} is gone; the two cannot be parted exactly.")
    strict = {"subject"} if isinstance(row, m.FieldConflict) else set(entry["now"])
    reopened = {f["field"] for f in held.record["fields"]} if isinstance(row, Thing) else set()
    for name in strict & set(entry["now"]):
        now = getattr(row, name)
        put = _value(row, name, entry["was"][name])
        if now == _value(row, name, entry["now"][name]) or (name.removesuffix("_id") in reopened and now == put):
            continue
        what = f"{row._meta.verbose_name} “{row}”"
        raise CannotJoin(
            f"The {field_words(name)} of the {what} was changed since {held.gone} was joined into {held.kept}, so "
            "they cannot be parted exactly."
        )


def _take_away(held: m.Joining) -> None:
    """The rows that the joining itself made: the trail keeps what they said."""
    for entry in held.record["made"]:
        label_of(entry["model"])._base_manager.filter(pk=entry["pk"]).delete()


def _put_back(entry: Written, row: Model | None) -> None:
    if row is not None:
        was = {name: _value(row, name, value) for name, value in entry["was"].items()}
        type(row)._base_manager.filter(pk=row.pk).update(**was)


def _speak_again(by: str, reason: str, kept: Thing, parted: Thing, fields: Iterable[str]) -> None:
    """What came to wait since about the one that stands: over where it was the other that said so."""
    known = Conflicts([kept.code])
    batch = Batch(by=by, collection=COLLECTION, citations={}, reason=reason)
    for name in known.fields(kept.code):
        for conflict in known.waiting(kept.code, name):
            if conflict.citation_other_id == parted.citation_id:
                settle(batch, conflict)
            elif name in fields:
                now_shows(batch, conflict, field_text(getattr(kept, name)), kept.citation)
    batch.flush()
