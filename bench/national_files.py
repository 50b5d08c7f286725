"""The made-up country's qualifications as two official files: the register's download, and the list of approvals."""

import csv
import random
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from bench import vocabulary as v
from bench.national import NATIONAL, SEED, Qualification, Size, qualifications, shown

TODAY = date(2026, 11, 1)
REGISTER = (
    "Qualification Number", "Qualification Title", "Owner Organisation Name", "Owner Organisation Acronym",
    "Qualification Level", "Qualification Sub Level", "EQF Level", "Qualification Type", "Total Credits",
    "Qualification SSA", "Qualification Status", "Regulation Start Date", "Operational Start Date",
    "Operational End Date", "Certification End Date", "Minimum Guided Learning Hours",
    "Maximum Guided Learning Hours", "Total Qualification Time", "Guided Learning Hours", "Offered In",
    "Overall Grading Type", "Assessment Methods", "NI Discount Code", "GCE Size Equivalence",
    "GCSE Size Equivalence", "Entitlement Framework Designation", "Grading Scale", "Specialisms", "Pathways",
    "Approved For DEL Funded Programme", "Link To Specification", "CCEA Regulation", "Offered Internationally",
)  # fmt: skip
"""The columns of the register's download in its own order."""
APPROVED = (
    "DateOfOfqualDataSnapshot", "QualificationName", "AwardingOrganisation", "QualificationNumber", "Level",
    "QualificationType", "Subcategory", "SectorSubjectArea", "Status",
)  # fmt: skip
STREAMS = (
    "Age1416", "Age1619", "LocalFlexibilities", "LegalEntitlementL2L3", "LegalEntitlementEnglishandMaths",
    "DigitalEntitlement", "LifelongLearningEntitlement", "AdvancedLearnerLoans", "L3FreeCoursesForJobs",
)  # fmt: skip
PARTS = ("FundingAvailable", "FundingApprovalStartDate", "FundingApprovalEndDate", "Notes")


def write_register(path: Path, size: Size = NATIONAL, *, seed: int = SEED, changed: float = 0) -> Path:
    """The register's download, in this share of its rows with another end date and status: the next edition."""
    draw = random.Random(f"edition {seed}")
    return _write(path, REGISTER, (_registered(q, draw.random() < changed) for q in qualifications(size, seed)))


def write_approved(path: Path, size: Size = NATIONAL, *, seed: int = SEED) -> Path:
    """The list of approvals: every seventh qualification, each in one to three funding streams."""
    draw = random.Random(f"approvals {seed}")
    header = (*APPROVED, *(f"{stream}_{part}" for stream in STREAMS for part in PARTS), "AwardingOrganisationURL")
    every = (q for n, q in enumerate(qualifications(size, seed)) if n % 7 == 0)
    return _write(path, header, (_approved(q, draw) for q in every))


def _write(path: Path, header: Iterable[str], rows: Iterator[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def _registered(q: Qualification, changed: bool) -> list[str]:
    ends = q.starts.replace(year=q.starts.year + 20, day=28) if changed else q.ends
    over = bool(ends and ends < TODAY) or changed
    level = "Entry Level" if q.level == "E" else f"Level {q.level}"
    closes = ends.replace(year=ends.year + 2, day=28) if ends else None
    cells = {
        "Qualification Number": shown(q.number),
        "Qualification Title": q.title,
        "Owner Organisation Name": q.owner,
        "Owner Organisation Acronym": q.acronym,
        "Qualification Level": level,
        "Qualification Sub Level": "None",
        "EQF Level": "" if q.level == "E" else f"Level {min(8, int(q.level) + 1)}",
        "Qualification Type": v.TYPES.get(q.award, v.OTHER_TYPE),
        "Total Credits": str(q.credit),
        "Qualification SSA": q.area,
        "Qualification Status": "No longer awarded" if over else "Available to learners",
        "Regulation Start Date": _moment(q.starts),
        "Operational Start Date": _moment(q.starts),
        "Operational End Date": _moment(ends),
        "Certification End Date": _moment(closes),
        "Minimum Guided Learning Hours": str(q.glh),
        "Maximum Guided Learning Hours": str(q.glh),
        "Total Qualification Time": str(q.credit * 10),
        "Guided Learning Hours": str(q.glh),
        "Offered In": "England|Northern Ireland" if q.credit % 3 else "England",
        "Overall Grading Type": "Pass/Fail" if q.credit % 4 else "Graded",
        "Assessment Methods": "|".join(v.METHODS[: 1 + q.glh % 3]),
        "Link To Specification": f"https://example.org/{q.acronym.split()[0].lower()}/{q.number}",
        "CCEA Regulation": "True" if q.credit % 3 else "False",
        "Offered Internationally": "False",
    }
    return [cells.get(column, "") for column in REGISTER]


def _moment(day: date | None) -> str:
    """A day as the register prints it: month first, at midnight."""
    return f"{day.month}/{day.day}/{day.year} 12:00:00 AM +00:00" if day else ""


def _approved(q: Qualification, draw: random.Random) -> list[str]:
    level = "Entry Level" if q.level == "E" else f"Level {q.level}"
    plain = [
        "18/02/2026",
        q.title,
        q.owner,
        q.number,
        level,
        v.TYPES.get(q.award, v.OTHER_TYPE),
        "",
        q.area,
        "Approved",
    ]
    given = set(draw.sample(STREAMS, draw.randint(1, 3)))
    for stream in STREAMS:
        start = date(draw.randint(2008, 2024), 8, 1)
        end = date(draw.randint(2026, 2028), 7, 31)
        plain += ["True", f"{start:%d/%m/%Y}", f"{end:%d/%m/%Y}", ""] if stream in given else ["False", "", "", ""]
    return [*plain, ""]
