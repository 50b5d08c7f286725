"""What stands behind one number of coverage: which units, with which verdicts, by whom, on which words?"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from iqf.analysis.coverage import RULES, CellState, CoverageRow, Rule
from iqf.analysis.coverage_counts import Known, counts, matrix
from iqf.analysis.crosswalks import Hop
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, NotFoundError, find
from iqf.mapping.batch_states import READ
from iqf.mapping.claims import Area, above
from iqf.mapping.models import VERDICT_WORDS, Judgement
from iqf.reports.coverage import RULES as RULE_WORDS
from iqf.reports.coverage import countable, look
from iqf.reports.coverage_cuts import UnderCut, best_links, credits
from iqf.reports.crosswalks import Path, frameworks_called, leading_to
from iqf.reports.lists import DEFAULT_SCHEME
from iqf.reports.things import Ref, Said, ref, said
from iqf.snapshot import Snapshot, ensure_current
from iqf.snapshot.coverage_tables import EVERY, CoverageTables

ORDER: Sequence[CellState] = ("fully", "touches", "unsure", "none", "unjudged")
"""In which order units are shown. Of a unit, `unsure` says that a rater gave it and nobody accepted it."""

WITHOUT_HOLDERS = ("unit", "level")


@dataclass(frozen=True)
class Reason:
    """One rater's verdict on a unit and statement, with the words it rests on. A rater is told by kind, not name."""

    statement: str
    kind: str
    verdict: str
    quotation: str
    quoted_from: str
    rationale: str
    doubt: bool


@dataclass(frozen=True)
class Accepted:
    """What is accepted: the statement itself, which may stand below the area, how strongly, and who says so.

    `path`: the way from a statement of another framework to this one.
    """

    statement: str
    title: str
    strength: str
    raters_agree: bool | None
    note: str
    said: Said
    path: tuple[Hop, ...] = ()


