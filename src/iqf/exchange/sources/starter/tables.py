"""The figures that the documents print, held as statistical tables too: each with its year, qualifier and place."""

from pathlib import Path

from iqf.exchange.sources.pattern import Doubt, IngestReport, Refused
from iqf.exchange.sources.starter.layout import FIGURES, PACKAGED
from iqf.exchange.sources.statistics.ingest import ingest
from iqf.exchange.sources.statistics.reading import sha256_of
from iqf.indicators.queries import is_held


def hold_figures(path: Path | None, report: IngestReport, *, by: str) -> None:
    """Hold every table of figures of a small framework, and count what was written. Called after it is loaded.

    A table that is refused is noted as doubtful: the framework itself is loaded by then.
    """
    for file in sorted((path or PACKAGED).glob(FIGURES)):
        if is_held(file.stem, sha256_of(file)):
            continue
        try:
            report.writes += ingest(file, by=by, dry_run=report.dry_run).writes
        except Refused as refusal:
            fault = refusal.faults[0]
            message = f"not held as a statistical table: {fault.message}"
            report.warnings.append(Doubt("table-not-held", message, file.name, fault.row))
