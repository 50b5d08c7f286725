"""Where a value was printed: the source, and the file, row and day that it was read from."""

from dataclasses import dataclass
from datetime import datetime

from iqf.evidence.models import Citation, Retrieval
from iqf.register.models import OfficialRow
from iqf.reports.things import Said, said


@dataclass(frozen=True)
class Printed:
    """Who says so, in which file and row. Blank or None: not known. `published_on` is the date of the snapshot."""

    by: Said | None
    source_title: str
    file: str
    row: int | None
    read_at: datetime | None
    published_on: str


def printed(citation: Citation) -> Printed:
    """Where a cited value was printed. The citation should be loaded with its source and retrieval."""
    read = citation.retrieval
    table = citation.subject.partition(":")[0] if ":" in citation.subject else ""
    return Printed(
        by=said(citation),
        source_title=citation.source.title,
        file="/".join(filter(None, (read.file_name, table))) if read else "",
        row=citation.row,
        read_at=read.retrieved_at if read else None,
        published_on=read.published_on if read else "",
    )


def printed_row(row: OfficialRow) -> Printed:
    """Where an official row was printed last."""
    read = Retrieval.objects.filter(sha256=row.retrieval).select_related("source").order_by("pk").first()
    return Printed(
        by=None,
        source_title=read.source.title if read else row.register,
        file=read.file_name if read else "",
        row=row.row,
        read_at=read.retrieved_at if read else None,
        published_on=read.published_on if read else "",
    )
