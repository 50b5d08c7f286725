"""Official lists of organisations, profiles and standards tied to the catalogue; what is doubtful is proposed."""

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.owners import Owners
from iqf.catalogue.queries import find
from iqf.exchange.sources.lars import ingest as ingest_lars
from iqf.exchange.sources.ncs_roles import ingest as ingest_profiles
from iqf.exchange.sources.ofqual_organisations import ingest as ingest_organisations
from iqf.exchange.sources.skills_england import ingest as ingest_standards
from iqf.register.queries import row_of

from .lists import everything, write
from .test_lars import BODY
from .test_ncs_roles import ONE as PROFILE
from .test_ofqual_organisations import NEW, OLD
from .test_skills_england import ONE as STANDARD
from .test_skills_england import write_list

pytestmark = pytest.mark.django_db


def links(register):
    """The standing links of a list: reference, thing, rule."""
    found = m.OfficialLink.objects.filter(LIVE, official_row__register=register)
    return sorted((link.official_row.reference, link.thing.title, link.rule) for link in found)


def named(number, name, **more):
    """A body of the regulator's list."""
    return NEW | {"Recognition Number": number, "Name": name, "Legal Name": name, "Acronym": ""} | more


@pytest.fixture
def organisations(starter, tmp_path):
    def run(*rows, name="list.csv", **kwargs):
        return ingest_organisations(write(tmp_path / name, *rows), by="tests", **kwargs)

    return run


@pytest.fixture
def aims(starter, tmp_path):
    def run(*rows):
        return ingest_lars(write(tmp_path / "AwardOrgCode.csv", *(BODY | row for row in rows)), by="tests")

    return run


@pytest.fixture
def profiles(starter, tmp_path):
    def run(*rows):
        return ingest_profiles(write(tmp_path / "job_profiles.csv", *(PROFILE | row for row in rows)), by="tests")

    return run


def test_an_organisation_is_tied_by_its_recognition_number_whatever_it_is_called(organisations):
    organisations(named("RN5133", "Quite Another Name"))
    assert links("ofqual-organisations") == [("RN5133", "Pearson", "identifier")]
    assert m.OfficialLink.objects.get().because == "Same recognition number (RN5133)"


def test_without_a_number_here_it_is_tied_by_name_and_found_by_its_number_from_then_on(organisations):
    report = organisations(named("RN6999", "The Open University", Acronym="OUX"))
    assert links("ofqual-organisations") == [("RN6999", "The Open University", "name")]
    assert find("RN 6999").title == find("OUX").title == "The Open University"
    assert report.matches == []
    acronym = m.OrganisationName.objects.get(other_name="OUX")
    assert (acronym.kind, acronym.citation.collection, acronym.citation.locator) == (
        "acronym",
        "ofqual-organisations",
        "RN6999",
    )


def test_reading_it_again_writes_nothing(organisations, aims):
    rows = named("RN6999", "The Open University"), named("RN5133", "Pearson Education Ltd")
    organisations(*rows)
    aims({"AwardOrgCode": "OU", "AwardOrgName": "Open University (The)", "AwardOrgUKPRN": "10007773"})
    before = everything()
    assert organisations(*rows).writes == 0
    assert everything() == before
    assert links("lars-organisations") == [("OU", "The Open University", "name")]
    assert find("10007773").title == "The Open University"


def test_a_provider_number_that_a_name_gives_ties_further_rows_at_once(aims):
    rows = (
        {"AwardOrgCode": "AAA", "AwardOrgName": "Quite Another Name", "AwardOrgUKPRN": "10007773"},
        {"AwardOrgCode": "OU", "AwardOrgName": "Open University (The)", "AwardOrgUKPRN": "10007773"},
    )
    aims(*rows)
    assert links("lars-organisations") == [
        ("AAA", "The Open University", "identifier"),
        ("OU", "The Open University", "name"),
    ]
    assert aims(*rows).writes == 0


