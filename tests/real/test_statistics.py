"""The real tables: social workers, apprenticeships, further education, population, learner records, areas."""

import csv
import io
import zipfile

import pytest
from tests.real.official_files import existing, printed

from iqf.exchange.formats.figures import figures_json, package
from iqf.exchange.sources import geography, ilr
from iqf.exchange.sources.statistics import ingest
from iqf.indicators.queries import dataset
from iqf.places.queries import placed
from iqf.reports.figures import figures
from iqf.reports.takeup import takeup

pytestmark = [pytest.mark.real, pytest.mark.django_db]
SOCIAL = "csww_indicators_2017_to_2025"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"


@pytest.fixture
def social(real_data):
    (path,) = existing(real_data, f"csc-workforce/{SOCIAL}.csv")
    return path, ingest(path, by="tests")


def test_social_workers_of_england_in_2025(social):
    where = [("geographic_level", "National"), ("time_period", "2025")]
    rows = figures_json(figures(SOCIAL, where=where))["rows"]
    values = {row["indicator"]: row.get("value") for row in rows}
    assert values["inpost_fte"] == 36186.3
    assert values["turnover_rate_fte"] == 11.8
    assert values["vacancy_rate_fte"] == 14.2


def test_every_cell_is_what_the_file_prints_and_a_c_stays_c(social):
    path, report = social
    answer = figures(SOCIAL)
    shown = [row.symbol or row.value for row in answer.rows]
    columns = [c.name for c in answer.table.indicators]
    plain = [row[name] for row in printed(path) for name in columns]
    assert [v if isinstance(v, str) else f"{v:.10g}" for v in shown] == [
        v if v.isalpha() else f"{float(v):.10g}" for v in plain
    ]
    assert plain.count("c") == shown.count("c") == 8
    assert {each["outcome"] for each in report.screening} == {"pass", "warning"}


def test_inner_and_outer_london_and_reorganised_authorities_warn(social):
    found = {each["id"]: each for each in social[1].screening}
    assert (found["inner-outer-london"]["outcome"], found["inner-outer-london"]["count"]) == ("warning", 18)
    assert found["reorganised-authorities"]["count"] == 20


def test_regions_as_a_package_that_passes_the_screening_again(social, tmp_path):
    zipfile.ZipFile(io.BytesIO(package(dataset(SOCIAL)))).extractall(tmp_path)
    report = ingest(tmp_path / f"{SOCIAL}.csv", by="tests")
    assert "fail" not in {each["outcome"] for each in report.screening}
    assert not [s for s in dataset(SOCIAL).changes if "revised" in s or "gone" in s or "added" in s]


def test_apprenticeships_in_a_childrens_standard_by_provider(real_data):
    folder = "fe-takeup/apprenticeships-provider-dashboard"
    (path,) = existing(real_data, f"{folder}/subjects_and_standards_0.parquet")
    ingest(path, by="tests")
    where = [("std_fwk_name", "Early Years Educator"), ("measure", "Starts"), ("year", "2024/25")]
    answer = figures("subjects_and_standards_0", where=where)
    assert answer.total > 100
    assert all(row.level == "Provider" and len(row.area_code) == 8 for row in answer.rows)
    assert {row.indicator for row in answer.rows} == {"Starts"}


@pytest.mark.parametrize(
    ("name", "counting", "located"),
    [
        ("csc-workforce/ons_mid-year_population_estimates_2012_to_2024.csv", "people", "residence"),
        ("fe-takeup/apprenticeships-provider-dashboard/apprenticeships_demographics_0.parquet", "several", "none"),
        ("fe-takeup/apprenticeships-provider-dashboard/national_provider_summary_0.parquet", "learners", "none"),
        ("fe-takeup/lsip-dashboard/C_Achieve_ILR21_areas_by_SSA_level_sex.csv", "several", "not stated"),
        ("fe-takeup/lsip-dashboard/FEAchSSAAug21-Apr22_LAD.csv", "aims", "residence"),
    ],
)
def test_each_table_says_what_it_counts_and_where(real_data, name, counting, located):
    (path,) = existing(real_data, name)
    report = ingest(path, by="tests")
    assert "fail" not in {each["outcome"] for each in report.screening}
    table = dataset(report.release["dataset"])
    assert (table.counting, table.location_basis) == (counting, located)


