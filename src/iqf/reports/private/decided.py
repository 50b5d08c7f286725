"""What was decided, by whom, when and why; and can it still be undone?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from iqf.catalogue.decided import Conflicts
from iqf.catalogue.models import FieldConflict
from iqf.catalogue.queries import NotFoundError
from iqf.reports.private.inbox import CONFLICT, MATCH
from iqf.reports.things import Ref
from iqf.reports.trail import things_called
from iqf.review.models import ProposedMatch
from iqf.review.queries import decided_matches


@dataclass(frozen=True)
class Decided:
    """One decision that stands: its number in the audit trail, what it was about, what was taken and passed over.

    `thing` is text where it stands no longer. `stands_last`: no later decision rests on it, so it can be undone.
    """

    number: int
    kind: str
    code: str
    thing: Ref | str
    about: str
    taken: str
    passed_over: tuple[str, ...]
    reason: str
    by: str
    on: date
    stands_last: bool


def decided() -> tuple[Decided, ...]:
    """Every decision that stands, latest first."""
    found = [*_conflicts(), *_matches()]
    known = things_called({d.code for d in found})
    rows = (Decided(**{**vars(d), "thing": known.get(d.code, d.thing)}) for d in found)
    return tuple(sorted(rows, key=lambda d: -d.number))


def one_decided(number: int) -> Decided:
    """One decision by its number. Raises NotFoundError."""
    for found in decided():
        if found.number == number:
            return found
    raise NotFoundError(f"There is no decision {number} that stands; see what was decided.")


def _conflicts() -> Iterator[Decided]:
    known = Conflicts()
    groups: dict[int, list[FieldConflict]] = {}
    for row in known.by_key.values():
        if row.decision is not None:
            groups.setdefault(row.decision, []).append(row)
    for number, rows in groups.items():
        first = rows[0]
        standing = known.decision(first.subject, first.field)
        values = dict.fromkeys([*(r.value_shown for r in rows), *(r.value_other for r in rows)])
        if first.decided_on is not None:
            yield Decided(
                number=number,
                kind=CONFLICT,
                code=first.subject,
                thing=first.subject,
                about=first.field,
                taken=first.value_decided,
                passed_over=tuple(v for v in values if v != first.value_decided),
                reason=first.decided_because,
                by=first.decided_by,
                on=first.decided_on,
                stands_last=standing is not None and standing.number == number,
            )


def _matches() -> Iterator[Decided]:
    for row in decided_matches():
        if row.decision is not None and row.decided_on is not None:
            yield _of_match(row, row.decision, row.decided_on)


def _of_match(row: ProposedMatch, number: int, on: date) -> Decided:
    return Decided(
        number=number,
        kind=MATCH,
        code=row.code,
        thing=f"{row.code} {row.matched_title}",
        about=f"{row.reference} {row.title}",
        taken=row.state,
        passed_over=(),
        reason=row.reason,
        by=row.decided_by,
        on=on,
        stands_last=True,
    )
