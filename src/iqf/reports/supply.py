"""Do areas have fewer learners than their share of the people they are for, and may that be called under-supply?

From the documents of 2005, or from any held table that counts learners by area, beside one that counts people. What
the tables do not allow is *not assessable*, with what would settle it; nothing is approximated in silence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from iqf.analysis import funnel
from iqf.analysis.supply import Area, Supplies, Supply, Whole, not_assessable
from iqf.analysis.supply import supply as compared
from iqf.evidence.models import Contradiction
from iqf.indicators.queries import HeldColumn, HeldTable, dataset, datasets
from iqf.indicators.subjects import column_of
from iqf.places.queries import regions_of
from iqf.reports import supply_demand
from iqf.reports import supply_documents as documents
from iqf.reports.area_numbers import TOGETHER, AreaNumbers, Where, of_areas
from iqf.reports.assessable import not_linked
from iqf.reports.cutting import LINKED, column_named, conditions_said, indicators_named, own_conditions
from iqf.reports.figures import asked_at, citation
from iqf.reports.standards_taken import cluster_called
from iqf.reports.supply_areas import age_groups, areas_of, spread_of_authorities, whole_note
from iqf.reports.supply_base import DENOMINATORS, People, people
from iqf.reports.supply_demand import Demand
from iqf.reports.takeup import counted
from iqf.reports.things import Said

LEARNERS: Final = ("learners", "starts", "workers")
"""What may be compared: people, or starts, of which nearly everybody has one a year."""
WHAT_IS_LEARNED: Final = ("ssa", "subject", "std_fwk", "standard", "sector", "occupation", "course", "qualification")
"""What the column of a table is called that says what is learned."""
DOCUMENTS: Final = "documents"
WHAT_WORKERS_LEAVE_OUT: Final = (
    "Workers are counted where they work, beside the children who live there. All children count alike: how many of "
    "them need help is not in it."
)


@dataclass(frozen=True)
class SupplyRow:
    """One area and its answer; code and name of the region that an authority is in, blank where it is not held."""

    code: str
    name: str
    found: Supply
    region: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class SupplyAnswer:
    """Areas compared: learners of which table or document, beside which base, and how far areas vary anyway.

    `whom`: who is counted, in words. `narrowed_to`: label and value of what only counts. `standardised_by`: the age
    groups whose shares of people are allowed for. `address`: the permanent one of this very question; `citations`:
    how to cite each release it rests on. `demand`: what was taken as evidence that more are wanted; None where
    nothing was. `assumed`: the number of learners that limits rest on, where only shares are known and a reader
    assumed one. `usable`: data sets that could be asked instead. `courses`: how many listed courses had any
    learner. `whole`: all learners and all people, of which shares are shares; None where the documents print none.
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
    whom: str = "learners"
    narrowed_to: tuple[tuple[str, str], ...] = ()
    base_version: str = ""
    standardised_by: tuple[str, ...] = ()
    demand: Demand | None = None
    time_identifier: str = ""
    address: str = ""
    citations: tuple[str, ...] = ()
    whole: Whole | None = None


def _rows(found: Sequence[Supply], names: Mapping[str, str], by: str) -> tuple[SupplyRow, ...]:
    first = {one.area.code: one.area.code.partition(TOGETHER)[0].strip() for one in found}
    within = regions_of(first.values()) if by == "authority" else {}
    return tuple(
        SupplyRow(one.area.code, names[one.area.code], one, within.get(first[one.area.code], ("", "")))
        for one in found
    )


def from_documents(
    denominator: str = "population", cluster: str = "", level: str = "", assumed: float | None = None
) -> SupplyAnswer:
    """The comparison that the documents of 2005 make, with limits for an assumed number of learners only.

    Raises NotFoundError for a cluster that is not there.
    """
    if cluster:
        cluster_called(cluster)
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
        address=asked_at("/supply", _asked_of_documents(denominator, cluster, level, assumed)),
    )


def _asked_of_documents(
    denominator: str, cluster: str, level: str, assumed: float | None
) -> tuple[tuple[str, str], ...]:
    other = denominator if denominator != "population" else ""
    return (
        ("denominator", other),
        ("cluster", cluster),
        ("level", level),
        ("assume", f"{assumed:.0f}" if assumed else ""),
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
        if {"Regional", "Local authority", "Local authority district"} & set(held.levels)
        and any(counted(held, indicator) in LEARNERS for indicator in held.indicators)
    )


