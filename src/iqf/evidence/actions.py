"""Every write to evidence: sources, retrievals, citations, marks on fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from iqf.accounts.actions import audit
from iqf.evidence.models import Citation, FieldMark, Retrieval, Source


@dataclass(frozen=True)
class Cite:
    """Where a fact comes from, before it is stored. `subject` is the fact's natural key in its collection."""

    subject: str
    source: Source
    certainty: str
    row: int | None = None
    locator: str = ""
    note: str = ""


@dataclass(frozen=True)
class Written:
    """Rows by key, and how many of them had to be written."""

    rows: Mapping[str, Any]
    writes: int


def hold_sources(sources: Iterable[Source]) -> Written:
    """Create or update sources by key. Unchanged ones are not written."""
    fields = ("title", "publisher", "date", "url", "kind", "licence")
    held = {source.key: source for source in Source.objects.all()}
    fresh, changed = [], []
    for source in sources:
        old = held.get(source.key)
        if old is None:
            fresh.append(source)
            held[source.key] = source
        elif any(getattr(old, f) != getattr(source, f) for f in fields):
            for f in fields:
                setattr(old, f, getattr(source, f))
            changed.append(old)
    Source.objects.bulk_create(fresh)
    Source.objects.bulk_update(changed, fields)
    return Written(held, len(fresh) + len(changed))


def record_retrieval(
    *, source: Source, file_name: str, sha256: str, rows: int, published_on: str = "", by: str = ""
) -> Retrieval:
    """Write down that a file was read, and by whom."""
    return Retrieval.objects.create(
        source=source,
        file_name=file_name,
        sha256=sha256,
        rows=rows,
        published_on=published_on,
        by=by,
        licence=source.licence,
    )


def finish_retrieval(retrieval: Retrieval, *, summary: Mapping[str, Any], report: list[dict[str, Any]]) -> None:
    """Keep with a retrieval what it changed and its data-quality report."""
    retrieval.summary = dict(summary)
    retrieval.report = report
    retrieval.save(update_fields=["summary", "report"])


def forget_retrieval(retrieval: Retrieval) -> None:
    """Take back the record of a retrieval that changed nothing, so that reading a file again leaves no trace."""
    retrieval.delete()


@dataclass(frozen=True)
class Held:
    """Keys of rows of evidence that were added, and that were changed."""

    added: frozenset[str]
    changed: frozenset[str]


def hold_stated(*, by: str, model: type[Model], rows: Mapping[str, Mapping[str, Any]]) -> Held:
    """Create or change what documents state (findings, figures, contradictions, named qualifications), by key."""
    held = {row.key: row for row in model._default_manager.all()}  # type: ignore[attr-defined]
    fresh = [model(key=key, **values) for key, values in rows.items() if key not in held]
    dirty: dict[str, list[str]] = {}
    for key, values in rows.items():
        if key in held and (differing := [n for n, v in values.items() if _differs(held[key], n, v)]):
            dirty[key] = differing
            for name in differing:
                setattr(held[key], name, values[name])
    model._default_manager.bulk_create(fresh, batch_size=1000)
    if dirty:
        fields = sorted({name for names in dirty.values() for name in names})
        model._default_manager.bulk_update([held[key] for key in dirty], fields)
    kind = str(model._meta.verbose_name)
    if fresh:
        audit(by=by, action=f"create {kind}", subject=f"{kind}:*", before={}, after={"rows": len(fresh)})
    for key, differing in dirty.items():
        audit(by=by, action=f"change {kind}", subject=f"{kind}:{key}", before={}, after={"fields": differing})
    return Held(frozenset(rows.keys() - held.keys()), frozenset(dirty))


def _differs(row: Model, name: str, value: Any) -> bool:
    """True where a row says something else. What it points to is compared by its number, without reading it."""
    if isinstance(value, Model):
        return bool(getattr(row, f"{name}_id") != value.pk)
    return bool(getattr(row, name) != value)


def cite(collection: str, cites: Iterable[Cite], retrieval: Retrieval | None) -> Written:
    """Create or update the citations of one collection by subject. Unchanged ones are not written.

    A citation keeps the retrieval that first said so until what it says changes. None: it came with no file.
    """
    wanted = {c.subject: c for c in cites}
    held = {c.subject: c for c in Citation.objects.filter(collection=collection)}
    fresh, changed = [], []
    for subject, c in wanted.items():
        said = {
            "source_id": c.source.pk,
            "row": c.row,
            "locator": c.locator,
            "certainty": c.certainty,
            "note": c.note,
        }
        old = held.get(subject)
        if old is None:
            old = Citation(collection=collection, subject=subject, retrieval=retrieval, **said)
            fresh.append(old)
            held[subject] = old
        elif any(getattr(old, field) != value for field, value in said.items()):
            for field, value in said.items():
                setattr(old, field, value)
            old.retrieval = retrieval
            changed.append(old)
    Citation.objects.bulk_create(fresh, batch_size=1000)
    Citation.objects.bulk_update(
        changed, ["source", "row", "locator", "certainty", "note", "retrieval"], batch_size=500
    )
    return Written(held, len(fresh) + len(changed))


def cite_anew(collection: str, said: Cite) -> Citation:
    """One more citation in a collection, which has none of this subject yet and came with no file."""
    return Citation.objects.create(collection=collection, **vars(said))


def mark_fields(subjects: Iterable[str], marks: Iterable[FieldMark]) -> int:
    """Make the marks on fields of these subjects be exactly these. Returns how many rows were written."""
    held = {(m.subject, m.field): m for m in FieldMark.objects.filter(subject__in=list(subjects))}
    wanted = {(m.subject, m.field): m for m in marks}
    fresh = [m for key, m in wanted.items() if key not in held]
    gone = [m.pk for key, m in held.items() if key not in wanted]
    changed = []
    for key, mark in wanted.items():
        old = held.get(key)
        if old and (old.certainty, old.note) != (mark.certainty, mark.note):
            old.certainty, old.note = mark.certainty, mark.note
            changed.append(old)
    FieldMark.objects.bulk_create(fresh)
    FieldMark.objects.bulk_update(changed, ["certainty", "note"])
    FieldMark.objects.filter(pk__in=gone).delete()
    return len(fresh) + len(gone) + len(changed)
