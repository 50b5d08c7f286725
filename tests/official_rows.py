"""Small official lists about things of the starter, written by hand: read them all with `read_all`."""

from tests.exchange import early_years_file
from tests.exchange.lists import write, write_json
from tests.exchange.test_approved_qualifications import DIPLOMA, stream
from tests.exchange.test_ncs_roles import ONE as PROFILE
from tests.exchange.test_ofqual_organisations import NEW, OLD
from tests.exchange.test_skills_england import LOG, write_list
from tests.exchange.test_skills_england import ONE as STANDARD

from iqf.exchange.sources import (
    approved_qualifications,
    early_years,
    ncs_roles,
    ofqual_organisations,
    skills_england,
)

NUMBER = "601/2629/2"
TITLE = "NCFE CACHE Level 3 Diploma for the Early Years Workforce"
APPROVED = DIPLOMA | stream("Age1619", "01/09/2022", "31/07/2026")
HELD = APPROVED | {"QualificationNumber": "60126292", "QualificationName": TITLE}
NOT_HELD = APPROVED | {
    "QualificationNumber": "61008187",
    "QualificationName": "Award in Bookkeeping",
    "Level": "Level 1",
    "AwardingOrganisation": "Association of Accounting Technicians",
}
NEXT = {"DateOfOfqualDataSnapshot": "18/02/2025"}
LONGER = stream("Age1619", "01/09/2022", "31/07/2027")
EARLY = early_years_file.NUMBERED | {
    "Qualification Ref": "EYQ-1",
    "Qualification Level": "2",
    "Qualification Name": TITLE,
    "Awarding Organisation Title": "NCFE",
}
PLAYWORKER = PROFILE | {
    "title": "Playworker",
    "url": "playworker",
    "soc": "6123",
    "salary_starter": "12000",
    "salary_experienced": "30000",
    "day_to_day_tasks": "setting up play | keeping children safe",
    "progression": "You could lead a team.",
    "apprenticeship_standards": "ST0135 Early years educator | Play leader",
}
CARE = {"Recognition Number": "RN5121", "Legal Name": "Council for Awards in Care, Health and Education"}
CARE_NOW = CARE | {"Name": "Council for Awards in Care, Health and Education", "Acronym": "CACHE"}


def read_all(folder):
    """Read the lists into the register and tie them."""
    by = {"by": "tests"}
    approved_qualifications.ingest(write(folder / "funded.csv", HELD, NOT_HELD), **by)
    approved_qualifications.ingest(
        write(folder / "approved.csv", HELD | LONGER | NEXT, NOT_HELD | NEXT), allow_retire=True, **by
    )
    early_years.ingest(early_years_file.write(folder / "early.csv", EARLY), **by)
    ofqual_organisations.ingest(write(folder / "2017.csv", OLD | CARE | {"Name": "Erstwhile Care Board"}), **by)
    ofqual_organisations.ingest(write(folder / "organisations.csv", NEW | CARE_NOW), **by)
    skills_england.ingest(write_list(folder / "standards.csv", STANDARD), **by)
    skills_england.ingest(write_json(folder / "ST0135.json", LOG), **by)
    ncs_roles.ingest(write(folder / "job_profiles.csv", PLAYWORKER), **by)


def read_without(folder):
    """A later list of approved qualifications, without the one that is not held."""
    row = HELD | LONGER | {"DateOfOfqualDataSnapshot": "18/03/2025"}
    approved_qualifications.ingest(write(folder / "march.csv", row), by="tests", allow_retire=True)
