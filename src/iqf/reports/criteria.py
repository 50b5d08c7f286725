"""What tells whether a statement of a framework is reached, and what evidence of it may a person show?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from iqf.catalogue import models as m
from iqf.catalogue.models.frameworks import CRITERION, CRITERION_KINDS, EVIDENCE, EXAMPLE
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, find, statement
from iqf.mapping.claims import Area
from iqf.reports.things import Ref, Said, ref, said, sources_of


@dataclass(frozen=True)
class Told:
    """One criterion, worked example or piece of evidence. `verdict`: for which; blank: for all."""

    position: int
    verdict: str
    text: str
    said: Said


@dataclass(frozen=True)
class Criteria:
    """All that is told of one statement, or of a framework as a whole, kind by kind."""

    criteria: tuple[Told, ...] = ()
    examples: tuple[Told, ...] = ()
    evidence: tuple[Told, ...] = ()

    @property
    def each(self) -> tuple[Told, ...]:
        """All of it."""
        return (*self.criteria, *self.examples, *self.evidence)


NOTHING = Criteria()


@dataclass(frozen=True)
class EvidenceAnswer:
    """What counts as reaching a statement. `whole`: what holds for every statement of the framework.

    `free`: for each kind the number that an addition would have. `partly`, `fully`: units accepted to teach it.
    """

    framework: Ref
    key: str
    statement: Area
    kind: str
    note: str
    parts: tuple[Area, ...]
    whole: Criteria
    own: Criteria
    free: dict[str, int]
    partly: int
    fully: int
    sources: tuple[Said, ...]


def evidence(text: str, code: str) -> EvidenceAnswer:
    """What counts as reaching the statement `code` of the framework called `text`.

    Raises NotFoundError or AmbiguousError.
    """
    thing = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    row = statement(thing, code)
    told = criteria_of(thing, (row.pk,))
    own, whole = told.get(row.pk, NOTHING), told.get(None, NOTHING)
    partly, fully = _units(row)
    return EvidenceAnswer(
        framework=ref(thing),
        key=thing.key,
        statement=Area(row.code, row.title),
        kind=row.kind,
        note=row.note,
        parts=tuple(Area(part.code, part.title) for part in row.parts.filter(LIVE)),
        whole=whole,
        own=own,
        free=_free(row),
        partly=partly,
        fully=fully,
        sources=sources_of(each.said for each in (*whole.each, *own.each)),
    )


def criteria_of(thing: m.Framework, statements: Iterable[int]) -> dict[int | None, Criteria]:
    """What is told of these statements (primary keys), and under None of the framework as a whole."""
    rows = m.Criterion.objects.filter(LIVE, framework=thing).filter(
        Q(statement__in=list(statements)) | Q(statement=None)
    )
    found: dict[int | None, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.select_related(*CITED).order_by("position", "pk"):
        told = Told(row.position, row.verdict, row.text, said(row.citation))
        found[row.statement_id][row.kind].append(told)
    return {
        at: Criteria(tuple(kinds[CRITERION]), tuple(kinds[EXAMPLE]), tuple(kinds[EVIDENCE]))
        for at, kinds in found.items()
    }


def _free(row: m.Statement) -> dict[str, int]:
    """For each kind the first number after all that were ever given: a retired one keeps its own."""
    taken: dict[str, int] = defaultdict(int)
    for kind, position in row.criteria.values_list("kind", "position"):
        taken[kind] = max(taken[kind], position)
    return {kind: taken[kind] + 1 for kind in CRITERION_KINDS}


def _units(row: m.Statement) -> tuple[int, int]:
    """How many units are accepted to teach it partly, and how many fully."""
    rows = m.Alignment.objects.filter(LIVE, statement=row, verb="teaches", unit__retired_on=None, unit__isnull=False)
    counts = rows.aggregate(
        partly=Count("pk", filter=Q(strength="partly")), fully=Count("pk", filter=Q(strength="fully"))
    )
    return counts["partly"], counts["fully"]
