"""Fields about which two sources of the folder disagree."""

from collections.abc import Iterator
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.actions.remembering import conflicts_of
from iqf.catalogue.actions.upsert import Batch, Draft, upsert
from iqf.catalogue.decided import Conflicts
from iqf.catalogue.models.things import LIVE
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.held import Held, place
from iqf.exchange.sources.starter.rows import Folder

FIELD_OF_COLUMN = {"status": "stated_status"}


def load_conflicts(batch: Batch, folder: Folder, held: Held) -> Iterator[dict[str, Any]]:
    """Fields about which two sources of the folder disagree: both values kept. Yields what waits for a decision.

    Two values that were known when the field was decided are no news.
    """
    known = conflicts_of(batch)
    fresh = [r for r in folder["conflicts"] if _decidable(known, _conflict_key(r, held), batch)]
    upsert(batch, m.FieldConflict, [_conflict(batch, r, held) for r in fresh], held=known.by_key)
    waiting = m.FieldConflict.objects.filter(LIVE, decision=None, citation_other__collection=batch.collection)
    for c in waiting.order_by("subject", "field", "pk"):
        yield {"code": c.subject, "field": c.field, "shown": c.value_shown, "other": c.value_other}


def _conflict_key(row: Row, held: Held) -> tuple[str, str, str]:
    field = FIELD_OF_COLUMN.get(row["field"], row["field"])
    return held.qualifications[row["subject"]].code, field, row["value_other"]


def _decidable(known: Conflicts, key: tuple[str, str, str], batch: Batch) -> bool:
    """Not on record yet, or on record by this collection and still undecided."""
    code, field, other = key
    if (decision := known.decision(code, field)) and decision.knows(other):
        return False
    conflict = known.by_key.get(key)
    return conflict is None or (not conflict.is_decided and conflict.citation_other.collection == batch.collection)


def _conflict(batch: Batch, row: Row, held: Held) -> Draft:
    at = subject("conflicts", row)
    code, field, other = _conflict_key(row, held)
    decision = conflicts_of(batch).decision(code, field)
    return Draft(
        at,
        {"subject": code, "field": field, "value_other": other},
        {
            "value_shown": decision.value if decision else row["value_shown"],
            "citation_shown": decision.citation if decision else batch.citations[at + ":shown"],
            "citation_other": batch.citations[at + ":other"],
            "reason": row["reason"],
        },
        place(row),
    )
