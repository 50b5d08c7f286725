"""Bring a statistical table in: read, shaped, screened, held as an immutable release; or refused, nothing written."""

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

from iqf.analysis.disclosure import Profile
from iqf.evidence.actions import finish_retrieval, hold_sources, record_retrieval
from iqf.evidence.models import Retrieval, Source
from iqf.exchange.sources.pattern import Fault, IngestReport, Progress, Refused, one_transaction, silent
from iqf.exchange.sources.statistics.columns import meta_beside, read_meta
from iqf.exchange.sources.statistics.descriptor import checked, said_beside
from iqf.exchange.sources.statistics.reading import Printed, read, sha256_of
from iqf.exchange.sources.statistics.screening import GUESSED, Screened, doubts, faults, screen
from iqf.exchange.sources.statistics.shaping import Said, Shaped, shape
from iqf.exchange.sources.statistics.subjects import tie_counted
from iqf.indicators.actions import Arrived, Held, hold_release
from iqf.indicators.guarding import COARSER, Guarded, guarded
from iqf.indicators.private import fingerprint
from iqf.indicators.protection import DEFAULT, NotSafeError
from iqf.indicators.queries import protected_releases
from iqf.indicators.store import asked, folder, locked, swept, text
from iqf.indicators.words import PROTECTED
from iqf.places.actions import AreaFacts, place_areas

Confirm = Callable[[str], bool]
NOTHING_SAID = Said()
HELD = "These very bytes are held already, as this version."


class NotFit(Refused):
    """A table that a check of the screening fails. `screening` has the outcome of every check."""

    def __init__(self, screened: Sequence[Screened]) -> None:
        super().__init__(faults(screened))
        self.screening = [each.as_json() for each in screened]


def ingest(
    path: Path,
    *,
    by: str,
    dry_run: bool = False,
    progress: Progress = silent,
    said: Said = NOTHING_SAID,
    confirm: Confirm | None = None,
    rule: Profile | None = None,
) -> IngestReport:
    """Read a table (CSV or Parquet, its meta file beside it) into the next release of its data set.

    `said` wins over what a descriptor beside the file says, and that over what is known of such tables. `confirm` is
    asked whether columns that had to be guessed are right; None takes them with a warning. `rule`: the table has true
    counts, and is protected by this rule before it is published. Raises Refused.
    """
    file = the_file(path)
    with working_folder() as work:
        progress("reading", 0, 4)
        printed = read(file, work)
        table = _shaped(file, printed, _together(checked(said, "the command line"), said_beside(file)), work)
        progress("screening", 1, 4)
        screened = screen(table)
        if faults(screened):
            raise NotFit(screened)
        if table.doubts and confirm and not confirm(table.doubts[0].message):
            message = f"describe the columns in {file.stem}.meta.csv beside it, and run this again."
            raise Refused([Fault(message, file.name)])
        progress("holding", 2, 4)
        return hold(table, screened, sha256=_of_both(printed, table), by=by, dry_run=dry_run, rule=rule)


