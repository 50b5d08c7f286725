"""Figures on pages: chosen by the file's own columns, markers never numbers, an address that lasts."""

import io
import re
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.indicators.tables import held as hold

from iqf.exchange.sources.statistics import ingest

PRINTED = """
time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,sex,posts
2024,Reporting year,National,E92000001,England,,,Total,36186.3
2024,Reporting year,Regional,E92000001,England,E12000001,North East,Total,c
2024,Reporting year,Regional,E92000001,England,E12000002,North West,Total,
2023,Reporting year,National,E92000001,England,,,Total,1200
"""


@pytest.fixture
def table(held, settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    return hold(tmp_path, PRINTED).table


def cells(html):
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r'<td class="num">(.*?)</td>', html)]


def test_figures_stand_as_published_and_a_marker_is_explained(client, table):
    html = client.get("/figures/small").content.decode()
    assert cells(html)[:4] == ["36,186.3", "c", "blank", "1,200"]
    assert "Confidential: the number is kept back to protect people. Never read as zero." in html
    assert "people in work, or their full-time equivalents" in html


def test_rows_are_chosen_in_the_address_and_the_address_has_the_version(client, table):
    html = client.get("/figures/small/1.0?where=region_name%3DNorth+East").content.decode()
    assert cells(html)[:1] == ["c"]
    assert "http://localhost/figures/small/1.0?where=region_name%3DNorth%20East" in html
    assert "A small table (small), version 1.0, read in on" in html


def test_a_form_with_blanks_leads_to_the_lasting_address(client, table):
    response = client.get("/figures/small/1.0?where=&where=sex%3DTotal&where.region_name=North+East&indicator=")
    assert response.status_code == 302
    assert response.headers["Location"] == "/figures/small/1.0?where=sex%3DTotal&where=region_name%3DNorth+East"


def test_an_earlier_release_stays_at_its_address_and_says_which_is_the_latest(client, table, tmp_path):
    before = client.get("/figures/small/1.0").content.decode()
    hold(tmp_path, PRINTED.replace(",1200", ",1300"))
    after = client.get("/figures/small/1.0").content.decode()
    assert cells(before)[:4] == cells(after)[:4]
    assert 'The latest is <a href="/figures/small">version 1.1</a>' in after
    assert cells(client.get("/figures/small").content.decode())[3] == "1,300"


def test_the_whole_release_can_be_had_and_passes_the_screening(client, table, tmp_path):
    response = client.get("/figures/small/1.0?format=zip")
    assert response.headers["Content-Type"] == "application/zip"
    zipfile.ZipFile(io.BytesIO(response.content)).extractall(tmp_path)
    report = ingest(tmp_path / "small.csv", by="tests", dry_run=True)
    assert {each["outcome"] for each in report.screening} <= {"pass", "warning"}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/figures/smal", "did you mean &quot;small&quot;?"),
        ("/figures/small/9.9", "it has 1.0."),
        ("/figures/small?where=region_name%3DNorht+East", "did you mean &quot;North East&quot;"),
        ("/figures/small?where=colour%3Dred", "has no column &quot;colour&quot;"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(client, table, address, said):
    response = client.get(address)
    assert response.status_code == 404
    assert said in response.content.decode()


def test_the_list_and_a_table_ask_the_database_little(client, table):
    for address in ("/figures", "/figures/small"):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 16, address
