"""The folder's things into the catalogue: organisations, clusters, roles, qualifications, units."""

from collections.abc import Iterable, Iterator
from typing import Any

from iqf import codes
from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, name_things, retire_missing, upsert
from iqf.catalogue.models.things import Alias
from iqf.evidence.actions import mark_fields
from iqf.evidence.models import FieldMark
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.rows import Folder, read_credit
from iqf.places.actions import AreaFacts, hold_areas
from iqf.places.models import Area

KIND_OF_TYPE = {
    "Diploma": "regulated qualification",
    "Award": "regulated qualification",
    "Certificate": "regulated qualification",
    "NVQ": "regulated qualification",
    "Degree": "higher-education award",
    "Foundation degree": "higher-education award",
    "Professional status": "professional status",
    "Professional standards": "professional standards",
    "Endorsed training": "endorsed training",
}
LEVELLED_TYPES = ("Diploma", "Award", "Certificate", "NVQ", "Degree", "Foundation degree")
NON_LEVELLED_KINDS = (
    "professional standards",
    "professional status",
    "endorsed training",
    "unaccredited training",
)
FIELDS_FROM_MEMORY = {
    "reference": "reference",
    "code": "code",
    "title": "title",
    "level": "level",
    "credit": "credit",
    "glh": "glh",
    "tqt": "tqt",
    "age focus": "age_focus",
    "available_from": "operational_start",
    "available_to": "operational_end",
    "status": "stated_status",
}


class Held:
    """What the folder's rows have become, found by the folder's own ids."""

    def __init__(self) -> None:
        self.areas: dict[str, Area] = {}
        self.organisations: dict[str, m.Organisation] = {}
        self.clusters: dict[tuple[str, str], m.Cluster] = {}
        self.roles: dict[str, m.Role] = {}
        self.qualifications: dict[str, m.Qualification] = {}
        self.units: dict[str, m.Unit] = {}
        self.statements: dict[tuple[str, str], m.Statement] = {}
        self.frameworks: dict[str, m.Framework] = {}
        self.requirements: dict[tuple[str, str], m.Requirement] = {}


def place(row: Row) -> tuple[str, int]:
    """Where a row stands: how the report counts rows."""
    return row.file, row.number


def found_by_alias(model: type[Alias], collection: str) -> dict[tuple[Any, ...], Any]:
    """The things that a collection named before, by its own ids."""
    named: Any = model._default_manager
    return {(a.key,): a.thing for a in named.filter(scheme=collection).select_related("thing__citation")}


def _key(row: Row, column: str) -> str:
    return codes.alias_key(row[column])


def number_or_none(text: str) -> int | None:
    """A whole number, or None for blank: unknown is never zero."""
    return int(text) if text else None


def load_areas(batch: Batch, folder: Folder, held: Held) -> None:
    """Countries and regions. They are a closed list of their own, not things with citations."""
    listed = (AreaFacts(r["code"], r["name"], r["kind"], r["parent"]) for r in folder["areas"])
    batch.writes += hold_areas(by=batch.by, areas=listed)
    for area in Area.objects.all():
        held.areas |= {area.code: area, area.name: area}


def load_organisations(batch: Batch, folder: Folder, held: Held) -> None:
    """Organisations by name, their recognition numbers as aliases, their other names."""
    by_title = {(codes.alias_key(o.title),): o for o in m.Organisation.objects.select_related("citation")}
    rows = folder["organisations"]
    made = upsert(
        batch,
        m.Organisation,
        (
            Draft(
                subject("organisations", r),
                {"title_key": _key(r, "name")},
                {"title": r["name"], "kind": r["kind"] or "other", "website": r["website"]},
                place(r),
            )
            for r in rows
        ),
        kind="organisation",
        held=by_title,
    )
    held.organisations = {r["name"]: made[subject("organisations", r)] for r in rows}
    name_things(
        batch,
        m.OrganisationAlias,
        ((held.organisations[r["name"]], "recognition-number", r["recognition_number"]) for r in rows),
    )
    names = upsert(batch, m.OrganisationName, (_organisation_name(r, held) for r in folder["organisation_names"]))
    if folder.has("organisations"):
        retire_missing(batch, m.Organisation, made.values())
    if folder.has("organisation_names"):
        retire_missing(batch, m.OrganisationName, names.values())


