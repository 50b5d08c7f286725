"""What official lists say of things, as reports answer it: profiles, standards, funding, history, disagreements."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.official_rows import NUMBER, read_all

from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats.answers import answer_json
from iqf.register.queries import row_of
from iqf.reports.lists import qualifications
from iqf.reports.organisation import organisation
from iqf.reports.qualification import qualification
from iqf.reports.register_row import register_row
from iqf.reports.role import role
from iqf.reports.show import show

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def read(starter, tmp_path):
    """Small official lists about things of the starter."""
    read_all(tmp_path)


def test_a_role_says_what_its_profile_says_with_its_row_and_the_day_it_was_read(read):
    answer = role("playworker", TODAY)
    profile = answer.profile
    assert (profile.salary_starter, profile.salary_experienced, profile.dated) == (12000, 30000, "")
    assert profile.tasks == ("setting up play", "keeping children safe")
    assert (profile.restrictions, profile.progression) == (("DBS enhanced check",), "You could lead a team.")
    assert (profile.said.source, profile.said.locator, profile.said.row) == ("ncs-roles", "PLAYWORKER", 2)
    assert (len(profile.said.retrieved), profile.said.verified) == (10, True)
    assert {(c.scheme, c.code) for c in answer.official_codes} == {
        ("SOC 2010", "6123"),
        ("O*NET", "39-9011.00"),
        ("National Careers Service", "playworker"),
    }
    assert profile.said in answer.sources


def test_a_role_names_the_standards_that_lead_into_it_in_their_version_of_the_day(read):
    by_profile = role("playworker", TODAY).standards
    assert [(s.code, s.because, s.level) for s in by_profile] == [
        ("ST0135", "Named by the job profile", "3"),
        ("", "Named by the job profile", None),
    ]
    (own,) = role("early-years-educator", date(2026, 6, 1)).standards
    assert (own.code, own.because, own.version, own.starts_to) == ("ST0135", "Same title", "1.5", "2026-10-31")
    (now,) = role("early-years-educator", TODAY).standards
    assert (now.version, now.starts_from) == ("Revised version awaiting implementation", "2026-11-01")
    assert role("ST0135", TODAY).role.title == "Early years educator"


def test_a_role_without_a_profile_has_none(read):
    answer = role("youth-worker", TODAY)
    assert (answer.profile, answer.official_codes, answer.standards, answer.official) == (None, (), (), ())


def test_a_qualification_says_what_every_list_says_and_said(read):
    early, approved = qualification(NUMBER, TODAY).official
    assert (approved.register, approved.fact("subject_area")) == (
        "approved-qualifications",
        "Child development and well-being",
    )
    assert approved.fact("last_new_start") == "2027-07-31"
    assert [(f.stream, f.start, f.end) for f in approved.funding] == [("Age 16 to 19", "2022-09-01", "2027-07-31")]
    (before,) = approved.before
    assert [(c.column, c.before, c.after) for c in before.changes] == [
        ("Age1619_FundingApprovalEndDate", "31/07/2026", "31/07/2027")
    ]
    assert (before.file, before.row) == ("funded.csv", 2)
    assert (early.register, early.fact("started_from")) == ("early-years", "2014-09")


def test_two_lists_that_disagree_are_set_side_by_side_field_by_field(read):
    answer = qualification(NUMBER, TODAY)
    found = {d.field: [(value, name) for value, name, _, _ in d.values] for d in answer.lists_disagree}
    assert found.keys() == {"level"}
    assert found["level"] == [
        ("2", "Early years qualifications list"),
        ("3", "Qualifications approved for funding"),
    ]
    assert {(d.field, d.other) for d in answer.disagreements} == {("level", "2")}


def test_an_organisation_says_its_recognition_and_was_called(read):
    answer = organisation("RN5121", TODAY)
    facts = {f.name: f for f in answer.facts}
    assert facts["recognition_status"].value == "Surrendered, from 12 May 2011 to 1 November 2020"
    assert (facts["recognition_number"].value, facts["recognition_number"].verified) == ("RN5121", True)
    assert facts["recognition_number"].said.source == "ofqual-organisations"
    assert ("Erstwhile Care Board", "former") in {(n.name, n.kind) for n in answer.names}


def test_a_row_that_is_not_in_the_framework_has_an_answer_of_its_own(read):
    answer = register_row("approved-qualifications", "61008187", TODAY)
    assert (answer.things, answer.official.title, answer.owner) == ((), "Award in Bookkeeping", None)
    assert show("610/0818/7", TODAY) == show("approved-qualifications:61008187", TODAY) == answer
    shape = answer_json("show", answer)
    assert (shape["code"], shape["in_framework"]) == ("approved-qualifications:61008187", False)
    assert shape["aliases"] == ["610/0818/7", "61008187"]
    assert all(f["citations"][0]["source"] == "approved-qualifications" and f["verified"] for f in shape["facts"])


def test_a_row_in_the_framework_says_where_and_what_else_stands_under_its_number(read):
    answer = register_row("early-years", "EYQ-1", TODAY)
    (thing,) = answer.things
    assert thing.code == qualification(NUMBER, TODAY).qualification.code
    assert [o.register for o in answer.same_number] == ["approved-qualifications"]
    assert [d.field for d in answer.lists_disagree] == ["level"]
    assert answer.owner.title == "NCFE"


def test_what_no_list_has_is_not_found(read):
    for register, reference in (("early-years", "EYQ-999"), ("no-such-list", "1")):
        with pytest.raises(NotFoundError, match="No official list"):
            register_row(register, reference, TODAY)
    with pytest.raises(NotFoundError, match="There is no thing"):
        show("early-years:EYQ-999", TODAY)


def test_qualifications_are_listed_by_the_subject_area_that_official_lists_print(read):
    listing = qualifications(subject_area="Child development and well-being")
    assert [r.thing.code for r in listing.rows] == [qualification(NUMBER, TODAY).qualification.code]
    everywhere = dict(qualifications().facets["subject_area"])
    assert (everywhere["Child development and well-being"], everywhere["not known"]) == (1, listing.total - 1)


def test_a_link_holds_exactly_one_thing(starter, read):
    row = row_of("approved-qualifications", "61008187")
    things = {"role": m.Role.objects.first(), "organisation": m.Organisation.objects.first()}
    for wrong in (things, {}, {"role": things["role"], "rule": "guess"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            m.OfficialLink.objects.create(official_row=row, because="a test", **wrong)