def test_one_name_under_another_number_is_proposed_and_not_tied(organisations):
    report = organisations(named("RN6998", "NCFE"))
    assert links("ofqual-organisations") == []
    assert [(x["reference"], x["matched_title"], x["why"]) for x in report.matches] == [
        ("RN6998", "NCFE", "same name, other recognition number")
    ]


def test_a_name_spelled_nearly_the_same_is_proposed_and_not_tied(organisations):
    report = organisations(named("RN6998", "Bishop Grossteste University"))
    assert links("ofqual-organisations") == []
    (match,) = report.matches
    assert (match["matched_title"], match["score"] > 0.9) == ("Bishop Grosseteste University", True)


def test_a_merged_body_keeps_its_own_row(organisations):
    organisations(named("RN5121", "Council for Awards in Care"), named("RN5156", "NCFE"))
    assert links("ofqual-organisations") == [("RN5121", "CACHE", "identifier"), ("RN5156", "NCFE", "identifier")]


def test_a_former_name_of_the_register_is_a_name_from_then_on(organisations, aims):
    organisations(OLD | {"Recognition Number": "RN5133", "Name": "Erstwhile Awards"}, name="old.csv")
    organisations(named("RN5133", "Pearson Education Ltd"))
    former = m.OrganisationName.objects.get(other_name="Erstwhile Awards", retired_on=None)
    assert (former.organisation.title, former.kind) == ("Pearson", "former")
    aims({"AwardOrgCode": "ERST", "AwardOrgName": "Erstwhile Awards (Formerly Erst)", "AwardOrgUKPRN": ""})
    assert links("lars-organisations") == [("ERST", "Pearson", "name")]
    assert Owners().named("Erstwhile Awards").title == "Pearson"
    assert Owners().named("Various Awarding Organisations") is None


def test_the_aim_registers_list_is_tied_again_when_the_regulators_adds_a_name(organisations, aims):
    aims({"AwardOrgCode": "NEWN", "AwardOrgName": "Newly Known As", "AwardOrgUKPRN": ""})
    assert links("lars-organisations") == []
    organisations(named("RN5133", "Newly Known As"))
    assert links("lars-organisations") == [("NEWN", "Pearson", "name")]


def test_a_link_that_no_longer_holds_is_retired_and_one_made_by_a_person_stands(organisations):
    organisations(named("RN6999", "The Open University"), named("RN6998", "Unknown Body"))
    other = m.Organisation.objects.get(title="NCFE")
    row = row_of("ofqual-organisations", "RN6998")
    m.OfficialLink.objects.create(organisation=other, official_row=row, because="Accepted by a reviewer")
    university = m.Organisation.objects.get(title="The Open University")
    university.aliases.filter(scheme="recognition-number").delete()
    m.Organisation.objects.filter(pk=university.pk).update(title="Renamed Beyond Knowing")
    organisations(named("RN6999", "The Open University"), named("RN6998", "Unknown Body"))
    assert links("ofqual-organisations") == [("RN6998", "NCFE", "")]


def test_a_profile_is_tied_by_the_roles_title_or_one_that_a_document_states(profiles):
    report = profiles(
        {"title": "Playworker", "url": "playworker"},
        {"title": "GP", "url": "gp"},
        {"title": "Nursery worker", "url": "nursery-worker"},
        {"title": "Immigration officer", "url": "immigration-officer"},
        {"title": "Lathe operator", "url": "lathe-operator"},
    )
    assert links("ncs-roles") == [("GP", "General practitioner", "title"), ("PLAYWORKER", "Playworker", "title")]
    assert {(x["reference"], x["matched_title"]) for x in report.matches} == {
        ("NURSERY-WORKER", "Early years worker"),
        ("IMMIGRATION-OFFICER", "Immigration official"),
    }


def test_a_standard_is_tied_by_title_and_its_reference_finds_the_role(starter, tmp_path):
    report = ingest_standards(
        write_list(tmp_path / "standards.csv", STANDARD | {"Name": "Early Years Educator", "Reference": "ST0135"}),
        by="tests",
    )
    assert links("skills-england-standards") == [("ST0135", "Early years educator", "title")]
    assert (find("st0135").title, report.matches) == ("Early years educator", [])
