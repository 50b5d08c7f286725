"""Commands about judgements: read them in, give them out, say how far raters agree, close and accept batches."""

import argparse
import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from iqf.accounts.permissions import KEEP_BATCHES
from iqf.catalogue.models import Framework
from iqf.catalogue.queries import find
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
from iqf.exchange.uploads.judged_units import judged_units
from iqf.exchange.uploads.judgements import MOST_BYTES
from iqf.mapping import actions, queries
from iqf.mapping.actions.recording import Recorded
from iqf.mapping.models import Batch
from iqf.reports import agreement as agreement_report
from iqf.reports import judgements as judgements_report
from iqf.reports import suggest as suggest_report
from iqf.reports.private import batches as batches_report
from iqf.reports.private import came_true
from iqf.reports.private.suggesting import MOST_WAITING as MOST_UNITS
from iqf.reports.private.suggesting import chosen_next, suggestions


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
    name = " ".join(options.rater.split())
    rows = judged_units(data, path.name, framework, name)
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
    """List batches, show one, choose units for the next, make suggestions, close, accept, withdraw."""
    ready()
    if options.do == "list":
        return answered(options, "batches", batches_report.batches(), text.batches)
    if options.do == "trust":
        return answered(options, "batch-trust", came_true.came_true(options.key or ""), text.trust)
    if not options.key:
        what = "framework, such as common-core-2005" if options.do == "next" else "batch; see: iqf batch list"
        raise UsageError(f"Say which {what}")
    if options.do == "next":
        return _next(options)
    held = queries.batch_called(options.key)
    if options.do != "show":
        DOING[options.do](acting(options, KEEP_BATCHES), held, options)
    return answered(options, "batch", batches_report.one(options.key), text.batch)


def _next(options: argparse.Namespace) -> int:
    """Which units should be judged next, and why."""
    if not 1 <= options.most <= MOST_UNITS:
        raise UsageError(f"--most is from 1 to {MOST_UNITS:,}.")
    return answered(options, "next-units", chosen_next(options.key, options.most, options.seed), text.next_units)


PREFIX = "https://iqf.example"
"""The address in files where this site has none of its own."""


def _suggest_for(by: str, held: Batch, options: argparse.Namespace) -> None:
    """Make suggestions for a batch and keep them."""
    encoder = _encoder(options.encoder or os.environ.get("IQF_ENCODER", ""))
    made = suggestions(
        held.key, encode=encoder.encode if encoder else None, encoder=encoder.version if encoder else ""
    )
    actions.hold_suggestions(by=by, batch=held, made=made)


DOING: dict[str, Callable[[str, Batch, argparse.Namespace], object]] = {
    "suggest": _suggest_for,
    "close": lambda by, held, options: actions.close(by=by, batch=held, leave_open=options.leave_open),
    "accept": lambda by, held, options: actions.accept(by=by, batch=held, reason=options.reason),
    "withdraw": lambda by, held, options: actions.withdraw(by=by, batch=held, reason=options.reason),
}
COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "agreement": agreement,
    "batch": batch,
    "suggest": suggest,
}
