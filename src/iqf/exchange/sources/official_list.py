"""Bring the files of one official source into the register: one transaction, verified, idempotent.

A source says what its files are and how a row reads; everything else that the importer pattern asks for is here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.utils.formats import date_format
from django.utils.timezone import localtime

from iqf.evidence.actions import finish_retrieval, forget_retrieval, hold_sources, record_retrieval
from iqf.evidence.models import Retrieval, Source
from iqf.exchange.sources.early_years.ingest import LISTED, field_changes
from iqf.exchange.sources.following import follow_rows
from iqf.exchange.sources.framework_list import FrameworkFile
from iqf.exchange.sources.notes import Notes
from iqf.exchange.sources.pattern import Doubt, Fault, IngestReport, Progress, Refused, one_transaction, silent
from iqf.exchange.sources.proposals import hand_over
from iqf.exchange.sources.tying import Tie, Tied
from iqf.register.actions import Mirrored, PrintedRow, SameCells, TooFewRows, mirror

COUNTED = ("rows", "added", "changed", "unchanged", "retired", "writes", "followed")
STANDING = ("meets_rule", "off_every_list")


@dataclass(frozen=True)
class ListFile:
    """One file that feeds one list of the register.

    `rows` reads it, noting faults and doubts. `published_on` is its snapshot date where it is known: a file older
    than the one read last changes nothing, and one as old or younger is believed. `whole_list`: rows that it does not
    mention are retired. `columns` are told when they end or begin. `reader`: hash of the code that reads it, where it
    tells rows whose cells it has read before without reading them again.
    """

    register: str
    file: str
    sha256: str
    count: int
    rows: Callable[[Notes], Iterable[PrintedRow | SameCells]]
    columns: tuple[str, ...] = ()
    published_on: str = ""
    whole_list: bool = True
    reader: str = ""


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


def columns_in_words(done: Mirrored, file: ListFile) -> Iterator[Doubt]:
    """Columns that ended and that are new, told once for the file."""
    for code, columns, what in (
        ("columns-ended", done.columns_ended, "The file no longer has"),
        ("columns-new", done.columns_new, "The file has new"),
    ):
        if columns:
            listed = ", ".join(f'"{c}"' for c in columns)
            noun = "the column" if len(columns) == 1 else f"{len(columns)} columns:"
            yield Doubt(code, f"{what} {noun} {listed}; this is no change of its rows.", file.file, None)


@dataclass(frozen=True)
class OfficialList:
    """One official source: its name, where it comes from, how its files are opened, what ties it to the catalogue."""

    name: str
    title: str
    publisher: str
    open: Callable[[Path], Sequence[ListFile | FrameworkFile]]
    tie: Tie = no_ties
    columns_in_words: Callable[[Mirrored, ListFile], Iterable[Doubt]] = columns_in_words
    licence: str = "Open Government Licence v3.0 (inferred)"

    def source(self) -> Source:
        """The source as it is cited."""
        return Source(
            key=self.name, title=self.title, publisher=self.publisher, kind="official list", licence=self.licence
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

    def read(self, path: Path) -> IngestReport:
        """Open, then write all or nothing."""
        self.how.progress("reading", 0, 2)
        files = self.what.open(path)
        report = IngestReport(self.what.name, combined(files), sum(f.count for f in files), self.how.dry_run)
        with one_transaction(dry_run=self.how.dry_run):
            held = hold_sources([self.what.source()])
            report.writes += held.writes
            for number, file in enumerate(files, start=1):
                self.how.progress(file.register, number, len(files) + 1)
                part = self._take(file, held.rows[self.what.name], last=number == len(files))
                _add_up(report, part)
        self.how.progress("done", len(files) + 1, len(files) + 1)
        return report

    def _take(self, file: ListFile | FrameworkFile, source: Source, *, last: bool) -> IngestReport:
        if isinstance(file, FrameworkFile):
            how = self.how
            return file.take(source, by=how.by, dry_run=how.dry_run, allow_retire=how.allow_retire)
        part = IngestReport(self.what.name, file.sha256, file.count, self.how.dry_run)
        notes = Notes()
        newer = self._newer(file, source)
        before = Retrieval.objects.filter(source=source, sha256=file.sha256).order_by("-id").first()
        retrieval = record_retrieval(
            source=source,
            file_name=file.file[:260],
            sha256=file.sha256,
            rows=file.count,
            published_on=file.published_on,
            by=self.how.by,
        )
        if newer:
            _leave(file, notes, part, newer)
        else:
            done = self._mirror(file, notes)
            part.warnings = [*self.what.columns_in_words(done, file), *_overtaken(done, before), *notes.doubts]
            _count(part, done)
        follow_rows(part, by=self.how.by, register=file.register)
        if last:
            self._tie(part, source, retrieval)
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

    def _mirror(self, file: ListFile, notes: Notes) -> Mirrored:
        try:
            return mirror(
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

    def _tie(self, part: IngestReport, source: Source, retrieval: Retrieval) -> None:
        tied = self.what.tie(self.how.by, source, retrieval)
        part.writes += tied.writes
        part.conflicts = list(tied.conflicts)
        part.warnings += tied.doubts
        part.matches, proposed = hand_over(self.how.by, self.what.name, tied.matches)
        part.writes += proposed


def combined(files: Sequence[ListFile | FrameworkFile]) -> str:
    """The hash of one file; of several, over their hashes in order."""
    if len(files) == 1:
        return files[0].sha256
    return sha256(b"".join(bytes.fromhex(f.sha256) for f in files)).hexdigest()


def _checked(file: ListFile, notes: Notes) -> Iterator[PrintedRow | SameCells]:
    """The rows of a file; refused at the end, and with it everything written so far, where it has faults."""
    yield from file.rows(notes)
    if notes.faults:
        raise Refused(notes.faults)


def _leave(file: ListFile, notes: Notes, part: IngestReport, newer: Retrieval) -> None:
    """A file older than the one that was read last: checked, and left alone."""
    for _ in _checked(file, notes):
        pass
    message = (
        f"This file is of {file.published_on}, and one of {newer.published_on} ({newer.file_name}) was read already; "
        "nothing was taken from it (--revert lets this file win)."
    )
    part.unchanged = file.count
    part.warnings = [Doubt("older-snapshot", message, file.file), *notes.doubts]


def _overtaken(done: Mirrored, read_before: Retrieval | None) -> Iterator[Doubt]:
    """The warning that some rows are older than what is held."""
    if not done.overtaken:
        return
    some = ", ".join(done.overtaken[:LISTED]) + (", …" if len(done.overtaken) > LISTED else "")
    count = len(done.overtaken)
    rows = "1 of its rows" if count == 1 else f"{count} of its rows"
    what = f"This file repeats in {rows} what a later file has changed ({some})"
    if read_before:
        day = date_format(localtime(read_before.retrieved_at), "j F Y")
        what = f"This file was read before, on {day}, and a later file changed {rows} ({some})"
    kept = "what the later file says was kept (--revert lets this file win)"
    yield Doubt("older-content", f"{what}; {kept}.", "the register")


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
