"""A decision that a later one about the same value covers: kept with it, and standing again when that is undone."""

from datetime import date
from typing import Any

from iqf.catalogue.models import FieldConflict

KEPT = (
    "value_shown", "citation_shown_id", "citation_other_id", "reason", "value_decided", "citation_decided_id",
    "decided_because", "decided_by", "decision", "value_before", "covers",
)  # fmt: skip
NOTHING: dict[str, Any] = {
    "value_decided": "",
    "citation_decided": None,
    "decided_because": "",
    "decided_by": "",
    "decided_on": None,
    "decision": None,
    "value_before": "",
    "covers": None,
}


def cover(conflict: FieldConflict) -> None:
    """Keep what was decided in a conflict, before somebody decides it again. The caller stores it."""
    if conflict.is_decided:
        kept = {name: getattr(conflict, name) for name in KEPT}
        conflict.covers = kept | {"decided_on": str(conflict.decided_on)}


def uncover(conflict: FieldConflict) -> None:
    """Forget the latest decision of a conflict: what it covers stands again, or nothing is decided. The caller
    stores it.
    """
    kept: dict[str, Any] | None = conflict.covers
    before = NOTHING if kept is None else {**kept, "decided_on": date.fromisoformat(kept["decided_on"])}
    for name, value in before.items():
        setattr(conflict, name, value)
