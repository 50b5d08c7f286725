"""Version logs of standards: one file a standard, one row a version, with the days on which it can be started."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from iqf.exchange.sources.list_file import ListFile
from iqf.exchange.sources.notations import read_day, squeeze
from iqf.exchange.sources.notes import Notes, cell, not_too_long, once, required
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Fault, Refused, Row, digest
from iqf.exchange.sources.records import read_json
from iqf.register.actions import PrintedRow

REGISTER = "skills-england-versions"
VERSION = "Version"
CHANGE = "Change detail"
EARLIEST = "Earliest start date"
LATEST = "Latest start date"
HEADER = [VERSION, CHANGE, EARLIEST, LATEST]
NOT_SET = "not set"
AWAITING = "awaiting"
A_DAY = "a day like 01/11/2026, or Not set"

_LOG = re.compile(r"^(ST\d{4})\.json$", re.IGNORECASE | re.ASCII)


def is_log(path: Path) -> bool:
    """True for a file called as a version log is: ST0135.json."""
    return bool(_LOG.match(path.name))


def open_versions(paths: Sequence[Path], name: str, *, whole_list: bool) -> ListFile:
    """The logs of several standards as one list. Raises Refused where one of them is no log."""
    contents = [read_bytes(path) for path in paths]
    logs = [(p.name, _log(p.name, data)) for p, data in zip(paths, contents, strict=True)]
    return ListFile(
        register=REGISTER,
        file=name,
        sha256=digest(contents),
        count=sum(len(log["version_log"]) - 1 for _, log in logs),
        rows=lambda notes: _rows(logs, notes),
        whole_list=whole_list,
    )


def _log(file: str, data: bytes) -> dict[str, Any]:
    log = read_json(data, file)
    table = log.get("version_log") if isinstance(log, dict) else None
    if not isinstance(log, dict) or not isinstance(table, list) or not table or table[0] != HEADER:
        raise Refused([Fault("the file has no version log under the columns it should have.", file, 1)])
    ragged = [n for n, cells in enumerate(table, start=1) if not _is_row(cells)]
    if ragged:
        raise Refused([Fault("the row is not four texts.", file, n) for n in ragged])
    if not all(isinstance(log.get(name), str) for name in ("title", "url")):
        raise Refused([Fault("the file lacks the standard's title or address.", file)])
    return log


def _is_row(cells: object) -> bool:
    return isinstance(cells, list) and len(cells) == len(HEADER) and all(isinstance(c, str) for c in cells)


def _rows(logs: Sequence[tuple[str, dict[str, Any]]], notes: Notes) -> Iterator[PrintedRow]:
    for file, log in logs:
        reference = file.partition(".")[0].upper()
        if not log["url"].rstrip("/").upper().endswith("/" + reference):
            message = f"the file is called after {reference}, its address is {log['url']}."
            notes.fault(Fault(message, file, None, "url", log["url"], f"an address that ends in {reference.lower()}"))
        table = [Row(file, n, dict(zip(HEADER, c, strict=True))) for n, c in enumerate(log["version_log"], 1)]
        for row in once(table[1:], VERSION, lambda r: squeeze(r[VERSION]), notes):
            required(row, (VERSION,), notes)
            not_too_long(row, ((VERSION, 50),), notes)
            yield _printed(row, reference, log, notes)


def _printed(row: Row, standard: str, log: dict[str, Any], notes: Notes) -> PrintedRow:
    version = squeeze(row[VERSION])
    facts = {
        "standard": standard,
        "title": squeeze(log["title"]),
        "version": version,
        "awaiting": AWAITING in version.lower(),
        "change": squeeze(row[CHANGE]),
        "starts_from": _day(row, EARLIEST, notes),
        "starts_to": _day(row, LATEST, notes),
        "lars_code": str(log.get("lars_code") or ""),
        "url": log["url"],
        "notice": squeeze(str(log.get("notice_text") or "")),
    }
    if facts["starts_to"] and facts["starts_to"] < facts["starts_from"]:
        message = (
            f"{standard} version {version} ends ({facts['starts_to']}) before it begins ({facts['starts_from']})."
        )
        notes.doubt(row, "dates-order", message)
    return PrintedRow(
        reference=f"{standard}:{version.upper()}",
        row=row.number,
        printed=row.cells,
        facts=facts,
        title=f"{facts['title']}, version {version}" if not facts["awaiting"] else f"{facts['title']}: {version}",
        kind="version",
    )


def _day(row: Row, column: str, notes: Notes) -> str:
    return cell(row, column, _read_day, "a day", A_DAY, notes) or ""


def _read_day(text: str) -> str | None:
    return "" if squeeze(text).lower() == NOT_SET else read_day(squeeze(text))
