"""The folder's roles into the catalogue, with their titles and successors."""

from collections.abc import Iterable, Iterator

from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, name_things, retire_missing, upsert
from iqf.evidence.actions import mark_fields
from iqf.evidence.models import FieldMark
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.held import Held, found_by_alias, key_of, place
from iqf.exchange.sources.starter.rows import Folder


def load_roles(batch: Batch, folder: Folder, held: Held) -> None:
    """Roles under the folder's ids, with what the extras say of them, their other titles, their successors."""
    extras = {r["role_id"]: r for r in folder["role_extras"]}
    rows = folder["roles"]
    made = upsert(
        batch,
        m.Role,
        (_role(r, extras.get(r["role_id"])) for r in rows),
        kind="role",
        held=found_by_alias(m.RoleAlias, batch.collection),
    )
    held.roles = {r["role_id"]: made[subject("roles", r)] for r in rows}
    name_things(batch, m.RoleAlias, ((held.roles[r["role_id"]], batch.collection, r["role_id"]) for r in rows))
    titles = upsert(batch, m.RoleTitle, (t for r in rows for t in _titles(r, held.roles[r["role_id"]])))
    if folder.has("roles"):
        retire_missing(batch, m.Role, made.values())
        retire_missing(batch, m.RoleTitle, titles.values())
    _successors(batch, rows, extras, held)
    marks = [
        FieldMark(
            subject=held.roles[r["role_id"]].code,
            field=f,
            certainty=(r[evidence] if evidence else "") or "unverified",
            note="Not stated by a source.",
        )
        for r in extras.values()
        for f, column, evidence in (
            ("contact", "contact", "contact_evidence"),
            ("explanation", "plain_explanation", "evidence"),
            ("status_from", "status_from", ""),
        )
        if r[column]
    ]
    batch.writes += mark_fields((r.code for r in held.roles.values()), marks)


def _role(row: Row, extra: Row | None) -> Draft:
    status = row["status"] or "established"
    return Draft(
        subject("roles", row),
        {"alias": key_of(row, "role_id")},
        {
            "title": row["title"],
            "description": row["description"],
            "explanation": extra["plain_explanation"] if extra else "",
            "constituency": row["constituency"] or "unknown",
            "constituency_basis": row["constituency_basis"],
            "tier": row["tier"],
            "tier_basis": row["tier_basis"],
            "contact": extra["contact"] if extra else "",
            "status": "replaced" if extra and extra["successor_role_id"] else status,
            "status_from": extra["status_from"] if extra else "",
            "status_note": extra["status_note"] if extra else "",
        },
        place(row),
    )


def _titles(row: Row, role: m.Role) -> Iterator[Draft]:
    seen = {row["title"]}
    for kind, column in (("alternative", "alternative_titles"), ("synonym", "suggested_synonyms")):
        for title in (t.strip() for t in row[column].split("|")):
            if title and title not in seen:
                seen.add(title)
                at = subject("roles", row)
                yield Draft(f"{at}:{title}", {"role": role, "title": title}, {"kind": kind}, place(row), cited_as=at)


def _successors(batch: Batch, rows: Iterable[Row], extras: dict[str, Row], held: Held) -> None:
    drafts = [
        Draft(subject("roles", r), {"id": held.roles[r["role_id"]].pk}, {"successor": successor}, place(r))
        for r in rows
        if (extra := extras.get(r["role_id"])) and (successor := held.roles.get(extra["successor_role_id"]))
    ]
    by_id = {(role.pk,): role for role in held.roles.values()}
    upsert(batch, m.Role, drafts, held=by_id)
