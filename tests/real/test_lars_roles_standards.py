"""The real files of the aim register, of job profiles, and of apprenticeship standards."""

from collections import Counter

import pytest

from iqf.exchange.sources import lars, ncs_roles, skills_england
from iqf.register.models import OfficialRow
from iqf.register.queries import row_of, standing, under_number

from .official_files import existing, printed

pytestmark = [pytest.mark.real, pytest.mark.django_db]
TABLES = {
    "Framework": ("lars-frameworks", 1437),
    "FrameworkAims": ("lars-framework-aims", 16776),
    "Standard": ("lars-standards", 589),
    "StandardAims": ("lars-standard-aims", 573),
    "Section96": ("lars-section96", 29393),
    "AwardOrgCode": ("lars-organisations", 502),
    "SectorSubjectArea": ("lars-subject-areas", 67),
    "StandardSectorCode": ("lars-standard-sectors", 75),
    "ProgType": ("lars-programme-types", 30),
}


def test_the_aim_register_row_for_row(real_data, db):
    existing(real_data / "lars", *(f"{table}.csv" for table in TABLES))
    report = lars.ingest(real_data / "lars", by="tests")
    assert (report.rows, report.added) == (49442, 49442)
    assert Counter(w.code for w in report.warnings) == {"dates-order": 4, "number-check": 2}
    for table, (register, count) in TABLES.items():
        rows = printed(real_data / "lars" / f"{table}.csv")
        held = dict(OfficialRow.objects.filter(register=register).values_list("row", "printed"))
        assert len(rows) == count
        assert held == dict(enumerate(rows, start=2))
    assert row_of("lars-section96", "00301061").facts["aim"] == "00301061"
    assert {r.register for r in under_number("500/4059/5")} <= {"lars-section96", "lars-framework-aims"}
    ends = {r.facts["effective_to"] for r in standing("lars-standard-aims")}
    assert ends == {""}
    assert lars.ingest(real_data / "lars", by="tests").writes == 0


def test_job_profiles_row_for_row(real_data, db):
    (path,) = existing(real_data / "ncs-job-profiles", "job_profiles.csv")
    report = ncs_roles.ingest(path, by="tests")
    assert (report.rows, report.added, Counter(w.code for w in report.warnings)) == (829, 829, {"no-tasks": 97})
    rows = {r["url"].upper(): r for r in printed(path)}
    held = {r.reference: r for r in standing("ncs-roles")}
    assert {reference: r.printed for reference, r in held.items()} == rows
    tasks = sum(len([t for t in r["day_to_day_tasks"].split("|") if t.strip()]) for r in rows.values())
    assert sum(len(r.facts["tasks"]) for r in held.values()) == tasks
    assert sum(r.facts["salary_varies"] for r in held.values()) == 69
    assert sum(bool(r.facts["standards"]) for r in held.values()) == 829 - 506
    assert ncs_roles.ingest(path, by="tests").writes == 0


def test_standards_versions_and_frameworks(real_data, db):
    folder = real_data / "apprenticeship-standards"
    (listed,) = existing(folder, "openregister__ApprenticeshipStandards.csv")
    report = skills_england.ingest(folder, by="tests")
    assert (report.rows, report.added) == (546 + 43 + 776, 546 + 43 + 776)
    assert Counter(w.code for w in report.warnings) == {"reference-shared": 1, "level-missing": 5}
    rows = printed(listed, encoding="utf-16-le", skip=1)
    held = dict(OfficialRow.objects.filter(register="skills-england-standards").values_list("row", "printed"))
    assert held == {n: {c.strip(): v for c, v in r.items()} for n, r in enumerate(rows, start=3)}
    waiting = sum(bool(r.facts["to_be_confirmed"]) for r in standing("skills-england-standards"))
    assert waiting == sum("TBC" in r.values() for r in rows)
    versions = Counter(r.facts["standard"] for r in standing("skills-england-versions"))
    assert (versions["ST0135"], versions["ST0888"], len(versions)) == (7, 2, 15)
    assert standing("skills-england-frameworks").count() == 776
    assert skills_england.ingest(folder, by="tests").writes == 0
