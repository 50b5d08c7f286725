"""What does an official row say of itself, that the rule of inclusion puts to a reviewer, and why does it wait?"""

from dataclasses import dataclass

from iqf.catalogue.inclusion import rule_in_force, waiting
from iqf.catalogue.queries import NotFoundError
from iqf.codes import level_words
from iqf.register.models import OfficialRow
from iqf.reports.official import Official, as_shown
from iqf.review.queries import borderline as held


@dataclass(frozen=True)
class BorderlineAnswer:
    """A row that waits: what it says of itself, the clause that asks and why; and each list that holds it."""

    subject: str
    title: str
    owner: str
    level: str
    area: str
    clause: str
    because: str
    official: tuple[Official, ...]


def borderline(subject: str) -> BorderlineAnswer:
    """A row that waits for a choice, judged again. Raises NotFoundError where it does not wait any more."""
    title = held(subject).title
    found = waiting(rule_in_force().rule, {subject}).borderline
    if not found:
        raise NotFoundError(f"Nothing waits to be decided about {title} any more.")
    (judged,) = found
    row, verdict = judged.candidate.row, judged.verdict
    rows = OfficialRow.objects.filter(kind="qualification", retired=False).order_by("register", "reference")
    register, _, reference = subject.rpartition(":")
    rows = rows.filter(register=register, reference=reference) if register else rows.filter(number=subject)
    return BorderlineAnswer(
        subject=subject,
        title=row.title,
        owner=row.owner,
        level=level_words(row.level) if row.level and "/" not in row.level else row.level,
        area=row.area,
        clause=verdict.clauses[0],
        because=verdict.because,
        official=tuple(as_shown(rows)),
    )