@dataclass(frozen=True)
class UnitBehind:
    """A unit of the row: how far it reaches the area, whether every holder has it, and on what that rests.

    `mandatory` is said only where the row is of qualifications, which have holders.
    """

    unit: Ref
    state: CellState
    mandatory: bool
    credit: int | None
    accepted: tuple[Accepted, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class CellAnswer:
    """One row and area of coverage: the count that the table shows, and every unit behind it.

    `row` and `label` are blank where all units are meant.
    """

    framework: Ref
    by: str
    rule: str
    rule_words: str
    row: str
    label: str
    thing: Ref | None
    area: Area
    counts: CoverageRow
    units: tuple[UnitBehind, ...]
    raters: tuple[tuple[str, int], ...]
    path: Path | None = None


def cell(
    text: str,
    area: str,
    *,
    row: str = "",
    by: str = "qualification",
    rule: str = "any",
    scheme: str = DEFAULT_SCHEME,
    through: Sequence[str] = (),
    snapshot: Snapshot | None = None,
) -> CellAnswer:
    """What is behind the number of one `row` (its key in the table) and one `area` (its code); all units without row.

    `snapshot`: the one to read; else the one that is up to date. Raises NotFoundError for a framework, area or row
    that is not there, and for all units under *mandatory*; AmbiguousError or SnapshotError.
    """
    framework = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    areas = countable(framework)
    wanted = next((a for a in areas if a.code.casefold() == area.casefold()), None)
    if wanted is None:
        raise NotFoundError(f'{framework.title} has no area "{area}" that coverage is counted for.')
    counted: Rule = next((known for known in RULES if known == rule), "any")
    others = frameworks_called(through)
    if not row and counted == "mandatory":
        raise NotFoundError("Whether a unit is mandatory depends on the qualification: choose a row of the table.")
    tables = (snapshot or ensure_current()).coverage
    view = look(tables, framework, others, areas)
    known = view.known.only(areas.index(wanted))
    held = _row(tables, UnderCut.of(tables, by, scheme), row, counted, (framework, others))
    behind = _Behind(others[0], leading_to(wanted.code, framework, others)) if others else _own(framework, wanted)
    return CellAnswer(
        framework=ref(framework),
        by=by,
        rule=counted,
        rule_words=RULE_WORDS[counted],
        row=row,
        label=held.label,
        thing=held.thing,
        area=wanted,
        counts=counts(held.units, known, [wanted.code], counted).row(0, row or "all", view.still_open),
        units=_units(tables, behind, held, known, by),
        raters=tables.part(behind.framework.code).raters,
        path=view.path,
    )


@dataclass(frozen=True)
class _Row:
    """What one row stands for: its units (a matrix of one row), which of them every holder has, its name."""

    units: Any
    mandatory: Any
    label: str = ""
    thing: Ref | None = None


def _row(
    tables: CoverageTables, cut: UnderCut, row: str, rule: Rule, of: tuple[m.Framework, Sequence[m.Framework]]
) -> _Row:
    """One row of a cut for a framework by way of others; without `row`, all units. Raises NotFoundError."""
    if not row:
        size = tables.size("unit")
        return _Row(matrix(np.zeros(size, np.int64), np.arange(size), (1, size)), np.zeros(size, bool))
    place = cut.place(row)
    if place is None:
        raise NotFoundError(f'Coverage by {cut.by} has no row "{row}".')
    best = best_links(tables, *of).links if rule == "best-option" else EVERY
    ((_, label, thing),) = cut.shown([place])
    sure = cut.matrix("mandatory", EVERY)[[place]].toarray()[0] > 0
    return _Row(cut.matrix(rule, best)[[place]], sure, label, thing)


@dataclass(frozen=True)
class _Behind:
    """The statements on which verdicts were given that count for an area, each with the way from it to there."""

    framework: m.Framework
    statements: Mapping[str, tuple[Hop, ...]]


def _own(framework: m.Framework, area: Area) -> _Behind:
    """The area and every statement under it, however deep."""
    parents = above(framework)
    under: dict[str, list[str]] = defaultdict(list)
    for code, parent in parents.items():
        under[parent].append(code)
    found = [area.code]
    for code in found:
        found += under[code]
    return _Behind(framework, dict.fromkeys(found, ()))


def _units(tables: CoverageTables, behind: _Behind, held: _Row, known: Known, by: str) -> tuple[UnitBehind, ...]:
    """Every unit of the row, the furthest reaching first."""
    keys = tables.keys("unit")
    place = {keys[n]: n for n in held.units.indices.tolist()}
    units = m.Unit.objects.filter(LIVE, code__in=place).select_related("owner").prefetch_related("aliases")
    accepted, reasons, credit = _accepted(behind, place), _reasons(behind, place), credits()
    found = [
        UnitBehind(
            ref(unit),
            _state(known, place[unit.code]),
            bool(held.mandatory[place[unit.code]]) and by not in WITHOUT_HOLDERS,
            credit.get(unit.code),
            tuple(accepted.get(unit.pk, ())),
            tuple(reasons.get(unit.pk, ())),
        )
        for unit in units
    ]
    return tuple(sorted(found, key=lambda u: (ORDER.index(u.state), not u.mandatory, u.unit.title)))


def _state(known: Known, unit: int) -> CellState:
    """How far a unit (its place) reaches the one area that is known of."""
    if known.fully[unit, 0]:
        return "fully"
    if known.touches[unit, 0]:
        return "touches"
    if not known.judged[unit]:
        return "unjudged"
    return "unsure" if known.high[unit, 0] else "none"


def _accepted(behind: _Behind, units: Collection[str]) -> dict[int, list[Accepted]]:
    rows = m.Alignment.objects.filter(
        LIVE,
        unit__code__in=units,
        statement__framework=behind.framework,
        statement__code__in=behind.statements,
        verb="teaches",
    )
    found: dict[int, list[Accepted]] = defaultdict(list)
    for row in rows.select_related(*CITED, "statement").order_by("statement__position", "statement_id"):
        s = row.statement
        way = behind.statements[s.code]
        claim = Accepted(s.code, s.title, row.strength, row.raters_agree, row.note, said(row.citation), way)
        found[row.unit_id or 0].append(claim)
    return found


def _reasons(behind: _Behind, units: Collection[str]) -> dict[int, list[Reason]]:
    """What raters of closed batches gave, by unit. Nobody is named here: the kind of rater is what a reader needs."""
    rows = Judgement.objects.filter(
        given__unit__unit__code__in=units,
        statement__framework=behind.framework,
        statement__code__in=behind.statements,
        verb="teaches",
        given__done_at__isnull=False,
        given__unit__batch__framework=behind.framework,
        given__unit__batch__state__in=READ,
    ).select_related("statement", "given__rater", "given__unit")
    found: dict[int, list[Reason]] = defaultdict(list)
    for row in rows.order_by("statement__position", "statement_id", "pk"):
        found[row.given.unit.unit_id].append(
            Reason(
                row.statement.code,
                row.given.rater.kind,
                VERDICT_WORDS[row.verdict],
                row.quotation,
                row.quoted_from,
                row.rationale or row.given.rationale,
                row.doubt or row.given.doubt,
            )
        )
    return found
