"""Individualised Learner Records (XML), counted while they are read: no record of a person is kept, here or on disk.

Counts are protected before anything is published (iqf.indicators.guarding): small ones kept back with what would give
them away, the others rounded. Learners are counted once in each cell, aims each; areas are of residence, to the
postcode district, or none. An aim stands under its level alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from iqf.analysis.disclosure import Profile
from iqf.exchange.sources.pattern import Fault, IngestReport, Progress, Refused, silent
from iqf.exchange.sources.statistics.ingest import NotFit, hold, working_folder
from iqf.exchange.sources.statistics.reading import ROW, sha256_of
from iqf.exchange.sources.statistics.screening import faults, screen
from iqf.exchange.sources.statistics.shaping import Shaped, code_of
from iqf.indicators.actions import DatasetFacts
from iqf.indicators.protection import DEFAULT
from iqf.indicators.queries import HeldColumn, protected_releases
from iqf.indicators.words import PROTECTED
from iqf.register.queries import levels_of

TOTAL: Final = "Total"
UNKNOWN: Final = "Not known"
COUNTS: Final = ("learners", "aims", "achievements")
AREAS: Final = ("district", "postcode-area", "none")
"""By which areas learners are counted, of the home: the postcode district (LS10), its letters (LS), or none."""
COARSER: Final = {
    "district": "count the learners by wider areas or by none (--areas postcode-area, --areas none)",
    "postcode-area": "count the learners by no area (--areas none)",
    "none": "",
}
"""What somebody may do whose table is too large."""
OF_AREA: Final = {"district": "home_postcode_district", "postcode-area": "home_postcode_area"}
"""The column of the areas."""
_NAMESPACE = re.compile(r"\{ESFA/ILR/(20\d\d)-(\d\d)\}Message$")
_DISTRICT = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*\d[A-Z]{2}$")
Cell = tuple[str, str, str]
"""Learning aim, level, area of the home; `Total` where a cell is of all of them."""


@dataclass
class Tally:
    """What is counted so far. Nobody is in it: only how many."""

    year: str = ""
    areas: str = AREAS[0]
    learners: Counter[Cell] = field(default_factory=Counter)
    aims: Counter[Cell] = field(default_factory=Counter)
    achievements: Counter[Cell] = field(default_factory=Counter)
    levels: dict[str, str] = field(default_factory=dict)
    read: int = 0

    def areas_of(self, district: str) -> tuple[str, ...]:
        """Where somebody of a postcode district is counted: in all, and in the area where there are any."""
        if self.areas == "none":
            return (TOTAL,)
        wider = self.areas == "postcode-area" and district != UNKNOWN
        return (TOTAL, district.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789") if wider else district)

    def level_of(self, aim: str) -> str:
        """The level of a learning aim as the official lists held here give it, where they agree."""
        if aim not in self.levels:
            self.levels[aim] = levels_of({aim}).get(aim, UNKNOWN)
        return self.levels[aim]


def ingest(
    path: Path,
    *,
    by: str,
    dry_run: bool = False,
    progress: Progress = silent,
    rule: Profile | None = None,
    areas: str = AREAS[0],
) -> IngestReport:
    """Count the learners, aims and achievements of one file by aim, level and area, and hold the counts as a table.

    `areas`: one of AREAS. The counts are protected by `rule`, by that of the release before, or by the usual one.
    Raises Refused for what is no such file, and for XML that declares entities or a document type.
    """
    if not path.is_file():
        raise Refused([Fault("there is no such file; check the path.", str(path))])
    progress("reading", 0, 2)
    tally = _counted(path, areas)
    progress("holding", 1, 2)
    with working_folder() as work:
        table = _table(tally, path, work)
        screened = screen(table)
        if faults(screened):
            raise NotFit(screened)
        report = hold(
            table, screened, sha256=sha256_of(path), by=by, dry_run=dry_run, rule=rule or _rule_before(table)
        )
    report.source = "ilr"
    return report


def _rule_before(table: Shaped) -> Profile:
    """The rule of the release before: counts of learners are never held as published."""
    before = protected_releases(table.facts.code)
    return before[-1].protection.rule if before and before[-1].protection else DEFAULT


def _counted(path: Path, areas: str) -> Tally:
    """Everything that the file counts, one learner at a time."""
    tally = Tally(areas=areas)
    seen: set[int] = set()
    try:
        for learner in _learners(path, tally):
            reference = hash(learner.get("LearnRefNumber", ""))
            if reference in seen:
                message = "a learner stands there twice under one LearnRefNumber; get the file again."
                raise Refused([Fault(message, path.name)])
            seen.add(reference)
            _count(tally, learner)
    except DefusedXmlException:
        message = "the file declares entities or a document type, which no learner record has; it was not read on."
        raise Refused([Fault(message, path.name)]) from None
    except ParseError as error:
        message = f"the XML breaks off or is not well formed ({error}); get the file again."
        raise Refused([Fault(message, path.name)]) from None
    if not tally.read:
        raise Refused([Fault("the file holds no learner.", path.name)])
    return tally


def _learners(path: Path, tally: Tally) -> Iterator[dict[str, Any]]:
    """Each learner as what is counted of them; the element is let go at once."""
    around: list[Any] = []
    for event, element in iterparse(path, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            around.append(element)
            if len(around) == 1:
                tally.year = _year(element.tag, path.name)
            continue
        around.pop()
        if len(around) == 1:
            if _bare(element.tag) == "Learner":
                yield _told(element)
            around[0].clear()


def _year(tag: str, file: str) -> str:
    found = _NAMESPACE.match(tag)
    if found is None:
        message = f'this is no Individualised Learner Record: it begins with "{_bare(tag)}", not Message of ESFA/ILR.'
        raise Refused([Fault(message, file, expected='<Message xmlns="ESFA/ILR/2019-20">')])
    return found[1] + found[2]


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def _told(element: Any) -> dict[str, Any]:
    """Of a learner: the reference (to count each once), the postcode district, and each aim with its outcome."""
    own = {_bare(child.tag): (child.text or "").strip() for child in element}
    aims = [
        {_bare(part.tag): (part.text or "").strip() for part in child}
        for child in element
        if _bare(child.tag) == "LearningDelivery"
    ]
    district = _DISTRICT.match(own.get("Postcode", "").upper())
    return {
        "LearnRefNumber": own.get("LearnRefNumber", ""),
        "district": district[1] if district and district[1] != "ZZ99" else UNKNOWN,
        "aims": [(aim.get("LearnAimRef", UNKNOWN), _achieved(aim)) for aim in aims],
    }


def _achieved(aim: Mapping[str, str]) -> bool:
    """Whether an aim is completed (CompStatus 2) and achieved (Outcome 1)."""
    return aim.get("CompStatus") == "2" and aim.get("Outcome") == "1"


def _count(tally: Tally, learner: Mapping[str, Any]) -> None:
    """Count a learner in every cell that they belong to, once; and each of their aims."""
    tally.read += 1
    areas = tally.areas_of(learner["district"])
    touched: set[Cell] = {(TOTAL, TOTAL, area) for area in areas}
    for aim, achieved in learner["aims"]:
        level = tally.level_of(aim)
        # An aim has one level: it has no row of its own over all levels.
        for cell in ((*of, area) for of in ((aim, level), (TOTAL, level), (TOTAL, TOTAL)) for area in areas):
            touched.add(cell)
            tally.aims[cell] += 1
            tally.achievements[cell] += achieved
    tally.learners.update(touched)


def _table(tally: Tally, path: Path, work: Path) -> Shaped:
    """The counts as a table in the standard format, as they are."""
    rows = [_row(tally, cell) for cell in sorted(tally.learners, key=_totals_first)]
    columns = tuple(c for c in COLUMNS if c.name not in set(OF_AREA.values()) - {OF_AREA.get(tally.areas)})
    names = [c.name for c in columns]
    cells = work / "counted.parquet"
    printed = {n: pa.array([row[n] for row in rows], pa.string()) for n in names}
    pq.write_table(pa.table({ROW: pa.array(range(2, len(rows) + 2), pa.int64()), **printed}), cells)
    return Shaped(
        facts=DatasetFacts(
            code=code_of(path.stem),
            title="Learners, aims and achievements out of learner records",
            counting="learners",
            location_basis="residence",
            definition="Counted from Individualised Learner Records while they were read; no record of a person was "
            "kept. Areas, where there are any, are postcode districts of the home, or their letters alone.",
            profile=PROTECTED,
            complete_for="learning_aim",
        ),
        publisher="",
        licence="",
        columns=columns,
        cells=cells,
        file=path.name,
        rows=len(rows),
        described=True,
        coarser=COARSER[tally.areas],
        tolerates={"complete-matrix": "an area has rows only for the aims that people take there"},
    )


def _totals_first(cell: Cell) -> tuple[bool, bool, bool, Cell]:
    return cell[0] != TOTAL, cell[1] != TOTAL, cell[2] != TOTAL, cell


def _row(tally: Tally, cell: Cell) -> dict[str, str | None]:
    aim, level, area = cell
    return {
        "time_period": tally.year,
        "time_identifier": "Academic year",
        "geographic_level": "National",
        "country_code": "E92000001",
        "country_name": "England",
        "learning_aim": aim,
        "aim_level": level,
        **dict.fromkeys(OF_AREA.values(), area),
        **{name: str(getattr(tally, name)[cell]) for name in COUNTS},
    }


COLUMNS: Final = (
    HeldColumn("time_period", "time", "Time period"),
    HeldColumn("time_identifier", "time", "Time identifier"),
    *(HeldColumn(n, "place", n.replace("_", " ").capitalize()) for n in ("geographic_level", "country_code")),
    HeldColumn("country_name", "place", "Country name"),
    HeldColumn("learning_aim", "filter", "Learning aim", group="aim_level", total=TOTAL),
    HeldColumn("aim_level", "filter", "Level of the aim", total=TOTAL),
    HeldColumn(OF_AREA["district"], "filter", "Postcode district of the home", total=TOTAL),
    HeldColumn(OF_AREA["postcode-area"], "filter", "Postcode area of the home", total=TOTAL),
    HeldColumn("learners", "indicator", "Learners", decimals=0, counting="learners"),
    HeldColumn("aims", "indicator", "Learning aims", decimals=0, counting="aims"),
    HeldColumn("achievements", "indicator", "Aims achieved", decimals=0, counting="aims"),
)
