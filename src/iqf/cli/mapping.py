"""Commands about judgements: read them in, give them out, say how far raters agree, close and accept batches."""

import argparse
import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from iqf.accounts.permissions import KEEP_BATCHES
from iqf.catalogue.models import Framework, Statement
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find, units_called
from iqf.cli.acting import acting
from iqf.cli.answering import answered, ready
from iqf.cli.main import UsageError
from iqf.cli.text import mapping as text
from iqf.encoder.folder import Encoder, NoEncoder
from iqf.encoder.folder import read as read_encoder
from iqf.exchange.formats.plain import dumps, envelope
from iqf.exchange.formats.sheets import csv_text
from iqf.exchange.formats.sssom import sssom
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.uploads.judgements import MOST_BYTES, UnitRead, read_judgements
from iqf.mapping import actions, queries
from iqf.mapping.actions.recording import FromFile, Recorded, Verdict
from iqf.mapping.models import Batch
from iqf.reports import agreement as agreement_report
from iqf.reports import judgements as judgements_report
from iqf.reports import suggest as suggest_report
from iqf.reports.private import batches as batches_report


def agreement(options: argparse.Namespace) -> int:
    """How far the raters of a framework agree."""
    ready()
    answer = agreement_report.agreed(options.framework, scale=options.scale, verb=options.verb)
    if options.csv:
        sys.stdout.write(csv_text(*agreement_report.table(answer)))
        return 0
    return answered(options, "agreement", answer, text.agreement)


def suggest(options: argparse.Namespace) -> int:
    """Which statements of a framework each unit probably touches."""
    ready()
    batch = queries.batch_called(options.batch) if options.batch else None
    units = set(batch.units.values_list("unit__code", flat=True)) if batch else None
    encoder = _encoder(options.encoder or os.environ.get("IQF_ENCODER", ""))
    answer = suggest_report.suggest(
        options.framework,
        units=units,
        encode=encoder.encode if encoder else None,
        encoder=encoder.version if encoder else "",
    )
    if options.csv:
        columns = ("unit", "statement", "probability", "rank", "words")
        rows = ([getattr(one, name) for name in columns] for one in answer.suggestions)
        sys.stdout.write(csv_text(columns, rows))
        return 0
    return answered(options, "suggest", answer, text.suggest)


def _encoder(folder: str) -> Encoder | None:
    """The encoder of a folder. One that cannot be used is said once, and words alone are compared."""
    if not folder:
        return None
    try:
        found = read_encoder(Path(folder))
    except NoEncoder as error:
        sys.stderr.write(f"iqf: {error} Words alone are compared.\n")
        return None
    if found.note:
        sys.stderr.write(f"iqf: {found.note}\n")
    return found


def import_judgements(options: argparse.Namespace) -> int:
    """Read what one rater judged elsewhere."""
    ready()
    by = acting(options, KEEP_BATCHES)
    framework = Framework.objects.get(pk=find(options.framework, ("framework",)).pk)
    batch = queries.batch_called(options.batch) if options.batch else None
    if batch and batch.framework_id != framework.pk:
        raise UsageError(f'The batch "{batch.key}" is of {batch.framework.title}, not of {framework.title}.')
    path = Path(options.file)
    data = _bytes(path)
    statements = dict(Statement.objects.filter(LIVE, framework=framework).values_list("code", "pk"))
    name = " ".join(options.rater.split())
    rows = _rows(read_judgements(data, path.name, framework.key, list(statements), name), statements, path.name)
    with transaction.atomic():
        rater = actions.register(by=by, name=name, kind=options.kind, about=options.about)
        done = actions.record(
            by=by,
            framework=framework,
            rater=rater,
            rows=rows,
            file=path.name,
            sha256=hashlib.sha256(data).hexdigest(),
            batch=batch,
        )
        transaction.set_rollback(options.dry_run)
    _say(options, framework, len(rows), done)
    return 0


def _say(options: argparse.Namespace, framework: Framework, units: int, done: Recorded) -> None:
    said = {"framework": framework.key, "rater": options.rater, "kind": options.kind, "units": units}
    said |= {name: getattr(done, name) for name in ("added", "changed", "unchanged", "writes", "batches")}
    said["dry_run"] = options.dry_run
    if options.json:
        sys.stdout.write(dumps(envelope("judgements", timezone.localdate(), said)) + "\n")
    else:
        sys.stdout.write(text.recorded(said))


def _bytes(path: Path) -> bytes:
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise Refused([Fault(f"the file is larger than {MOST_BYTES // 2**20} MB; send it in parts.", path.name)])
    return path.read_bytes()


def _rows(read: tuple[UnitRead, ...], statements: dict[str, int], file: str) -> list[FromFile]:
    """What was read, of units that are held. Raises Refused with a fault for each that is not, or stands twice."""
    units = units_called(one.unit for one in read)
    faults: list[Fault] = []
    found: dict[int, FromFile] = {}
    for one in read:
        unit = units.get(one.unit)
        if unit is None:
            faults.append(Fault("there is no such unit here, or it was retired.", file, one.row, "unit", one.unit))
        elif unit in found:
            message = f"this is the unit of row {found[unit].row} under another name."
            faults.append(Fault(message, file, one.row, "unit", one.unit))
        else:
            verdicts = {(statements[v.statement], v.verb): _verdict(v) for v in one.verdicts}
            found[unit] = FromFile(unit, one.row, verdicts, one.doubt, one.rationale)
    if faults:
        raise Refused(faults[:50])
    return list(found.values())


def _verdict(read: Any) -> Verdict:
    return Verdict(**{name: getattr(read, name) for name in Verdict.__dataclass_fields__})


def export_sssom(options: argparse.Namespace) -> int:
    """Write the judgements of a framework as SSSOM."""
    ready()
    answer = judgements_report.judgements(options.framework, rater=options.rater)
    out = sssom(answer, settings.IQF_ADDRESS or PREFIX)
    if not options.output:
        sys.stdout.write(out)
        return 0
    Path(options.output).write_text(out, encoding="utf-8")
    sys.stdout.write(f"{options.output}: {len(answer.judgements)} judgements.\n")
    return 0


def batch(options: argparse.Namespace) -> int:
    """List batches, show one, close it, accept it, withdraw it."""
    ready()
    if options.do == "list":
        return answered(options, "batches", batches_report.batches(), text.batches)
    if not options.key:
        raise UsageError("Say which batch; see: iqf batch list")
    held = queries.batch_called(options.key)
    if options.do != "show":
        DOING[options.do](acting(options, KEEP_BATCHES), held, options)
    return answered(options, "batch", batches_report.one(options.key), text.batch)


PREFIX = "https://iqf.example"
"""The address in files where this site has none of its own."""

DOING: dict[str, Callable[[str, Batch, argparse.Namespace], object]] = {
    "close": lambda by, held, options: actions.close(by=by, batch=held, leave_open=options.leave_open),
    "accept": lambda by, held, options: actions.accept(by=by, batch=held, reason=options.reason),
    "withdraw": lambda by, held, options: actions.withdraw(by=by, batch=held, reason=options.reason),
}
COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "agreement": agreement,
    "batch": batch,
    "suggest": suggest,
}
