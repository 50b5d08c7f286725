"""A framework with many statements: a part at a time, with search within; a page stays small."""

import csv
import io

import pytest
from tests.exchange.lists import write
from tests.exchange.samples import UK_SKILL

from iqf.catalogue import models as m
from iqf.exchange.sources.uk_skills import ingest
from iqf.reports.framework import AT_A_TIME, SHOWN_WHOLE

pytestmark = pytest.mark.django_db
GROUPS, EACH = 70, 6
HERE = "/frameworks/uk-skills"


@pytest.fixture
def large(starter, tmp_path):
    rows = [
        UK_SKILL | {"skill_id": f"S{g}-{n}", "skill_name": f"Skill {g} {n}", "aliases": f"Group {g}"}
        for g in range(GROUPS)
        for n in range(EACH)
    ]
    rows[7]["description"] = "Comfort a crying <child>."
    ingest(write(tmp_path / "skills.csv", *rows), by="tests")
    assert m.Statement.objects.filter(framework__key="uk-skills").count() > SHOWN_WHOLE


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert len(response.content) < 60_000
    return response.content.decode()


def test_the_top_is_paged_and_leads_below(client, large):
    page = text(client, HERE)
    assert f"{GROUPS * (EACH + 1)} statements, {GROUPS} at the top" in page
    assert page.count("6 below") == AT_A_TIME
    assert 'href="?under=group-0"' in page
    assert f'Page 1 of 2 <span class="muted">(1 to 50 of {GROUPS})' in page
    last = text(client, HERE + "?page=2")
    assert last.count("6 below") == GROUPS - AT_A_TIME
    assert text(client, HERE + "?page=99999") == text(client, HERE + "?page=2").replace("?page=2", "?page=99999")


def test_below_a_group_stand_its_skills_and_the_way_back(client, large):
    page = text(client, HERE + "?under=group-1")
    assert f"{EACH} here, " in page
    assert '<a href="?under=group-1">Group 1</a>' in page
    assert "Skill 1 5" in page
    assert "Skill 2 5" not in page


def test_search_within_finds_words_of_title_note_and_code(client, large):
    page = text(client, HERE + "?words=CRYING+comfort")
    assert "1 of 490 statements" in page
    assert "Skill 1 1" in page
    assert "&lt;child&gt;" in page
    assert "Skill 3 2" in text(client, HERE + "?words=s3-2")
    assert "No statement of this framework has all of these words." in text(client, HERE + "?words=crying+xylophone")
    rows = list(csv.reader(io.StringIO(client.get(HERE + "?words=crying&format=csv").content.decode("utf-8-sig"))))
    assert [r[0] for r in rows] == ["code", "S1-1"]


def test_a_statement_that_search_found_is_shown_with_what_it_stands_under(client, large):
    page = text(client, HERE + "?statement=S1-1")
    assert 'id="S1-1"' in page
    assert '<a href="?under=group-1">Group 1</a>' in page


def test_the_download_has_every_statement(client, large):
    rows = list(csv.reader(io.StringIO(client.get(HERE + "?format=csv").content.decode("utf-8-sig"))))
    assert len(rows) == 1 + GROUPS * (EACH + 1)
    assert next(r[:4] for r in rows if r[0] == "S1-1") == ["S1-1", "skill", "group-1", "Skill 1 1"]


@pytest.mark.parametrize("asked", ["?under=nowhere", "?statement=nothing", "?words=%00"])
def test_what_is_not_there_is_said(client, large, asked):
    assert client.get(HERE + asked).status_code in (400, 404)


def test_odd_pages_are_the_first(client, large):
    for odd in ("0", "-1", "x", "", "99999999999", "²"):
        assert "1 to 50 of" in text(client, f"{HERE}?page={odd}")


def test_coverage_of_what_has_too_many_areas_is_refused_in_a_sentence(client, large):
    response = client.get(HERE + "/coverage")
    assert response.status_code == 404
    assert "70 statements at its top, too many for a table of coverage" in response.content.decode()


def test_a_small_framework_is_shown_whole_whatever_is_asked(client, starter):
    whole = client.get("/frameworks/common-core-2005").content.decode()
    asked = client.get("/frameworks/common-core-2005?statement=CC1").content.decode()
    assert asked.count('<li id="') == whole.count('<li id="') > 6
