"""Make the catalogue say what a collection of rows says: create, change, retire, and nothing more.

One mechanism for one row or ten thousand. Unchanged rows are not written; every write is in the audit trail; a row
that another collection brought is left as it is, and so is a field that somebody has decided.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from iqf.accounts.actions import audit_many
from iqf.accounts.models import AuditEvent
from iqf.catalogue.actions.redirecting import resolved, things_now
from iqf.catalogue.actions.remembering import follow, tell_kept, without_decided
from iqf.catalogue.decided import NO_QUOTES, Conflicts
from iqf.catalogue.editable.rows import entity_of, key_of, row_name
from iqf.catalogue.joined import Joined
from iqf.catalogue.models import Cluster, CodeSequence
from iqf.catalogue.models.things import Alias, Thing
from iqf.codes import alias_key, iqf_code
from iqf.evidence.models import Citation


@dataclass(frozen=True)
class Draft:
    """A row as it should stand: its natural key, its other fields, where it stands in the file, and its citation.

    `cited_as` names the citation where several rows rest on one.
    """

    subject: str
    key: Mapping[str, Any]
    values: Mapping[str, Any]
    place: tuple[str, int] = ("", 0)
    cited_as: str = ""

    @property
    def citation(self) -> str:
        """The subject of its citation."""
        return self.cited_as or self.subject


@dataclass(frozen=True)
class FieldChange:
    """One field of one row that changed. `cosmetic` where only spaces, quotes or case differ."""

    code: str
    field: str
    before: Any
    after: Any
    cosmetic: bool


@dataclass
class Batch:
    """One run of one collection: who, under which name, with which citations; and what came of it."""

    by: str
    collection: str
    citations: Mapping[str, Citation]
    reason: str = ""
    seen: set[tuple[str, int]] = field(default_factory=set)
    added: set[tuple[str, int]] = field(default_factory=set)
    changed: set[tuple[str, int]] = field(default_factory=set)
    retired: int = 0
    writes: int = 0
    changes: list[FieldChange] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    events: list[AuditEvent] = field(default_factory=list)
    conflicts: Conflicts | None = None
    joinings: Joined | None = None

    @property
    def joined(self) -> Joined:
        """What was joined into what, as this batch knows it: read once."""
        if self.joinings is None:
            self.joinings = Joined()
        return self.joinings

    def note(self, action: str, subject: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Remember one change for the audit trail; `flush` writes them."""
        self.events.append(
            AuditEvent(
                actor=self.by,
                action=action,
                subject=subject,
                before=dict(before),
                after=dict(after),
                reason=self.reason,
            )
        )

    def flush(self) -> None:
        """Write the remembered changes into the audit trail, in this transaction."""
        audit_many(self.events)
        self.events.clear()


def printable(value: Any) -> Any:
    """A field's value as the audit trail keeps it: codes for things, text for the rest."""
    if isinstance(value, Cluster):
        return f"{value.scheme.key}/{value.key}"
    if isinstance(value, models.Model):
        return getattr(value, "code", None) or getattr(value, "key", None) or str(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def is_cosmetic(before: Any, after: Any) -> bool:
    """True where two texts differ only in spaces, quotes or case."""
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    return alias_key(before.translate(NO_QUOTES)) == alias_key(after.translate(NO_QUOTES))


def subject_of(row: models.Model, draft_subject: str) -> str:
    """How the audit trail names a row: its permanent code, else its kind and what names it.

    A row that nobody edits is filed under the things that it points to: their codes end its name.
    """
    entity = entity_of(row)
    if entity is None:
        name = f"{row._meta.model_name}:{draft_subject}"
        codes = (code for code in _pointed_to(row) if code not in name)
        return ">".join((name, *codes))[:200]
    return row_name(entity, key_of(entity, row))


def _pointed_to(row: models.Model) -> list[str]:
    """The codes of the things that a row points to."""
    fields = (f for f in row._meta.fields if f.is_relation and issubclass(f.related_model, Thing))  # type: ignore[arg-type]
    ends = (getattr(row, f.name) for f in fields)
    subject = getattr(row, "subject", "")
    return [*([subject] if subject.startswith("IQF-") else []), *(end.code for end in ends if end is not None)]


def _attname(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "attname", name))


