"""How many take a thing, on its own page; what nobody takes; and what a table does not allow."""

import pytest
from tests.exchange.lists import write
from tests.exchange.statistics.counted import hold_aims, hold_standards
from tests.official_rows import PLAYWORKER

from iqf.exchange.sources import ncs_roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(starter, settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"


def section(client, address):
    page = client.get(address, follow=True).content.decode()
    return page.partition('id="takeup"')[2].partition("<h2")[0]


def test_each_thing_says_on_its_own_page_how_many_take_it(client, tmp_path):
    assert "No data: no table held here counts people who train for it." in section(client, "/roles/nanny")
    hold_aims(tmp_path)
    hold_standards(tmp_path)
    counted = section(client, "/qualifications/Q002")
    assert "500/8887/7: 40 learners in 2024/25." in counted
    exact = counted.partition('href="/takeup/')[2].partition('"')[0].replace("&amp;", "&")
    assert ">40<" in client.get(f"/takeup/{exact}").content.decode()
    idle = section(client, "/qualifications/Q001")
    assert "listed, and nobody takes it" in idle
    assert "What would settle it" not in idle
    assert "Playworker: 73 starts and 150 enrolments in 2024/25." in section(client, "/roles/playworker")
    assert "2 apprenticeship standards lead here" in section(
        client, "/clusters/sectors-2008/early-years-childcare-play"
    )


def test_what_nobody_takes_is_listed_beside_the_documents_count(client, tmp_path):
    hold_standards(tmp_path)
    page = client.get("/takeup").content.decode()
    assert (
        "Of 4 apprenticeship standards that lead into roles here, in 2024/25: somebody takes 1; nobody started 2"
        in page
    )
    assert "544 of about 2,000 courses that the documents list had any learner in 2003/04: 27.2 %" in page
    answer = client.get("/takeup?format=json").json()
    assert answer["schema"] == "iqf.takeup-nobody/1"
    assert [row["subject"] for row in answer["rows"]] == ["Learning Mentor", "Youth worker"]
    assert answer["tables"][0]["kept_back"] == 1
    assert "Youth worker" in client.get("/takeup?format=csv").content.decode()


def test_what_a_table_does_not_print_under_its_name_can_be_looked_through(client, tmp_path):
    profile = {"title": "Social worker", "url": "social-worker", "apprenticeship_standards": "Social worker"}
    ncs_roles.ingest(write(tmp_path / "profiles.csv", PLAYWORKER | profile), by="tests")
    hold_standards(tmp_path)
    page = client.get("/takeup").content.decode()
    listed = page.partition("Not printed under their name</h3>")[2]
    assert "not known: 1. For 1 of them the table prints a name that is alike, which waits" in listed
    assert "<td>Social Worker (Integrated Degree)</td>" in listed
    (row,) = client.get("/takeup?format=json").json()["unprinted"]
    assert (row["subject"], row["verdict"]) == ("Social worker", "no data")
    assert row["perhaps"] == ["Social Worker (Integrated Degree)"]


def test_what_a_table_does_not_allow_has_an_answer_and_no_chart(client, tmp_path):
    hold_standards(tmp_path)
    page = client.get("/takeup/standards?by=region").content.decode()
    assert "Not assessable: standards" in page
    assert "What would settle it: a table of starts by standard and home area" in page
    assert "<img" not in page.partition("<main")[2].partition("</main")[0]
    answer = client.get("/takeup/standards?by=region&format=json").json()
    assert (answer["rows"], bool(answer["would_settle_it"])) == ([], True)
    assert client.get("/takeup/standards?by=region&format=svg").content.startswith(b"<svg")
