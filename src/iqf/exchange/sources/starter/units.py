"""The folder's units into the catalogue, with their outcomes."""

from collections.abc import Iterator

from iqf import codes
from iqf.analysis.naming import normal_title
from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, name_things, retire_missing, upsert
from iqf.evidence.actions import mark_fields
from iqf.evidence.models import FieldMark
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.expected import read_credit
from iqf.exchange.sources.starter.held import FIELDS_FROM_MEMORY, Held, found_by_alias, key_of, number_or_none, place
from iqf.exchange.sources.starter.rows import Folder


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
        {"alias": key_of(row, "unit_id")},
        {
            "title": normal_title(row["title"]),
            "reference": reference.stored if reference else "",
            "owner": held.owner(row["owner"]),
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
