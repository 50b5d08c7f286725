"""Citations of official rows: each under the file that last changed it, and its row number there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from iqf.evidence.actions import Cite, cite
from iqf.evidence.models import Citation, Retrieval, Source
from iqf.register.models import OfficialRow


def cite_rows(
    register: str, rows: Iterable[OfficialRow], source: Source, now: Retrieval
) -> tuple[dict[str, Citation], int]:
    """One citation for each row, under the file that last changed it, not the one read now."""
    first: dict[str, Retrieval] = {}
    for read in Retrieval.objects.filter(source=source).order_by("id"):
        first.setdefault(read.sha256, read)
    by_file: dict[str, list[OfficialRow]] = defaultdict(list)
    for row in rows:
        by_file[row.retrieval].append(row)
    cited: dict[str, Citation] = {}
    writes = 0
    for sha256, group in by_file.items():
        read = first.get(sha256, now)
        written = cite(register, [_cite_of(row, source, read) for row in group], read)
        cited |= written.rows
        writes += written.writes
    return cited, writes


def _cite_of(row: OfficialRow, source: Source, read: Retrieval) -> Cite:
    note = f"As printed in {read.file_name} (SHA-256 {row.retrieval[:12]}…)."
    return Cite(row.reference, source, "official", row.row, row.reference, note)


def cite_under(collection: str, rows: Mapping[str, OfficialRow]) -> tuple[dict[str, Citation], int]:
    """One citation in a collection for each subject that rests on an official row, whatever list the row is of.

    Each under the file that last changed its row. Raises RuntimeError where no reading of that file is known.
    """
    read: dict[str, Retrieval] = {}
    files = {row.retrieval for row in rows.values()}
    for retrieval in Retrieval.objects.filter(sha256__in=files).select_related("source").order_by("id"):
        read.setdefault(retrieval.sha256, retrieval)
    if missing := files - read.keys():
        raise RuntimeError(f"No reading is known of the file {min(missing)}, which official rows rest on.")
    by_file: dict[str, list[Cite]] = defaultdict(list)
    for subject, row in rows.items():
        by_file[row.retrieval].append(
            replace(_cite_of(row, read[row.retrieval].source, read[row.retrieval]), subject=subject)
        )
    cited: dict[str, Citation] = {}
    writes = 0
    for sha256, cites in by_file.items():
        written = cite(collection, cites, read[sha256])
        cited |= {c.subject: written.rows[c.subject] for c in cites}
        writes += written.writes
    return cited, writes
