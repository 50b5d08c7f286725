"""Every source that can be read, by name. A new source is one package and one line here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from iqf.analysis.disclosure import Profile
from iqf.exchange.sources import (
    approved_qualifications,
    early_years,
    esco,
    geography,
    ilr,
    lars,
    ncs_roles,
    ofqual_organisations,
    ofqual_register,
    ofqual_titles,
    skills_england,
    statistics,
    uk_skills,
)
from iqf.exchange.sources.known import KNOWN, Known, NoSuchSource
from iqf.exchange.sources.official_list import OfficialList
from iqf.exchange.sources.pattern import IngestReport, Progress, Refused, one_transaction, silent
from iqf.exchange.sources.recognising import better
from iqf.exchange.sources.starter.ingest import COLLECTION
from iqf.exchange.sources.starter.ingest import ingest as ingest_starter
from iqf.exchange.sources.starter.tables import hold_figures


@dataclass(frozen=True)
class Asked:
    """One request to read a source. `collection` and `allow_retire` speak to the starter, `revert` to registers,
    `said` and `confirm` to statistical tables; `rule` to them and to learner records: how true counts are protected.
    `areas`: by which areas learner records are counted.
    """

    path: Path | None
    by: str
    dry_run: bool = False
    progress: Progress = silent
    collection: str = ""
    allow_retire: bool = False
    revert: bool = False
    said: statistics.Said = field(default_factory=statistics.Said)
    confirm: Callable[[str], bool] | None = None
    rule: Profile | None = None
    areas: str = ilr.AREAS[0]


@dataclass(frozen=True)
class SourceKind:
    """A source: what is known of it, how it is read, its licence, and whether it needs a path."""

    known: Known
    read: Callable[[Asked], IngestReport]
    licence: str
    needs_path: bool = True

    @property
    def what(self) -> str:
        """What it is, in words."""
        return self.known.what


def source_called(name: str) -> SourceKind:
    """The source of this name. Raises NoSuchSource, in a sentence that names the nearest."""
    if name in SOURCES:
        return SOURCES[name]
    near = get_close_matches(name.lower(), SOURCES, n=1, cutoff=0.5)
    meant = f"did you mean {near[0]}? The" if near else "the"
    raise NoSuchSource(f'There is no source "{name}"; {meant} sources are: {", ".join(sorted(SOURCES))}.')


def _starter(asked: Asked) -> IngestReport:
    with one_transaction(dry_run=asked.dry_run):
        report = ingest_starter(
            asked.path,
            by=asked.by,
            dry_run=asked.dry_run,
            progress=asked.progress,
            collection=asked.collection or COLLECTION,
            allow_retire=asked.allow_retire,
        )
        hold_figures(asked.path, report, by=asked.by)
    return report


def _statistics(asked: Asked) -> IngestReport:
    return statistics.ingest(
        asked.path or Path(),
        by=asked.by,
        dry_run=asked.dry_run,
        progress=asked.progress,
        said=asked.said,
        confirm=asked.confirm,
        rule=asked.rule,
    )


def _ilr(asked: Asked) -> IngestReport:
    path = asked.path or Path()
    return ilr.ingest(
        path,
        by=asked.by,
        dry_run=asked.dry_run,
        progress=asked.progress,
        rule=asked.rule,
        areas=asked.areas,
    )


def _geography(asked: Asked) -> IngestReport:
    return geography.ingest(asked.path or Path(), by=asked.by, dry_run=asked.dry_run, progress=asked.progress)


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


LISTS: tuple[OfficialList, ...] = (
    approved_qualifications.LIST,
    ofqual_register.LIST,
    ofqual_organisations.LIST,
    ofqual_titles.LIST,
    lars.LIST,
    ncs_roles.LIST,
    skills_england.LIST,
    esco.LIST,
    uk_skills.LIST,
    early_years.LIST,
)
READ: dict[str, tuple[Callable[[Asked], IngestReport], str]] = {
    "starter": (_starter, ""),
    "statistics": (_statistics, ""),
    "ilr": (_ilr, ""),
    "geography": (_geography, ""),
    **{each.name: (_list(each), each.licence) for each in LISTS},
}


SAY_THEMSELVES = ("statistics", "ilr", "geography")
"""Sources that say what is wrong with a file better than a guess at its kind does."""


def _told_apart(name: str, read: Callable[[Asked], IngestReport]) -> Callable[[Asked], IngestReport]:
    """Read a source; a file that is of another source, or of none, is refused by its kind."""

    def reading(asked: Asked) -> IngestReport:
        try:
            return read(asked)
        except Refused as refusal:
            raise better(name, asked.path or Path(), refusal) from refusal

    return reading


SOURCES: dict[str, SourceKind] = {
    name: SourceKind(
        known,
        READ[name][0] if name in SAY_THEMSELVES else _told_apart(name, READ[name][0]),
        READ[name][1],
        needs_path=name != "starter",
    )
    for name, known in KNOWN.items()
}
