"""Commands that give a framework out as a CASE package, and propose what such a package says."""

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from iqf.accounts.permissions import PROPOSE
from iqf.catalogue.editable.changes import Change
from iqf.cli.acting import acting
from iqf.cli.answering import ready
from iqf.cli.main import UsageError
from iqf.cli.mapping import PREFIX
from iqf.exchange.formats.case import case_package, identifier_in
from iqf.exchange.formats.plain import dumps, envelope
from iqf.exchange.uploads.case import CaseRead, read_case
from iqf.reports.package import package, statements_held
from iqf.reports.private.crosswalk_changes import crosswalk_changes
from iqf.reports.private.framework_changes import framework_changes
from iqf.review.actions.proposing import Case
from iqf.review.actions.uploading import propose


def export_case(options: argparse.Namespace) -> int:
    """Write a framework as a CASE package."""
    ready()
    held = package(options.framework)
    moment = timezone.now().astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds")
    text = dumps(case_package(held, settings.IQF_ADDRESS or PREFIX, moment)) + "\n"
    if not options.output:
        sys.stdout.write(text)
        return 0
    Path(options.output).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{options.output}: {held.framework.title}, {len(held.statements)} statements.\n")
    return 0


def import_case(options: argparse.Namespace) -> int:
    """Say what a CASE package would change here, and propose it."""
    ready()
    by = acting(options, PROPOSE)
    path = Path(options.file)
    read = read_case(path.read_bytes(), path.name)
    changes, notes = _changes(read)
    number = None
    if changes and not options.dry_run:
        case = Case(f"{read.title} from {path.name}"[:200], options.reason, options.source)
        if not (case.reason.strip() and case.source_title.strip()):
            raise UsageError("Say why and on whose word: --reason TEXT --source TEXT; or look first with --dry-run.")
        number = propose(by=by, case=case, changes=changes).pk
    acts = {act: sum(change.act == act for change in changes) for act in ("create", "change", "retire", "restore")}
    if options.json:
        said = {"framework": read.key, "title": read.title, "statements": len(read.statements), "changes": acts}
        said |= {"notes": notes, "proposal": number}
        sys.stdout.write(dumps(envelope("package", timezone.localdate(), said)) + "\n")
    else:
        sys.stdout.write(_words(read, acts, notes, number))
    return 0


def _changes(read: CaseRead) -> tuple[list[Change], list[str]]:
    """What a package changes here, statements first, then crosswalks; and what was passed over, in sentences."""
    related = crosswalk_changes(read.key, read.relations, held_statements() if read.relations else {})
    notes = list(read.notes)
    if related.elsewhere:
        notes.append(
            f"{related.elsewhere} crosswalks lead to statements that are not held here; they were passed over."
        )
    return [*framework_changes(read), *related.changes], notes


def held_statements() -> dict[str, str]:
    """Every standing statement as `framework/code`, by the identifier that packages of ours give it."""
    return {identifier_in(framework, code): f"{key}/{code}" for framework, key, code in statements_held()}


def _words(read: CaseRead, acts: dict[str, int], notes: list[str], number: int | None) -> str:
    done = ", ".join(f"{n} to {act}" for act, n in acts.items() if n) or "nothing to change"
    lines = [f"{read.title}: {len(read.statements)} statements; {done}.", *notes]
    if number is not None:
        lines.append(f"Proposal {number} waits for a reviewer; nothing is changed until one accepts it.")
    else:
        lines.append("Nothing was proposed.")
    return "\n".join(lines) + "\n"
