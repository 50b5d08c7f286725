"""Pages that rest on what is listed here have an address too: it says whether the rows are still those cited."""

import html
import io
import json
import zipfile

import pytest
from tests.exchange.lists import write
from tests.exchange.statistics.counted import STANDARDS, hold_aims, hold_standards
from tests.official_rows import PLAYWORKER

from iqf.cli.main import main
from iqf.exchange.formats.listed import CHANGED
from iqf.exchange.sources import ncs_roles

pytestmark = pytest.mark.django_db
YOUTH = PLAYWORKER | {"title": "Youth worker", "url": "youth-worker", "salary_starter": "24000"}
LISTS = ["/takeup", "/workforce/pay"]


@pytest.fixture(autouse=True)
def held(starter, settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    hold_standards(tmp_path)
    ncs_roles.ingest(write(tmp_path / "profiles.csv", PLAYWORKER), by="tests")


def lasting(client, page):
    """The address under which a page is cited, as the page prints it."""
    shown = client.get(page).content.decode().partition('id="cite"')[2]
    return html.unescape(shown.partition('<a href="')[2].partition('"')[0])


@pytest.mark.parametrize("page", LISTS)
def test_the_address_gives_the_same_rows_in_every_form(client, page):
    address = lasting(client, page)
    assert address.startswith(f"{page}?")
    again = client.get(address).content.decode()
    assert CHANGED not in again
    assert lasting(client, address) == address
    for form in ("csv", "json"):
        first, second = (client.get(f"{at}format={form}").content for at in (f"{page}?", f"{address}&"))
        assert first == second
    assert "SHA-256" in again.partition('id="cite"')[2]


@pytest.mark.parametrize("page", LISTS)
def test_other_rows_than_those_cited_are_called_that(client, tmp_path, page):
    address = lasting(client, page)
    ncs_roles.ingest(write(tmp_path / "profiles.csv", PLAYWORKER | {"salary_starter": "13000"}, YOUTH), by="tests")
    if page == "/takeup":
        from iqf.catalogue import models as m

        m.OfficialLink.objects.filter(role__title="Playworker").update(
            retired_on="2026-01-01", retired_because="A test."
        )
    assert CHANGED in client.get(address).content.decode()
    assert lasting(client, address) != address, "the rows that stand there now are cited by their own address"
    assert CHANGED not in client.get(lasting(client, address)).content.decode()


def test_a_list_keeps_the_release_that_its_address_names(client, tmp_path):
    address = lasting(client, "/takeup")
    assert "of=standards@1.0&listed=" in address
    hold_standards(tmp_path, STANDARDS.replace("Learning Mentor,Starts,0", "Learning Mentor,Starts,9"))
    hold_aims(tmp_path)
    before, now = (client.get(f"{at}format=json").json() for at in (f"{address}&", "/takeup?"))
    assert "Learning Mentor" in {row["subject"] for row in before["rows"]}
    assert "Learning Mentor" not in {row["subject"] for row in now["rows"]}
    assert before["changed"] is False
    assert [table["dataset"] for table in before["tables"]] == ["standards"], "tables held later are not in it"
    assert now["address"].startswith("/takeup?of=standards@1.1&of=aims@1.0&listed=")


@pytest.mark.parametrize(("of", "said"), [("nothing@1.0", "There is no data set"), ("standards@9.0", "it has 1.0.")])
def test_a_release_that_is_not_there_is_said(client, of, said):
    response = client.get(f"/takeup?of={of}")
    assert response.status_code == 404
    assert said in response.content.decode()


@pytest.mark.parametrize("page", LISTS)
def test_the_package_has_the_rows_and_what_they_rest_on(client, page):
    content = client.get(f"{page}?format=zip").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        described = json.loads(archive.read("datapackage.json"))
        (resource,) = described["resources"]
        rows = archive.read(resource["path"])
    assert rows == client.get(f"{page}?format=csv").content
    assert described["id"] == lasting(client, page)
    assert described["sources"][0]["title"].endswith(".")
    header = rows.decode("utf-8-sig").splitlines()[0].split(",")
    assert [field["name"] for field in resource["schema"]["fields"]] == header


@pytest.mark.parametrize("asked", [["takeup", "--nobody"], ["workforce", "--salaries"]])
def test_at_a_terminal_too(capsys, tmp_path, asked):
    assert main(asked) == 0
    out = capsys.readouterr().out
    assert "Cite as: " in out
    assert "&listed=" in out
    assert main([*asked, "--zip", str(tmp_path / "rows.zip")]) == 0
    assert zipfile.is_zipfile(tmp_path / "rows.zip")
    assert main([*asked, "--zip", str(tmp_path / "rows.csv")]) == 2
    assert "should end in .zip" in capsys.readouterr().err
