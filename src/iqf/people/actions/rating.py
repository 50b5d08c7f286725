"""Self-assessments: a person or a team rates itself; a sitting is kept as it was, and another is made next time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.people import queries
from iqf.people.actions.writing import MOST_ROWS, own, tell, words
from iqf.people.models import Grade, Portfolio, SelfRating, Team
from iqf.people.models.ratings import GRADES
from iqf.people.scope import Scope
from iqf.people.trouble import CannotHold

NOTHING = "Rate at least one line; leave open what you cannot say."


@dataclass(frozen=True)
class Rated:
    """How far a statement is reached, by its code; in a matrix also the code of the row. `grade`: 0 to 3."""

    statement: str
    grade: int
    row: str = ""
    note: str = ""


@dataclass(frozen=True)
class Sitting:
    """One self-assessment as it was entered, against the framework with this code, on a day."""

    framework: str
    rated: Sequence[Rated]
    on: date
    note: str = ""


@transaction.atomic
def rate(scope: Scope, sitting: Sitting, *, team: int | None = None) -> SelfRating:
    """Keep a self-assessment of one's own, or of a team that one is in. Raises CannotHold, NotFoundError."""
    whose: Portfolio | Team = own(scope) if team is None else queries.team(scope, team)
    if whose.ratings.count() >= MOST_ROWS:
        raise CannotHold("There are very many self-assessments already; remove one first.")
    if sitting.on > timezone.localdate():
        raise CannotHold("The day of a self-assessment has come; give today or an earlier day.", "on")
    framework = m.Framework.objects.get(LIVE, code=sitting.framework)
    made = SelfRating(framework=framework, on=sitting.on, note=words(sitting.note, "note", "The note", 4000))
    if isinstance(whose, Team):
        made.team = whose
    else:
        made.portfolio = whose
    made.save()
    Grade.objects.bulk_create(_grades(made, framework, sitting.rated))
    tell(scope, "rate themselves", whose)
    return made


def _grades(made: SelfRating, framework: m.Framework, rated: Sequence[Rated]) -> list[Grade]:
    """The grades as rows. Raises CannotHold for a line that the framework does not have, or that stands twice."""
    known = {row.code: row for row in m.Statement.objects.filter(LIVE, framework=framework)}
    if not rated:
        raise CannotHold(NOTHING)
    if len({(r.statement, r.row) for r in rated}) < len(rated):
        raise CannotHold("A line was rated twice; rate each once.")
    for each in rated:
        if each.statement not in known or (each.row and each.row not in known) or each.grade not in GRADES:
            raise CannotHold(
                f"{framework.title} has no such line or grade: {each.statement} {each.row}".rstrip() + "."
            )
    return [
        Grade(
            rating=made,
            statement=known[r.statement],
            row=known.get(r.row),
            grade=r.grade,
            note=words(r.note, "note", "A note", 500),
        )
        for r in rated
    ]


@transaction.atomic
def remove_rating(scope: Scope, number: int) -> None:
    """Take a self-assessment away, one's own or that of a team that one is in. Raises NotFoundError."""
    held = queries.rating(scope, number)
    whose = held.team or own(scope)
    held.delete()
    tell(scope, "remove self-assessment", whose)
