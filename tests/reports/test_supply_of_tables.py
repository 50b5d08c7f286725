"""Areas of held tables compared: by age, with a printed whole, with evidence of demand, at an address that stays."""

import io
import zipfile

import pytest
from tests.indicators.tables import held
from tests.reports import statistics

from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats import supply_words as say
from iqf.exchange.formats.derived import of_supply, of_takeup, package
from iqf.exchange.sources.statistics.ingest import ingest
from iqf.indicators.queries import HeldColumn
from iqf.reports.supply import supply
from iqf.reports.supply_choices import choices
from iqf.reports.takeup import takeup

pytestmark = pytest.mark.django_db

HEAD = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name"
EAST, WEST = "E92000001,England,E12000006,East of England", "E92000001,England,E12000009,South West"
BY_AGE = f"""
{HEAD},age_group,learners
202324,Academic year,Regional,{EAST},Total,400
202324,Academic year,Regional,{EAST},19-24,300
202324,Academic year,Regional,{EAST},25+,100
202324,Academic year,Regional,{WEST},Total,600
202324,Academic year,Regional,{WEST},19-24,300
202324,Academic year,Regional,{WEST},25+,300
"""
PEOPLE = f"""
{HEAD},age_group,people
2023,Calendar year,Regional,{EAST},0 to 18,5000
2023,Calendar year,Regional,{EAST},19 to 24,3000
2023,Calendar year,Regional,{EAST},25 to 49,4000
2023,Calendar year,Regional,{EAST},50 and over,1000
2023,Calendar year,Regional,{WEST},0 to 18,5000
2023,Calendar year,Regional,{WEST},19 to 24,1000
2023,Calendar year,Regional,{WEST},25 to 49,4000
2023,Calendar year,Regional,{WEST},50 and over,1000
"""
CHILDREN = f"""
{HEAD},age_group,people
2024,Calendar year,National,E92000001,England,,,Children aged 0 to 17 years,100000
2024,Calendar year,Regional,{EAST},Children aged 0 to 17 years,11000
2024,Calendar year,Regional,{WEST},Children aged 0 to 17 years,10000
"""
BY_SUBJECT = f"""
{HEAD},subject,learners
202324,Academic year,Regional,{EAST},Social care,100
202324,Academic year,Regional,{WEST},Social care,200
202324,Academic year,Regional,{WEST},Metal work,200
"""
WORKERS = f"""
{HEAD},inpost_headcount,inpost_fte,vacancy_fte,vacancy_rate_fte,caseload_fte
2025,Reporting year,National,E92000001,England,,,10000,9000,1500,14.3,15
2025,Reporting year,Regional,{EAST},800,700,200,22.2,15
2025,Reporting year,Regional,{WEST},800,700,100,12.5,c
"""


def _columns(printed, kinds):
    plain = statistics.columns(printed, "", "")
    return tuple(HeldColumn(c.name, "indicator", c.label, **kinds[c.name]) if c.name in kinds else c for c in plain)


