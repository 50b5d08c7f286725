"""Every fact shows how sure it is and who says so; what is not known is said, never left blank."""

import re

import pytest

from iqf.catalogue import models as m


def page(client, address):
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_unchecked_facts_carry_their_mark(client):
    unit = page(client, "/units/IQF-U-000004")
    credit = unit[unit.index("<dt>Credit</dt>") :][:400]
    assert "mark-unverified" in credit


@pytest.mark.parametrize("certainty", ["unverified", "inferred"])
def test_a_qualification_that_was_recalled_says_so(client, certainty):
    found = m.Qualification.objects.filter(citation__certainty=certainty).order_by("code").first()
    if found:
        assert f"mark-{certainty}" in page(client, f"/qualifications/{found.code}")


def test_machine_made_alignments_say_so_wherever_they_show(client):
    for address in (
        "/units/IQF-U-000004",
        "/frameworks/common-core-2005",
        "/frameworks/common-core-2005/coverage?by=level",
        "/qualifications/IQF-Q-000001",
        "/compare?a=IQF-Q-000001&b=IQF-Q-000002",
    ):
        assert "mark-machine" in page(client, address), address


def test_defaults_are_marked_as_defaults(client):
    assert "mark-default" in page(client, "/roles/IQF-R-000008")


def test_a_disagreement_shows_both_values(client):
    conflict = page(client, "/qualifications/IQF-Q-000020")
    assert "Sources disagree about the level" in conflict
    assert "mark-conflict" in conflict
    assert "We show Level 2" in conflict
    assert "another source says Level 3" in conflict


def test_each_number_points_to_a_source_on_the_page(client):
    for address in ("/roles/IQF-R-000008", "/qualifications/IQF-Q-000001", "/units/IQF-U-000004", "/levels"):
        text = page(client, address)
        pointed = set(re.findall(r'class="ref" href="#(source-\d+)"', text))
        assert pointed
        assert pointed <= set(re.findall(r'id="(source-\d+)"', text)), address


def test_not_known_and_no_level_are_words(client):
    none = m.Qualification.objects.filter(level="none").first()
    assert "No level" in page(client, f"/qualifications/{none.code}")
    blank = m.Qualification.objects.filter(level="").first()
    assert "Level not known" in page(client, f"/qualifications/{blank.code}")
    assert '<span class="unknown">not known</span>' in page(client, "/qualifications/IQF-Q-000001")


def test_nothing_on_record_is_not_called_nothing_required(client):
    from iqf.reports.entry import entry

    unknown = entry().not_known[0].role
    text = page(client, f"/roles/{unknown.code}")
    assert "That does not mean that nothing is required." in text


def test_alternatives_are_said_as_one_of_these(client):
    childminder = page(client, "/roles/IQF-R-000007")
    assert "One of these 3" in childminder


def test_dates_are_written_as_in_the_united_kingdom(client):
    assert "31 August 2014" in page(client, "/qualifications/IQF-Q-000001")


def test_a_copy_on_a_sharing_site_is_not_linked(client):
    from iqf.evidence.models import Source

    copy = Source.objects.filter(kind="document-sharing copy").exclude(url="").first()
    assert copy.url not in page(client, f"/sources/{copy.key}")
    assert copy.url not in client.get("/sources?format=csv").content.decode()
