"""How far do the raters of a framework agree, statement by statement, and which units most divide them?"""

from dataclasses import dataclass

from iqf.analysis.agreement import Agreed, Agreement, Divided, Rating, Scale, agreement
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.mapping import queries
from iqf.reports.things import Ref, ref

READINGS: dict[Scale, str] = {
    "touches": "Whether the unit reaches the statement at all, partly or fully.",
    "verdict": "The verdict itself: none, partly or fully.",
}
VERBS = {"teaches": "What units teach", "assesses": "What units assess"}


@dataclass(frozen=True)
class RaterLine:
    """Who or what judged: its name, whether a person or a machine, and how many units."""

    name: str
    kind: str
    about: str
    units: int


@dataclass(frozen=True)
class StatementLine:
    """Agreement about one statement, with its title."""

    code: str
    title: str
    found: Agreement


@dataclass(frozen=True)
class DividedUnit:
    """A unit that divides the raters, and on which statements."""

    unit: Ref
    found: Divided


@dataclass(frozen=True)
class AgreementAnswer:
    """Agreement about a framework on one scale; nothing but `raters` where fewer than two judged the same units."""

    framework: Ref
    key: str
    scale: Scale
    scale_words: str
    verb: str
    raters: tuple[RaterLine, ...]
    statements: tuple[StatementLine, ...]
    found: Agreed
    divided: tuple[DividedUnit, ...]

    @property
    def machine_made(self) -> bool:
        """Whether no person is among the raters."""
        return bool(self.raters) and all(rater.kind == "machine" for rater in self.raters)


def agreed(text: str, *, scale: Scale = "touches", verb: str = "teaches") -> AgreementAnswer:
    """Agreement among the raters of the framework called `text`. Raises NotFoundError or AmbiguousError."""
    framework = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    judged = [row for row in queries.judged(framework) if row.verb == verb]
    reached = {row.statement for row in judged}
    rows = m.Statement.objects.filter(LIVE, framework=framework, code__in=reached)
    titles = dict(rows.values_list("code", "title"))
    found = agreement([Rating(r.unit, r.statement, r.rater, r.verdict) for r in judged], list(titles), scale)
    units = m.Unit.objects.prefetch_related("aliases").in_bulk([d.unit for d in found.divided], field_name="code")
    return AgreementAnswer(
        framework=ref(framework),
        key=framework.key,
        scale=scale,
        scale_words=READINGS[scale],
        verb=verb,
        raters=_raters(framework, judged),
        statements=tuple(StatementLine(row.statement, titles[row.statement], row) for row in found.statements),
        found=found,
        divided=tuple(DividedUnit(ref(units[d.unit]), d) for d in found.divided),
    )


def _raters(framework: m.Framework, judged: list[queries.Judged]) -> tuple[RaterLine, ...]:
    units: dict[str, set[str]] = {}
    for row in judged:
        units.setdefault(row.rater, set()).add(row.unit)
    known = queries.raters_of(framework)
    return tuple(RaterLine(r.name, r.kind, r.about, len(units[r.name])) for r in known if r.name in units)


COLUMNS = ("percent", "kappa", "fleiss", "alpha", "pabak")


def table(answer: AgreementAnswer) -> tuple[list[str], list[list[object]]]:
    """The answer as a table: a row for each statement and one overall, each coefficient with its interval."""
    columns = ["code", "title", "n", "reached"]
    columns += [f"{name}{end}" for name in COLUMNS for end in ("", "_low", "_high")]
    lines = [(line.code, line.title, line.found) for line in answer.statements]
    rows: list[list[object]] = []
    for code, title, found in [*lines, ("overall", "All statements", answer.found.overall)]:
        cells: list[object] = [code, title, found.n, found.reached]
        for name in COLUMNS:
            estimate = getattr(found, name)
            cells += [estimate.value, estimate.low, estimate.high]
        rows.append(cells)
    return columns, rows