@pytest.fixture
def home(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    return tmp_path


@pytest.fixture
def learners(home):
    known = {"counting": "learners", "location_basis": "residence"}
    return held(home, BY_AGE, code="learners", indicators=("learners",), **known)


@pytest.fixture
def workers(home):
    counts, rate = {"counting": "workers"}, {"unit": "%"}
    fte = {"counting": "full-time equivalents"}
    kinds = {"inpost_headcount": counts, "inpost_fte": fte, "vacancy_fte": fte}
    kinds |= {"vacancy_rate_fte": rate, "caseload_fte": {"counting": "other"}}
    held(home, WORKERS, code="social", indicators=tuple(kinds), columns=_columns(WORKERS, kinds))
    _hold_people(home, CHILDREN, "children")


def _hold_people(home, printed, code):
    held(home, printed, code=code, indicators=("people",), counting="people", location_basis="residence")


def by_name(answer):
    return {row.name: row.found for row in answer.rows}


@pytest.mark.usefixtures("learners", "workers")
@pytest.mark.parametrize(
    ("base", "denominator", "counting"),
    [
        ("learners", "population", "people"),
        ("social", "population", "people"),
        ("children@1.0", "workforce", "workers"),
    ],
)
def test_nobody_is_compared_with_a_table_of_something_else(base, denominator, counting):
    with pytest.raises(NotFoundError, match=f"does not count {counting}, so nobody is compared with it"):
        supply("learners", base=base, denominator=denominator)


@pytest.mark.usefixtures("learners")
class TestByAge:
    def test_learners_stand_beside_people_of_their_ages_and_expected_by_age(self, home):
        """Rates 600/4000 and 400/10000; East: 3000 and 5000 people, so 450 + 200 expected; West 150 + 200."""
        _hold_people(home, PEOPLE, "people")
        answer = supply("learners")
        east, west = by_name(answer)["East of England"], by_name(answer)["South West"]
        assert (east.area.expected, west.area.expected) == (pytest.approx(650), pytest.approx(350))
        assert (east.area.base, west.area.base) == (8000, 6000)
        assert east.standardised.value == pytest.approx(400 / 650)
        assert east.quotient.value == pytest.approx((400 / 1000) / (8000 / 14000))
        assert (answer.denominator_words, answer.standardised_by) == (
            "people aged 19 and over who live there",
            ("19-24", "25+"),
        )
        assert (east.grade, round(east.shortfall.reallocated)) == ("low take-up, cause unknown", 250)
        assert "allow for age (19-24, 25+)" in " ".join(say.method(answer))

    def test_people_of_other_ages_are_not_those_to_compare_with(self, home):
        _hold_people(home, CHILDREN, "children")
        answer = supply("learners")
        assert {row.found.grade for row in answer.rows} == {"not assessable"}
        assert answer.rows[0].found.reason.startswith(
            "The learners are of the ages 19 and over, the people counted 0 to 17"
        )
        assert answer.rows[0].found.would_settle_it == "People by area of the ages 19 and over."


RATED = f"""
{HEAD},age_group,learners,learners_rate_per_1000_population
202324,Academic year,Regional,{EAST},Total,400,50
202324,Academic year,Regional,{EAST},19-24,300,100
202324,Academic year,Regional,{EAST},25+,100,20
202324,Academic year,Regional,{WEST},Total,600,100
202324,Academic year,Regional,{WEST},19-24,300,300
202324,Academic year,Regional,{WEST},25+,low,low
"""


def test_people_are_worked_back_from_the_rates_a_table_prints_and_never_over_a_hidden_cell(home):
    indicators = ("learners", "learners_rate_per_1000_population")
    known = {"counting": "learners", "location_basis": "residence", "rounded_to": 10, "low_below": 5}
    held(home, RATED, code="rated", indicators=indicators, **known)
    answer = supply("rated", indicator="learners")
    east, west = (by_name(answer)[name] for name in ("East of England", "South West"))
    assert (east.area.base, west.area.base) == (8000, 6000)
    assert (east.area.expected, west.area.expected) == (None, None)
    assert "off by up to 5.0 % in the smallest group" in " ".join(answer.notes)
    rows = takeup("rated", ["region", "age_group"], indicators=["learners"]).rows
    hidden = next(row for row in rows if row.value is None)
    assert (hidden.symbol, hidden.at_least, hidden.at_most, hidden.whole) == ("low", 0, 4, None)
    assert say.cell(hidden) == "low (0 to 4)"


@pytest.mark.usefixtures("workers")
class TestDemand:
    def test_fewer_than_the_share_and_more_vacancies_than_chance_is_under_supplied(self):
        answer = supply("social")
        east, west = (by_name(answer)[name] for name in ("East of England", "South West"))
        assert (answer.whom, answer.demand.whole) == ("workers", 14.3)
        assert east.quotient.value == pytest.approx(8 / 11)
        assert (east.grade, round(east.shortfall.reallocated), round(east.shortfall.added)) == (
            "under-supplied",
            300,
            337,
        )
        assert "22.2 %, is above the country's 14.3 %" in east.reason
        assert west.grade == "low take-up, cause unknown"
        assert "12.5 %, is not beyond chance above" in west.reason
        assert say.supply_finding(answer).startswith(
            "Under-supplied: East of England. Fewer workers than their share"
        )

    def test_a_number_that_is_no_rate_of_demand_is_refused(self):
        for named, said in (
            ("social:caseload_fte", "does not show that more are wanted"),
            ("social", "DATASET:INDICATOR"),
        ):
            with pytest.raises(NotFoundError, match=said):
                supply("social", demand=named)

    def test_vacancies_in_one_kind_of_work_are_no_evidence_for_learners_of_all_kinds(self, home):
        statistics.hold_learners(home)
        answer = supply("learners", demand="social:vacancy_rate_fte")
        assert answer.demand is None
        assert "no evidence here" in " ".join(answer.notes)

    def test_learners_of_that_work_may_be_read_beside_its_vacancies_and_that_is_said(self, home):
        """The rate of the year in which the learners' period begins is not held here: the latest is taken."""
        known = {"counting": "learners", "location_basis": "residence"}
        held(home, BY_SUBJECT, code="subjects", indicators=("learners",), **known)
        answer = supply("subjects", where={"subject": ["Social care"]}, demand="social:vacancy_rate_fte")
        assert (answer.demand.period, answer.rows[0].found.area.pressed) == ("2025", True)
        assert answer.notes[-1] == "That these learners are for the work of social is the reader's reading."
        assert "Learners (Social care) in 2023/24" in say.basis(answer).replace("learners (", "Learners (")


@pytest.mark.usefixtures("workers")
class TestLasting:
    def test_the_address_names_every_release_and_answers_the_same_after_the_next_one(self, home):
        first = supply("social")
        assert first.address == (
            "/supply?of=social@1.0&indicator=inpost_headcount&where=period%3D2025"
            "&beside=children@1.0&demand=social@1.0:vacancy_rate_fte&by=region"
        )
        assert [cited.partition(",")[0] for cited in first.citations] == [
            "A small table (social)",
            "A small table (children)",
        ]
        _hold_people(home, CHILDREN.replace(",11000", ",9000"), "children")
        asked = {"where": {"period": ["2025"]}, "demand": "social@1.0:vacancy_rate_fte"}
        again = supply("social@1.0", base="children@1.0", indicator="inpost_headcount", **asked)
        assert (again.rows, again.address) == (first.rows, first.address)
        assert supply("social").rows != first.rows

    def test_a_comparison_and_a_cut_are_tables_that_pass_our_own_screening(self, home):
        for made in (of_supply(supply("social")), of_takeup(takeup("social", ["region"]))):
            with zipfile.ZipFile(io.BytesIO(package(made))) as archive:
                assert set(archive.namelist()) == {f"{made.name}.csv", f"{made.name}.meta.csv", "datapackage.json"}
                archive.extractall(home / "out")
            report = ingest(home / "out" / f"{made.name}.csv", by="tests")
            assert {each["id"] for each in report.screening if each["outcome"] == "fail"} == set()
        row = takeup("takeup_social", ["region"], {"region_name": ["South West"]}, ["caseload_fte"]).rows[0]
        assert (row.value, row.symbol) == (None, "c")

    def test_a_cut_of_a_part_of_the_country_is_no_table_of_it(self):
        assert of_takeup(takeup("social", [], {"region_name": ["South West"]})) is None

    def test_what_can_be_asked_of_it(self):
        found = choices("social")
        assert [name for name, _ in found.by] == ["region"]
        assert ("social:vacancy_rate_fte", "vacancy rate fte (A small table)") in found.demands