def supply(
    code: str,
    *,
    by: str = "region",
    where: Where | None = None,
    indicator: str = "",
    denominator: str = "population",
    base: str = "",
    cluster: str = "",
    level: str = "",
    demand: str = "",
    version: str | None = None,
) -> SupplyAnswer:
    """Learners of a data set by region or authority, beside people or workers (of `base`, else of one that fits).

    `demand`: DATASET:INDICATOR, a vacancy or turnover rate that is to count as evidence that more are wanted; of
    workers their own table's vacancy rate does. Raises NotFoundError for what is not there.
    """
    held = dataset(code, version)
    where = dict(where or {}) | _at_level(held, level) | _of_cluster(held, cluster)
    counts = _one_indicator(held, indicator)
    whom = counted(held, counts)
    named = supply_demand.named(demand) if demand else None
    learners = of_areas(held, by, where, counts)
    beside = people(held, counts, learners, by, where, denominator, base)
    why = _unfit(held, counts, whom, beside, cluster, level, where)
    pressed, said = _pressed(held, whom, named, by, learners, bool(cluster or _narrowed(held, where)))
    areas, whole = areas_of(learners, beside, pressed)
    spread = None if why else spread_of_authorities(held, counts, by, where, denominator, base)
    found = _graded(areas, why, whole, spread, whom)
    leaves_out = (WHAT_WORKERS_LEAVE_OUT,) if whom == "workers" and not why else ()
    notes = (
        *learners.notes,
        *(beside.notes if beside else ()),
        *whole_note(learners, beside, why),
        *said,
        *leaves_out,
    )
    ages = age_groups(learners, beside) if not why else ()
    return _told(
        _Compared(held, counts, whom, where, learners, beside, pressed, found, notes, ages), by, cluster, denominator
    )


@dataclass(frozen=True)
class _Compared:
    """A table's numbers beside those of a base, graded: everything that an answer is told from."""

    held: HeldTable
    counts: HeldColumn
    whom: str
    where: Where
    learners: AreaNumbers
    beside: People | None
    pressed: Demand | None
    found: Supplies
    notes: tuple[str, ...]
    ages: tuple[str, ...]


def _told(this: _Compared, by: str, cluster: str, denominator: str) -> SupplyAnswer:
    held, learners, beside = this.held, this.learners, this.beside
    tables, lasting = _lasting(held, this.counts, beside, this.pressed, learners.period, this.where)
    asked = [*lasting, ("by", by), ("cluster", cluster), *((("denominator", denominator),) if not beside else ())]
    return SupplyAnswer(
        basis=held.dataset,
        title=held.title,
        version=held.version,
        indicator=this.counts.label,
        counting=this.whom,
        location_basis=held.location_basis,
        period=learners.period,
        by=by,
        denominator=denominator,
        denominator_words=beside.words if beside else DENOMINATORS[denominator][1],
        base=beside.dataset if beside else "",
        assumed=None,
        notes=this.notes,
        spread=this.found.spread,
        rows=_rows(this.found.areas, learners.names, by),
        said=(),
        contradictions=(),
        usable=usable(),
        whom=this.whom,
        narrowed_to=conditions_said(held, this.where),
        base_version=beside.version if beside else "",
        standardised_by=this.ages,
        demand=this.pressed,
        time_identifier=learners.identifier,
        address=asked_at("/supply", asked),
        citations=tuple(dict.fromkeys(citation(table) for table in tables)),
        whole=Whole(this.found.learners, this.found.base),
    )


def _lasting(
    held: HeldTable, counts: HeldColumn, beside: People | None, pressed: Demand | None, period: str, where: Where
) -> tuple[list[HeldTable], list[tuple[str, str]]]:
    """The releases that an answer rests on, and the part of its address that names them and their period for good."""
    tables = [held]
    asked = [("of", f"{held.dataset}@{held.version}"), ("indicator", counts.name)]
    conditions = own_conditions(held, where) | (
        {"period": [period]} if period and not _of_period(held, where) else {}
    )
    asked += [("where", f"{column}={value}") for column, values in conditions.items() for value in values]
    if beside:
        tables.append(dataset(beside.dataset, beside.version))
        asked.append(("beside", f"{beside.dataset}@{beside.version}"))
    if pressed:
        tables.append(dataset(pressed.dataset, pressed.version))
        asked.append(("demand", f"{pressed.dataset}@{pressed.version}:{pressed.indicator}"))
    return tables, asked


