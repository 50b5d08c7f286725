"""What do single employers ask of people who start, and where does that differ from what binds them all?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from iqf.accounts.prepared import Prepared
from iqf.analysis.entry_criteria import Criterion, Differing, National, beside_national, between_employers
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED
from iqf.codes import level_rank
from iqf.reports.things import Ref, Said, ref, said


@dataclass(frozen=True)
class EmployerAsks:
    """One thing that one employer asks for at one level of its posts (blank: any), and who says so.

    `verdict`: beside what binds every employer, it is the `same`, `more`, `less`, or one `cannot say`; and why.
    """

    role: Ref
    employer: Ref
    post_level: str
    kind: str
    asks: str
    strength: str
    qualification: Ref | None
    least_level: str
    instead: str
    since: str
    note: str
    verdict: str
    because: str
    said: Said


@dataclass(frozen=True)
class EmployersAnswer:
    """One answer that employers give: in the words of the first, and who gives it."""

    words: str
    employers: tuple[Ref, ...]


@dataclass(frozen=True)
class EmployersDiffer:
    """Posts of one level for which employers insist on different things of one kind; `silent` name nothing."""

    post_level: str
    kind: str
    answers: tuple[EmployersAnswer, ...]
    silent: tuple[Ref, ...]


@dataclass(frozen=True)
class Employers:
    """What single employers ask in a role, and where they differ from each other."""

    asks: tuple[EmployerAsks, ...] = ()
    differ: tuple[EmployersDiffer, ...] = ()

    @property
    def count(self) -> int:
        """How many employers are on record."""
        return len({row.employer.code for row in self.asks})

    @property
    def beyond(self) -> int:
        """How many of them ask for more than binds every employer."""
        return len({row.employer.code for row in self.asks if row.verdict == "more"})


def employers_of_role(role_id: int, national: National) -> Employers:
    """What single employers ask in a role, beside what binds them all: by employer, lowest posts first."""
    asks = tuple(_asks(row, national) for row in _in_order(_of_role(role_id)))
    people = {a.employer.code: a.employer for a in asks}
    differ = between_employers(map(criterion, asks))
    return Employers(asks, tuple(_differ(row, people) for row in differ))


def asked_by_employer(employer_id: int) -> tuple[EmployerAsks, ...]:
    """What one employer asks in all its roles. What binds every employer is said on the page of each role."""
    return tuple(_asks(row, None) for row in _in_order(_of_employer(employer_id)))


def employers_counted(role_ids: Iterable[int]) -> dict[int, int]:
    """How many employers are on record with criteria of their own, for each of these roles that has any."""
    rows = m.EntryCriterion.objects.filter(LIVE, role__in=role_ids, employer__retired_on__isnull=True)
    found: dict[int, set[int]] = defaultdict(set)
    for role_id, employer_id in rows.values_list("role_id", "employer_id"):
        found[role_id].add(employer_id)
    return {role_id: len(employers) for role_id, employers in found.items()}


def criterion(asks: EmployerAsks) -> Criterion:
    """The same as the analysis takes it."""
    code = asks.qualification.code if asks.qualification else ""
    return Criterion(asks.employer.code, asks.post_level, asks.kind, asks.asks, asks.strength, code, asks.least_level)


def _read(**of: Any) -> QuerySet[m.EntryCriterion]:
    """With all that is shown of them."""
    named = ("role__aliases", "employer__aliases", "qualification__aliases")
    rows = m.EntryCriterion.objects.filter(LIVE, **of).prefetch_related(*named)
    return rows.select_related(*CITED, "role", "employer", "qualification__owner")


_of_role = Prepared(lambda role: _read(role=role, employer__retired_on__isnull=True))
_of_employer = Prepared(lambda employer: _read(employer=employer, role__retired_on__isnull=True))


def _in_order(rows: Iterable[m.EntryCriterion]) -> list[m.EntryCriterion]:
    """By role and employer, lowest posts first."""
    return sorted(
        rows, key=lambda r: (r.role.title, r.employer.title, bool(r.post_level), level_rank(r.post_level), r.asks)
    )


def _asks(row: m.EntryCriterion, national: National | None) -> EmployerAsks:
    asks = _stated(row)
    beside = beside_national(criterion(asks), national) if national else None
    return replace(asks, verdict=beside.verdict, because=beside.because) if beside else asks


def _stated(row: m.EntryCriterion) -> EmployerAsks:
    return EmployerAsks(
        role=ref(row.role),
        employer=ref(row.employer),
        post_level=row.post_level,
        kind=row.kind,
        asks=row.asks,
        strength=row.strength,
        qualification=ref(row.qualification) if row.qualification else None,
        least_level=row.least_level,
        instead=row.instead,
        since=row.since,
        note=row.note,
        verdict="",
        because="",
        said=said(row.citation),
    )


def _differ(row: Differing, people: dict[str, Ref]) -> EmployersDiffer:
    answers = tuple(EmployersAnswer(a.words, tuple(people[code] for code in a.employers)) for a in row.answers)
    return EmployersDiffer(row.post_level, row.kind, answers, tuple(people[code] for code in row.silent))
