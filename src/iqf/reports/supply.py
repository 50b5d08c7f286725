"""Do areas have fewer learners than their share of the people they are for, and may that be called under-supply?

From the documents of 2005, or from any held table that counts learners by area, beside one that counts people. What
the tables do not allow is *not assessable*, with what would settle it; nothing is approximated in silence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from iqf.analysis import funnel
from iqf.analysis.supply import Area, Supplies, Supply, not_assessable
from iqf.analysis.supply import supply as compared
from iqf.catalogue.queries import NotFoundError
from iqf.evidence.models import Contradiction
from iqf.indicators import measures
from iqf.indicators.queries import HeldColumn, HeldTable, dataset, datasets
from iqf.reports import supply_documents as documents
from iqf.reports.cutting import AREAS, Cut, cut, indicators_named
from iqf.reports.takeup import counted
from iqf.reports.things import Said

DENOMINATORS: Final = {
    "population": ("people", "children and young people who live there"),
    "workforce": ("workers", "people who work there with children"),
}
"""What learners are compared with: how a table says that it counts them, and the same in words."""
LEARNERS: Final = ("learners", "starts")
"""What may be compared: people, or starts, of which nearly everybody has one a year."""
DOCUMENTS: Final = "documents"


@dataclass(frozen=True)
class SupplyRow:
    """One area and its answer."""

    code: str
    name: str
    found: Supply


@dataclass(frozen=True)
class SupplyAnswer:
    """Areas compared: learners of which table or document, beside which base, and how far areas vary anyway.

    `assumed`: the number of learners that limits rest on, where only shares are known and a reader assumed one.
    `usable`: data sets that could be asked instead. `courses`: how many listed courses had any learner.
    """

    basis: str
    title: str
    version: str
    indicator: str
    counting: str
    location_basis: str
    period: str
    by: str
    denominator: str
    denominator_words: str
    base: str
    assumed: float | None
    notes: tuple[str, ...]
    spread: funnel.Spread | None
    rows: tuple[SupplyRow, ...]
    said: tuple[Said, ...]
    contradictions: tuple[Contradiction, ...]
    usable: tuple[str, ...]
    courses: documents.ListedCourses | None = None


def from_documents(
    denominator: str = "population", cluster: str = "", level: str = "", assumed: float | None = None
) -> SupplyAnswer:
    """The comparison that the documents of 2005 make, with limits for an assumed number of learners only."""
    rows = [SupplyRow(code, name, found) for code, name, found in documents.of_documents(assumed)]
    why = _not_in_documents(denominator, cluster, level)
    if why:
        rows = [SupplyRow(r.code, r.name, not_assessable(r.found.area, *why)) for r in rows]
    shares = documents.printed()
    names = [r.name for r in rows]
    return SupplyAnswer(
        basis=DOCUMENTS,
        title="Funded learning and population by region, as the documents of 2005 print them",
        version="",
        indicator="share of funded learning",
        counting="not stated",
        location_basis="not stated",
        period="2003-04",
        by="region",
        denominator=denominator,
        denominator_words=DENOMINATORS[denominator][1]
        if denominator != "population"
        else "all people who live there",
        base=DOCUMENTS,
        assumed=assumed,
        notes=("The documents do not say whether a region is where people live or where they are taught.",),
        spread=None,
        rows=tuple(rows),
        said=tuple(one for *_, cited in shares.values() for one in cited),
        contradictions=documents.disagreements(names),
        usable=usable(),
        courses=documents.listed_courses(),
    )


def _not_in_documents(denominator: str, cluster: str, level: str) -> tuple[str, str] | None:
    if denominator == "workforce":
        return "The documents print no number of workers by region.", "Workers with children by region, by sector."
    if cluster or level:
        cut_by = " and ".join(filter(None, ("cluster" if cluster else "", "level" if level else "")))
        return (
            f"The documents compare all funded learning together, not by {cut_by}.",
            f"Learners by region and {cut_by}, from the learner record.",
        )
    return None


def usable() -> tuple[str, ...]:
    """The codes of data sets that count learners or starts by region or authority."""
    return tuple(
        held.dataset
        for held in datasets()
        if {c.name for c in held.of_kind("place")} & {"region_code", "new_la_code"}
        and any(counted(held, indicator) in LEARNERS for indicator in held.indicators)
    )


def supply(
    code: str,
    *,
    by: str = "region",
    where: Mapping[str, Sequence[str]] | None = None,
    indicator: str = "",
    denominator: str = "population",
    base: str = "",
    cluster: str = "",
    level: str = "",
) -> SupplyAnswer:
    """Learners of a data set by region or authority, beside people or workers of another (`base`, else the first).

    Raises NotFoundError for what is not there.
    """
    held = dataset(code)
    where = dict(where or {}) | _at_level(held, level)
    asked, counts = cut(held, [by], where), _one_indicator(held, indicator)
    beside = dataset(base) if base else _base(denominator)
    why = _unfit(held, counts, beside, cluster, level, where)
    people, notes = _people(beside, by, denominator, asked.period) if beside else ({}, ())
    learners = _by_area(asked, counts)
    areas = [Area(a, learners.get(a, ("", None))[1], people.get(a, ("", None))[1]) for a in sorted(learners)]
    found = _graded(areas, why)
    return SupplyAnswer(
        basis=held.dataset,
        title=held.title,
        version=held.version,
        indicator=counts.label,
        counting=counted(held, counts),
        location_basis=held.location_basis,
        period=asked.period,
        by=by,
        denominator=denominator,
        denominator_words=DENOMINATORS[denominator][1],
        base=beside.dataset if beside else "",
        assumed=None,
        notes=(*asked.notes, *notes),
        spread=found.spread,
        rows=tuple(SupplyRow(one.area.code, learners[one.area.code][0], one) for one in found.areas),
        said=(),
        contradictions=(),
        usable=usable(),
    )


def _graded(areas: Sequence[Area], why: tuple[str, str] | None) -> Supplies:
    if why:
        return Supplies(None, None, None, tuple(not_assessable(area, *why) for area in areas))
    return compared(areas)


def _one_indicator(held: HeldTable, name: str) -> HeldColumn:
    if name:
        return indicators_named(held, [name])[0]
    fit = [i for i in held.indicators if counted(held, i) in LEARNERS]
    return (fit or list(held.indicators))[0]


def _base(denominator: str) -> HeldTable | None:
    """The first data set that counts what learners are to be compared with, by area."""
    counting = DENOMINATORS[denominator][0]
    for held in datasets():
        if held.counting == counting and any(c.name == "region_code" for c in held.of_kind("place")):
            return held
    return None


def _at_level(held: HeldTable, level: str) -> dict[str, Sequence[str]]:
    """The condition for a level, where the table has a filter of levels."""
    columns = [c for c in held.filters if "level" in c.name.casefold()]
    return {columns[0].name: [level]} if level and columns else {}


def _unfit(
    held: HeldTable,
    indicator: HeldColumn,
    beside: HeldTable | None,
    cluster: str,
    level: str,
    where: Mapping[str, Sequence[str]],
) -> tuple[str, str] | None:
    """Why these tables cannot answer, and what would settle it; None where they can."""
    if counted(held, indicator) not in LEARNERS:
        what = counted(held, indicator)
        return f"The table counts {what}, and one person may have several.", "Numbers of learners, each counted once."
    if beside is None:
        return "No data set here counts the people they are for by area.", "Such a table, read in with iqf ingest."
    if held.location_basis == "delivery":
        return (
            "Learners are counted where they are taught, people where they live or work; the two are never mixed.",
            "Learners by where they live.",
        )
    if cluster:
        return (
            "The table does not say to which cluster its learners belong.",
            "Learners by qualification or standard, and area.",
        )
    if level and not any("level" in name.casefold() for name in where):
        return "The table is not cut by level.", "Learners by level and area."
    return None


def _people(beside: HeldTable, by: str, denominator: str, period: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """People by area of the year in which the learners' period begins, else of the latest."""
    counting = DENOMINATORS[denominator][0]
    counts = next((i for i in beside.indicators if counted(beside, i) == counting), beside.indicators[0])
    try:
        asked = cut(beside, [by], {"period": [period[:4]]})
        of = period[:4]
    except NotFoundError:
        asked = cut(beside, [by])
        of = asked.period
    note = f"Beside {counts.label} of {of}, from {beside.dataset}."
    return _by_area(asked, counts), (note, *asked.notes)


def _by_area(asked: Cut, indicator: HeldColumn) -> dict[str, tuple[str, float | None]]:
    """Name and number of each area by its code; None where the number is not published."""
    if asked.areas is None:
        raise ValueError(f"A comparison is by area: {', '.join(AREAS)}.")
    code, name = asked.areas
    rows = measures.answer(measures.added(asked.table, asked.columns, indicator.name))
    if len(asked.columns) > 2:
        raise NotFoundError(f"Say which {asked.columns[2]} is meant, with --where {asked.columns[2]}=VALUE.")
    return {row[code]: (row[name] or row[code], row["total"]) for row in rows if row[code]}