def _organisation_name(row: Row, held: Held) -> Draft:
    return Draft(
        subject("organisation_names", row),
        {
            "organisation": held.organisations[row["organisation"]],
            "other_name": row["other_name"],
            "kind": row["kind"],
        },
        {"since": row["from_date"], "note": row["note"]},
        place(row),
    )


def load_clusters(batch: Batch, folder: Folder, held: Held) -> None:
    """Cluster schemes and their clusters, in the order of the files."""
    schemes = upsert(
        batch,
        m.ClusterScheme,
        (
            Draft(
                subject("cluster_schemes", r),
                {"key": r["scheme_id"]},
                {"title": r["title"], "note": r["note"], "position": i},
                place(r),
            )
            for i, r in enumerate(folder["cluster_schemes"])
        ),
    )
    by_key = {r["scheme_id"]: schemes[subject("cluster_schemes", r)] for r in folder["cluster_schemes"]}
    clusters = upsert(
        batch,
        m.Cluster,
        (
            Draft(
                subject("clusters", r),
                {"scheme": by_key[r["scheme_id"]], "key": r["cluster_id"]},
                {"title": r["title"], "note": r["note"], "position": i},
                place(r),
            )
            for i, r in enumerate(folder["clusters"])
        ),
    )
    held.clusters = {(r["scheme_id"], r["cluster_id"]): clusters[subject("clusters", r)] for r in folder["clusters"]}
    if folder.has("clusters"):
        retire_missing(batch, m.Cluster, clusters.values())


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
            certainty=r[evidence] if evidence else "unverified",
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
        {"alias": _key(row, "role_id")},
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


def load_qualifications(batch: Batch, folder: Folder, held: Held) -> None:
    """Qualifications under the folder's ids and their official numbers."""
    kinds = {r["qualification_local_id"]: r for r in folder["qualification_kinds"]}
    levels = {r["qualification_local_id"]: r for r in folder["relevelled"]}
    rows = folder["qualifications"]
    made = upsert(
        batch,
        m.Qualification,
        (_qualification(r, kinds.get(r["local_id"]), levels.get(r["local_id"]), held) for r in rows),
        kind="qualification",
        held=found_by_alias(m.QualificationAlias, batch.collection),
    )
    held.qualifications = {r["local_id"]: made[subject("qualifications", r)] for r in rows}
    aliases = []
    for r in rows:
        thing = held.qualifications[r["local_id"]]
        number = codes.parse_qan(r["number"])
        aliases += [
            (thing, batch.collection, r["local_id"]),
            (thing, "qan", number.shown if number else r["number"]),
        ]
    name_things(batch, m.QualificationAlias, aliases)
    if folder.has("qualifications"):
        retire_missing(batch, m.Qualification, made.values())
    marks = [mark for r in rows for mark in _qualification_marks(r, kinds, held.qualifications[r["local_id"]])]
    batch.writes += mark_fields((q.code for q in made.values()), marks)


def _qualification(row: Row, kind: Row | None, level: Row | None, held: Held) -> Draft:
    number = codes.parse_qan(row["number"])
    what = kind["kind"] if kind else KIND_OF_TYPE.get(row["type"], "unaccredited training")
    certification_end = "certification end" in row["field_notes"]
    return Draft(
        subject("qualifications", row),
        {"alias": _key(row, "local_id")},
        {
            "title": row["title"],
            "kind": what,
            "award_type": row["type"],
            "number": number.stored if number else "",
            "owner": _owner(row["awarding_organisation"], held),
            "level": _level(row, what),
            "old_level": level["old_level"] if level else "",
            "old_framework": level["old_framework"] if level else "",
            "credit": number_or_none(row["credit"]),
            "glh": number_or_none(row["glh"]),
            "tqt": number_or_none(row["tqt"]),
            "age_focus": row["age_focus"],
            "assesses": kind["assesses"] if kind else "",
            "stands_for": kind["stands_for"] if kind else "",
            "area": held.areas.get(kind["area"]) if kind else None,
            "cluster": held.clusters.get(("sectors-2008", row["cluster_id"])),
            "operational_start": row["available_from"],
            "operational_end": "" if certification_end else row["available_to"],
            "certification_end": row["available_to"] if certification_end else "",
            "stated_status": row["status"],
            "note": row["field_notes"],
        },
        place(row),
    )


