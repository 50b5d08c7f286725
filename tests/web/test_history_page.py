"""The pages of a thing's history: found by any name, downloaded, paged; and how it stood after a change."""

import csv
import io

import pytest

from iqf.accounts.queries import history
from iqf.catalogue.queries import find

pytestmark = pytest.mark.django_db
PLAYWORKER = "/roles/IQF-R-000008"


def number(starter=None):
    return history(find("playworker", ["role"]).code).first().pk


def test_each_thing_links_to_its_history(starter, client):
    for page in (
        PLAYWORKER,
        "/qualifications/IQF-Q-000001",
        "/units/IQF-U-000004",
        "/organisations/IQF-O-000051",
        "/frameworks/common-core-2005",
    ):
        assert f'href="{page}/history"' in client.get(page).content.decode()
        assert client.get(f"{page}/history").status_code == 200


def test_another_name_leads_to_the_one_address(starter, client):
    assert client.get("/roles/playworker/history")["Location"] == f"{PLAYWORKER}/history"
    assert client.get("/roles/Q001/history?page=2")["Location"] == "/qualifications/IQF-Q-000001/history?page=2"
    there = f"{PLAYWORKER}/history/{number()}"
    assert client.get(f"/roles/playworker/history/{number()}")["Location"] == there


def test_the_page_says_what_when_and_by_whom(starter, client):
    page = client.get(f"{PLAYWORKER}/history").content.decode()
    assert "import of Starter facts of iqf" in page
    assert "Role added" in page
    assert f'href="{PLAYWORKER}/history/{number()}"' in page


def test_the_downloads_hold_every_change(starter, client):
    total = client.get(f"{PLAYWORKER}/history?format=json").json()["total"]
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"{PLAYWORKER}/history?format=csv").content.decode("utf-8-sig")))
    )
    assert len({row["change"] for row in rows}) == total
    assert {row["by"] for row in rows} == {"import of Starter facts of iqf"}


def test_an_earlier_state_has_a_page_and_downloads(starter, client):
    address = f"{PLAYWORKER}/history/{number()}"
    assert "It stands just so today" in client.get(address).content.decode()
    assert client.get(f"{address}?format=json").json()["schema"] == "iqf.earlier/1"
    assert b"since" not in client.get(f"{address}?format=csv").content[:40]
    assert client.get(f"{address}?with={number()}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/roles/nobody/history",
        f"{PLAYWORKER}/history/1",
        f"{PLAYWORKER}/history/99999999999999999999999",
        f"{PLAYWORKER}/history?of=1",
    ],
)
def test_what_is_not_there_is_said(starter, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("asked", ["page=0", "page=-1", "page=x", "page=99999999999999999", "page=٣"])
def test_any_page_number_is_answered(starter, client, asked):
    assert client.get(f"{PLAYWORKER}/history?{asked}").status_code == 200
