"""The page that compares learners with people: what the documents allow, and what only an assumption does."""

from dataclasses import replace

import pytest
from tests.indicators.tables import held
from tests.reports import statistics

from iqf.places.actions import AreaFacts, hold_areas

pytestmark = pytest.mark.django_db


def test_the_documents_alone_give_a_ratio_and_no_limits(client, starter):
    page = client.get("/supply").content.decode()
    assert "No area can be assessed" in page
    assert ">0.727<" in page
    assert "0.68 to 0.78" not in page
    assert "East Midlands training supply" in page


def test_with_an_assumed_number_limits_are_shown_and_said_to_be_assumed(client, starter):
    page = client.get("/supply?assume=10,000").content.decode()
    assert "0.727 (0.68 to 0.78)" in page
    assert "If England had 10,000 learners" in page
    answer = client.get("/supply?assume=10000&format=json").json()
    assert answer["schema"] == "iqf.supply/1"
    east = next(row for row in answer["rows"] if row["area"] == "East of England")
    assert (round(east["lq_low"], 2), round(east["shortfall_added"])) == (0.68, 337)


@pytest.mark.parametrize("wrong", ["assume=many", "assume=0", "by=street", "denominator=sheep", "of=x&where=sex"])
def test_what_makes_no_question_is_refused_in_a_sentence(client, starter, wrong):
    response = client.get(f"/supply?{wrong}")
    assert response.status_code == 400
    assert "Traceback" not in response.content.decode()


def test_the_charts_say_the_finding_and_draw_what_is_not_known(client, starter):
    for format_ in ("svg", "map"):
        chart = client.get(f"/supply?assume=10000&format={format_}")
        assert chart.headers["Content-Type"] == "image/svg+xml"
        drawn = chart.content.decode()
        assert '<title id="chart-title">If England had 10,000 learners, East of England' in drawn
        assert "not assessable" in drawn
        assert drawn.count("style=") == 0


@pytest.fixture
def learners(starter, settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    statistics.hold_learners(tmp_path)
    statistics.hold_people(tmp_path)


@pytest.mark.usefixtures("learners")
def test_a_data_set_is_compared_and_cut_on_pages_of_its_own(client):
    page = client.get("/supply?of=learners").content.decode()
    assert "Fewer learners than their share, beyond chance: East of England." in page
    assert "0.727 (0.68 to 0.78)" in page
    assert client.get("/supply?of=learners&format=funnel").content.startswith(b"<svg")
    cut = client.get("/takeup/learners?by=sex&where=region_name%3DEast+of+England").content.decode()
    assert "c: confidential" in cut
    table = client.get("/takeup/learners?by=region&format=csv").content.decode()
    assert "London,E12000007" in table.replace("E12000007,London", "London,E12000007")
    assert client.get("/takeup/nothing").status_code == 404
    assert client.get("/takeup/learners?by=region&format=svg").content.startswith(b"<svg")


@pytest.mark.usefixtures("learners")
def test_a_cut_over_time_has_a_column_for_each_period_and_an_address_that_stays(client):
    page = client.get("/takeup/learners?by=period&where=geographic_level%3DNational").content.decode()
    assert '<th scope="col" class="num">2022/23</th><th scope="col" class="num">2023/24</th>' in page
    assert '<td class="num">9,000</td><td class="num">10,000</td>' in page
    page = client.get("/takeup/learners?by=region").content.decode()
    assert "/takeup/learners/1.0?by=region&amp;where=period%3D202324" in page
    assert client.get("/takeup/learners/1.0?by=region&where=period%3D202324&format=zip").content.startswith(b"PK")
    compared = client.get("/supply?of=learners").content.decode()
    lasting = "/supply?of=learners@1.0&indicator=learners&where=period%3D202324&beside=people@1.0&by=region"
    assert lasting.replace("&", "&amp;") in compared
    assert client.get(f"{lasting}&format=csv").content == client.get("/supply?of=learners&format=csv").content
    assert client.get(f"{lasting}&format=zip").content.startswith(b"PK")


@pytest.mark.usefixtures("learners")
def test_what_must_be_chosen_first_is_asked_for(client, tmp_path):
    held(tmp_path, NESTED, code="nested", indicators=("learners",), counting="learners", location_basis="residence")
    page = client.get("/supply?of=nested").content.decode()
    assert "First choose kind" in page
    chosen = client.get("/supply?of=nested&where=kind%3DApprenticeships%3A+Total").content.decode()
    assert "learners (Apprenticeships: Total) in 2023/24" in chosen


NESTED = """
time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,kind,learners
202324,Academic year,Regional,E92000001,England,E12000006,East of England,Apprenticeships: Total,700
202324,Academic year,Regional,E92000001,England,E12000006,East of England,Apprenticeships: Higher,300
202324,Academic year,Regional,E92000001,England,E12000007,London,Apprenticeships: Total,900
202324,Academic year,Regional,E92000001,England,E12000007,London,Apprenticeships: Higher,500
"""


TOWNS = """
time_period,time_identifier,geographic_level,country_code,country_name,new_la_code,la_name,learners
202324,Academic year,Local authority,E92000001,England,E08000035,Leeds,800
202324,Academic year,Local authority,E92000001,England,E06000014,York,c
202324,Academic year,Local authority,E92000001,England,E99999999,Elsewhere,100
"""


ENGLAND = "202324,Academic year,National,E92000001,England,,,1000\n"


@pytest.mark.parametrize("known", [True, False])
def test_authorities_are_tiles_among_those_of_their_region_and_the_rest_are_told(client, settings, tmp_path, known):
    settings.IQF_HOME = tmp_path / "home"
    hold_areas(by="tests", areas=[AreaFacts("E12000003", "Yorkshire and The Humber", "region")])
    towns = (AreaFacts("E08000035", "Leeds", "authority"), AreaFacts("E06000014", "York", "authority"))
    hold_areas(by="tests", areas=[replace(town, parent="E12000003") for town in towns])
    towns = TOWNS + ENGLAND if known else TOWNS
    held(tmp_path, towns, code="towns", indicators=("learners",), counting="learners", location_basis="residence")
    people = towns.replace("learners", "people").replace(",c\n", ",100\n").replace("2324,Academic", "3,Calendar")
    held(tmp_path, people, code="people", indicators=("people",), counting="people", location_basis="residence")
    page = client.get("/supply?of=towns&by=authority").content.decode()
    drawings = {drawing for drawing in ("map", "funnel", "svg") if f"format={drawing}" in page}
    if not known:
        assert not drawings, "of a whole with a hidden part no share is known: there is nothing to draw"
        return
    assert "map" in drawings
    drawn = client.get("/supply?of=towns&by=authority&format=map").content.decode()
    assert "Not drawn: 1 whose region is not held." in drawn
    assert ">Yorkshire and The Humber<" in drawn
    assert ">Leeds<" in drawn
    assert drawn.count('stroke-dasharray="3,3"') == 1, "York's number is hidden"
    assert "Elsewhere" not in drawn
