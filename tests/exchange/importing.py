"""One import, in a process that may be killed."""

from pathlib import Path

from django.db import connection

from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.registry import SOURCES, Asked


def run(name, path=None, patience=None):
    """Read a source. `patience`: milliseconds that it waits for another writer, where not as long as ever."""
    if patience is not None:
        connection.cursor().execute(f"PRAGMA busy_timeout = {patience}")
    try:
        report = SOURCES[name].read(Asked(path=Path(path) if path else None, by="tests"))
    except Refused as refusal:
        return f"refused {refusal}"
    return f"done {report.added} {report.writes}"
