"""The workforce: sizes with how sure they are, an area beside others, what roles pay."""

import pytest
from tests.exchange.lists import write
from tests.indicators.tables import held
from tests.official_rows import PLAYWORKER
from tests.reports import statistics

from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats.workforce_words import area_finding
from iqf.exchange.sources import ncs_roles
from iqf.indicators.queries import HeldColumn
from iqf.places.actions import AreaFacts, ReorganisationFacts, hold_areas, hold_reorganisations
from iqf.reports.salaries import salaries
from iqf.reports.workforce import sizes
from iqf.reports.workforce_area import area

pytestmark = pytest.mark.django_db

HEAD = (
    "time_period,time_identifier,geographic_level,country_code,country_name,"
    "region_code,region_name,new_la_code,la_name"
)
ENGLAND, LONDON = "E92000001,England", "E92000001,England,E12000007,London"
INNER = "E92000001,England,E13000001,Inner London"
NORTH = "E92000001,England,E12000003,North"
WORKERS = f"""
{HEAD},inpost_fte,leavers_fte,turnover_rate_fte
2024,Reporting year,National,{ENGLAND},,,,,1000,120,12
2024,Reporting year,Regional,{LONDON},,,400,80,14
2024,Reporting year,Local authority,{INNER},E09000001,Large,300,30,10
2023,Reporting year,Local authority,{INNER},E09000001,Large,290,c,c
2024,Reporting year,Local authority,{INNER},E09000002,Middle,80,40,50
2024,Reporting year,Local authority,{INNER},E09000003,Small,11,4.4,40
2024,Reporting year,Local authority,{INNER},E09000004,Hidden,c,c,c
2024,Reporting year,Local authority,{NORTH},E08000039,Sheffield,200,20,10
2023,Reporting year,Local authority,{NORTH},E08000019,Sheffield,190,19,10
2023,Reporting year,Local authority,{NORTH},E10000006,Cumbria,90,9,10
2024,Reporting year,Local authority,{NORTH},E06000063,Cumberland,50,5,10
"""
TURNED = (
    *(("E08000019", "Sheffield"), ("E08000039", "Sheffield")),
    *(("E10000006", "Cumbria"), ("E06000063", "Cumberland")),
)
CHILDREN = f"""
{HEAD},people
2024,Calendar year,Local authority,{INNER},E09000001,Large,9000
2024,Calendar year,Local authority,{INNER},E09000002,Middle,4000
2024,Calendar year,Local authority,{INNER},E09000003,Small,900
2024,Calendar year,Local authority,{INNER},E09000004,Hidden,5000
2024,Calendar year,Local authority,{NORTH},E08000019,Sheffield,10000
2024,Calendar year,Local authority,{NORTH},E06000063,Cumberland,3000
"""


OTHERS = {
    "leavers_fte": HeldColumn("leavers_fte", "indicator", "Leavers"),
    "turnover_rate_fte": HeldColumn("turnover_rate_fte", "indicator", "Turnover", unit="%"),
}


def _columns():
    return tuple(OTHERS.get(c.name, c) for c in statistics.columns(WORKERS, "inpost_fte", "workers"))


def hold_workforce(settings, tmp_path):
    """Those in post and the children of a few areas, held as two tables."""
    settings.IQF_HOME = tmp_path / "home"
    numbers = ("inpost_fte", "leavers_fte", "turnover_rate_fte")
    held(tmp_path, WORKERS, code="workers", indicators=numbers, columns=_columns())
    known = {"counting": "people", "location_basis": "residence"}
    of_people = statistics.columns(CHILDREN, "people", "people")
    held(tmp_path, CHILDREN, code="children", indicators=("people",), columns=of_people, **known)


@pytest.fixture
def tables(settings, tmp_path):
    hold_workforce(settings, tmp_path)


def rates(answer):
    return {rate.indicator: rate for rate in answer.rates}


