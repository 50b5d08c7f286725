"""Funding streams: each is four columns of the list, and they come and go from one snapshot to the next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from iqf.exchange.sources.list_file import ListFile
from iqf.exchange.sources.notations import read_day, read_yes, squeeze
from iqf.exchange.sources.notes import Notes
from iqf.exchange.sources.pattern import Doubt, Fault, Row
from iqf.exchange.sources.telling import columns_in_words
from iqf.register.printed import Mirrored

AVAILABLE = "_FundingAvailable"
START = "_FundingApprovalStartDate"
END = "_FundingApprovalEndDate"
NOTES = "_Notes"
PARTS = (AVAILABLE, START, END, NOTES)
WORDS = {
    "Age1416": "Age 14 to 16",
    "Age1619": "Age 16 to 19",
    "LocalFlexibilities": "Local flexibilities",
    "LegalEntitlementL2L3": "Legal entitlement, levels 2 and 3",
    "LegalEntitlementEnglishandMaths": "Legal entitlement, English and maths",
    "DigitalEntitlement": "Digital entitlement",
    "ESFLevel34": "European Social Fund, levels 3 and 4",
    "AdvancedLearnerLoans": "Advanced learner loans",
    "L3FreeCoursesForJobs": "Level 3 free courses for jobs",
    "LifelongLearningEntitlement": "Lifelong learning entitlement",
}
"""How the streams are called; one that is not here is called as its columns are."""
A_DAY = "a day like 31/07/2026, or blank"


def streams_of(columns: Iterable[str]) -> list[str]:
    """The streams that any of these columns belong to, in their order."""
    return list(dict.fromkeys(c.removesuffix(p) for c in columns for p in PARTS if c.endswith(p)))


def columns_of(stream: str) -> list[str]:
    """The four columns of a stream."""
    return [stream + part for part in PARTS]


def lacking(header: Sequence[str], file: str) -> list[Fault]:
    """A fault for each column that a stream of this header should have and has not."""
    missing = [(s, c) for s in streams_of(header) for c in columns_of(s) if c not in header]
    return [
        Fault(f'the funding stream "{stream}" lacks the column "{column}".', file, 1, column, "", "all four columns")
        for stream, column in missing
    ]


@dataclass(frozen=True)
class Reading:
    """What the cells of all streams say together: approvals; faults with their columns, doubts with their ids."""

    approvals: list[dict[str, Any]]
    faults: tuple[tuple[str, str, str], ...]
    doubts: tuple[tuple[str, str], ...]


class StreamCells:
    """The cells of a file's funding streams. The same few thousand combinations come again and again: read once."""

    def __init__(self, streams: Sequence[str]) -> None:
        self._streams = streams
        self._cells = itemgetter(*(column for stream in streams for column in columns_of(stream)))
        self._read: dict[tuple[str, ...], Reading] = {}

    def approvals(self, row: Row, notes: Notes) -> list[dict[str, Any]]:
        """The funding approvals of a row: stream, its words, first day, last day of new starts, note."""
        cells: tuple[str, ...] = self._cells(row.cells)
        reading = self._read.get(cells)
        if reading is None:
            reading = self._read[cells] = read_cells(self._streams, cells)
        for column, message, expected in reading.faults:
            notes.fault(row.fault(message, column, expected))
        for code, message in reading.doubts:
            notes.doubt(row, code, message)
        return reading.approvals


def read_cells(streams: Sequence[str], cells: Sequence[str]) -> Reading:
    """The reading of four cells for each stream, in their order."""
    found: list[dict[str, Any]] = []
    faults: list[tuple[str, str, str]] = []
    doubts: list[tuple[str, str]] = []
    for place, stream in enumerate(streams):
        said, start, end, note = cells[4 * place : 4 * place + 4]
        available, first, last = read_yes(said), read_day(start), read_day(end)
        if not isinstance(available, bool):
            faults.append((stream + AVAILABLE, f'"{said}" does not say if funding is available.', "True or False"))
        for part, text, day in ((START, start, first), (END, end, last)):
            if day is None:
                faults.append((stream + part, f'"{text}" is not a date.', A_DAY))
        words = WORDS.get(stream, stream)
        doubts += _doubts(words, available is True, first or "", last or "")
        if available is True:
            whole = {"stream": stream, "words": words, "start": first or "", "end": last or "", "note": squeeze(note)}
            found.append(whole)
    found.sort(key=lambda approval: str(approval["stream"]))
    return Reading(found, tuple(faults), tuple(doubts))


def _doubts(words: str, available: bool, start: str, end: str) -> Iterator[tuple[str, str]]:
    if available and not start:
        yield "approval-undated", f"{words}: funding is available and no first day is given."
    if not available and (start or end):
        yield "approval-dates-only", f"{words}: funding is not available, and days are given; not counted."
    if start and end and end < start:
        yield "dates-order", f"{words}: funding ends ({end}) before it begins ({start}); loaded as printed."


def silence(streams: Iterable[str]) -> Mapping[str, str]:
    """What a stream's columns print where there is no approval."""
    return {stream + AVAILABLE: "False" for stream in streams}


def streams_in_words(done: Mirrored, file: ListFile) -> Iterator[Doubt]:
    """Streams that ended and that are new, told once for the file; other columns as they are."""
    for code, columns, said in (
        ("stream-ended", done.columns_ended, "has ended: its columns are no longer in the file"),
        ("stream-new", done.columns_new, "is new: its columns were not in the file before"),
    ):
        for stream in streams_of(columns):
            words = WORDS.get(stream, stream)
            listed = ", ".join(c for c in columns_of(stream) if c in columns)
            message = f"The funding stream {stream} ({words}) {said} ({listed}). This is no change of its rows."
            yield Doubt(code, message, file.file)
    ended, new = (
        tuple(c for c in columns if not streams_of([c])) for columns in (done.columns_ended, done.columns_new)
    )
    yield from columns_in_words(Mirrored(columns_ended=ended, columns_new=new), file)
