"""What do the sources say about one field, where is each value printed, and what was decided about it before?"""

from dataclasses import dataclass

from iqf.catalogue.decided import Conflicts, Decision, same_value
from iqf.catalogue.queries import NotFoundError
from iqf.reports.private.inbox import roles_asking
from iqf.reports.private.printed import Printed, printed
from iqf.reports.things import Ref, refs


@dataclass(frozen=True)
class Side:
    """One value, and where it was printed. `decided_before`: it is shown because somebody decided so."""

    value: str
    where: Printed
    shown_now: bool
    decided_before: bool


@dataclass(frozen=True)
class ConflictAnswer:
    """What waits about one field of a thing: every value with its place, and why they differ, as far as is known."""

    thing: Ref
    field: str
    sides: tuple[Side, ...]
    reasons: tuple[str, ...]
    roles: int
    before: Decision | None

    @property
    def values(self) -> tuple[str, ...]:
        """The values on the table, the shown one first."""
        return tuple(side.value for side in self.sides)


def conflict(code: str, field: str) -> ConflictAnswer:
    """What waits about one field. Raises NotFoundError where nothing does."""
    known = Conflicts([code])
    rows = known.waiting(code, field)
    things = refs({code})
    if not rows or code not in things:
        raise NotFoundError(f"Nothing waits to be decided about the {field.replace('_', ' ')} of {code} any more.")
    before = known.decision(code, field)
    first = rows[0]
    sides = [Side(first.value_shown, printed(first.citation_shown), True, before is not None)]
    for row in rows:
        if not any(same_value(field, row.value_other, side.value) for side in sides):
            sides.append(Side(row.value_other, printed(row.citation_other), False, False))
    reasons = tuple(dict.fromkeys(row.reason for row in rows))
    return ConflictAnswer(things[code], field, tuple(sides), reasons, roles_asking([code]).get(code, 0), before)
