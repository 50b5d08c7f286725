"""An earlier state proposed again: the changes that would take the present back to it, as a draft proposal."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.utils.timezone import localtime

from iqf.accounts.queries import history
from iqf.analysis.earlier import Row, State
from iqf.catalogue.actions.proposed_decisions import CONFLICT_DECISION, SEEN
from iqf.catalogue.earlier import Present, entity_of_name, itself, present, states
from iqf.catalogue.editable.changes import CHANGE, CREATE, RESTORE, RETIRE, Change
from iqf.catalogue.editable.entities import ALL, Entity
from iqf.catalogue.undone import Undone, undone_since
from iqf.review.actions.proposing import CannotPropose, Case, begin
from iqf.review.models import Proposal

CAME_BY = "restore"
MOVED = "{title} and another entry were joined or parted since then; undo that first."
AS_IT_IS = "It stands just so now; there is nothing to restore."


def propose_restore(*, by: str, code: str, event: int, body: str = "", body_name: str = "") -> Proposal:
    """A draft that would take a thing, and what joins it, back to how they stood after a change of its history.

    A decision that stood then and was undone since is proposed again, for the reason that it had. Its author
    says why and sends it. Raises CannotPropose where the change is none of this thing, where nothing differs, or
    where the thing did not stand yet; NotFoundError.
    """
    thing = itself(code)
    made = history(thing.code).filter(pk=event).first()
    if made is None:
        raise CannotPropose(f"{thing.title} has no change {event}; see its history.")
    now = present(thing)
    ((_, then),) = states(now, (event,))
    if then.rows.keys() - now.rows.keys() or getattr(thing, "joined_into_id", None) is not None:
        raise CannotPropose(MOVED.format(title=thing.title))
    undone = undone_since(thing, event)
    changes = [*changes_back(now, then, decided={one.field for one in undone}), *decided_again(thing.code, undone)]
    if not changes:
        raise CannotPropose(AS_IT_IS)
    on = localtime(made.at)
    case = Case(
        title=f"{thing.title[:120]} as it was on {on.day} {on:%B %Y}",
        reason=" ".join(dict.fromkeys(one.reason for one in undone)),
        source_title=f"The record of changes of this framework: change {event} of {on.day} {on:%B %Y}",
    )
    return begin(by=by, case=case, changes=changes, body=body, body_name=body_name, came_by=CAME_BY)


def decided_again(code: str, undone: Sequence[Undone]) -> Iterator[Change]:
    """Decisions that were undone, to be made again beside the values that wait now."""
    for one in undone:
        key = {"subject": code, "field": one.field}
        seen = {SEEN: json.dumps(one.waiting)}
        yield Change(CONFLICT_DECISION, CREATE, key, {"value_decided": one.value}, seen)


def changes_back(now: Present, then: State, decided: Collection[str] = ()) -> Iterator[Change]:
    """The changes that take the present back to a state: restored first, then changed, then retired.

    `decided`: fields of the thing itself that a decision takes back, so that no change is about them. A row that came
    to be since is retired. What stood neither then nor now is left alone.
    """
    depths = _depths(now)
    rows = sorted(now.rows, key=lambda name: (_RANK[entity_of_name(name).kind], depths[name]))
    again = [name for name in rows if _stood(then, name) and not now.rows[name].stands]
    for name in again:
        yield Change(entity_of_name(name).kind, RESTORE, _key(now, name))
    for name in rows:
        passed_over = decided if name == now.thing.code else ()
        wanted = _differing(now, then.rows[name], name, passed_over) if _stood(then, name) else {}
        if wanted:
            base = {column: now.rows[name].cells[column] for column in wanted}
            yield Change(entity_of_name(name).kind, CHANGE, _key(now, name), wanted, base)
    for name in rows:
        if now.rows[name].stands and not _stood(then, name):
            yield Change(entity_of_name(name).kind, RETIRE, _key(now, name))


_RANK = {entity.kind: place for place, entity in enumerate(ALL)}


def _stood(state: State, name: str) -> bool:
    row = state.rows.get(name)
    return row is not None and row.stands


def _depths(now: Present) -> dict[str, int]:
    """How deep each row of a tree stands now, so that what others are parts of comes first."""
    parents: dict[str, dict[str, str]] = defaultdict(dict)
    for name, row in now.rows.items():
        parents[entity_of_name(name).kind][_own_name(row)] = row.cells.get("parent", "")
    return {name: _depth(parents[entity_of_name(name).kind], _own_name(row)) for name, row in now.rows.items()}


def _own_name(row: Row) -> str:
    return row.cells.get("key") or row.cells.get("code", "")


def _depth(parents: Mapping[str, str], name: str) -> int:
    seen = [name]
    while (parent := parents.get(seen[-1], "")) and parent not in seen:
        seen.append(parent)
    return len(seen)


def _key(now: Present, name: str) -> dict[str, str]:
    entity: Entity = entity_of_name(name)
    cells = now.rows[name].cells
    return {column: cells[column] for column in entity.named_by}


def _differing(now: Present, then: Row, name: str, passed_over: Collection[str]) -> dict[str, str]:
    """What the columns that differ said then."""
    present_cells = now.rows[name].cells
    return {
        column.name: then.cells[column.name]
        for column in entity_of_name(name).own
        if then.cells[column.name] != present_cells[column.name] and column.name not in passed_over
    }