def test_every_table_of_further_education_by_area(real_data):
    for path in sorted((real_data / "fe-takeup/wnycc-lsip").glob("csv__*.csv")):
        report = ingest(path, by="tests")
        assert report.rows == len(printed(path)), path.name
        assert dataset(path.stem).location_basis == "residence"
    starts = takeup("csv__apprenticeships__apprenticeship_starts_achievements_2022_23")
    assert starts.time_identifier == "Academic year Q1", "its publisher's guidance: Aug-Oct, reported to date"


CELL_BY_CELL = {
    "lsip-dashboard/FEAchSSAAug21-Apr22_LAD.csv": (
        *("location_code", "location"),
        ("notional_nvq_level", "ethnicity_group", "gender", "ssa_t1_desc"),
        "Academic year Q1-Q3",
    ),
    "wnycc-lsip/csv__apprenticeships__apprenticeship_starts_achievements_2022_23.csv": (
        *("geography_code", "geography_name"),
        ("ssa_t1_desc", "apprenticeship_level"),
        "Academic year Q1",
    ),
    "wnycc-lsip/csv__fe__Basic_skills_-_regional_breakdown.csv": (
        *("geography_code", "geography_name"),
        ("subject_level", "age_youth_adult"),
        "Academic year",
    ),
}
"""Of each table: its columns of codes and of names, its filters, and of which part of a year it is."""
CALLED = {"country": "National", "region": "Regional", "localAuthorityDistrict": "Local authority district"}
BY_CODE = dict.fromkeys(("E06", "E07", "E08"), "Local authority district")


@pytest.mark.parametrize("name", CELL_BY_CELL)
def test_every_cell_of_further_education_is_what_an_independent_reading_of_the_file_finds(real_data, name):
    code, place, filters, part = CELL_BY_CELL[name]
    (path,) = existing(real_data, f"fe-takeup/{name}")
    ingest(path, by="tests")
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    numbers = [n for n in lines[0] if n not in (code, place, "geographic_level", "time_period", "date", *filters)]
    expected = {}
    for line in lines:
        said = line.get("geographic_level")
        where = (CALLED[said] if said else BY_CODE[line[code][:3]], line[code], line[place])
        period = (line.get("time_period") or line["date"]).replace("/", "")
        for number in numbers:
            key = (*where, period, part, *(line[f] for f in filters), number)
            assert key not in expected, "no row stands twice, so a dictionary loses none"
            expected[key] = line[number]
    answer = figures(path.stem.replace(" ", "-"))
    found = {}
    for row in answer.rows:
        key = (row.level, row.area_code, row.area, row.period, row.identifier)
        key += (*(row.cells[f] for f in filters), row.indicator)
        assert key not in found
        found[key] = row.symbol or f"{row.value:.10g}"
    assert len(found) == len(answer.rows) == len(lines) * len(numbers)
    assert found == {key: cell if cell.isalpha() else f"{float(cell):.10g}" for key, cell in expected.items()}


def test_each_characteristic_counts_everybody_once(real_data):
    folder = "fe-takeup/apprenticeships-provider-dashboard"
    (path,) = existing(real_data, f"{folder}/apprenticeships_demographics_0.parquet")
    ingest(path, by="tests")
    rows = takeup("apprenticeships_demographics_0", where={"measure": ["Starts"]}).rows
    assert {row.value for row in rows} == {353500.0}
    assert len(rows) == 4, "one for each kind of characteristic"


def test_learner_records(real_data):
    (path,) = existing(real_data, "ilr/ILR-1920-SampleValid.xml")
    code = ilr.ingest(path, by="tests").release["dataset"]
    rows = figures(code, by=("learning_aim",), where=[("learning_aim", "Total")]).rows
    assert {row.indicator: row.value for row in rows} == {"learners": 30, "aims": 90, "achievements": 50}


def test_areas_with_their_groups(real_data, social):
    report = geography.ingest(existing(real_data, "geography")[0], by="tests")
    assert report.rows == 402
    york = placed("E06000014")
    assert york.within[:2] == ("E12000003", "E92000001"), "the region is what the social work table says"
    assert any(group.startswith("E47") for group in york.groups)
    assert any(group.startswith("E69") for group in york.groups)
