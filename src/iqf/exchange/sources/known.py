"""Every source by name: what it is in words, and where its official file is to be had. Needs no database."""

from dataclasses import dataclass

OFQUAL = "https://downloads.find-a-qualification.services.ofqual.gov.uk/extracts/"
EARLY_YEARS = (
    "https://raw.githubusercontent.com/DFE-Digital/check-an-early-years-qualification/"
    "794ff88f29c10413bb3875c5606e46221cd14064/content/Dfe.EarlyYearsQualification.ContentUpload/csv/"
    "ey-quals-full-2024-with-new-reference-fields.csv"
)


class NoSuchSource(LookupError):
    """There is no source of this name."""


@dataclass(frozen=True)
class Known:
    """A source in words; the address of its official file, where a lasting one is known; else how to get it."""

    what: str
    address: str = ""
    by_hand: str = ""


KNOWN: dict[str, Known] = {
    "starter": Known(
        "a small framework in a folder of CSV files (else the shipped one)",
        by_hand="The starter comes with iqf; read it in with: iqf ingest starter",
    ),
    "early-years": Known("the Department for Education's early years list (CSV)", EARLY_YEARS),
    "approved-qualifications": Known(
        "qualifications approved for public funding in England (CSV)",
        by_hand="The list's address changes with every snapshot; download it by hand from "
        "https://www.qualifications.education.gov.uk/Home/Downloads",
    ),
    "ofqual-register": Known(
        "the register of regulated qualifications (its download in CSV or JSON)",
        by_hand="The register makes its download to order; make one by hand at "
        "https://find-a-qualification.services.ofqual.gov.uk/ (its whole extract has other columns and is not read).",
    ),
    "ofqual-organisations": Known("awarding organisations (CSV)", OFQUAL + "Organisations.csv"),
    "ofqual-titles": Known(
        "bare qualification titles for search and matching (JSON)",
        by_hand="No lasting address of such a list is known; ofqual-register has the titles and more.",
    ),
    "lars": Known(
        "the Learning Aim Reference Service (a folder of CSV files, or one)",
        by_hand="The service's address changes with every release; download its CSV files by hand from "
        "https://submit-learner-data.service.gov.uk/find-a-learning-aim/DownloadData and unpack them.",
    ),
    "ncs-roles": Known(
        "job profiles of the National Careers Service (CSV)",
        by_hand="The service gives its profiles to holders of a key only, so there is no file to fetch; ask the "
        "National Careers Service for one and save the profiles as a table.",
    ),
    "skills-england": Known(
        "apprenticeship standards, version logs, legacy frameworks (a file or folder)",
        by_hand="No lasting address of these files is known; see them at "
        "https://skillsengland.education.gov.uk/apprenticeships/ and save them by hand.",
    ),
    "esco": Known(
        "the classification of European skills and occupations (a file or folder of CSV)",
        by_hand="The publisher sends the files after a form was filled in; ask for them as CSV in English at "
        "https://esco.ec.europa.eu/en/use-esco/download",
    ),
    "statistics": Known(
        "a statistical table: Explore Education Statistics format, and others known by their columns (CSV, Parquet)",
        by_hand="Tables come from many places; download one with its meta file, for instance from "
        "https://explore-education-statistics.service.gov.uk/data-catalogue",
    ),
    "geography": Known(
        "areas: lookups of districts to skills improvement plan areas and combined authorities (a file or folder)",
        by_hand="The Office for National Statistics publishes lookups for every year; download them by hand from "
        "https://geoportal.statistics.gov.uk/",
    ),
    "ilr": Known(
        "learner records (ILR, XML), counted by aim, level and area while they are read",
        by_hand="Learner records are personal data; give the path of a file that your own organisation holds.",
    ),
    "uk-skills": Known(
        "the UK standard skills classification (CSV)",
        by_hand="No lasting address of the table is known; get it by hand from https://skillsclassification.org/",
    ),
}


def in_words() -> str:
    """The sources, a line for each, as the command line lists them."""
    return "\n".join(f"  {name:<24} {known.what}" for name, known in KNOWN.items())
