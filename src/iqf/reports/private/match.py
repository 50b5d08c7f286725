"""What do an official row, or another entry, and the things that it may be say of themselves, side by side?"""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from iqf.catalogue.models.things import Thing
from iqf.reports.private.inbox import roles_asking
from iqf.reports.private.joining import JoiningAnswer, both_ways
from iqf.reports.private.printed import Printed, printed, printed_row
from iqf.reports.things import Ref, ref, shown_level
from iqf.review.models import ProposedMatch
from iqf.review.queries import match_numbered, rivals
from iqf.review.sides import rows_of, things_of

DATES = (("started_from", "operational_start"), ("started_to", "operational_end"))
LABELS = ("Title", "Level", "Owner", "Number", "First offered", "Stopped being offered")


@dataclass(frozen=True)
class Line:
    """One thing that the sides may say: blank where a side does not."""

    label: str
    row: str
    things: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """True where the row says something, and a candidate says something else."""
        return bool(self.row) and any(thing and thing.casefold() != self.row.casefold() for thing in self.things)


@dataclass(frozen=True)
class Candidate:
    """One thing that the row may be: how alike and why, where it was printed, how many roles ask for it.

    `number` is that of its match. `thing` is None where it is no longer held.
    """

    number: int
    code: str
    title: str
    thing: Ref | None
    printed: Printed | None
    score: float
    why: str
    earlier: str
    roles: int

    @property
    def choice(self) -> str:
        """How a form names it."""
        return str(self.number)


@dataclass(frozen=True)
class MatchAnswer:
    """One row and every candidate for it that waits, that which was asked about first; and what accepting would do.

    `register` is blank where two entries may be one: then `other` is the second, `code` the first, and `joinings` say
    what joining either into the other would do.
    """

    number: int
    state: str
    register: str
    reference: str
    title: str
    code: str
    matched_title: str
    only_similar: bool
    other: Ref | None
    row_printed: Printed | None
    candidates: tuple[Candidate, ...]
    lines: tuple[Line, ...]
    joinings: tuple[JoiningAnswer, ...]

    @property
    def first(self) -> Candidate:
        """The candidate that was asked about."""
        return self.candidates[0]


def match(number: int) -> MatchAnswer:
    """One proposed match by its number, with its rivals. Raises NotFoundError."""
    held = match_numbered(number)
    every = [held, *rivals(held)]
    things = things_of([m.code for m in every] + ([] if held.register else [held.reference]))
    for kind in {type(thing) for thing in things.values()}:
        prefetch_related_objects([thing for thing in things.values() if type(thing) is kind], "aliases")
    row: Any = things.get(held.reference)
    if held.register:
        row = rows_of([(held.register, held.reference, held.code)]).get((held.register, held.reference))
    names = ("state", "register", "reference", "title", "code", "matched_title", "only_similar")
    return MatchAnswer(
        number=held.pk,
        **{name: getattr(held, name) for name in names},
        other=ref(row) if isinstance(row, Thing) else None,
        row_printed=_printed(row),
        candidates=_candidates(every, things),
        lines=_lines(every, row, things),
        joinings=() if held.register else both_ways(things.get(held.code), things.get(held.reference)),
    )


def _printed(row: Any) -> Printed | None:
    if row is None:
        return None
    return printed(row.citation) if isinstance(row, Thing) else printed_row(row)


def _candidates(every: list[ProposedMatch], things: dict[str, Thing]) -> tuple[Candidate, ...]:
    asked = roles_asking([m.code for m in every])
    return tuple(
        Candidate(
            number=m.pk,
            code=m.code,
            title=m.matched_title,
            thing=ref(things[m.code]) if m.code in things else None,
            printed=printed(things[m.code].citation) if m.code in things else None,
            score=m.score,
            why=m.why,
            earlier=m.earlier,
            roles=asked.get(m.code, 0),
        )
        for m in every
    )


def _lines(every: list[ProposedMatch], row: Any, things: dict[str, Thing]) -> tuple[Line, ...]:
    ours = [_thing_says(things[m.code]) if m.code in things else (m.matched_title,) for m in every]
    theirs: tuple[str, ...] = (every[0].title,)
    if row is not None:
        theirs = _thing_says(row) if isinstance(row, Thing) else _row_says(row)
    sides = [(*side, *("",) * (len(LABELS) - len(side))) for side in (theirs, *ours)]
    lines = (Line(label, said[0], tuple(said[1:])) for label, *said in zip(LABELS, *sides, strict=True))
    return tuple(line for line in lines if line.row or any(line.things))


def _row_says(row: Any) -> tuple[str, ...]:
    dates = (str(row.facts.get(name, "") or "") for name, _ in DATES)
    return (row.title, shown_level(row.level) or "", row.owner, row.number, *dates)


def _thing_says(thing: Any) -> tuple[str, ...]:
    owner = getattr(thing, "owner", None)
    dates = (getattr(thing, name, "") for _, name in DATES)
    level = shown_level(getattr(thing, "level", "")) or ""
    number = getattr(thing, "number", "") or getattr(thing, "reference", "")
    return (thing.title, level, owner.title if owner else "", number, *dates)
