"""What people must have and what leads where, added to the made-up country: it asks top-ups and routes of it.

Each role must hold one of two qualifications and needs six statements; each qualification that is open leads to up
to three others; one unit in ten has an equivalent, and one in a hundred bars another.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from bench.national import Size
from bench.national_catalogue import CITED, insert
from iqf.catalogue import models as m

NEEDED = 6
ASKED = 2


def load_ways(size: Size, seed: int = 2006) -> None:
    """The rows, straight into the tables."""
    at = Random(seed)
    still = list(m.Qualification.objects.filter(operational_end="").order_by("pk").values_list("pk", flat=True))
    _requirements(size, at, still)
    _needs(size, at)
    _progressions(at, still)
    _pairs(m.Equivalence, at, size.units, size.units // 20)
    _pairs(m.BarredPair, at, size.units, size.units // 200)


def _requirements(size: Size, at: Random, still: Sequence[int]) -> None:
    first = 1 + max(m.Requirement.objects.order_by("-pk").values_list("pk", flat=True)[:1], default=0)
    already = set(m.Requirement.objects.values_list("role", "qualification"))

    def rows() -> Iterator[Sequence[Any]]:
        pk = first
        for role in range(1, size.roles + 1):
            for qualification in at.sample(still, min(ASKED, len(still))):
                if (role, qualification) not in already:
                    yield pk, role, qualification, "mandatory", "one of", CITED
                    pk += 1

    insert(m.Requirement, ("id", "role", "qualification", "strength", "choice_group", "citation"), rows())


def _needs(size: Size, at: Random) -> None:
    first = 1 + max(m.Alignment.objects.order_by("-pk").values_list("pk", flat=True)[:1], default=0)

    def rows() -> Iterator[Sequence[Any]]:
        pk = first
        for role in range(1, size.roles + 1):
            start = at.randrange(0, max(1, size.statements - 50))
            for statement in at.sample(range(start + 1, start + 51), NEEDED):
                yield pk, role, min(statement, size.statements), "requires", "partly", CITED
                pk += 1

    once = {row[1:3]: row for row in rows()}
    insert(m.Alignment, ("id", "role", "statement", "verb", "strength", "citation"), once.values())


def _progressions(at: Random, still: Sequence[int]) -> None:
    """Between qualifications that somebody can still begin: each to any one, and to two that a role asks for."""
    asked = sorted(
        set(m.Requirement.objects.filter(qualification__in=still).values_list("qualification_id", flat=True))
    )

    def rows() -> Iterator[Sequence[Any]]:
        pk = 1
        for before in still:
            for after in {at.choice(still), at.choice(asked), at.choice(asked)}:
                if after != before:
                    yield pk, before, after, CITED
                    pk += 1

    insert(m.Progression, ("id", "before", "after", "citation"), rows())


def _pairs(model: Any, at: Random, units: int, number: int) -> None:
    pairs = {tuple(sorted(at.sample(range(1, units + 1), 2))) for _ in range(number)}
    rows = ((pk, *pair, CITED) for pk, pair in enumerate(sorted(pairs), 1))
    insert(model, ("id", "first", "second", "citation"), rows)
