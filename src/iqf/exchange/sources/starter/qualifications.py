"""The folder's qualifications into the catalogue, and the marks on their fields."""

from collections.abc import Iterator

from iqf import codes
from iqf.analysis.naming import normal_title
from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, name_things, retire_missing, upsert
from iqf.evidence.actions import mark_fields
from iqf.evidence.models import FieldMark
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.held import FIELDS_FROM_MEMORY, Held, found_by_alias, key_of, number_or_none, place
from iqf.exchange.sources.starter.rows import Folder

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
        {"alias": key_of(row, "local_id")},
        {
            "title": normal_title(row["title"]),
            "kind": what,
            "award_type": row["type"],
            "number": number.stored if number else "",
            "owner": held.owner(row["awarding_organisation"]),
            "level": _level(row, what),
            "old_level": level["old_level"] if level else "",
            "old_framework": level["old_framework"] if level else "",
            "credit": number_or_none(row["credit"]),
            "glh": number_or_none(row["glh"]),
            "tqt": number_or_none(row["tqt"]),
            "credit_years": number_or_none(row["credit_years"]),
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
