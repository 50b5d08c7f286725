"""Bring one file of the list into the register and tie it to the catalogue: one transaction, idempotent."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime

from iqf.catalogue.actions.upsert import is_cosmetic
from iqf.catalogue.models import OfficialLink
from iqf.catalogue.models.things import LIVE
from iqf.evidence.actions import finish_retrieval, forget_retrieval, hold_sources, record_retrieval
from iqf.evidence.models import Retrieval, Source
from iqf.exchange.sources.early_years.links import REGISTER, tie
from iqf.exchange.sources.early_years.matches import propose
from iqf.exchange.sources.early_years.rows import ListFile, read_file
from iqf.exchange.sources.following import follow_rows
from iqf.exchange.sources.pattern import Doubt, IngestReport, Progress, one_transaction, silent
from iqf.exchange.sources.proposals import hand_over
from iqf.exchange.sources.tying import Tied
from iqf.register.actions import Mirrored, RowChange, mirror
from iqf.register.queries import of_references

SOURCE = "dfe-early-years-list"
LICENCE = "Open Government Licence v3.0 (inferred)"
LISTED = 8
"""How many references a warning names before it says how many more there are."""


def ingest(
    path: Path, *, by: str, dry_run: bool = False, progress: Progress = silent, revert: bool = False
) -> IngestReport:
    """Load a base or update file of the Department for Education's early years qualifications list.

    Rows overwrite by reference; rows that the file does not mention are not touched. Rows that a later-read file
    changed are kept as that file made them, unless `revert`. Raises Refused where the file is broken or another run
    is writing; then nothing is written.
    """
    progress("reading", 0, 4)
    file = read_file(Path(path))
    report = IngestReport("early-years", file.sha256, file.count, dry_run, warnings=list(file.doubts))
    with one_transaction(dry_run=dry_run):
        _write(file, report, by, progress, revert)
    progress("done", 4, 4)
    return report


def _write(file: ListFile, report: IngestReport, by: str, progress: Progress, revert: bool) -> None:
    held = hold_sources([_source()])
    source = held.rows[SOURCE]
    read_before = Retrieval.objects.filter(source=source, sha256=file.sha256).order_by("-id").first()
    retrieval = record_retrieval(source=source, file_name=file.name[:260], sha256=file.sha256, rows=file.count, by=by)
    progress("register", 1, 4)
    done = mirror(by=by, register=REGISTER, rows=file.rows, retrieval=file.sha256, revert=revert)
    report.writes = done.writes
    follow_rows(report, by=by, register=REGISTER)
    progress("catalogue", 2, 4)
    tied = tie(by, source, retrieval)
    progress("matches", 3, 4)
    looked_at = {row.reference for row in file.rows}
    report.matches, proposed = hand_over(by, REGISTER, propose(file.rows), looked_at)
    report.warnings += list(_overtaken(done, read_before))
    report.warnings += tied.doubts
    _count(report, done, tied)
    report.writes += held.writes + proposed
    _verify(file, done)
    if report.writes:
        finish_retrieval(retrieval, summary=report.summary(), report=report.quality())
    else:
        forget_retrieval(retrieval)


def _source() -> Source:
    return Source(
        key=SOURCE,
        title="Early years qualifications list",
        publisher="Department for Education",
        kind="official list",
        licence=LICENCE,
    )


def _overtaken(done: Mirrored, read_before: Retrieval | None) -> Iterator[Doubt]:
    """The warning that the file is older than what is held."""
    if not done.overtaken:
        return
    some = ", ".join(done.overtaken[:LISTED]) + (", …" if len(done.overtaken) > LISTED else "")
    count = len(done.overtaken)
    rows = "1 of its rows" if count == 1 else f"{count} of its rows"
    if read_before:
        day = date_format(localtime(read_before.retrieved_at), "j F Y")
        what = f"This file was read before, on {day}, and a later file changed {rows} ({some})"
    else:
        what = f"This file repeats in {rows} what a later file has changed ({some})"
    kept = "what the later file says was kept (--revert lets this file win)"
    yield Doubt("older-content", f"{what}; {kept}.", "the register")


def _count(report: IngestReport, done: Mirrored, tied: Tied) -> None:
    report.added = len(done.added)
    report.changed = len(done.changed)
    report.unchanged = len(done.unchanged) + len(done.overtaken)
    report.retired = len(done.retired)
    report.writes += tied.writes
    report.changes = [c for change in done.changed for c in field_changes(change)]
    report.conflicts = list(tied.conflicts)


def field_changes(change: RowChange) -> list[dict[str, Any]]:
    """A changed row field by field: as printed, or, where it is printed as before, as now read."""
    found = _differences(change.reference, change.before, change.after)
    return found or _differences(change.reference, change.facts_before, change.facts_after)


def _differences(code: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "field": name,
            "before": before.get(name, ""),
            "after": after.get(name, ""),
            "cosmetic": is_cosmetic(before.get(name, ""), after.get(name, "")),
        }
        for name in {**before, **after}
        if before.get(name, "") != after.get(name, "")
    ]


def _verify(file: ListFile, done: Mirrored) -> None:
    """What must hold before the transaction may end: every row of the file stands, and nothing was counted twice."""
    held = of_references(REGISTER, (row.reference for row in file.rows))
    lost = [row.reference for row in file.rows if row.reference not in held or held[row.reference].retired]
    counted = len(done.added) + len(done.changed) + len(done.unchanged) + len(done.overtaken)
    if lost or counted != len(file.rows):
        raise RuntimeError(f"{len(file.rows)} rows were read and {counted} counted; not in the register: {lost[:5]}.")
    tied = OfficialLink.objects.filter(LIVE, official_row__register=REGISTER, rule="number")
    number = F("official_row__number")
    wrong = tied.exclude(qualification__number=number).exclude(qualification__joined__number=number)
    if wrong.exists():
        raise RuntimeError(f"Tied across numbers: {[str(link) for link in wrong[:5]]}.")
