"""Pages with official rows on them: what lists say, said before, and where they disagree."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.official_rows import NUMBER, read_all

from iqf.catalogue.queries import find

from .test_pages import MOST_QUERIES


@pytest.fixture
def words(held, client, tmp_path):
    """A page with the small official lists read in, as the words that a reader sees; few queries were asked."""
    read_all(tmp_path)

    def read(address):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, address
        assert len(queries) <= MOST_QUERIES, address
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())

    return read


def test_a_role_page_shows_its_profile_with_the_day_it_was_read(words):
    page = words(f"/roles/{find('playworker').code}")
    for said in ("£12,000 starter to £30,000 experienced", "Setting up play", "DBS enhanced check", "39-9011.00"):
        assert said in page, said
    assert "The profile gives no year; it was read on" in page
    assert "ST0135" in page
    assert "Named by the job profile" in page


def test_a_role_page_with_a_standard_and_no_profile_says_so(words):
    page = words(f"/roles/{find('early years educator').code}")
    assert "No official job profile is tied to this role" in page
    assert "Apprenticeship standard" in page
    assert "ST0135" in page


def test_a_qualification_page_shows_lists_history_and_where_they_disagree(words):
    page = words(f"/qualifications/{find(NUMBER).code}")
    for said in (
        "Official lists disagree with each other about this number",
        "Child development and well-being",
        "Age 16 to 19 1 September 2022 31 July 2027",
        "Last new start 31 July 2027",
        "31/07/2026 then 31/07/2027",
        "Counts if begun from September 2014",
    ):
        assert said in page, said


def test_an_organisation_page_shows_its_recognition_and_its_former_name(words):
    page = words(f"/organisations/{find('RN5121').code}")
    assert "Surrendered, from 12 May 2011 to 1 November 2020" in page
    assert "Formerly called Erstwhile Care Board" in page
    assert "Northampton" in page


def test_a_row_that_is_not_in_the_framework_has_its_page(words, client):
    address = "/register/approved-qualifications/61008187"
    page = words(address)
    assert "On an official register, not in this framework." in page
    assert "Award in Bookkeeping" in page
    answer = client.get(f"{address}?format=json").json()
    assert (answer["schema"], answer["kind"], answer["in_framework"]) == ("iqf.show/1", "official row", False)
    sheet = client.get(f"{address}?format=csv").content.decode()
    assert "as printed,QualificationNumber,61008187" in sheet


def test_search_leads_to_the_page_of_a_row(words, client):
    found = client.get("/search?q=bookkeeping").content.decode()
    (address,) = set(re.findall(r'href="(/register/[^"]+)"', found))
    assert "Award in Bookkeeping" in words(address)


def test_a_row_that_no_list_has_is_not_found(client):
    page = client.get("/register/early-years/EYQ-999")
    assert page.status_code == 404
    assert "has a row" in page.content.decode()
