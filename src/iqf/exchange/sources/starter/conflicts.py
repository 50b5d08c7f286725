"""Fields about which two sources of the folder disagree."""

from collections.abc import Iterator
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, upsert
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.held import Held, place
from iqf.exchange.sources.starter.rows import Folder

FIELD_OF_COLUMN = {"status": "stated_status"}


def load_conflicts(batch: Batch, folder: Folder, held: Held) -> Iterator[dict[str, Any]]:
    """Fields about which two sources disagree: both values kept, none decided. Yields each as the report shows it."""
    standing = {
        (c.subject, c.field, c.value_other): c for c in m.FieldConflict.objects.select_related("citation_other")
    }
    fresh = [r for r in folder["conflicts"] if _decidable(standing.get(_conflict_key(r, held)), batch)]
    upsert(batch, m.FieldConflict, [_conflict(batch, r, held) for r in fresh], held=standing)
    for row in folder["conflicts"]:
        code, field, other = _conflict_key(row, held)
        yield {"code": code, "field": field, "shown": row["value_shown"], "other": other}


def _conflict_key(row: Row, held: Held) -> tuple[str, str, str]:
    field = FIELD_OF_COLUMN.get(row["field"], row["field"])
    return held.qualifications[row["subject"]].code, field, row["value_other"]


def _decidable(conflict: m.FieldConflict | None, batch: Batch) -> bool:
    """Not on record yet, or on record by this collection and still undecided."""
    return conflict is None or (not conflict.decided_by and conflict.citation_other.collection == batch.collection)


def _conflict(batch: Batch, row: Row, held: Held) -> Draft:
    at = subject("conflicts", row)
    code, field, other = _conflict_key(row, held)
    return Draft(
        at,
        {"subject": code, "field": field, "value_other": other},
        {
            "value_shown": row["value_shown"],
            "citation_shown": batch.citations[at + ":shown"],
            "citation_other": batch.citations[at + ":other"],
            "reason": row["reason"],
        },
        place(row),
    )
