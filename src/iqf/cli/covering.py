"""Commands about coverage: the table in every form, and what stands behind one of its numbers."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from iqf.accounts.permissions import PROPOSE
from iqf.cli.acting import acting
from iqf.cli.answering import answered, ready
from iqf.cli.main import UsageError
from iqf.cli.text import coverage as words
from iqf.exchange.formats.coverage_chart import coverage_chart
from iqf.exchange.formats.coverage_words import finding
from iqf.exchange.formats.coverage_workbook import coverage_workbook
from iqf.exchange.formats.sheets import csv_text
from iqf.reports import coverage as report
from iqf.reports.coverage import CoverageAnswer
from iqf.reports.coverage_cell import cell
from iqf.reports.private.carrying import carry as carrying
from iqf.reports.private.editions import draft_coverage, name_problem, next_edition
from iqf.reports.role_coverage import in_framework
from iqf.review.actions.carrying import propose_carried
from iqf.review.actions.proposing import Case, begin
from iqf.review.queries import proposal_numbered


def coverage(options: argparse.Namespace) -> int:
    """What units teach against a framework; with `--area`, the units behind one number."""
    ready()
    if options.draft is not None:
        return _draft(options)
    if not options.framework:
        raise UsageError("Say which framework, such as: iqf coverage common-core-2005")
    if options.area or options.row:
        return _cell(options)
    if options.role:
        return _role(options)
    answer = report.coverage(
        options.framework, by=options.by, rule=options.rule, scheme=options.scheme, through=options.through
    )
    if options.xlsx or options.chart:
        return _files(options, answer)
    if options.csv:
        sys.stdout.write(csv_text(*report.table(answer)))
        return 0
    return answered(options, "coverage", answer, words.coverage)


def _cell(options: argparse.Namespace) -> int:
    if not options.area or options.csv or options.xlsx or options.chart:
        raise UsageError("--row goes with --area; what is behind one number can be had as text or with --json.")
    answer = cell(
        options.framework,
        options.area,
        row=options.row,
        by=options.by,
        rule=options.rule,
        scheme=options.scheme,
        through=options.through,
    )
    return answered(options, "coverage-cell", answer, words.cell)


def _role(options: argparse.Namespace) -> int:
    if options.csv or options.xlsx or options.chart or options.through:
        raise UsageError("The coverage of one role can be had as text or with --json.")
    return answered(options, "role-coverage", in_framework(options.role, options.framework), words.of_role)


def _files(options: argparse.Namespace, answer: CoverageAnswer) -> int:
    """The workbook and the chart, each where it was asked for; then the finding, in a sentence."""
    if options.xlsx:
        _write(options.xlsx, ".xlsx", coverage_workbook(answer))
    if options.chart:
        _write(options.chart, ".svg", coverage_chart(answer).encode())
    return answered(options, "coverage", answer, lambda found: f"{finding(found)}\n")


def _write(name: str, ending: str, data: bytes) -> None:
    path = Path(name)
    if path.suffix.lower() != ending:
        raise UsageError(f"{name} should end in {ending}, which is what is written there.")
    path.write_bytes(data)


def _draft(options: argparse.Namespace) -> int:
    """The coverage that a drafted framework would have. Only those who see the proposal are answered."""
    proposal = proposal_numbered(options.draft, acting(argparse.Namespace(by=options.viewer), PROPOSE))
    answer = draft_coverage(proposal)
    return answered(options, "draft-coverage", answer, words.draft)


def carry(options: argparse.Namespace) -> int:
    """What units teach of an old edition, proposed for the new one."""
    ready()
    by = acting(options, PROPOSE)
    answer = carrying(options.old, options.new)
    made: list[int] = []
    if answer.changes and not options.dry_run:
        if not (options.reason.strip() and options.source.strip()):
            raise UsageError("Say why and on whose word: --reason TEXT --source TEXT; or look first with --dry-run.")
        title = f"{answer.old.title} carried over to {answer.new.title}"[:150]
        case = Case(title, options.reason, options.source)
        made = [one.pk for one in propose_carried(by=by, case=case, changes=answer.changes)]
    done = {"answer": answer, "proposals": made}
    return answered(options, "carry", done, lambda _: words.carried(answer, made))


def edition(options: argparse.Namespace) -> int:
    """A draft of the edition that replaces one, with every statement as it stands."""
    ready()
    by = acting(options, PROPOSE)
    if problem := name_problem(options.new):
        raise UsageError(problem)
    answer = next_edition(options.old, options.new, title=options.title, edition=options.edition)
    case = Case(f"Next edition of {answer.old.title}: {answer.key}"[:200])
    made = None if options.dry_run else begin(by=by, case=case, changes=answer.changes).pk
    done = {"answer": answer, "proposal": made}
    return answered(options, "edition", done, lambda _: words.edition(answer, made))


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "coverage": coverage,
    "carry": carry,
    "edition": edition,
}
