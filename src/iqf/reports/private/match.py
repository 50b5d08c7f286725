"""What do an official row and the thing that it may be say of themselves, side by side?"""

from dataclasses import dataclass
from typing import Any

from iqf.catalogue.models.things import Thing
from iqf.reports.private.inbox import roles_asking
from iqf.reports.private.printed import Printed, printed, printed_row
from iqf.reports.things import Ref, ref, shown_level
from iqf.review.models import ProposedMatch
from iqf.review.queries import match_numbered, rivals
from iqf.review.sides import rows_of, things_of

DATES = (("started_from", "operational_start"), ("started_to", "operational_end"))
LABELS = ("Title", "Level", "Owner", "Number", "First offered", "Stopped being offered")


@dataclass(frozen=True)
class Line:
    """One thing that both sides may say: blank where a side does not."""

    label: str
    row: str
    thing: str

    @property
    def differs(self) -> bool:
        """True where both say something, and not the same."""
        return bool(self.row and self.thing) and self.row.casefold() != self.thing.casefold()


@dataclass(frozen=True)
class Rival:
    """Another thing that the same row may be."""

    number: int
    title: str
    code: str
    score: float


@dataclass(frozen=True)
class MatchAnswer:
    """One proposed match: both sides line by line, where each was printed, how alike and why; and its state.

    `thing` is None where it is no longer held, `row_printed` where the row is not.
    """

    number: int
    state: str
    register: str
    reference: str
    title: str
    code: str
    matched_title: str
    thing: Ref | None
    lines: tuple[Line, ...]
    row_printed: Printed | None
    thing_printed: Printed | None
    score: float
    why: str
    earlier: str
    rivals: tuple[Rival, ...]
    roles: int


def match(number: int) -> MatchAnswer:
    """One proposed match by its number. Raises NotFoundError."""
    held = match_numbered(number)
    row = rows_of([(held.register, held.reference, held.code)]).get((held.register, held.reference))
    thing = things_of([held.code]).get(held.code)
    others = (Rival(r.pk, r.matched_title, r.code, r.score) for r in rivals(held))
    return MatchAnswer(
        number=held.pk,
        **{
            name: getattr(held, name) for name in ("state", "register", "reference", "title", "code", "matched_title")
        },
        thing=ref(thing) if thing else None,
        lines=_lines(held, row, thing),
        row_printed=printed_row(row) if row else None,
        thing_printed=printed(thing.citation) if thing else None,
        score=held.score,
        why=held.why,
        earlier=held.earlier,
        rivals=tuple(others),
        roles=roles_asking([held.code]).get(held.code, 0),
    )


def _lines(held: ProposedMatch, row: Any, thing: Thing | None) -> tuple[Line, ...]:
    theirs, ours = _row_says(row) if row else (held.title,), _thing_says(thing) if thing else (held.matched_title,)
    padded = ((*side, *("",) * (len(LABELS) - len(side))) for side in (theirs, ours))
    return tuple(Line(*line) for line in zip(LABELS, *padded, strict=True) if line[1] or line[2])


def _row_says(row: Any) -> tuple[str, ...]:
    dates = (str(row.facts.get(name, "") or "") for name, _ in DATES)
    return (row.title, shown_level(row.level) or "", row.owner, row.number, *dates)


def _thing_says(thing: Any) -> tuple[str, ...]:
    owner = getattr(thing, "owner", None)
    dates = (getattr(thing, name, "") for _, name in DATES)
    level = shown_level(getattr(thing, "level", "")) or ""
    return (thing.title, level, owner.title if owner else "", getattr(thing, "number", ""), *dates)
