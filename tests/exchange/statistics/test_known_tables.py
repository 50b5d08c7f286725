import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.statistics import Said, ingest
from iqf.indicators.asking import Wanted, figures
from iqf.indicators.queries import dataset
from iqf.reports.supply import supply
from iqf.reports.takeup import takeup

pytestmark = pytest.mark.django_db
STANDARDS = {
    "year": ["2024/25", "2025/26 (Aug to Apr)"],
    "apps_Level": ["Advanced Apprenticeship"] * 2,
    "std_fwk_name": ["Early Years Educator"] * 2,
    "ssa_t1_desc": ["Health, Public Services and Care"] * 2,
    "provider_name": ["HILL COLLEGE (10001234)"] * 2,
    "measure": ["Starts", "Starts"],
    "values": [12, 7],
}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"


def parquet(tmp_path, columns):
    path = tmp_path / "standards.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def test_the_number_in_a_providers_name_becomes_a_code_and_the_files_own_cells_stay(tmp_path):
    ingest(parquet(tmp_path, STANDARDS), by="tests")
    table = dataset("standards")
    assert (table.counting, table.location_basis, table.named_by) == ("several", "none", "measure")
    rows = duckdb.sql(
        "SELECT year, time_period, time_identifier, provider_ukprn, provider_name, values "
        f"FROM '{table.path}' ORDER BY 1"
    ).fetchall()
    assert rows == [
        ("2024/25", "202425", "Academic year", "10001234", "HILL COLLEGE (10001234)", 12.0),
        ("2025/26 (Aug to Apr)", "202526", "Academic year Q1-Q3", "10001234", "HILL COLLEGE (10001234)", 7.0),
    ]


def test_a_renamed_column_is_named_with_what_it_perhaps_is(tmp_path):
    columns = {("standard_fwk_name" if n == "std_fwk_name" else n): v for n, v in STANDARDS.items()}
    with pytest.raises(Refused) as refusal:
        ingest(parquet(tmp_path, columns), by="tests")
    assert str(refusal.value) == (
        'standards.parquet, row 1, column std_fwk_name: the column "std_fwk_name" of "Apprenticeships by subject, '
        'standard and provider" is missing; is it "standard_fwk_name"? Name it "std_fwk_name".'
    )


def test_areas_of_residence_are_placed_by_their_codes(tmp_path):
    path = tmp_path / "starts.csv"
    path.write_text(
        "date,geography_code,geography_name,ssa_t1_desc,apprenticeship_level,starts,achievements\n"
        "2022/23,E08000032,Bradford,Total,Total,1200,low\n"
        "2022/23,E12000003,Yorkshire and The Humber,Total,Total,90000,x\n"
    )
    ingest(path, by="tests")
    table = dataset("starts")
    assert (table.counting, table.location_basis) == ("starts", "residence")
    assert {c.name: c.counting for c in table.indicators} == {"starts": "starts", "achievements": "achievements"}
    rows = duckdb.sql(
        f"SELECT geographic_level, lad_name, region_name, achievements__symbol FROM '{table.path}'"
    ).fetchall()
    assert rows == [
        ("Local authority district", "Bradford", None, "low"),
        ("Regional", None, "Yorkshire and The Humber", "x"),
    ]


def test_figures_that_documents_print_keep_their_qualifiers_and_mixed_years(tmp_path):
    path = tmp_path / "figures_people.csv"
    path.write_text(
        "time_period,time_identifier,geographic_level,area,measure,indicator,value,unit,qualifier,note,"
        "original_source,source_id,locator\n"
        "2007,February,National,England,Awarded,people,400,people,about,,,S3,chapter 7\n"
        "2006,Calendar year,National,England,Awarded,people,300,people,exact,,,S3,chapter 7\n"
    )
    report = ingest(path, by="tests")
    mixed = next(each for each in report.screening if each["id"] == "one-year-type")
    assert mixed["outcome"] == "warning"
    assert dataset("figures_people").title == "Figures that the policy documents print: people"


def test_what_the_reader_says_wins_and_must_be_known(tmp_path):
    path = parquet(tmp_path, STANDARDS)
    ingest(path, by="tests", said=Said(code="other", counting="starts", location_basis="delivery"))
    assert (dataset("other").counting, dataset("other").location_basis) == ("starts", "delivery")
    with pytest.raises(Refused, match='"heads" is not known here; write one of: learners'):
        ingest(path, by="tests", said=Said(counting="heads"))