@pytest.mark.usefixtures("tables")
class TestArea:
    def test_an_area_stands_beside_its_region_england_and_those_like_it(self):
        answer = area("large")
        rate = rates(answer)["turnover_rate_fte"]
        assert (answer.region, rate.value, rate.region, rate.england) == ("E12000007", 10, 14, 12)
        assert [one.name for one in answer.like] == ["Hidden", "Middle", "Small"], "Sheffield is no London borough"
        assert answer.rule == (
            "the 10 authorities nearest to it in number of children, by ratio; London boroughs among themselves"
        )
        assert (rate.like.middle, rate.like.known, rate.like.below) == (45, 2, 0)
        assert rate.denominator == "leavers in the year ÷ in post at its end"
        assert rate.years == (("2023", None, "c"), ("2024", 10, ""))
        assert rate.england_years == (("2023", None, ""), ("2024", 12, ""))

    def test_its_address_names_both_versions_and_gives_the_same_answer(self):
        answer = area("large")
        assert answer.address == "/workforce/area?of=E09000001&from=workers@1.0&beside=children@1.0"
        assert area("E09000001", "workers@1.0", "children@1.0") == answer
        assert len(answer.citations) == 2

    def test_a_rate_has_limits_out_of_the_counts_beside_it_and_is_told_apart_by_them(self):
        """30 of 300 left: Wilson's 7.1 to 13.9 % hold England's 12 %; 40 of 80, 39.3 to 60.7 %, do not."""
        large, middle = (rates(area(name))["turnover_rate_fte"] for name in ("Large", "Middle"))
        assert (round(large.limits.low, 1), round(large.limits.high, 1), large.against) == (7.1, 13.9, "about")
        assert (round(middle.limits.low, 1), round(middle.limits.high, 1), middle.against) == (39.3, 60.7, "above")

    def test_a_rate_that_its_counts_do_not_give_has_no_limits_but_a_doubt(self):
        rate = rates(area("London"))["turnover_rate_fte"]
        assert (rate.limits, rate.against) == (None, "")
        assert rate.doubt == "The counts printed beside it give 20.0 %, not what is printed."

    def test_an_area_under_a_new_code_keeps_its_years_and_one_that_was_divided_ends(self):
        hold_areas(by="tests", areas=[AreaFacts(code, name, "authority") for code, name in TURNED])
        hold_reorganisations(
            by="tests",
            facts=[
                ReorganisationFacts("E08000019", "E08000039", "2024-04-01", "code"),
                ReorganisationFacts("E10000006", "E06000063", "2024-04-01", "divided"),
            ],
        )
        answer = area("Sheffield")
        assert (answer.code, answer.codes) == ("E08000039", ("E08000039", "E08000019"))
        assert [p for p, *_ in rates(answer)["inpost_fte"].years] == ["2023", "2024"]
        assert area("E08000019") == answer
        assert [one.name for one in answer.like] == ["Cumberland"], "its children stand under the code it had"
        ended = area("Cumbria")
        assert (ended.period, ended.ended) == ("2023", True)
        assert [turn.new[1] for turn in ended.turns] == ["Cumberland"]
        assert ("E10000006", "Cumbria", "authority", "2023") in ended.others

    def test_a_small_or_hidden_base_has_a_message_and_no_comparison(self):
        for name, said in (("Small", "Only 11 are in post"), ("E09000004", "not published")):
            rate = rates(area(name))["turnover_rate_fte"]
            assert said in rate.unfit
            assert rate.like is None

    def test_where_nothing_is_published_that_is_the_answer(self):
        said = area_finding(area("Hidden"))
        assert said == "Nothing is published of Hidden in 2024 (c: confidential)."

    def test_a_hidden_number_keeps_its_symbol(self):
        rate = rates(area("Hidden"))["inpost_fte"]
        assert (rate.value, rate.symbol) == (None, "c")

    def test_a_table_of_something_else_is_not_taken_for_its_people(self):
        with pytest.raises(NotFoundError, match="workers does not count people, so no area is compared by it"):
            area("large", beside="workers")

    def test_an_area_that_is_not_there_is_answered_with_what_is_near(self):
        with pytest.raises(NotFoundError, match="did you mean Large"):
            area("larg")


ALIKE = {"Own": (1000, 40, 900), "Size": (1000, 10, 1100), "Need": (1300, 41, 1200), "New": (1000, 40, None)}
"""Of four authorities the children now, the cases, and the children five years before."""


def test_like_authorities_are_those_of_like_size_need_and_growth_and_nothing_that_is_compared(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    row = "{},Calendar year,Local authority,E92000001,England,E12000003,North,E080000{},{},{}"
    of_workers = [
        row.format(2024, f"0{at}", name, f"{100 + at},{cases}")
        for at, (name, (_, cases, _)) in enumerate(ALIKE.items())
    ]
    of_people = [
        row.format(year, f"0{at}", name, number)
        for at, (name, (now, _, before)) in enumerate(ALIKE.items())
        for year, number in ((2024, now), (2019, before))
        if number is not None
    ]
    for code, numbers, rows in (
        ("workers", ("inpost_fte", "cases"), of_workers),
        ("children", ("people",), of_people),
    ):
        printed = "\n".join((f"{HEAD},{','.join(numbers)}", *rows))
        known = statistics.columns(printed, numbers[0], "people")
        plain = {"cases": HeldColumn("cases", "indicator", "Cases")}
        columns = tuple(plain.get(c.name, c) for c in known)
        held(tmp_path, printed, code=code, indicators=numbers, columns=columns, counting="people")
    answer = area("Own")
    assert [one.name for one in answer.like] == ["Need", "Size"], "of New the growth is not known"
    assert answer.own.measures == {
        "children": 1000,
        "cases for 1,000 children": 40,
        "children now for 100 of 5 years before": pytest.approx(111.1, abs=0.1),
    }
    assert (
        "in number of children, cases for each child and change in the number of children over 5 years" in answer.rule
    )
    new = area("New")
    assert set(new.own.measures) == {"children", "cases for 1,000 children"}
    assert [one.name for one in new.like] == ["Own", "Need", "Size"]
    assert "in number of children and cases for each child, each by ratio" in new.rule


def test_without_a_table_it_says_what_to_read_in(settings, tmp_path):
    settings.IQF_HOME = tmp_path
    with pytest.raises(NotFoundError, match="iqf ingest statistics"):
        area("Leeds")


def test_rates_of_roles_are_those_that_the_documents_print_and_none_is_surer_than_moderate(starter):
    """The ages of leaders say which ages, or two numbers would stand for one group."""
    found = dict(sizes().rates)
    printed = {(r.label, r.area, r.period): r.value for r in found["Posts that are vacant"]}
    assert printed["Youth workers", "England", "2004"] == 4
    assert {r.period for r in found["How old leaders are"]} == {"March 2007", "2006"}
    assert len(found["Workers who left in the year"]) == 46
    assert {r.label for r in found["How old leaders are"]} >= {"Head teachers: over 50", "Head teachers: over 55"}
    every = [rate for rates_ in found.values() for rate in rates_]
    assert all(r.reliability in ("moderate", "low") and r.period and r.said.locator for r in every)


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