def _of_period(held: HeldTable, where: Where) -> bool:
    return bool({"period", *(c.name for c in held.of_kind("time"))} & set(where))


def _pressed(
    held: HeldTable,
    whom: str,
    named: tuple[HeldTable, HeldColumn] | None,
    by: str,
    learners: AreaNumbers,
    narrowed: bool,
) -> tuple[Demand | None, tuple[str, ...]]:
    """The evidence of demand, and what is to be said of it: what it is, or why what was named does not fit."""
    asked = named or (supply_demand.own(held) if whom == "workers" else None)
    if asked is None:
        return None, ()
    table, column = asked
    if table.dataset != held.dataset and not narrowed:
        return None, (
            f"{column.label} of {table.dataset} is of one kind of work, and these {whom} are of all kinds, so it is "
            "no evidence here; narrow them to that work by subject, standard or cluster.",
        )
    found = supply_demand.demand(table, column, by, learners.period, list(learners.values))
    if table.dataset == held.dataset:
        return found, (found.note,)
    reading = f"That these {whom} are for the work of {table.dataset} is the reader's reading."
    return found, (found.note, reading)


def _of_cluster(held: HeldTable, cluster: str) -> dict[str, Sequence[str]]:
    """The condition for a cluster, where the table counts what leads into one. Raises NotFoundError."""
    title = cluster_called(cluster) if cluster else ""
    return {"cluster": [title]} if title and column_of(held.columns, LINKED["cluster"]) else {}


def _narrowed(held: HeldTable, where: Where) -> bool:
    """Whether learners are narrowed to what they learn: a subject, a standard, a kind of work."""
    chosen = {column_named(held, name).name.casefold() for name in own_conditions(held, where)}
    return any(word in name for name in chosen for word in WHAT_IS_LEARNED)


def _graded(
    areas: Sequence[Area], why: tuple[str, str] | None, whole: Whole | None, spread: funnel.Spread | None, whom: str
) -> Supplies:
    if why:
        return Supplies(None, None, None, tuple(not_assessable(area, *why) for area in areas))
    return compared(areas, spread, whole, whom)


def _one_indicator(held: HeldTable, name: str) -> HeldColumn:
    if name:
        return indicators_named(held, [name])[0]
    fit = [i for i in held.indicators if counted(held, i) in LEARNERS]
    return (fit or list(held.indicators))[0]


def _at_level(held: HeldTable, level: str) -> dict[str, Sequence[str]]:
    """The condition for a level, where the table has a filter of levels."""
    columns = [c for c in held.filters if "level" in c.name.casefold()]
    return {columns[0].name: [level]} if level and columns else {}


def _no_people(whom: str, counts: HeldColumn) -> str:
    """Why a number that counts no people cannot be compared with people."""
    if whom == "full-time equivalents":
        return f'"{counts.label}" counts full-time equivalents: work that is done, and not the people who do it.'
    if whom in ("other", "not stated"):
        return f'"{counts.label}" is no count of people.'
    return f"The table counts {whom}, and one person may have several."


def _unfit(
    held: HeldTable, counts: HeldColumn, whom: str, beside: People | None, cluster: str, level: str, where: Where
) -> tuple[str, str] | None:
    """Why these tables cannot answer, and what would settle it; None where they can."""
    if whom not in LEARNERS:
        return _no_people(whom, counts), "Numbers of learners, or of workers, each counted once."
    if beside is None:
        return "No data set here counts the people they are for by area.", "Such a table, read in with iqf ingest."
    if held.location_basis == "delivery":
        return (
            "Learners are counted where they are taught, people where they live or work; the two are never mixed.",
            "Learners by where they live.",
        )
    if cluster and "cluster" not in where:
        lacking = not_linked(held, "cluster", LINKED["cluster"])
        return lacking.reason, f"By area, {lacking.would_settle_it}"
    if level and not any("level" in name.casefold() for name in where):
        return "The table is not cut by level.", "Learners by level and area."
    return beside.unfit
