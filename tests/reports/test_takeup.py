"""Take-up cut by a table's columns, and regions compared with their people: the worked example on held tables."""

import pytest
from tests.exchange.lists import write
from tests.indicators.tables import held
from tests.official_rows import PLAYWORKER
from tests.reports import statistics

from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats.supply_words import takeup_finding
from iqf.exchange.sources import ncs_roles
from iqf.reports.assessable import NotAssessable
from iqf.reports.supply import from_documents, supply
from iqf.reports.takeup import takeup

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    statistics.hold_learners(tmp_path)
    statistics.hold_people(tmp_path)


def by_name(answer):
    return {row.name: row.found for row in answer.rows}


@pytest.mark.usefixtures("tables")
class TestTakeUp:
    def test_without_a_cut_the_printed_total_of_the_latest_year(self):
        answer = takeup("learners")
        (row,) = answer.rows
        assert (row.value, answer.period, answer.notes) == (
            10000,
            "202324",
            ("Of 2023/24, the latest of 2 periods.",),
        )

    def test_by_region_without_the_parts_of_london(self):
        answer = takeup("learners", ["region"])
        assert {r.by["region_name"]: r.value for r in answer.rows} == {
            "East of England": 800,
            "London": 4600,
            "South East": 4600,
        }
        first = answer.rows[0]
        assert (first.share, first.whole) == (pytest.approx(0.08), 10000)
        assert first.limits.low < 0.08 < first.limits.high

    def test_a_suppressed_part_keeps_its_symbol_and_leaves_no_share(self):
        rows = takeup("learners", ["sex"], {"region_name": ["East of England"]}).rows
        found = {r.by["sex"]: r for r in rows}
        assert (found["Female"].value, found["Female"].symbol, found["Female"].share) == (None, "c", None)
        assert (found["Male"].value, found["Male"].share) == (500, None)

    def test_periods_are_shown_beside_each_other_and_never_added_up(self):
        answer = takeup("learners", ["period"], {"geographic_level": ["National"]})
        assert [(r.by["time_period"], r.value, r.share) for r in answer.rows] == [
            ("202223", 9000, 1.0),
            ("202324", 10000, 1.0),
        ]

    @pytest.mark.parametrize(
        ("by", "where", "said"),
        [
            (["shoe"], {}, 'no column "shoe"'),
            ([], {"sex": ["Other"]}, "there is Female, Male, Total"),
        ],
    )
    def test_what_the_table_does_not_have_is_said(self, by, where, said):
        with pytest.raises(NotFoundError, match=said):
            takeup("learners", by, where)

    @pytest.mark.parametrize(
        ("by", "why", "settles"),
        [
            ("authority", "learners prints the country, regions only", "a table of the same by authority."),
            ("age", "learners does not count by age.", "a table of the same people by age."),
            ("qualification", "to which qualification", "learning aim (qualification number)"),
        ],
    )
    def test_what_the_table_does_not_allow_is_not_assessable_and_says_what_would_settle_it(self, by, why, settles):
        answer = takeup("learners", [by])
        assert why in answer.not_assessable
        assert settles in answer.would_settle_it
        assert answer.rows == ()
        assert takeup_finding(answer).startswith("Not assessable: ")

    def test_aims_have_no_limits_of_chance(self, tmp_path):
        statistics.hold_learners(tmp_path, "courses", counting="aims")
        assert all(row.limits is None and row.share for row in takeup("courses", ["region"]).rows)


