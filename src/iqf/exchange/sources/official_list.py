"""Bring the files of one official source into the register: one transaction, verified, idempotent.

A source says what its files are and how a row reads; everything else that the importer pattern asks for is here.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iqf.evidence.actions import finish_retrieval, forget_retrieval, hold_sources, record_retrieval
from iqf.evidence.models import Retrieval, Source
from iqf.exchange.sources.following import follow_rows
from iqf.exchange.sources.framework_list import FrameworkFile
from iqf.exchange.sources.list_file import ListFile
from iqf.exchange.sources.notes import Notes
from iqf.exchange.sources.pattern import (
    Doubt,
    Fault,
    IngestReport,
    Progress,
    Refused,
    combined,
    one_transaction,
    silent,
)
from iqf.exchange.sources.proposals import hand_over
from iqf.exchange.sources.telling import columns_in_words, field_changes, older_file, older_rows
from iqf.exchange.sources.tying import Tie, Tied
from iqf.register.actions import Mirrored, PrintedRow, SameCells, TooFewRows, mirror

COUNTED = ("rows", "added", "changed", "unchanged", "retired", "writes", "followed")
STANDING = ("meets_rule", "off_every_list")
LAST_STEPS = ("catalogue", "matches", "done")


@dataclass(frozen=True)
class Manner:
    """How a source is to be read: by whom, for trial or in earnest, and what may be undone by it."""

    by: str
    dry_run: bool = False
    progress: Progress = silent
    revert: bool = False
    allow_retire: bool = False


def no_ties(by: str, source: Source, retrieval: Retrieval) -> Tied:
    """For lists that say nothing about things of the catalogue."""
    return Tied()


@dataclass(frozen=True)
class OfficialList:
    """One official source: its name, where it comes from, how its files are opened, what ties it to the catalogue.

    `propose` gives, for the rows that a file speaks of, the things that each may be, where `tie` does not do so for
    the whole list. `cited_as` is the key of the source, where that is not the list's name.
    """

    name: str
    title: str
    publisher: str
    open: Callable[[Path], Sequence[ListFile | FrameworkFile]]
    tie: Tie = no_ties
    propose: Callable[[Collection[str]], Sequence[dict[str, Any]]] | None = None
    columns_in_words: Callable[[Mirrored, ListFile], Iterable[Doubt]] = columns_in_words
    licence: str = "Open Government Licence v3.0 (inferred)"
    cited_as: str = ""

    @property
    def key(self) -> str:
        """The key of its source."""
        return self.cited_as or self.name

    def source(self) -> Source:
        """The source as it is cited."""
        return Source(
            key=self.key, title=self.title, publisher=self.publisher, kind="official list", licence=self.licence
        )

    def ingest(
        self,
        path: Path,
        *,
        by: str,
        dry_run: bool = False,
        progress: Progress = silent,
        revert: bool = False,
        allow_retire: bool = False,
    ) -> IngestReport:
        """Read a file or folder of this source into the register.

        A file that says again what a later file has changed is kept out, unless `revert`; a whole list that mentions
        far fewer rows than stand is refused, unless `allow_retire`. Raises Refused where a file is broken or another
        run is writing; then nothing is written.
        """
        return _Run(self, Manner(by, dry_run, progress, revert, allow_retire)).read(Path(path))


class _Run:
    """One reading of one source."""

    def __init__(self, what: OfficialList, how: Manner) -> None:
        self.what, self.how = what, how
        self.steps = 1 + len(LAST_STEPS)

    def read(self, path: Path) -> IngestReport:
        """Open, then write all or nothing."""
        self._at("reading", 0)
        files = self.what.open(path)
        self.steps = len(files) + len(LAST_STEPS)
        report = IngestReport(
            self.what.name, combined([f.sha256 for f in files]), sum(f.count for f in files), self.how.dry_run
        )
        with one_transaction(dry_run=self.how.dry_run):
            held = hold_sources([self.what.source()])
            report.writes += held.writes
            for number, file in enumerate(files, start=1):
                self._at(file.register, number)
                _add_up(report, self._take(file, held.rows[self.what.key], last=number == len(files)))
        self._at("done", self.steps)
        return report

    def _at(self, step: str, number: int) -> None:
        self.how.progress(step, number, self.steps)

    def _take(self, file: ListFile | FrameworkFile, source: Source, *, last: bool) -> IngestReport:
        how = self.how
        if isinstance(file, FrameworkFile):
            return file.take(source, by=how.by, dry_run=how.dry_run, allow_retire=how.allow_retire)
        part = IngestReport(self.what.name, file.sha256, file.count, how.dry_run)
        newer = self._newer(file, source)
        before = Retrieval.objects.filter(source=source, sha256=file.sha256).order_by("-id").first()
        retrieval = record_retrieval(
            source=source,
            file_name=file.file[:260],
            sha256=file.sha256,
            rows=file.count,
            published_on=file.published_on,
            by=how.by,
        )
        done = _leave(file, part, newer) if newer else self._mirror(file, part, before)
        follow_rows(part, by=how.by, register=file.register)
        if last:
            self._tie(part, source, retrieval, done)
        if part.writes:
            finish_retrieval(retrieval, summary=part.summary() | {"register": file.register}, report=part.quality())
        else:
            forget_retrieval(retrieval)
        return part

    def _newer(self, file: ListFile, source: Source) -> Retrieval | None:
        """The reading of a younger file of this list, where one was read and this one is not to win all the same."""
        if not file.published_on or self.how.revert:
            return None
        read = Retrieval.objects.filter(source=source, summary__register=file.register)
        return read.filter(published_on__gt=file.published_on).order_by("-published_on").first()

    def _mirror(self, file: ListFile, part: IngestReport, before: Retrieval | None) -> Mirrored:
        """Make the list say what the file says, and count and tell what that did."""
        notes = Notes()
        try:
            done = mirror(
                by=self.how.by,
                register=file.register,
                rows=_checked(file, notes),
                retrieval=file.sha256,
                whole_list=file.whole_list,
                revert=self.how.revert or bool(file.published_on),
                columns=file.columns,
                allow_retire=self.how.allow_retire,
                reader=file.reader,
            )
        except TooFewRows as few:
            message = (
                f"{few.gone} of the {few.standing} rows that stand in the list are not in the file; is it whole? "
                "If they are really gone, say so with --retire."
            )
            raise Refused([Fault(message, file.file)]) from few
        part.warnings = [*self.what.columns_in_words(done, file), *older_rows(done, before), *notes.doubts]
        _count(part, done)
        return done

    def _tie(self, part: IngestReport, source: Source, retrieval: Retrieval, done: Mirrored) -> None:
        what, by = self.what, self.how.by
        self._at("catalogue", self.steps - 2)
        tied = what.tie(by, source, retrieval)
        self._at("matches", self.steps - 1)
        looked_at = done.mentioned if what.propose else None
        matches = what.propose(done.mentioned) if what.propose else tied.matches
        part.matches, proposed = hand_over(by, what.name, matches, looked_at)
        part.writes += tied.writes + proposed
        part.conflicts = list(tied.conflicts)
        part.warnings += tied.doubts


def _checked(file: ListFile, notes: Notes) -> Iterator[PrintedRow | SameCells]:
    """The rows of a file; refused at the end, and with it everything written so far, where it has faults."""
    yield from file.rows(notes)
    if notes.faults:
        raise Refused(notes.faults)


def _leave(file: ListFile, part: IngestReport, newer: Retrieval) -> Mirrored:
    """A file older than the one that was read last: checked, and left alone."""
    notes = Notes()
    for _ in _checked(file, notes):
        pass
    part.unchanged = file.count
    part.warnings = [older_file(file, newer), *notes.doubts]
    return Mirrored()


def _count(part: IngestReport, done: Mirrored) -> None:
    part.added, part.changed, part.retired = len(done.added), len(done.changed), len(done.retired)
    part.unchanged = len(done.unchanged) + len(done.overtaken) + len(done.reshaped)
    part.writes += done.writes
    part.changes = [c for change in done.changed for c in field_changes(change)]


def _add_up(report: IngestReport, part: IngestReport) -> None:
    for name in COUNTED[1:]:
        setattr(report, name, getattr(report, name) + getattr(part, name))
    for name in STANDING:
        setattr(report, name, getattr(part, name) or getattr(report, name))
    for name in ("changes", "conflicts", "warnings", "matches"):
        getattr(report, name).extend(getattr(part, name))
