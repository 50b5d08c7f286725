"""Commands that give rows out in formats that others read, and propose what comes back."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import timezone

from iqf.accounts.permissions import PROPOSE
from iqf.catalogue.editable.entities import ALL, Entity
from iqf.catalogue.editable.sheet import entity_called
from iqf.cli.acting import acting
from iqf.cli.answering import ready
from iqf.cli.framework_files import export_case, import_case
from iqf.cli.main import UsageError
from iqf.cli.mapping import export_sssom, import_judgements
from iqf.exchange.formats.plain import dumps, envelope
from iqf.exchange.formats.sheets import csv_text
from iqf.exchange.formats.workbook import workbook
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.uploads.grids import MOST_BYTES
from iqf.exchange.uploads.marking import marked
from iqf.exchange.uploads.reading import read_sheet
from iqf.reports.private.upload import preview
from iqf.reports.private.uploaded import Preview, RowChange
from iqf.reports.sheet import sheet
from iqf.review.actions.proposing import Case
from iqf.review.actions.uploading import propose

MOST_SHOWN = 20


def entity_asked(text: str) -> Entity:
    """The entity that a person names. Raises UsageError, with all there are."""
    found = entity_called(text)
    if found is None:
        raise UsageError(f'There are no rows called "{text}"; there are: {", ".join(e.plural for e in ALL)}.')
    return found


def export(options: argparse.Namespace) -> int:
    """Write something in a format that others read."""
    return EXPORTS[options.format](options)


def import_(options: argparse.Namespace) -> int:
    """Read what others send in a format."""
    return IMPORTS[options.format](options)


def export_sheet(options: argparse.Namespace) -> int:
    """Write the rows of an entity as a spreadsheet to edit and send back."""
    ready()
    name = options.output or ""
    if name and Path(name).suffix.lower() not in (".csv", ".xlsx"):
        raise UsageError("Give the file a name that ends in .xlsx or .csv.")
    answer = sheet(entity_asked(options.entity), of=options.of, template=options.template)
    if not name:
        sys.stdout.write(csv_text(*answer.table))
        return 0
    data = workbook(answer) if name.lower().endswith(".xlsx") else csv_text(*answer.table).encode()
    Path(name).write_bytes(data)
    sys.stdout.write(f"{name}: {len(answer.rows)} {answer.entity.plural}. Send it back with: iqf import sheet\n")
    return 0


def import_sheet(options: argparse.Namespace) -> int:
    """Say what an edited spreadsheet asks for, and propose it."""
    ready()
    entity = entity_asked(options.entity)
    by = acting(options, PROPOSE)
    path = Path(options.file)
    data = _bytes(path)
    seen = preview(read_sheet(data, path.name, entity))
    if seen.faults:
        _refuse(seen, data, options.marked)
    number = None if options.dry_run or not seen.changes else _propose(by, seen, options)
    if options.json:
        answer = envelope("import", timezone.localdate(), _json(seen, number))
        sys.stdout.write(dumps(answer) + "\n")
    else:
        sys.stdout.write(_words(seen, number))
    return 0


def _bytes(path: Path) -> bytes:
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise Refused([Fault(f"the file is larger than {MOST_BYTES // 2**20} MB; send it in parts.", path.name)])
    return path.read_bytes()


def _refuse(seen: Preview, data: bytes, copy: str | None) -> None:
    """Raises Refused with every fault, after the marked copy was written where one is asked for."""
    if copy:
        Path(copy).write_bytes(marked(data, seen.file, seen.entity, seen.markings))
    raise Refused([Fault(f.message, seen.file, f.row, f.heading, f.value) for f in seen.faults])


def _propose(by: str, seen: Preview, options: argparse.Namespace) -> int:
    case = Case(f"Spreadsheet {seen.file[:100]}: {len(seen.changes)} changes", options.reason, options.source)
    if not (case.reason.strip() and case.source_title.strip()):
        raise UsageError("Say why and on whose word: --reason TEXT --source TEXT; or look first with --dry-run.")
    return propose(by=by, case=case, changes=seen.changes).pk


def _json(seen: Preview, number: int | None) -> dict[str, Any]:
    return {
        "entity": seen.entity.kind,
        "file": seen.file,
        "proposal": number,
        "rows": seen.read,
        "left_alone": seen.left_alone,
        "notes": list(seen.notes),
        **{
            name: [asdict(one) for one in getattr(seen, name)] for name in ("added", "changed", "retired", "restored")
        },
    }


def _words(seen: Preview, number: int | None) -> str:
    lines = [
        f"{seen.file}: {seen.read} rows read; {len(seen.added)} to add, {len(seen.changed)} to change, "
        f"{len(seen.retired)} to retire, {len(seen.restored)} to restore, {seen.left_alone} left alone."
    ]
    for one in seen.done[:MOST_SHOWN]:
        lines += _row_words(one)
    if len(seen.done) > MOST_SHOWN:
        lines.append(f"  and {len(seen.done) - MOST_SHOWN} more rows; --json lists them all.")
    lines += [f"  {note}" for note in seen.notes]
    if number is not None:
        lines.append(f"Proposal {number} waits for a reviewer; nothing is changed until one accepts it.")
    else:
        lines.append("Nothing was proposed.")
    return "\n".join(lines) + "\n"


def _row_words(one: RowChange) -> list[str]:
    head = f"  Row {one.row}: {one.act} {one.code} {one.title}".rstrip()
    said = [f"    {f.heading}: {f.before!r} is to be {f.after!r}" for f in one.fields]
    return [head, *(said if one.act == "change" else [])]


EXPORTS = {"sheet": export_sheet, "sssom": export_sssom, "case": export_case}
IMPORTS = {"sheet": import_sheet, "judgements": import_judgements, "case": import_case}
COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"export": export, "import": import_}