@pytest.mark.usefixtures("tables")
class TestSupply:
    def test_the_worked_example(self):
        """8 % of 10,000 learners, 11 % of people of the year in which theirs begins: 0.727 (0.68 to 0.78)."""
        answer = supply("learners")
        east = by_name(answer)["East of England"]
        assert east.quotient.value == pytest.approx(8 / 11)
        assert (round(east.quotient.limits.low, 2), round(east.quotient.limits.high, 2)) == (0.68, 0.78)
        assert (east.grade, round(east.shortfall.reallocated), round(east.shortfall.added)) == (
            "low take-up, cause unknown",
            300,
            337,
        )
        assert "Beside people of 2023, from people." in answer.notes

    def test_where_one_region_is_suppressed_none_is_compared(self):
        answer = supply("learners", level="3")
        assert {row.found.grade for row in answer.rows} == {"not assessable"}
        assert by_name(answer)["London"].reason == "The number of learners is not published for this area."
        assert by_name(answer)["London"].area.learners is None

    def test_what_the_table_does_not_allow_is_not_assessable_and_says_what_would_settle_it(self, starter):
        for asked in ({"cluster": "youth"}, {"denominator": "workforce"}):
            rows = supply("learners", **asked).rows
            assert {row.found.grade for row in rows} == {"not assessable"}
            assert all(row.found.would_settle_it and row.found.quotient is None for row in rows)
        with pytest.raises(NotFoundError, match=r'There is no cluster "yoof"; there are .*youth'):
            supply("learners", cluster="yoof")

    @pytest.mark.parametrize(
        ("facts", "said"), [({"counting": "aims"}, "counts aims"), ({"location_basis": "delivery"}, "never mixed")]
    )
    def test_aims_and_places_of_delivery_are_not_compared_with_people(self, tmp_path, facts, said):
        statistics.hold_learners(tmp_path, "others", **facts)
        rows = supply("others").rows
        assert all(said in row.found.reason for row in rows)


class TestDocuments:
    def test_the_comparison_of_2005_has_a_ratio_and_no_limits(self, starter):
        east = by_name(from_documents())["East of England"]
        assert east.quotient.value == pytest.approx(0.08 / 0.11)
        assert (east.quotient.limits, east.grade) == (None, "not assessable")
        assert "by region" in east.would_settle_it

    def test_for_a_stated_number_of_learners_it_has_limits(self, starter):
        answer = from_documents(assumed=10_000)
        east = by_name(answer)["East of England"]
        assert (round(east.quotient.limits.low, 2), round(east.quotient.limits.high, 2)) == (0.68, 0.78)
        assert east.reason.startswith("If England had 10,000 learners:")
        few = by_name(from_documents(assumed=100))["East of England"]
        assert few.grade == "no evidence"

    def test_regions_without_shares_say_what_is_said_of_them_and_where_the_documents_disagree(self, starter):
        answer = from_documents()
        midlands = by_name(answer)["East Midlands"]
        assert "more funded learning" in midlands.reason
        assert "less training than needed" in midlands.reason
        assert len(answer.rows) == 9
        assert [c.topic for c in answer.contradictions] == [
            "East Midlands training supply",
            "Regions in over-supply",
        ]

    def test_how_many_listed_courses_had_a_learner_is_counted_again_beside_the_printed_share(self, starter):
        found = from_documents().courses
        assert (found.with_learners, found.listed, found.printed) == (544, 2000, 0.25)
        assert found.share == pytest.approx(0.272)
        assert found.limits.low < 0.272 < found.limits.high

    def test_no_workforce_and_no_cluster_is_printed_by_region(self, starter):
        for answer in (from_documents("workforce"), from_documents(cluster="youth")):
            assert all(r.found.grade == "not assessable" and r.found.quotient is None for r in answer.rows)


STANDARDS = """
time_period,time_identifier,std_fwk_name,level,measure,values
202324,Academic year,Early Years  Educator,3,Starts,120
202324,Academic year,Early Years  Educator,3,Enrolments,300
202324,Academic year,Play leader,2,Starts,low
202324,Academic year,Metal fabricator,3,Starts,999
"""


