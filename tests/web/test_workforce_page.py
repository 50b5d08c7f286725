"""The page of one area's workforce: the answer first, its limits, and everything that makes it citable."""

import csv
import io

import pytest
from tests.reports.test_workforce import hold_workforce

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tables(starter, settings, tmp_path):
    hold_workforce(settings, tmp_path)


def test_the_answer_its_limits_its_verdict_and_the_address_that_stays(client):
    page = client.get("/workforce/area?of=large").content.decode()
    assert "turnover 10.0 % (not told apart from England’s 12.0 %)" in page
    assert "7.1 to 13.9 %" in page
    assert "Not assessable" in page, "children of the country are not printed in this table"
    lasting = "/workforce/area?of=E09000001&from=workers@1.0&beside=children@1.0"
    assert lasting.replace("&", "&amp;") in page
    assert client.get(f"{lasting}&format=csv").content == client.get("/workforce/area?of=Large&format=csv").content


def test_every_number_can_be_had_as_rows_as_a_drawing_and_in_the_standard_format(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/workforce/area?of=large&format=csv").content.decode())))
    last = next(r for r in rows if (r["indicator"], r["period"]) == ("Turnover", "2024"))
    assert (last["area"], last["value"], last["England"], last["region"]) == ("Large", "10.0", "12.0", "14.0")
    assert round(float(last["low"]), 1) == 7.1
    drawn = client.get("/workforce/area?of=large&format=turnover_rate_fte").content.decode()
    assert all(f">{name} " in drawn for name in ("Large", "London", "England"))
    page = client.get("/workforce/area?of=large").content.decode()
    standard = page.partition('href="/takeup/workers/1.0')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get(f"/takeup/workers/1.0{standard}").content.startswith(b"PK")


def test_a_role_has_the_rates_that_the_documents_print_of_it(client):
    page = client.get("/roles/youth-worker", follow=True).content.decode()
    assert "Posts that are vacant: 4 % (England, 2004)" in page
    assert "Printed in fig 4.1" in client.get("/workforce").content.decode()
