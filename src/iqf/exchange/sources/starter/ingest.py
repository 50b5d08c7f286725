"""Bring a folder into the catalogue: one transaction, verified inside it, idempotent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db.models import Q

from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch
from iqf.catalogue.models.things import LIVE
from iqf.evidence.actions import cite, finish_retrieval, forget_retrieval, hold_sources, record_retrieval
from iqf.exchange.sources.pattern import Fault, IngestReport, Progress, Refused, one_transaction, silent
from iqf.exchange.sources.proposals import hand_over
from iqf.exchange.sources.starter import (
    conflicts,
    documents,
    frameworks,
    links,
    matches,
    organisations,
    qualifications,
    roles,
    rule_groups,
    units,
)
from iqf.exchange.sources.starter.cites import Sources, cites_of, sources_of
from iqf.exchange.sources.starter.held import Held
from iqf.exchange.sources.starter.layout import PACKAGED
from iqf.exchange.sources.starter.rows import Folder, read_folder

COLLECTION = "starter"
TITLE = "Starter facts of iqf"


def ingest(
    path: Path | None = None,
    *,
    by: str,
    dry_run: bool = False,
    progress: Progress = silent,
    collection: str = COLLECTION,
    allow_retire: bool = False,
) -> IngestReport:
    """Load a small framework from its folder; without a path, the one that iqf ships.

    Where the folder is the shipped one without its additions, the shipped additions complete it. Raises Refused, with
    every fault in the folder's own rows, and then nothing is written; also where most of what the collection brought
    before would be retired and `allow_retire` is not given.
    """
    folder = read_folder(path or PACKAGED, PACKAGED if path and _is_shipped(path) else None)
    report = IngestReport("starter", folder.sha256, folder.count, dry_run, warnings=list(folder.doubts))
    with one_transaction(dry_run=dry_run):
        _write(folder, report, by, collection, progress, allow_retire)
    return report


def _is_shipped(path: Path) -> bool:
    """True where the folder holds the shipped qualifications but not the shipped additions."""
    theirs, ours = path / "qualifications/qualifications.csv", PACKAGED / "qualifications/qualifications.csv"
    if (path / "additions").exists() or not theirs.exists():
        return False
    return _ids(theirs) == _ids(ours)


def _ids(file: Path) -> list[str]:
    """The first column of a table: enough to know a folder again after a cell of it was edited."""
    return [line.partition(b",")[0].decode("utf-8", "replace") for line in file.read_bytes().splitlines()]


def _write(
    folder: Folder, report: IngestReport, by: str, collection: str, progress: Progress, allow_retire: bool
) -> None:
    held_sources = hold_sources(sources_of(folder, collection, TITLE if collection == COLLECTION else collection))
    sources = Sources(collection, dict(held_sources.rows))
    retrieval = record_retrieval(
        source=sources.own, file_name=folder.path.name, sha256=folder.sha256, rows=folder.count, by=by
    )
    cited = cite(collection, cites_of(folder, sources), retrieval)
    batch = Batch(by=by, collection=collection, citations=cited.rows, reason=f"ingest {collection}")
    held = Held()
    steps: list[tuple[str, Callable[[], Any]]] = [
        ("areas", lambda: organisations.load_areas(batch, folder, held)),
        ("organisations", lambda: organisations.load_organisations(batch, folder, held)),
        ("clusters", lambda: organisations.load_clusters(batch, folder, held)),
        ("roles", lambda: roles.load_roles(batch, folder, held)),
        ("qualifications", lambda: qualifications.load_qualifications(batch, folder, held)),
        ("units", lambda: units.load_units(batch, folder, held)),
        ("rules of combination", lambda: rule_groups.load_rules(batch, folder, held)),
        ("places of roles", lambda: links.load_role_links(batch, folder, held)),
        ("requirements", lambda: links.load_requirements(batch, folder, held)),
        ("progressions", lambda: links.load_progressions(batch, folder, held)),
        ("frameworks", lambda: frameworks.load_frameworks(batch, folder, held)),
        ("alignments", lambda: frameworks.load_alignments(batch, folder, held)),
        ("documents", lambda: documents.load_documents(batch, folder)),
        ("levels", lambda: documents.load_levels(batch, folder, held)),
        (
            "conflicts",
            lambda: report.conflicts.extend(conflicts.load_conflicts(batch, folder, held)),
        ),
    ]
    for done, (name, step) in enumerate(steps):
        progress(name, done, len(steps))
        step()
    progress("done", len(steps), len(steps))
    batch.flush()
    report.matches, proposed = hand_over(by, f"framework {collection}"[:60], matches.propose(held))
    _count(report, folder, batch, held_sources.writes + cited.writes + proposed)
    _verify(folder, batch, report, allow_retire)
    if report.writes:
        finish_retrieval(retrieval, summary=report.summary(), report=report.quality())
    else:
        forget_retrieval(retrieval)


def _count(report: IngestReport, folder: Folder, batch: Batch, evidence_writes: int) -> None:
    report.added = len(batch.added)
    report.changed = len(batch.changed - batch.added)
    report.unchanged = len(batch.seen - batch.added - batch.changed)
    report.retired = batch.retired
    report.writes = batch.writes + evidence_writes
    report.changes = [vars(c) for c in batch.changes]


def _verify(folder: Folder, batch: Batch, report: IngestReport, allow_retire: bool) -> None:
    """What must hold before the transaction may end: the catalogue holds what the folder lists, and no mass loss."""
    listed, standing = len(folder["qualifications"]), 0
    if folder.has("qualifications"):
        held_here = LIVE | Q(joined_into__isnull=False)
        standing = m.Qualification.objects.filter(held_here, citation__collection=batch.collection).count()
        repeated = listed - len(folder.ids("qualifications", "local_id"))
        if standing != listed - repeated:
            raise RuntimeError(f"{listed - repeated} qualifications are listed, {standing} stand after loading.")
    if report.retired > max(20, folder.count) and not allow_retire:
        raise Refused(
            [
                Fault(
                    f"{report.retired} rows that came with this collection before are not in the folder and would be "
                    "retired; give the folder a name of its own with --collection, or --retire if it is meant.",
                    folder.path.name,
                )
            ]
        )