def test_a_part_of_a_year_that_only_the_files_name_says_is_kept_as_one(tmp_path):
    path = tmp_path / "AchAug21-Apr22_LAD.csv"
    path.write_text(
        "location,location_code,geographic_level,time_period,notional_nvq_level,ssa_t1_desc,e_and_t_aims_ach\n"
        "Adur,E07000223,localAuthorityDistrict,202122,Total,Total,300\n"
    )
    ingest(path, by="tests")
    (row,) = takeup("AchAug21-Apr22_LAD").rows
    assert row.value == 300
    assert takeup("AchAug21-Apr22_LAD").notes[0] == (
        "2021/22 (August to April only, part of a year): not to be compared with a whole year."
    )


class TestAPartOfAYear:
    @pytest.fixture(autouse=True)
    def _held(self, tmp_path):
        ingest(parquet(tmp_path, STANDARDS), by="tests")

    def test_the_latest_year_is_the_latest_whole_one(self):
        answer = takeup("standards")
        assert [(answer.period, row.value) for row in answer.rows] == [("202425", 12.0)]
        assert "2025/26 (August to April only, part of a year) stands apart" in answer.notes[0]
        assert [f.value for f in figures(dataset("standards"), Wanted(by=("provider_name",))).rows] == [12.0]

    def test_it_never_stands_in_a_row_of_years_unless_asked_for(self):
        assert [row.by["time_period"] for row in takeup("standards", ["period"]).rows] == ["202425"]
        asked = takeup("standards", where={"time_identifier": ["Academic year Q1-Q3"]})
        assert [row.value for row in asked.rows] == [7.0]
        assert "not to be compared with a whole year" in asked.notes[0]

    def test_several_years_that_are_asked_for_are_shown_apart_and_not_added_up(self):
        rows = takeup("standards", where={"year": ["2024/25", "2025/26 (Aug to Apr)"]}).rows
        assert [(row.by["year"], row.value) for row in rows] == [("2024/25", 12.0)]


def written(tmp_path, name, *lines):
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


SUBJECTS = "date,geography_code,geography_name,ssa_t1_desc,apprenticeship_level,starts,achievements"


def test_the_quarter_that_only_its_publishers_guidance_says_is_no_year(tmp_path):
    ingest(written(tmp_path, "starts.csv", SUBJECTS, "2022/23,E08000035,Leeds,Total,Total,1720,440"), by="tests")
    answer = takeup("starts")
    assert [row.value for row in answer.rows if row.counting == "starts"] == [1720]
    assert "2022/23 (August to October only, part of a year): not to be compared with a whole year." in answer.notes
    whole = written(tmp_path, "whole.csv", SUBJECTS, "2021/22,E08000035,Leeds,Total,Total,5370,2240")
    ingest(whole, by="tests")
    assert takeup("whole").time_identifier == "Academic year"
    ingest(whole, by="tests", said=Said(code="said", part="Academic year Q1"))
    assert takeup("said").time_identifier == "Academic year Q1"
    with pytest.raises(Refused, match='"a quarter" is not known here; write one of: Academic year, Academic year Q1'):
        ingest(whole, by="tests", said=Said(part="a quarter"))


@pytest.mark.parametrize("said", ["2022/23 (Aug to Mar)", "2022/23 Q1"])
def test_what_may_be_no_whole_year_is_refused_and_not_taken_for_one(tmp_path, said):
    with pytest.raises(Refused, match=r"row 2, column date: .* is not a "):
        ingest(written(tmp_path, "s.csv", SUBJECTS, f"{said},E08000035,Leeds,Total,Total,1,1"), by="tests")


def test_places_of_any_kind_are_placed_by_code_and_an_unknown_one_is_refused(tmp_path):
    rows = (
        "2022/23,E14000639,Leeds East,Total,Total,10,low",
        "2022/23,E47000003,West Yorkshire,Total,Total,20,low",
        "2022/23,z,Outside of England and unknown,Total,Total,30,low",
    )
    ingest(written(tmp_path, "starts.csv", SUBJECTS, *rows), by="tests")
    table = dataset("starts")
    assert [(f.level, f.area, f.area_code) for f in figures(table, Wanted(indicators=("starts",))).rows] == [
        ("Parliamentary constituency", "Leeds East", "E14000639"),
        ("Mayoral combined authority", "West Yorkshire", "E47000003"),
        ("Local authority district", "Outside of England and unknown", "z"),
    ]
    assert "region_code" not in {c.name for c in table.columns}, "what no row has is no column"
    with pytest.raises(Refused, match='geography_code: "X99999999" is not a code of places'):
        ingest(written(tmp_path, "odd.csv", SUBJECTS, "2022/23,X99999999,Nowhere,Total,Total,1,1"), by="tests")


