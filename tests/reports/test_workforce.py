"""The workforce: sizes with how sure they are, an area beside others, what roles pay."""

import pytest
from tests.exchange.lists import write
from tests.indicators.tables import held
from tests.official_rows import PLAYWORKER
from tests.reports import statistics

from iqf.catalogue.queries import NotFoundError
from iqf.exchange.sources import ncs_roles
from iqf.indicators.queries import HeldColumn
from iqf.reports.salaries import salaries
from iqf.reports.workforce import area, sizes

pytestmark = pytest.mark.django_db

HEAD = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,new_la_code,la_name"
)
ENGLAND, LONDON = "E92000001,England", "E92000001,England,E12000007,London"
INNER = "E92000001,England,E13000001,Inner London"
WORKERS = f"""
{HEAD},inpost_fte,turnover_rate_fte
2024,Reporting year,National,{ENGLAND},,,,,1000,12
2024,Reporting year,Regional,{LONDON},,,400,14
2024,Reporting year,Local authority,{INNER},E09000001,Large,300,10
2023,Reporting year,Local authority,{INNER},E09000001,Large,290,c
2024,Reporting year,Local authority,{INNER},E09000002,Middle,80,16
2024,Reporting year,Local authority,{INNER},E09000003,Small,11,40
2024,Reporting year,Local authority,{INNER},E09000004,Hidden,c,c
"""
CHILDREN = f"""
{HEAD},people
2024,Calendar year,Local authority,{INNER},E09000001,Large,9000
2024,Calendar year,Local authority,{INNER},E09000002,Middle,4000
2024,Calendar year,Local authority,{INNER},E09000003,Small,900
2024,Calendar year,Local authority,{INNER},E09000004,Hidden,5000
"""


def _columns():
    plain = statistics.columns(WORKERS, "inpost_fte", "workers")
    return tuple(
        HeldColumn("turnover_rate_fte", "indicator", "Turnover", unit="%") if c.name == "turnover_rate_fte" else c
        for c in plain
    )


@pytest.fixture
def tables(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    numbers = ("inpost_fte", "turnover_rate_fte")
    held(tmp_path, WORKERS, code="workers", indicators=numbers, columns=_columns())
    known = {"counting": "people", "location_basis": "residence"}
    of_people = statistics.columns(CHILDREN, "people", "people")
    held(tmp_path, CHILDREN, code="children", indicators=("people",), columns=of_people, **known)


def rates(answer):
    return {rate.indicator: rate for rate in answer.rates}


@pytest.mark.usefixtures("tables")
class TestArea:
    def test_an_area_stands_beside_its_region_england_and_those_like_it(self):
        answer = area("large")
        rate = rates(answer)["turnover_rate_fte"]
        assert (answer.region, rate.value, rate.region, rate.england) == ("E12000007", 10, 14, 12)
        assert [name for _, name in answer.like] == ["Hidden", "Middle", "Small"]
        assert (rate.like.middle, rate.like.known, rate.like.below) == (28, 2, 0)
        assert rate.denominator == "leavers in the year ÷ in post at its end"
        assert rate.years == (("2023", None, "c"), ("2024", 10, ""))

    def test_a_small_or_hidden_base_has_a_message_and_no_comparison(self):
        for name, said in (("Small", "Only 11 are in post"), ("E09000004", "not published")):
            rate = rates(area(name))["turnover_rate_fte"]
            assert said in rate.unfit
            assert rate.like is None

    def test_a_hidden_number_keeps_its_symbol(self):
        rate = rates(area("Hidden"))["inpost_fte"]
        assert (rate.value, rate.symbol) == (None, "c")

    def test_an_area_that_is_not_there_is_answered_with_what_is_near(self):
        with pytest.raises(NotFoundError, match="did you mean Large"):
            area("larg")


def test_without_a_table_it_says_what_to_read_in(settings, tmp_path):
    settings.IQF_HOME = tmp_path
    with pytest.raises(NotFoundError, match="iqf ingest statistics"):
        area("Leeds")


def test_no_size_stands_without_its_year_method_and_reliability(starter):
    answer = sizes()
    assert [t.value for t in answer.totals] == [2654631, 2700000, 2600000]
    assert [t.reliability for t in answer.totals] == ["low", "low", "low"]
    every = [one for _, estimates in answer.sectors for one in estimates] + list(answer.totals)
    assert all(one.period and one.method and one.said.locator for one in every)
    assert {c.topic for c in answer.contradictions} == {"Workforce size"}
    by_sector = {estimates[0].sector: estimates[0] for _, estimates in answer.sectors}
    assert by_sector["schools-education"].reliability == "moderate"
    assert (by_sector["leisure-sport"].reliability, by_sector["leisure-sport"].note) == (
        "low",
        "Asterisk in the table is not explained",
    )
    assert by_sector["health"].period == "2006-07, financial year"
    assert "collections differ by sector" in by_sector["health"].rests_on


def test_roles_are_compared_by_pay_and_one_that_varies_is_not_nought(starter, tmp_path):
    youth = PLAYWORKER | {"title": "Youth worker", "url": "youth-worker", "salary_starter": "24000"}
    foster = PLAYWORKER | {"title": "Foster carer", "url": "foster-carer", "salary_starter": "variable"}
    ncs_roles.ingest(write(tmp_path / "profiles.csv", PLAYWORKER, youth, foster), by="tests")
    answer = salaries()
    found = {pay.role.title: pay for pay in answer.rows}
    assert [pay.role.title for pay in answer.rows][:2] == ["Youth worker", "Playworker"]
    assert (found["Playworker"].starter, found["Playworker"].rise) == (12000, 1.5)
    assert (answer.middle, found["Youth worker"].above) == (18000, pytest.approx(1 / 3))
    assert all(pay.starter is None and pay.above is None for pay in answer.rows[2:])
    assert answer.without > 0
