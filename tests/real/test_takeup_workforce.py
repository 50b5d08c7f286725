"""Take-up and the workforce out of the official files: what they print is what is answered."""

import pytest
from tests.real.official_files import existing, printed

from iqf.exchange.sources import ncs_roles
from iqf.exchange.sources.statistics.ingest import ingest
from iqf.reports.supply import supply
from iqf.reports.taken import taken
from iqf.reports.takeup import takeup
from iqf.reports.workforce_area import area
from iqf.review.models import ProposedMatch

pytestmark = [pytest.mark.real, pytest.mark.django_db]


@pytest.fixture
def home(starter, settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"


@pytest.mark.usefixtures("home")
def test_social_workers_in_england_and_a_c_that_stays_one(real_data):
    (workers,) = existing(real_data, "csc-workforce/csww_indicators_2017_to_2025.csv")
    ingest(workers, by="tests")
    rates = {rate.indicator: rate.value for rate in area("England").rates}
    assert (rates["inpost_fte"], rates["turnover_rate_fte"], rates["vacancy_rate_fte"]) == (36186.3, 11.8, 14.2)
    rows = [
        r
        for r in printed(workers)
        if r["geographic_level"] == "Local authority" and r["working_days_lost_fte"] == "c"
    ]
    assert rows
    for row in rows[:3]:
        asked = {"time_period": [row["time_period"]], "new_la_code": [row["new_la_code"]]}
        (found,) = takeup("csww_indicators_2017_to_2025", ["authority"], asked, ["working_days_lost_fte"]).rows
        assert (found.value, found.symbol) == (None, "c")


@pytest.mark.usefixtures("home")
def test_starts_on_the_standards_of_a_role_add_up_to_what_the_table_prints(real_data):
    import duckdb

    folder = "fe-takeup/apprenticeships-provider-dashboard"
    table, profiles = existing(
        real_data, f"{folder}/subjects_and_standards_0.parquet", "ncs-job-profiles/job_profiles.csv"
    )
    ncs_roles.ingest(profiles, by="tests")
    ingest(table, by="tests")
    rows = takeup("subjects_and_standards_0", ["role", "period"], {"measure": ["Starts"]}).rows
    found = {r.by["time_period"]: r.value for r in rows if r.by["role"] == "Teaching assistant"}
    by_hand = duckdb.sql(
        f"SELECT year, sum(try_cast(values AS int)) FROM '{table}' WHERE measure = 'Starts' "
        "AND lower(std_fwk_name) = 'teaching assistant' GROUP BY 1"
    ).fetchall()
    whole = {year[:4] + year[5:7]: total for year, total in by_hand if "Aug" not in year}
    assert found == whole
    (part,) = [total for year, total in by_hand if "Aug" in year]
    asked = {"measure": ["Starts"], "time_identifier": ["Academic year Q1-Q3"]}
    rows = takeup("subjects_and_standards_0", ["role"], asked).rows
    assert [r.value for r in rows if r.by["role"] == "Teaching assistant"] == [part]
    (one,) = taken("Teaching assistant").counted
    assert [row.value for row in one.rows if row.counting == "starts"] == [whole["202425"]]
    assert {(m.title, m.matched_title) for m in ProposedMatch.objects.filter(register="counted-standards")} >= {
        ("Social Worker (Integrated Degree)", "Social worker"),
        ("Midwife (Degree)", "Midwife"),
    }


@pytest.mark.usefixtures("home")
def test_learners_of_districts_are_standardised_by_the_people_their_own_rates_rest_on(real_data):
    name = "csv__fe__Further_education_and_skills_geography_-_detailed_summary"
    (table,) = existing(real_data, f"fe-takeup/wnycc-lsip/{name}.csv")
    ingest(table, by="tests")
    asked = {"level_or_type": ["Further education and skills: Total"]}
    found = {r.name: r.found for r in supply(name, by="authority", where=asked, indicator="participation").rows}
    rows = [r for r in printed(table) if r["date"] == "2021/22" and r["level_or_type"] == asked["level_or_type"][0]]
    seen, people = {}, {}
    for row in rows:
        if row["age_group"] != "Total":
            key = (row["geography_name"], row["age_group"])
            seen[key] = float(row["participation"])
            people[key] = seen[key] / float(row["participation_rate_per_100000_population"]) * 100_000
    ages = {age for _, age in seen}
    rate = {
        age: sum(n for (_, a), n in seen.items() if a == age) / sum(p for (_, a), p in people.items() if a == age)
        for age in ages
    }
    for name in {name for name, _ in seen}:
        expected = sum(rate[age] * people[name, age] for age in ages)
        assert found[name].area.expected == pytest.approx(expected)
    assert found["York"].standardised.value == pytest.approx(0.714, abs=0.001)


@pytest.mark.usefixtures("home")
def test_social_workers_stand_beside_children_in_regions_and_authorities(real_data):
    workers, people = existing(
        real_data,
        "csc-workforce/csww_indicators_2017_to_2025.csv",
        "csc-workforce/ons_mid-year_population_estimates_2012_to_2024.csv",
    )
    ingest(workers, by="tests")
    ingest(people, by="tests")
    answer = supply("csww_indicators_2017_to_2025")
    found = {r.name: r.found for r in answer.rows}
    assert len(found) == 9
    assert found["North East"].quotient.value == pytest.approx((2434 / 38292) / (542710 / 12183016))
    assert answer.spread.areas > 140
    assert answer.demand.whole == 14.2