def _raw(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


@transaction.atomic
def give_codes(kind: str, how_many: int) -> list[str]:
    """The next permanent codes of a kind. A number is never given twice, even after retirement."""
    sequence, _ = CodeSequence.objects.select_for_update().get_or_create(kind=kind)
    first = sequence.last + 1
    sequence.last += how_many
    sequence.save(update_fields=["last"])
    return [iqf_code(kind, number) for number in range(first, first + how_many)]


def upsert(
    batch: Batch,
    model: type[models.Model],
    drafts: Iterable[Draft],
    *,
    kind: str = "",
    held: Mapping[tuple[Any, ...], models.Model] | None = None,
) -> dict[str, Any]:
    """Create or change rows of `model` so that each draft holds. Returns the rows by the drafts' subjects.

    `kind` gives new rows a permanent code. `held` are the existing rows by key, where the key is not a set of the
    model's own fields (things found by an alias). What a draft says of a thing that was joined into another is held
    of that other; a draft of the joined thing itself keeps it in step, and never lets it stand again.
    """
    drafts = list(drafts)
    if not drafts:
        return {}
    if held is None:
        names = [_attname(model, n) for n in drafts[0].key]
        held = {tuple(getattr(row, n) for n in names): row for row in model._default_manager.all()}
    rows: dict[str, Any] = {}
    fresh: list[tuple[Draft, models.Model]] = []
    dirty: dict[int, tuple[models.Model, set[str]]] = {}
    quiet: list[tuple[str, models.Model | None, tuple[Any, ...]]] = []
    at: dict[tuple[Any, ...], models.Model] = {}
    for found in resolved(batch.joined, model, drafts, held):
        draft, old = found.draft, found.old
        batch.seen.add(draft.place)
        if not found.speaks:
            quiet.append((draft.subject, old, found.key))
        elif old is None:
            made = _new(batch, model, draft)
            fresh.append((draft, made))
            rows[draft.subject] = at[found.key] = made
        else:
            rows[draft.subject] = old
            _bring_in_step(batch, draft, old, dirty)
    _create(batch, model, fresh, kind)
    for fields in {frozenset(f) for _, f in dirty.values()}:
        group = [row for row, f in dirty.values() if f == fields]
        model._default_manager.bulk_update(group, sorted(fields), batch_size=500)
    batch.writes += len(dirty)
    for row, changed in dirty.values():
        if isinstance(row, Thing):
            tell_kept(batch, row, changed)
    return {**{subject: row or at[key] for subject, row, key in quiet if row or key in at}, **rows}


def _new(batch: Batch, model: type[models.Model], draft: Draft) -> models.Model:
    own = {f.name for f in model._meta.fields}
    return model(
        **{k: v for k, v in draft.key.items() if k in own},
        **things_now(batch.joined, draft.values),
        **({"citation": batch.citations[draft.citation]} if "citation" in own else {}),
    )


def _create(batch: Batch, model: type[models.Model], fresh: Sequence[tuple[Draft, models.Model]], kind: str) -> None:
    if kind and fresh:
        for code, (_, row) in zip(give_codes(kind, len(fresh)), fresh, strict=True):
            row.code = code  # type: ignore[attr-defined]
    model._default_manager.bulk_create([row for _, row in fresh], batch_size=1000)
    batch.writes += len(fresh)
    for draft, row in fresh:
        batch.added.add(draft.place)
        after = {name: printable(value) for name, value in draft.values.items()}
        batch.note(f"create {model._meta.verbose_name}", subject_of(row, draft.subject), {}, after)


def _bring_in_step(
    batch: Batch, draft: Draft, row: models.Model, dirty: dict[int, tuple[models.Model, set[str]]]
) -> None:
    """Set the fields of a standing row that differ from its draft, unless another collection brought the row."""
    before, after = {}, {}
    for name, value in _wanted(batch, draft, row).items():
        old = getattr(row, _attname(type(row), name))
        if old != _raw(value):
            before[name] = printable(getattr(row, name))
            after[name] = printable(value)
            setattr(row, name, value)
    if not after:
        return
    subject = subject_of(row, draft.subject)
    for name in after if draft.place not in batch.added else ():
        if name not in ("citation", "retired_on", "retired_because"):
            batch.changes.append(
                FieldChange(subject, name, before[name], after[name], is_cosmetic(before[name], after[name]))
            )
    held_fields = dirty.get(row.pk, (row, set()))[1]
    dirty[row.pk] = (row, held_fields | set(after))
    batch.changed.add(draft.place)
    batch.note(f"change {row._meta.verbose_name}", subject, before, after)
    if isinstance(row, Thing):
        follow(batch, row, after, batch.citations[draft.citation])


def _wanted(batch: Batch, draft: Draft, row: models.Model) -> dict[str, Any]:
    """What a draft may set on a standing row: nothing where another collection brought it, no field decided on."""
    own = {f.name for f in row._meta.fields}
    wanted = things_now(batch.joined, draft.values, of=row)
    if "retired_on" in own and getattr(row, "joined_into_id", None) is None:
        wanted |= {"retired_on": None, "retired_because": ""}
    if "citation" not in own:
        return wanted
    said = batch.citations[draft.citation]
    if row.citation_id != said.pk:  # type: ignore[attr-defined]
        if row.citation.collection != batch.collection:  # type: ignore[attr-defined]
            batch.left_alone.append(subject_of(row, draft.subject))
            return {}
        wanted["citation"] = said
    return without_decided(batch, row, wanted, said) if isinstance(row, Thing) else wanted


def retire_missing(batch: Batch, model: type[models.Model], keep: Iterable[models.Model]) -> None:
    """Retire the rows that this collection brought before and no longer lists. Nothing is deleted."""
    kept = {row.pk for row in keep}
    because = f"No longer listed in {batch.collection}"
    standing = model._default_manager.filter(citation__collection=batch.collection, retired_on__isnull=True)
    gone = [row for row in standing.select_related("citation") if row.pk not in kept]
    for row in gone:
        row.retired_on, row.retired_because = timezone.localdate(), because  # type: ignore[attr-defined]
        subject = subject_of(row, row.citation.subject)  # type: ignore[attr-defined]
        batch.note(f"retire {model._meta.verbose_name}", subject, {}, {"retired_because": because})
    model._default_manager.bulk_update(gone, ["retired_on", "retired_because"], batch_size=500)
    batch.retired += len(gone)
    batch.writes += len(gone)


def name_things(batch: Batch, model: type[Alias], aliases: Iterable[tuple[Thing, str, str]]) -> None:
    """Give things their aliases: (thing, scheme, value). An alias once given is kept, so old links still work.

    The names of a thing that was joined into another are names of that other.
    """
    held = {(a.thing_id, a.scheme, a.key) for a in model._default_manager.all()}  # type: ignore[attr-defined]
    fresh = []
    for named, scheme, value in aliases:
        thing, key = batch.joined.now(named), alias_key(value)
        given_to = named.code if thing is not named else ""
        if value and not held & {(thing.pk, scheme, key), (named.pk, scheme, key)}:
            held.add((thing.pk, scheme, key))
            fresh.append(model(thing=thing, scheme=scheme, value=value, key=key, given_to=given_to))  # type: ignore[misc]
            batch.note("name " + str(thing._meta.verbose_name), thing.code, {}, {scheme: value})
    model._default_manager.bulk_create(fresh, batch_size=1000)
    batch.writes += len(fresh)
