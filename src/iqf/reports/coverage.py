"""How much of a framework do the units reach, by which cut and under which counting rule?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from django.db.models import Max

from iqf.analysis.coverage import RULES as EVERY_RULE
from iqf.analysis.coverage import Claim, CoverageRow, Rule
from iqf.analysis.coverage_counts import Counts, Known, counts, matrix
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, find
from iqf.mapping.claims import Area, framework_statements
from iqf.reports.coverage_cuts import UnderCut, best_links
from iqf.reports.crosswalks import Path, brought, frameworks_called
from iqf.reports.lists import DEFAULT_SCHEME
from iqf.reports.things import Ref, ref
from iqf.snapshot import Snapshot, ensure_current
from iqf.snapshot.coverage_filling import MOST_AREAS
from iqf.snapshot.coverage_tables import CoverageTables

RULES: dict[Rule, str] = {
    "any": "Any unit: everything that somebody who takes the qualification could be taught.",
    "mandatory": "Mandatory units only: what every holder is sure to have been taught.",
    "best-option": "Best choice: the most that a holder could have been taught under the rules of combination.",
    "credit": "Credit: how much of the credit of the judged units touches each area.",
}


@dataclass(frozen=True)
class Labelled:
    """A row of coverage with its name; `thing` where the row is a thing of the catalogue."""

    label: str
    thing: Ref | None
    counts: CoverageRow


class Rows(Sequence[Labelled]):
    """The rows of a cut in their order. A country has very many: each is made when it is asked for."""

    def __init__(self, cut: UnderCut, counts: Counts, still_open: tuple[str, ...]) -> None:
        self.cut, self.counts, self.still_open = cut, counts, still_open

    def __len__(self) -> int:
        return len(self.counts)

    @overload
    def __getitem__(self, place: int) -> Labelled: ...
    @overload
    def __getitem__(self, place: slice) -> list[Labelled]: ...
    def __getitem__(self, place: int | slice) -> Labelled | list[Labelled]:
        if isinstance(place, slice):
            return self._made(range(len(self))[place])
        return self._made([range(len(self))[place]])[0]

    def __iter__(self) -> Iterator[Labelled]:
        for begin in range(0, len(self), AT_ONCE):
            yield from self[begin : begin + AT_ONCE]

    def _made(self, places: Sequence[int]) -> list[Labelled]:
        shown = self.cut.shown(places)
        return [
            Labelled(label, thing, self.counts.row(place, key, self.still_open))
            for place, (key, label, thing) in zip(places, shown, strict=True)
        ]


AT_ONCE = 1000
"""So many rows are made at once where all are asked for."""


@dataclass(frozen=True)
class RuleLine:
    """What one counting rule says of every area: the share (0 to 1) of `rows` that touch it; of credit, the share of
    the credit of judged units. None where nothing was judged.
    """

    rule: str
    words: str
    rows: int
    shares: dict[str, float | None]


@dataclass(frozen=True)
class CoverageAnswer:
    """Coverage under one rule, with the same under the others beside it, and who judged.

    `path`: how what is known came from the judgements of another framework, where it did.
    `best_unproven`: qualifications whose lists are not whole, so that their best choice is of the units known.
    """

    framework: Ref
    by: str
    rule: str
    rule_words: str
    statements: tuple[Area, ...]
    rows: Sequence[Labelled]
    areas_reached: tuple[tuple[int, int], ...]
    not_judged: int
    totals: CoverageRow
    other_rules: tuple[tuple[str, str, tuple[tuple[int, int], ...]], ...]
    side_by_side: tuple[RuleLine, ...]
    best_unproven: int
    raters: tuple[tuple[str, int], ...]
    path: Path | None = None


def coverage(
    text: str,
    *,
    by: str = "qualification",
    rule: str = "any",
    scheme: str = DEFAULT_SCHEME,
    through: Sequence[str] = (),
    snapshot: Snapshot | None = None,
) -> CoverageAnswer:
    """Coverage of the framework called `text`, under a scheme where it is by cluster.

    `through`: not by its own judgements, but by those of another framework (the first), along crosswalks, by way of
    the rest. `snapshot`: the one to read; else the one that is up to date. Raises NotFoundError (also for an unknown
    scheme, a framework with too many areas, and frameworks that are not related), AmbiguousError or SnapshotError.
    """
    framework = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    others = frameworks_called(through)
    areas = countable(framework)
    counted: Rule = next((known for known in EVERY_RULE if known == rule), "any")
    tables = (snapshot or ensure_current()).coverage
    view = look(tables, framework, others, areas)
    cut = UnderCut.of(tables, by, scheme)
    best = best_links(tables, framework, others, judged=bool(view.known.judged.any()))
    found = {each: counts(cut.matrix(each, best.links), view.known, view.codes, each) for each in EVERY_RULE}
    return CoverageAnswer(
        framework=ref(framework),
        by=by,
        rule=counted,
        rule_words=RULES[counted],
        statements=areas,
        rows=Rows(cut, found[counted], view.still_open),
        areas_reached=tuple(found[counted].areas_reached.items()),
        not_judged=found[counted].not_judged,
        totals=_totals(view, counted),
        other_rules=tuple(
            (each, RULES[each], tuple(found[each].areas_reached.items())) for each in EVERY_RULE if each != counted
        ),
        side_by_side=tuple(_line(each, found[each], view.path) for each in EVERY_RULE),
        best_unproven=best.unproven,
        raters=tables.part((others[0] if others else framework).code).raters,
        path=view.path,
    )


def countable(framework: m.Framework) -> tuple[Area, ...]:
    """The areas that coverage of a framework counts. Raises NotFoundError where there are too many."""
    areas = framework_statements(framework)
    if len(areas) > MOST_AREAS:
        raise NotFoundError(
            f"{framework.title} has {len(areas)} statements at its top, too many for a table of coverage; "
            f"coverage is counted for up to {MOST_AREAS}."
        )
    return areas


@dataclass(frozen=True)
class View:
    """What is known of every unit for some areas, by which way, and of which areas "none found" says nothing."""

    known: Known
    codes: tuple[str, ...]
    path: Path | None

    @property
    def still_open(self) -> tuple[str, ...]:
        """Areas that may be reached also where no claim says so."""
        return tuple(a.code for a in (*self.path.without, *self.path.at_least)) if self.path else ()


def look(
    tables: CoverageTables, framework: m.Framework, others: Sequence[m.Framework], areas: Sequence[Area]
) -> View:
    """What is known of every unit for these areas of a framework: by its own judgements, or by way of others."""
    codes = tuple(a.code for a in areas)
    if not others:
        return View(tables.known(framework.code, codes), codes, None)
    found = brought(framework, others)
    return View(_as_known(tables, found.claims, found.judged, codes), codes, found.path)


def _as_known(
    tables: CoverageTables, claims: Sequence[Claim], judged: frozenset[str], codes: tuple[str, ...]
) -> Known:
    """Claims by codes as arrays over the units of the tables."""
    place = {code: n for n, code in enumerate(tables.keys("unit"))}
    strengths = {None: 0, "partly": 1, "fully": 2}
    agreed = {None: -1, False: 0, True: 1}
    rows = [
        (place[c.unit], codes.index(c.statement), strengths[c.strength], agreed[c.agreed])
        for c in claims
        if c.unit in place and c.statement in codes
    ]
    columns = np.array(rows or np.empty((0, 4)), np.int64).T
    seen = np.array([place[unit] for unit in judged if unit in place], np.int64)
    return Known.of(tuple(columns), seen, tables.credit, (len(place), len(codes)))


def _totals(view: View, rule: Rule) -> CoverageRow:
    """All units together, whatever holds them."""
    size = len(view.known.judged)
    everything = matrix(np.zeros(size, np.int64), np.arange(size), (1, size))
    return counts(everything, view.known, view.codes, "credit" if rule == "credit" else "any").row(
        0, "all", view.still_open
    )


def _line(rule: Rule, found: Counts, path: Path | None) -> RuleLine:
    """One rule's line; None for an area to which no path leads."""
    unknown = {a.code for a in path.without} if path else set()
    shares = {code: None if code in unknown else share for code, share in found.shares().items()}
    return RuleLine(rule, RULES[rule], int(found.seen.sum()), shares)


def raters_of_units(framework: m.Framework) -> tuple[tuple[str, int], ...]:
    """Who judged units for a framework: each kind of rater, and how many of it judged a unit at most."""
    kinds = m.JudgedUnit.objects.filter(LIVE, framework=framework).values_list("rater_kind")
    return tuple(kinds.annotate(Max("raters")).order_by("rater_kind"))


def table(answer: CoverageAnswer) -> tuple[list[str], list[list[object]]]:
    """The answer as a table: columns and rows, touches and fully apart, with their range."""
    codes = [a.code for a in answer.statements]
    columns = ["code", "label", "units_total", "units_judged"]
    for part in ("touches", "fully", "touches_low", "touches_high"):
        columns += [f"{part}_{code}" for code in codes]
    columns.append("none")
    rows: list[list[object]] = []
    for row in answer.rows:
        c = row.counts
        cells: list[object] = [c.key, row.label, c.units_total, c.units_judged]
        for numbers in (c.touches, c.fully, c.touches_low, c.touches_high):
            cells += [numbers[code] for code in codes]
        rows.append([*cells, c.none])
    return columns, rows
