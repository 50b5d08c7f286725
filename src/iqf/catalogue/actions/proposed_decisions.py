"""Decisions that somebody proposed, made by the actions that decide: what is shown, and what belongs here."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from iqf.catalogue.actions.admission import ChosenRow, choose
from iqf.catalogue.actions.decisions import REASON_MOST, CannotDecide, Proposed, decide
from iqf.catalogue.editable.changes import CREATE, Change
from iqf.catalogue.editable.entities import ENTITIES
from iqf.catalogue.editable.holds import WrongValue
from iqf.catalogue.editable.rows import read_cells, row_name
from iqf.catalogue.inclusion import named

INCLUSION_CHOICE, CONFLICT_DECISION = "inclusion choice", "conflict decision"
SEEN = "seen"
"""Under this name a proposed decision keeps the values that its author saw, as a list in JSON."""


def make(*, by: str, change: Change, reason: str, proposed: Proposed) -> str:
    """Decide what was proposed: how the audit trail names it. Raises WrongValue or WrongCells where it cannot be."""
    if change.act != CREATE:
        raise WrongValue("A decision is proposed anew; one that stands is undone by a reviewer.")
    entity = ENTITIES[change.entity]
    cells: dict[str, str] = read_cells(entity, {**change.key, **change.wanted}, all_needed=True)
    because = " ".join(reason.split())[:REASON_MOST]
    try:
        _MAKES[change.entity](by, cells, change, because, proposed)
    except CannotDecide as error:
        raise WrongValue(str(error)) from None
    return row_name(entity, {name: cells[name] for name in entity.key})


def _choose(by: str, cells: Mapping[str, str], change: Change, reason: str, proposed: Proposed) -> None:
    rows = [ChosenRow(*named(cells["subject"]))]
    choose(by=by, rows=rows, outcome=cells["outcome"], reason=reason, origin=proposed.origin)


def _decide(by: str, cells: Mapping[str, str], change: Change, reason: str, proposed: Proposed) -> None:
    seen = json.loads(change.base[SEEN]) if change.base.get(SEEN) else None
    said = {"code": cells["subject"], "field": cells["field"], "value": cells["value_decided"]}
    decide(by=by, **said, reason=reason, seen=seen, proposed=proposed)


_MAKES: Final[Mapping[str, Callable[[str, Mapping[str, str], Change, str, Proposed], None]]] = {
    INCLUSION_CHOICE: _choose,
    CONFLICT_DECISION: _decide,
}