def test_the_year_of_a_table_that_prints_none_is_read_from_its_name_or_it_is_refused(tmp_path):
    header = "geographic_level,area,SSA,Level,sex,Achievements,Enrolments,Total,Total_ach,Total_enr,pcAch,pcEnr"
    row = "country,England,Total,Total,Total,10,20,Total,10,20,1,1"
    ingest(written(tmp_path, "Achieve_ILR22_areas.csv", header, row), by="tests")
    assert takeup("Achieve_ILR22_areas").period == "202122"
    with pytest.raises(Refused, match="the file does not say of which year it is; keep ILR"):
        ingest(written(tmp_path, "achieve.csv", header, row), by="tests")


def test_people_are_not_counted_once_for_each_kind_of_characteristic(tmp_path):
    kinds = [("Sex", "Total", 100), ("Sex", "Female", 60), ("Sex", "Male", 40), ("Age", "Total", 100)]
    columns = {
        "year": ["2024/25"] * 4,
        "provider_name": ["Total (All providers)"] * 4,
        "characteristic_type": [kind for kind, *_ in kinds],
        "characteristic": [value for _, value, _ in kinds],
        "measure": ["Starts"] * 4,
        "count": [str(n) for *_, n in kinds],
    }
    ingest(parquet(tmp_path, columns), by="tests")
    assert [(row.by["characteristic_type"], row.value) for row in takeup("standards").rows] == [
        ("Age", 100.0),
        ("Sex", 100.0),
    ]
    assert {row.share for row in takeup("standards").rows} == {None}
    shares = {row.by["characteristic"]: row.share for row in takeup("standards", ["characteristic"]).rows}
    assert shares == {"Female": 0.6, "Male": 0.4}


def test_days_lost_and_cases_for_each_worker_are_no_workers(tmp_path):
    header = (
        "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,inpost_fte,"
        "inpost_headcount,vacancy_rate_fte,turnover_rate_fte,agency_cover_fte,caseload_fte,working_days_lost_fte"
    )
    path = tmp_path / "social.csv"
    row = "2025,Reporting year,Regional,E92000001,England,{},{},90,100,9.1,10,5,16.5,900"
    regions = [("E12000001", "North East"), ("E12000002", "North West")]
    path.write_text("\n".join((header, *(row.format(*region) for region in regions))))
    ingest(path, by="tests")
    counting = {i.name: i.counting for i in dataset("social").indicators}
    assert counting == {
        "inpost_fte": "full-time equivalents",
        "inpost_headcount": "workers",
        "vacancy_rate_fte": "",
        "turnover_rate_fte": "",
        "agency_cover_fte": "full-time equivalents",
        "caseload_fte": "",
        "working_days_lost_fte": "",
    }
    for indicator, why in (
        ("working_days_lost_fte", '"Working days lost to sickness (full-time equivalent)" is no count of people.'),
        ("inpost_fte", '"In post (full-time equivalent)" counts full-time equivalents: work that is done, and not'),
    ):
        (first, *_) = supply("social", indicator=indicator).rows
        assert first.found.grade == "not assessable"
        assert first.found.reason.startswith(why)


def test_subjects_that_hold_each_other_are_never_added_up(tmp_path):
    header = "date,geography_name,geography_code,subject_level,age_youth_adult,achievements,participation"
    skills = ("Basic Skills (Excluding digital skills)", "English", "English Level 1", "Maths")
    rows = [
        f"2021/22,Leeds,E08000035,{skill},Total,10,{n}" for skill, n in zip(skills, (90, 60, 20, 40), strict=True)
    ]
    ingest(written(tmp_path, "skills.csv", header, *rows), by="tests")
    (whole,) = takeup("skills", indicators=["participation"]).rows
    assert (whole.value, whole.counting) == (90, "learners")
    each = takeup("skills", ["subject_level"], indicators=["participation"]).rows
    assert [(row.by["subject_level"], row.value, row.share) for row in each] == [
        ("English", 60, None),
        ("English Level 1", 20, None),
        ("Maths", 40, None),
    ]
