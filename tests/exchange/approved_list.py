"""Small lists of qualifications approved for funding, and of awarding organisations, for the rule of inclusion."""

from iqf.exchange.sources import approved_qualifications, ofqual_organisations

from .lists import write
from .test_approved_qualifications import NO_ESF, ONE, stream
from .test_ofqual_organisations import NEW as ORGANISATION

HEALTH = "Health and social care"


def approved(number, title, *, area="", owner="NCFE", level="Level 2", day="22/10/2024", type_="", end="31/07/2026"):
    """One row of the list."""
    return ONE | {
        "QualificationNumber": number,
        "QualificationName": title,
        "AwardingOrganisation": owner,
        "SectorSubjectArea": area,
        "Level": level,
        "QualificationType": type_ or ONE["QualificationType"],
        "DateOfOfqualDataSnapshot": day,
        **stream("Age1619", "01/08/2016", end),
        **NO_ESF,
    }


CHILD = approved("61090011", "Acme Level 2 Award in Working with Children", owner="Acme Awards Ltd")
YOUTH = approved("61090023", "NCFE Level 3 Diploma in Youth Work Practice", level="Level 3")
CARE = approved(
    "61090035", "Diploma in Health and Social Care", area=HEALTH, owner="Northern Council for Further Education"
)
DOGS = approved("61090047", "Award in Dogs for Children", area="Animal care and veterinary science")
BOOKS = approved("61090059", "Award in Bookkeeping", area="Accounting and finance")
HELD = approved("50091700", "CACHE Level 2 Certificate for the Children and Young People's Workforce")
ALL = (CHILD, YOUTH, CARE, DOGS, BOOKS, HELD)


def later(row, **cells):
    """The row in a later snapshot, with other cells."""
    return row | {"DateOfOfqualDataSnapshot": "18/02/2025"} | cells


def read(folder, *rows, name="approved.csv", **kwargs):
    """Read a list of these rows."""
    return approved_qualifications.ingest(write(folder / name, *rows), by="tests", **kwargs)


def read_organisation(folder, number, name, **cells):
    """Read a list of one awarding organisation."""
    row = ORGANISATION | {"Recognition Number": number, "Name": name} | cells
    return ofqual_organisations.ingest(write(folder / f"{number}.csv", row), by="tests", allow_retire=True)