def test_standards_are_cut_by_the_role_and_cluster_that_official_lists_lead_them_into(starter, settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    ncs_roles.ingest(write(tmp_path / "profiles.csv", PLAYWORKER), by="tests")
    known = {"counting": "several", "location_basis": "none", "named_by": "measure"}
    held(tmp_path, STANDARDS, code="standards", indicators=("values",), **known)
    answer = takeup("standards", ["role", "level"], {"measure": ["Starts"]})
    found = {(r.by["role"], r.by["level"]): (r.value, r.symbol, r.counting) for r in answer.rows}
    assert found == {("Playworker", "3"): (120, "", "starts"), ("Playworker", "2"): (None, "low", "starts")}
    assert all(row.share is None for row in answer.rows)
    assert answer.notes[0].startswith("2 of 3 standards lead into a role here")
    by_cluster = takeup("standards", ["cluster"], {"measure": ["Starts"], "level": ["3"]})
    assert {(r.by["cluster"], r.value) for r in by_cluster.rows} == {
        ("Early years, childcare and play", 120),
        ("Leisure and sport", 120),
    }


def test_a_table_without_standards_is_not_cut_by_cluster(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    statistics.hold_learners(tmp_path)
    answer = takeup("learners", ["cluster"])
    assert answer.not_assessable == "learners does not say to which cluster what it counts belongs."
    assert (answer.rows, answer.would_settle_it) == ((), "a table that counts by apprenticeship standard.")


_PLACE = "geographic_level,country_code,country_name,region_code,region_name"
BY_STANDARD_AND_REGION = f"""
time_period,time_identifier,{_PLACE},std_fwk_name,starts
202324,Academic year,Regional,E92000001,England,E12000006,East of England,Play Leader,300
202324,Academic year,Regional,E92000001,England,E12000006,East of England,Playwork Assistant,500
202324,Academic year,Regional,E92000001,England,E12000006,East of England,Metal Fabricator,9000
202324,Academic year,Regional,E92000001,England,E12000007,London,Play Leader,4600
202324,Academic year,Regional,E92000001,England,E12000007,London,Metal Fabricator,9000
202324,Academic year,Regional,E92000001,England,E12000008,South East,Play Leader,4600
"""


def test_regions_are_compared_for_a_cluster_where_standards_lead_into_it(starter, settings, tmp_path):
    """Once somebody has decided that a standard is a role's, its starts count for the clusters of the role."""
    settings.IQF_HOME = tmp_path / "home"
    ncs_roles.ingest(write(tmp_path / "profiles.csv", PLAYWORKER), by="tests")
    statistics.hold_people(tmp_path)
    known = {"counting": "starts", "location_basis": "residence"}
    held(tmp_path, BY_STANDARD_AND_REGION, code="regional", indicators=("starts",), **known)
    answer = supply("regional", cluster="early-years-childcare-play")
    east = by_name(answer)["East of England"]
    assert (east.area.learners, by_name(answer)["London"].area.learners) == (300, 4600)
    assert (answer.narrowed_to, "cluster=" in answer.address) == (
        (("Cluster", "Early years, childcare and play"),),
        True,
    )
    note = "1 of 3 standards lead into Early years, childcare and play here by official lists"
    assert any(said.startswith(note) for said in answer.notes)
    rows = takeup("regional", ["region"], {"cluster": ["Early years, childcare and play"]}).rows
    assert sum(row.value for row in rows) == 9500
    nothing = "Nothing that regional counts is known to lead into Youth, the cluster asked for"
    with pytest.raises(NotAssessable, match=nothing):
        supply("regional", cluster="youth")


def test_a_subject_area_is_wider_than_a_cluster_and_that_is_said(starter, settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    statistics.hold_people(tmp_path)
    printed = BY_STANDARD_AND_REGION.replace("std_fwk_name", "ssa_t1_desc")
    held(tmp_path, printed, code="areas", indicators=("starts",), counting="starts", location_basis="residence")
    (row, *_) = supply("areas", cluster="youth").rows
    assert row.found.grade == "not assessable"
    assert row.found.reason.endswith("A sector subject area, which it counts by, is wider than a cluster.")
    assert row.found.would_settle_it == (
        "By area, a table that counts by apprenticeship standard. A whole subject area can be asked for: "
        "ssa_t1_desc=VALUE, as a condition."
    )


DISTRICTS = """
time_period,time_identifier,geographic_level,country_code,country_name,lad_code,lad_name,kind,learners
202122,Academic year,Local authority district,E92000001,England,E08000035,Leeds,Apprenticeships: Total,70
202122,Academic year,Local authority district,E92000001,England,E08000035,Leeds,Apprenticeships: Higher,30
202122,Academic year,Local authority district,E92000001,England,E06000014,York,Apprenticeships: Total,20
202122,Academic year,Local authority district,E92000001,England,E06000014,York,Apprenticeships: Higher,low
"""


def test_districts_are_authorities_and_values_that_hold_each_other_are_never_added_up(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    known = {"counting": "learners", "location_basis": "residence"}
    held(tmp_path, DISTRICTS, code="districts", indicators=("learners",), **known)
    answer = takeup("districts", ["authority"])
    assert {(r.by["lad_name"], r.by["kind"], r.value) for r in answer.rows} == {
        ("Leeds", "Apprenticeships: Total", 70),
        ("Leeds", "Apprenticeships: Higher", 30),
        ("York", "Apprenticeships: Total", 20),
        ("York", "Apprenticeships: Higher", None),
    }
    assert (answer.labels["lad_name"], answer.labels["kind"]) == ("District", "kind")
