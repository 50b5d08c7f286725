"""The coverage of one role against a count by hand from the starter's files, and as its page says it."""

import pytest

from iqf.catalogue import models as m
from iqf.reports.role_coverage import of_role

from . import by_hand

pytestmark = pytest.mark.django_db


def test_what_every_holder_of_a_playwork_diploma_is_taught(starter, local):
    (found,) = of_role("playworker")
    asked = [r for r in by_hand.table("qualifications/role_qualifications") if r["role_id"] == "playworker"]
    strong = {r["qualification_local_id"] for r in asked if r["strength"] in ("mandatory", "significant")}
    assert {local(q) for q, _ in found.qualifications} == strong
    reach = by_hand.table("qualifications/alignments")
    for need in found.needs:
        touching = {a["unit_id"] for a in reach if a["statement_id"] == need.code}
        for met in need.by:
            held = by_hand.unit_sets().get(local(found.ref_of(met.qualification)), set())
            assert (met.how in ("every holder", "some holders")) == bool(held & touching)
    assert {n.code: n.verdict for n in found.needs} == {
        "CC1": "met",
        "CC2": "met",
        "CC3": "in part",
        "CC4": "cannot say",
        "CC5": "by choice",
        "CC6": "by choice",
    }


def test_where_nothing_is_asked_for_strongly_what_is_relevant_counts_and_that_is_said(starter):
    role = m.Role.objects.get(aliases__value="playworker")
    assert not of_role("playworker")[0].only_relevant
    m.Requirement.objects.filter(role=role).update(strength="relevant")
    (found,) = of_role("playworker")
    assert found.only_relevant
    assert {strength for _, strength in found.qualifications} == {"relevant"}


def test_a_role_without_qualifications_has_nothing_that_serves_it(starter):
    m.Requirement.objects.filter(role__aliases__value="playworker").delete()
    (found,) = of_role("playworker")
    assert {need.verdict for need in found.needs} == {"nothing serves"}


def test_the_page_of_a_role_leads_to_a_page_that_sums_it_up(client, starter):
    page = client.get("/roles/IQF-R-000008").content.decode()
    found = of_role("IQF-R-000008")[0]
    met = sum(need.verdict == "met" for need in found.needs)
    assert "/roles/IQF-R-000008/coverage" in page
    whole = client.get("/roles/IQF-R-000008/coverage").content.decode()
    assert f"{met} {'is' if met == 1 else 'are'} taught to every holder of at least one" in whole
    for need in found.needs:
        assert need.title in whole
    rows = client.get("/roles/IQF-R-000008/coverage?format=csv").content.decode().splitlines()
    assert len(rows) == 1 + len(found.needs) * len(found.qualifications)
