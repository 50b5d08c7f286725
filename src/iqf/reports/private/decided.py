"""What was decided, by whom, when and why; and can it still be undone?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from iqf.catalogue.decided import Conflicts
from iqf.catalogue.joined import joined_into
from iqf.catalogue.models import Admission, FieldConflict, InclusionChoice
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.reports.private.affected import CONFLICT, DUPLICATE, INCLUSION, MATCH
from iqf.reports.things import Ref, refs
from iqf.review.models import ProposedMatch
from iqf.review.queries import decided_matches, lots_of
from iqf.review.states import ACCEPTED

KINDS = (CONFLICT, DUPLICATE, INCLUSION, MATCH)
"""The kinds of decisions. Of two things that were only similar it is one about duplicates."""


@dataclass(frozen=True)
class Decided:
    """One decision that stands: its number in the audit trail, what it was about, what was taken and passed over.

    `taken` is a value, or `accepted` or `declined`; `joined` where two entries became one; `chosen` or `refused` of
    an official row. `passed_over`: the other values, or the other candidates. `thing` is text where it stands no
    longer. `stands_last`: no later decision rests on it, so it can be undone. `lot`: those it was decided with.
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
    lot: int | None = None


def decided(kind: str = "", *, limit: int | None = None, offset: int = 0) -> tuple[Decided, ...]:
    """Every decision that stands, or those of one kind, latest first: `limit` of them from `offset` on, and no more
    than those are read.
    """
    numbers = _numbers(kind)[offset : None if limit is None else offset + limit]
    return _read([number for (number,) in numbers])


def how_many_decided(kind: str = "") -> int:
    """How many decisions stand."""
    return int(_numbers(kind).count())


def one_decided(number: int) -> Decided:
    """One decision by its number. Raises NotFoundError."""
    for found in _read([number]) if number < 2**63 else ():
        return found
    raise NotFoundError(f"There is no decision {number} that stands; see what was decided.")


def decision_about(subject: str) -> int:
    """The number of the choice that stands about an official row; 0 where none does."""
    held = InclusionChoice.objects.filter(LIVE, subject=subject).first()
    return held.decision if held else 0


def _numbers(kind: str) -> QuerySet[Any, Any]:
    """The numbers of decisions, latest first. One decides all values of a field, or all candidates of a row."""
    matches = decided_matches().order_by()
    parts: dict[str, QuerySet[Any]] = {
        CONFLICT: FieldConflict.objects.filter(decision__isnull=False).order_by(),
        DUPLICATE: matches.filter(register=""),
        INCLUSION: InclusionChoice.objects.filter(LIVE).order_by(),
        MATCH: matches.exclude(register=""),
    }
    first, *rest = (part.values_list("decision").distinct() for name, part in parts.items() if kind in ("", name))
    return (first.union(*rest) if rest else first).order_by("-decision")


def _read(numbers: Sequence[int]) -> tuple[Decided, ...]:
    found = [*_conflicts(numbers), *_matches(numbers), *_choices(numbers)]
    known, lots = refs({d.code for d in found if d.code}), lots_of(numbers)
    rows = (replace(d, thing=known.get(d.code, d.thing), lot=lots.get(d.number)) for d in found)
    return tuple(sorted(rows, key=lambda d: -d.number))


def _conflicts(numbers: Sequence[int]) -> Iterator[Decided]:
    groups: dict[int, list[FieldConflict]] = defaultdict(list)
    for row in FieldConflict.objects.filter(decision__in=list(numbers)).order_by("pk"):
        groups[row.decision or 0].append(row)
    known = Conflicts({rows[0].subject for rows in groups.values()})
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
                passed_over=tuple(v for v in values if v and v != first.value_decided),
                reason=first.decided_because,
                by=first.decided_by,
                on=first.decided_on,
                stands_last=standing is not None and standing.number == number,
            )


def _choices(numbers: Sequence[int]) -> Iterator[Decided]:
    """Choices about official rows: the qualification that was admitted from a row, else the row."""
    rows = list(InclusionChoice.objects.filter(LIVE, decision__in=list(numbers)))
    standing = Admission.objects.filter(subject__in=[row.subject for row in rows], qualification__retired_on=None)
    codes = dict(standing.values_list("subject", "qualification__code"))
    for row in rows:
        yield Decided(
            number=row.decision,
            kind=INCLUSION,
            code=codes.get(row.subject, ""),
            thing=row.title,
            about=row.subject,
            taken=row.outcome,
            passed_over=(),
            reason=row.reason,
            by=row.by,
            on=localtime(row.decided_at).date(),
            stands_last=True,
        )


def _matches(numbers: Sequence[int]) -> Iterator[Decided]:
    """Each decision about a row once: the candidate that was accepted, else the likeliest; and the others."""
    groups: dict[int, list[ProposedMatch]] = defaultdict(list)
    for row in decided_matches().filter(decision__in=list(numbers)).order_by("state", "-score", "code"):
        groups[row.decision or 0].append(row)
    joined = joined_into(row.code for rows in groups.values() for row in rows if not row.register)
    for number, (first, *rest) in groups.items():
        if first.decided_on is not None:
            over = tuple(f"{row.code} {row.matched_title}" for row in rest)
            yield replace(_of_match(first, number, first.decided_on, joined), passed_over=over)


def _of_match(row: ProposedMatch, number: int, on: date, joined: Mapping[str, str]) -> Decided:
    """Of two entries that were joined the thing is the one that stands."""
    sides = (f"{row.code} {row.matched_title}", f"{row.reference} {row.title}")
    turned = not row.register and row.code in joined
    return Decided(
        number=number,
        kind=MATCH if row.register else DUPLICATE,
        code=row.reference if turned else row.code,
        thing=sides[1] if turned else sides[0],
        about=sides[0] if turned else sides[1],
        taken="joined" if row.state == ACCEPTED and not row.register else row.state,
        passed_over=(),
        reason=row.reason,
        by=row.decided_by,
        on=on,
        stands_last=True,
    )
