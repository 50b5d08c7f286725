"""Every list can be had as CSV and JSON, neutral for spreadsheets, in one envelope."""

import csv
import io

import pytest
from tests.web.places import LISTS, joined

from iqf.catalogue import models as m


@pytest.mark.parametrize("address", LISTS)
def test_a_list_downloads_as_csv(client, address):
    response = client.get(joined(address, "format=csv"))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("address", [*LISTS, "/decisions/open-R127-what-the-database-is-for"])
def test_an_answer_downloads_as_json(client, address):
    response = client.get(joined(address, "format=json"))
    payload = response.json()
    assert payload["schema"].startswith("iqf.")
    assert payload["schema"].endswith("/1")
    assert {"data_version", "as_of", "warnings"} <= payload.keys()


@pytest.mark.parametrize(
    "address",
    ["/roles/IQF-R-000008", "/qualifications/IQF-Q-000001", "/units/IQF-U-000004", "/organisations/IQF-O-000051"],
)
def test_a_thing_is_shown_with_its_facts_and_citations(client, address):
    payload = client.get(joined(address, "format=json")).json()
    assert payload["schema"] == "iqf.show/1"
    assert {"code", "aliases", "title"} <= payload.keys()
    assert all({"citations", "verified"} <= fact.keys() for fact in payload["facts"])


def test_the_comparison_of_the_two_diplomas_lists_their_shared_units(client):
    payload = client.get("/compare?a=500/9170/0&b=500/8887/7&format=json").json()
    assert len(payload["shared_units"]) == 48
    rows = client.get("/compare?a=500/9170/0&b=500/8887/7&format=csv").content.decode("utf-8-sig").splitlines()
    assert sum(row.startswith("both,") for row in rows) == 48


def test_a_download_keeps_the_filters_and_not_the_page(client):
    page = client.get("/qualifications?level=3&page=2").content.decode()
    assert 'href="?level=3&amp;format=csv"' in page
    every = client.get("/qualifications?level=3&page=2&format=json").json()
    assert len(every["rows"]) == m.Qualification.objects.filter(level="3", retired_on=None).count()


def test_cells_that_look_like_formulas_are_neutral(client):
    role = m.Role.objects.get(code="IQF-R-000008")
    role.title = "=HYPERLINK(1)"
    role.save()
    assert "'=HYPERLINK(1)" in client.get("/roles?format=csv").content.decode()


def test_a_table_that_is_not_there_is_refused_in_a_sentence(client):
    response = client.get("/roles/IQF-R-000008?format=csv&table=zzz")
    assert response.status_code == 400
    assert "has no table" in response.content.decode()