def _owner(name: str, held: Held) -> m.Organisation | None:
    return held.organisations.get(name)


def _level(row: Row, kind: str) -> str:
    """Blank means not known, except for kinds that have no level of their own: those are non-levelled."""
    level = codes.parse_level(row["level"]) or ""
    left_open = "level left blank" in row["field_notes"] or "level not on the page" in row["field_notes"]
    left_open = left_open or row["type"] in LEVELLED_TYPES
    return codes.NO_LEVEL if not level and kind in NON_LEVELLED_KINDS and not left_open else level


def _qualification_marks(row: Row, kinds: dict[str, Row], thing: m.Qualification) -> Iterator[FieldMark]:
    marked = set()
    for part in row["field_notes"].split(";"):
        head, _, listed = part.strip().partition("from memory or inferred:")
        if listed and not head:
            for name in listed.split("."):
                for one in name.split(","):
                    if (field := FIELDS_FROM_MEMORY.get(one.strip())) and field not in marked:
                        marked.add(field)
                        yield FieldMark(
                            subject=thing.code,
                            field=field,
                            certainty="unverified",
                            note="Recalled or inferred.",
                        )
    if thing.level == codes.NO_LEVEL and "level" not in marked:
        note = "No level is stated; entries of this kind are held as non-levelled."
        yield FieldMark(subject=thing.code, field="level", certainty="inferred", note=note)
    if thing.assesses:
        kind = kinds.get(row["local_id"])
        note = (kind["note"] if kind else "")[:400]
        yield FieldMark(subject=thing.code, field="assesses", certainty="inferred", note=note)


def load_units(batch: Batch, folder: Folder, held: Held) -> None:
    """Units under the folder's ids, their references and their owners' codes, with outcomes."""
    rows = folder["units"]
    made = upsert(
        batch,
        m.Unit,
        (_unit(r, held) for r in rows),
        kind="unit",
        held=found_by_alias(m.UnitAlias, batch.collection),
    )
    held.units = {r["unit_id"]: made[subject("units", r)] for r in rows}
    aliases = []
    for r in rows:
        thing = held.units[r["unit_id"]]
        aliases += [(thing, batch.collection, r["unit_id"]), (thing, "unit-reference", r["reference"])]
        aliases.append((thing, "unit-code", r["code"]))
    name_things(batch, m.UnitAlias, aliases)
    outcomes = upsert(batch, m.UnitOutcome, (o for r in rows for o in _outcomes(r, held.units[r["unit_id"]])))
    if folder.has("units"):
        retire_missing(batch, m.Unit, made.values())
        retire_missing(batch, m.UnitOutcome, outcomes.values())
    marks = [
        FieldMark(
            subject=held.units[r["unit_id"]].code,
            field=FIELDS_FROM_MEMORY[f],
            certainty="unverified",
            note="Recalled.",
        )
        for r in rows
        for f in r["from_memory"].split(";")
        if f in FIELDS_FROM_MEMORY
    ]
    batch.writes += mark_fields((u.code for u in made.values()), marks)


def _unit(row: Row, held: Held) -> Draft:
    reference = codes.parse_unit_reference(row["reference"])
    low, high = read_credit(row["credit"]) or (None, None)
    return Draft(
        subject("units", row),
        {"alias": _key(row, "unit_id")},
        {
            "title": row["title"],
            "reference": reference.stored if reference else "",
            "owner": _owner(row["owner"], held),
            "level": codes.parse_level(row["level"]) or "",
            "credit_low": low,
            "credit_high": high,
            "glh": number_or_none(row["glh"]),
            "summary": row["summary"],
        },
        place(row),
    )


def _outcomes(row: Row, unit: m.Unit) -> Iterator[Draft]:
    texts = [t.strip() for t in row["outcomes"].split("|") if t.strip()]
    for position, text in enumerate(texts, start=1):
        at = subject("units", row)
        key = {"unit": unit, "position": position}
        yield Draft(f"{at}:outcome{position}", key, {"text": text}, place(row), cited_as=at)
