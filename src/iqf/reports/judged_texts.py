"""Units, the statements of a framework, and what was judged of them: the texts that suggestions are learned from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from iqf.analysis.suggest.records import MOST_STATEMENTS, Framework, Remark, Statement, Text
from iqf.analysis.verdicts import settle
from iqf.catalogue import models as m
from iqf.catalogue.models.frameworks import CRITERION
from iqf.catalogue.models.things import LIVE
from iqf.mapping import queries
from iqf.mapping.claims import claims_for, judged_units
from iqf.mapping.models import ADJUDICATE

MOST_TOPS = 60


def standing_units() -> list[m.Unit]:
    """Every unit that stands, by code, with what it says."""
    return list(m.Unit.objects.filter(LIVE).order_by("code").prefetch_related("aliases", "outcomes"))


def shown_statements(framework: m.Framework) -> tuple[Statement, ...]:
    """What is suggested: the areas at the top with what stands below them, or every statement of a flat list."""
    rows = list(m.Statement.objects.filter(LIVE, framework=framework).order_by("position", "pk"))
    tops = [row for row in rows if row.parent_id is None]
    return _told(framework, tops if len(rows) > len(tops) and len(tops) <= MOST_TOPS else rows, rows)


def judged_statements(framework: m.Framework, judged: Iterable[m.Statement]) -> tuple[Statement, ...]:
    """The statements that a batch judges, each with what stands below it."""
    return _told(framework, judged, m.Statement.objects.filter(LIVE, framework=framework))


def _told(framework: m.Framework, shown: Iterable[m.Statement], rows: Iterable[m.Statement]) -> tuple[Statement, ...]:
    below: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.parent_id:
            below[row.parent_id] += [part for part in (row.title, row.note) if part]
    criteria = _criteria(framework)
    return tuple(
        Statement(row.code, row.title, row.kind, (*below.get(row.pk, ()), *criteria.get(row.code, ())))
        for row in shown
    )


def _criteria(framework: m.Framework) -> dict[str, list[str]]:
    """The criteria that stand for each statement of a framework. Examples and evidence are not of its meaning."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = m.Criterion.objects.filter(LIVE, framework=framework, kind=CRITERION, statement__isnull=False)
    for code, text in rows.order_by("position", "pk").values_list("statement__code", "text"):
        found[code].append(text)
    return found


def known_framework(framework: m.Framework, rows: Sequence[m.Unit], statements: tuple[Statement, ...]) -> Framework:
    """Texts, statements and what has been judged, as the analysis takes them.

    What was accepted or judged of a unit counts for the statements at the top; for one below, what was said of it.
    """
    texts = tuple(Text(row.code, _said(row), row.title) for row in rows)
    verdicts = np.full((len(texts), len(statements)), np.nan)
    place = {row.code: at for at, row in enumerate(rows)}
    column = {statement.key: at for at, statement in enumerate(statements)}
    tops = m.Statement.objects.filter(framework=framework, parent=None).values_list("code", flat=True)
    whole = [column[code] for code in tops if code in column]
    for unit in judged_units(framework) & place.keys():
        verdicts[place[unit], whole] = 0.0
    for claim in claims_for(framework):
        if claim.strength and claim.unit in place and claim.statement in column:
            verdicts[place[claim.unit], column[claim.statement]] = 1.0
    for (unit, statement), share in (_accepted_below(framework) | _shares(framework)).items():
        if unit in place and statement in column:
            verdicts[place[unit], column[statement]] = share
    return Framework(framework.key, statements, texts, verdicts, framework.title, remarks=_remarks(framework, column))


def _remarks(framework: m.Framework, column: Mapping[str, int]) -> tuple[Remark, ...]:
    """What raters wrote of units when judging them, in closed batches, each with that rater's verdicts."""
    given: dict[tuple[str, str, str], list[float]] = {}
    for wrote in queries.remarks(framework):
        if wrote.statement in column:
            row = given.setdefault((wrote.unit, wrote.rater, wrote.words), [np.nan] * len(column))
            row[column[wrote.statement]] = float(wrote.verdict > 0)
    return tuple(Remark(unit, words, tuple(row)) for (unit, _, words), row in sorted(given.items()))


@dataclass(frozen=True)
class Elsewhere:
    """Another framework with the units that were judged against it. `family`: its first edition's key."""

    framework: m.Framework
    known: Framework
    family: str


def judged_elsewhere(framework: m.Framework, rows: Sequence[m.Unit], most: int) -> list[Elsewhere]:
    """Other frameworks that teach what this one's suggestions may learn: judged lists of many statements (at most
    `most`). None where they are of one family, which shows nothing of what holds across families.
    """
    judged = {*m.JudgedUnit.objects.filter(LIVE).values_list("framework", flat=True), *queries.judged_frameworks()}
    found = []
    for other in m.Framework.objects.filter(LIVE, pk__in=judged).exclude(pk=framework.pk).order_by("key"):
        statements = shown_statements(other)
        if MOST_STATEMENTS < len(statements) <= most:
            known = _only_judged(known_framework(other, rows, statements))
            if len(set(known.verdicts[np.isfinite(known.verdicts)].tolist())) > 1:
                found.append(Elsewhere(other, known, _family(other)))
    return found if len({each.family for each in found}) > 1 else []


def _only_judged(known: Framework) -> Framework:
    """The same with the texts alone that were judged."""
    rows = np.flatnonzero(np.isfinite(known.verdicts).any(axis=1)).tolist()
    return replace(known, texts=tuple(known.texts[at] for at in rows), verdicts=known.verdicts[rows])


def _family(framework: m.Framework) -> str:
    """The key of the first edition, so that editions of one framework are not taken for different ones."""
    seen = {framework.pk}
    while framework.replaces and framework.replaces_id not in seen:
        framework = framework.replaces
        seen.add(framework.pk)
    return framework.key


def _said(unit: m.Unit) -> str:
    """What a unit says besides its title."""
    outcomes = sorted((row for row in unit.outcomes.all() if not row.is_retired), key=lambda row: row.position)
    return ". ".join(part.rstrip(". ") for part in (unit.summary, *(row.text for row in outcomes)) if part)


def _accepted_below(framework: m.Framework) -> dict[tuple[str, str], float]:
    """What the catalogue says of statements that are part of another."""
    rows = m.Alignment.objects.filter(
        LIVE, statement__framework=framework, statement__parent__isnull=False, unit__isnull=False, verb="teaches"
    )
    return dict.fromkeys(rows.values_list("unit__code", "statement__code"), 1.0)


def _shares(framework: m.Framework) -> dict[tuple[str, str], float]:
    """Of each unit and statement that closed batches judged, the share of raters who say it is touched.

    What a third settled counts as settled.
    """
    given: dict[tuple[str, str], list[int]] = defaultdict(list)
    third: dict[tuple[str, str], int] = {}
    for row in queries.judged(framework):
        if row.verb == "teaches":
            given[row.unit, row.statement].append(row.verdict)
    for row in queries.judged(framework, task=ADJUDICATE):
        if row.verb == "teaches":
            third[row.unit, row.statement] = row.verdict
    return {place: _share(verdicts, third.get(place)) for place, verdicts in given.items()}


def _share(verdicts: Sequence[int], third: int | None) -> float:
    settled = settle(verdicts, third)
    if settled.verdict is not None:
        return float(settled.verdict > 0)
    return sum(verdict > 0 for verdict in verdicts) / len(verdicts)
