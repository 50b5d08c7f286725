"""Funding streams: each is four columns of the list, and they come and go from one snapshot to the next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from iqf.exchange.sources.notations import read_day, read_yes, squeeze
from iqf.exchange.sources.notes import Notes
from iqf.exchange.sources.official_list import ListFile, columns_in_words
from iqf.exchange.sources.pattern import Doubt, Fault, Row
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


def approvals(row: Row, streams: Iterable[str], notes: Notes) -> list[dict[str, Any]]:
    """The funding approvals of a row: stream, its words, first day, last day of new starts, note."""
    found = []
    cells = row.cells
    for stream in streams:
        if cells[stream + AVAILABLE] == "False" and not cells[stream + START] and not cells[stream + END]:
            continue
        available, start, end = (read_yes(row[stream + AVAILABLE]), *_days(row, stream, notes))
        if not isinstance(available, bool):
            message = f'"{row[stream + AVAILABLE]}" does not say if funding is available.'
            notes.fault(row.fault(message, stream + AVAILABLE, "True or False"))
        _doubt(row, stream, bool(available), start, end, notes)
        if available:
            note = squeeze(row[stream + NOTES])
            words = WORDS.get(stream, stream)
            found.append({"stream": stream, "words": words, "start": start, "end": end, "note": note})
    return sorted(found, key=lambda approval: str(approval["stream"]))


def _days(row: Row, stream: str, notes: Notes) -> Iterator[str]:
    for part in (START, END):
        text = row[stream + part]
        day = read_day(text) if text else ""
        if day is None:
            notes.fault(row.fault(f'"{text}" is not a date.', stream + part, A_DAY))
        yield day or ""


def _doubt(row: Row, stream: str, available: bool, start: str, end: str, notes: Notes) -> None:
    words = WORDS.get(stream, stream)
    if available and not start:
        notes.doubt(row, "approval-undated", f"{words}: funding is available and no first day is given.")
    if not available and (start or end):
        notes.doubt(
            row, "approval-dates-only", f"{words}: funding is not available, and days are given; not counted."
        )
    if start and end and end < start:
        notes.doubt(
            row, "dates-order", f"{words}: funding ends ({end}) before it begins ({start}); loaded as printed."
        )


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
