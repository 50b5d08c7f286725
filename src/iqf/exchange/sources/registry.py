"""Every source that can be read, by name. A new source is one package and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from iqf.exchange.sources import (
    approved_qualifications,
    early_years,
    esco,
    lars,
    ncs_roles,
    ofqual_organisations,
    ofqual_register,
    ofqual_titles,
    skills_england,
    uk_skills,
)
from iqf.exchange.sources.official_list import OfficialList
from iqf.exchange.sources.pattern import IngestReport, Progress, silent
from iqf.exchange.sources.starter.ingest import COLLECTION
from iqf.exchange.sources.starter.ingest import ingest as ingest_starter


@dataclass(frozen=True)
class Asked:
    """One request to read a source. `collection` and `allow_retire` speak to the starter, `revert` to registers."""

    path: Path | None
    by: str
    dry_run: bool = False
    progress: Progress = silent
    collection: str = ""
    allow_retire: bool = False
    revert: bool = False


@dataclass(frozen=True)
class SourceKind:
    """A source: what it is, in words, whether it needs a path, and how it is read."""

    what: str
    needs_path: bool
    read: Callable[[Asked], IngestReport]


def _starter(asked: Asked) -> IngestReport:
    return ingest_starter(
        asked.path,
        by=asked.by,
        dry_run=asked.dry_run,
        progress=asked.progress,
        collection=asked.collection or COLLECTION,
        allow_retire=asked.allow_retire,
    )


def _early_years(asked: Asked) -> IngestReport:
    path = asked.path or Path()
    return early_years.ingest(path, by=asked.by, dry_run=asked.dry_run, progress=asked.progress, revert=asked.revert)


def _list(what: OfficialList) -> Callable[[Asked], IngestReport]:
    """How an official list is read."""

    def read(asked: Asked) -> IngestReport:
        return what.ingest(
            asked.path or Path(),
            by=asked.by,
            dry_run=asked.dry_run,
            progress=asked.progress,
            revert=asked.revert,
            allow_retire=asked.allow_retire,
        )

    return read


SOURCES: dict[str, SourceKind] = {
    "starter": SourceKind("a small framework in a folder of CSV files (else the shipped one)", False, _starter),
    "early-years": SourceKind("the Department for Education's early years list (CSV)", True, _early_years),
    "approved-qualifications": SourceKind(
        "qualifications approved for public funding in England (CSV)", True, _list(approved_qualifications.LIST)
    ),
    "ofqual-register": SourceKind(
        "the register of regulated qualifications (its download in CSV or JSON)", True, _list(ofqual_register.LIST)
    ),
    "ofqual-organisations": SourceKind("awarding organisations (CSV)", True, _list(ofqual_organisations.LIST)),
    "ofqual-titles": SourceKind(
        "bare qualification titles for search and matching (JSON)", True, _list(ofqual_titles.LIST)
    ),
    "lars": SourceKind("the Learning Aim Reference Service (a folder of CSV files, or one)", True, _list(lars.LIST)),
    "ncs-roles": SourceKind("job profiles of the National Careers Service (CSV)", True, _list(ncs_roles.LIST)),
    "skills-england": SourceKind(
        "apprenticeship standards, version logs, legacy frameworks (a file or folder)",
        True,
        _list(skills_england.LIST),
    ),
    "esco": SourceKind(
        "the classification of European skills and occupations (a file or folder)", True, _list(esco.LIST)
    ),
    "uk-skills": SourceKind("the UK standard skills classification (CSV)", True, _list(uk_skills.LIST)),
}