def the_file(path: Path) -> Path:
    """The data file at a path; in a folder, the one table in it. Raises Refused."""
    if not path.is_dir():
        return path
    tables = sorted(p for p in path.iterdir() if p.suffix in (".csv", ".parquet") and ".meta" not in p.suffixes)
    if not tables:
        raise Refused([Fault("the folder holds no table; give the path of a CSV or Parquet file.", str(path))])
    if len(tables) != 1:
        names = ", ".join(p.name for p in tables[:10])
        raise Refused([Fault(f"the folder holds {len(tables)} tables ({names}); give one of them.", str(path))])
    return tables[0]


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder for the time of one ingest, on the disk where tables are kept; what is in it nobody else may read.

    What an ingest that was killed has left is removed first: its lock went with its process.
    """
    arriving = folder() / "arriving"
    arriving.mkdir(parents=True, exist_ok=True)
    swept(arriving)
    work = arriving / uuid.uuid4().hex
    lock = locked(work)
    try:
        work.mkdir(mode=0o700)
        yield work
    finally:
        os.close(lock)
        swept(arriving)


def _together(first: Said, then: Said) -> Said:
    return replace(first, **{f.name: getattr(first, f.name) or getattr(then, f.name) for f in fields(Said)})


def _shaped(file: Path, printed: Printed, said: Said, work: Path) -> Shaped:
    beside = meta_beside(file)
    meta = read_meta(beside, sha256_of(beside)) if beside else None
    return shape(printed, file.stem, meta, said, work)


def _of_both(printed: Printed, table: Shaped) -> str:
    """The hash of a table with its meta file; of one without, the hash of the file itself."""
    if table.meta is None:
        return printed.sha256
    return hashlib.sha256(f"{printed.sha256} {table.meta.sha256}".encode()).hexdigest()


def hold(
    table: Shaped,
    screened: tuple[Screened, ...],
    *,
    sha256: str,
    by: str,
    dry_run: bool,
    published_on: str = "",
    rule: Profile | None = None,
) -> IngestReport:
    """Hold a screened table, with the record of what was read, in one transaction.

    True counts are protected before it, by `rule`, or by that of the release before; else it is held as published.
    """
    try:
        table, sha256, safe = made_safe(table, sha256, rule)
        return _hold(table, screened, safe, sha256=sha256, by=by, dry_run=dry_run, published_on=published_on)
    except NotSafeError as error:
        raise Refused([Fault(str(error), table.file)]) from None


def made_safe(table: Shaped, sha256: str, rule: Profile | None) -> tuple[Shaped, str, Guarded | None]:
    """A table with its disclosure profile, what it is recognised by, and its protected cells where it has such.

    A data set that is protected stays so, by the rule of its last release where none is said. Raises NotSafeError.
    """
    before = protected_releases(table.facts.code)
    if rule is None and before is None:
        return table, sha256, None
    last = before[-1].protection.rule if before and before[-1].protection else DEFAULT
    rule, known = rule or last, fingerprint(sha256)
    table = replace(table, facts=replace(table.facts, profile=PROTECTED))
    same = [each for each in before or () if each.sha256 == known]
    if same and same[0].protection and same[0].protection.rule != rule:
        raise NotSafeError(
            f"these counts are published as version {same[0].version} by another rule, which cannot be taken back."
        )
    return (
        table,
        known,
        None if same else guarded(table.cells, table.columns, rule, before or (), coarser=table.coarser or COARSER),
    )


def _hold(
    table: Shaped,
    screened: tuple[Screened, ...],
    safe: Guarded | None,
    *,
    sha256: str,
    by: str,
    dry_run: bool,
    published_on: str,
) -> IngestReport:
    report = IngestReport("statistics", sha256, table.rows, dry_run)
    report.screening = [each.as_json() for each in screened]
    report.warnings = [
        *table.doubts,
        *(d for d in doubts(screened, table.file) if not table.doubts or d.code != GUESSED),
    ]
    arrived = Arrived(
        table.cells, table.columns, table.rows, sha256, table.file, published_on, report.screening, safe
    )
    with one_transaction(dry_run=dry_run):
        source, writes = _source(table)
        held = hold_release(by=by, source=source, facts=table.facts, arrived=arrived, dry_run=dry_run)
        _count(report, held, writes)
        report.writes += place_areas(by=by, areas=areas_told(table))
        if held.new:
            record_retrieval(source=source, file_name=table.file, sha256=sha256, rows=table.rows, by=by)
        file = Retrieval.objects.filter(source=source, sha256=sha256).order_by("-id").first()
        if file is not None:
            report.matches, written = tie_counted(table, by=by, source=source, read=file)
            report.writes += written
            if held.new:
                finish_retrieval(file, summary=report.summary(), report=report.quality())
    return report


def areas_told(table: Shaped) -> list[AreaFacts]:
    """The authorities that a table names with the region they are in: where they are is stated, not guessed."""
    if not {"new_la_code", "la_name", "region_code"} <= set(table.names("place")):
        return []
    sql = (
        "SELECT new_la_code, max_by(la_name, time_period), max_by(region_code, time_period) "  # noqa: S608
        f"FROM read_parquet({text(table.cells)}) WHERE geographic_level = 'Local authority' "
        "AND regexp_full_match(new_la_code, 'E(06|08|09|10)\\d{6}') GROUP BY 1 ORDER BY 1"
    )
    with asked() as db:
        rows = db.execute(sql).fetchall()
    return [AreaFacts(code, name, "authority", region or "") for code, name, region in rows]


def _source(table: Shaped) -> tuple[Source, int]:
    key = f"statistics-{table.facts.code}"[:60]
    source = Source(
        key=key, title=table.facts.title, publisher=table.publisher, kind="statistical table", licence=table.licence
    )
    held = hold_sources([source])
    found: Source = held.rows[key]
    return found, held.writes


def _count(report: IngestReport, held: Held, writes: int) -> None:
    table = held.table
    report.release = {"dataset": table.dataset, "version": table.version, "changes": list(table.changes)}
    report.release["protection"] = list(table.protection.sentences) if table.protection else []
    if not held.new:
        later = "" if table.current else f" The latest is {table.versions[0]}, which stays so."
        report.release["changes"] = [HELD + later]
        report.unchanged, report.writes = report.rows, writes
        return
    report.writes = held.writes + writes + 1
    if held.difference is None:
        report.added = report.rows
        return
    report.added, report.changed, report.retired = (
        held.difference.added,
        held.difference.revised,
        held.difference.gone,
    )
    report.unchanged = report.rows - report.added - report.changed
