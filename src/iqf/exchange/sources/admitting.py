"""The rule of inclusion put to work: rows admitted or let go, then every list tied again to what now stands.

All in one transaction, one writer at a time, as an ingest.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from iqf.analysis.inclusion import Rule
from iqf.catalogue.actions import admission
from iqf.catalogue.actions.admission import Admitted, ChosenRow
from iqf.catalogue.actions.editing import Applied
from iqf.catalogue.actions.proposed_decisions import INCLUSION_CHOICE
from iqf.catalogue.inclusion import rule_in_force, waiting
from iqf.evidence.models import Retrieval
from iqf.exchange.sources.pattern import one_transaction
from iqf.exchange.sources.registry import LISTS
from iqf.exchange.sources.statistics.subjects import tie_again
from iqf.review.actions import reviewing
from iqf.review.actions.borderlines import hold_borderlines
from iqf.review.actions.reviewing import Edit
from iqf.review.models import ProposedChange


def apply_rule(*, by: str, rule: Rule | None = None, reason: str = "") -> Admitted:
    """Put a rule in force and tie every list to what it admits. Raises CannotDecide; Refused."""
    return _tied(by, lambda: admission.apply_rule(by=by, rule=rule, reason=reason))


def choose(*, by: str, rows: Sequence[ChosenRow], outcome: str, reason: str) -> Admitted:
    """Record a reviewer's choice about rows and do what it says. Raises CannotDecide; Refused."""
    of = [row.subject for row in rows]
    return _tied(by, lambda: admission.choose(by=by, rows=rows, outcome=outcome, reason=reason), of)


def undo(*, by: str, subjects: Collection[str], reason: str = "") -> Admitted:
    """Take choices back. Raises CannotDecide; Refused."""
    return _tied(by, lambda: admission.undo(by=by, subjects=subjects, reason=reason), subjects)


def accept(*, by: str, number: int, version: int, reason: str, edits: Mapping[int, Edit] | None = None) -> Applied:
    """Accept a proposal. Where it chooses or refuses official rows, every list is tied again to what stands then, in
    the same transaction. Raises CannotPropose, CannotApply; Refused.
    """
    said: dict[str, Any] = {"by": by, "number": number, "version": version, "reason": reason, "edits": edits}
    rows = ProposedChange.objects.filter(proposal=number, entity=INCLUSION_CHOICE)
    if not rows.exists():
        return reviewing.accept(**said)
    with one_transaction(dry_run=False):
        done = reviewing.accept(**said)
        _tie_every_list(by)
        head = f"{INCLUSION_CHOICE}:"
        look_again(by=by, of=[s.removeprefix(head) for s in done.subjects if s.startswith(head)])
    return done


def _tied(by: str, change: Callable[[], Admitted], of: Collection[str] | None = None) -> Admitted:
    with one_transaction(dry_run=False):
        done = change()
        if done.entered or done.left:
            _tie_every_list(by)
        look_again(by=by, of=of)
    return done


def look_again(*, by: str, of: Collection[str] | None = None) -> None:
    """Put into the inbox which rows the rule in force asks a reviewer about: all of them, or those among some."""
    wanted = None if of is None else set(of)
    hold_borderlines(by=by, found=waiting(rule_in_force().rule, wanted).borderline, of=wanted)


def _tie_every_list(by: str) -> None:
    """Links, recognitions and conflicts as each list's own ingest makes them, from the rows that it holds already."""
    for what in LISTS:
        if read := _last_reading(what.key):
            what.tie(by, read.source, read)
    tie_again(by=by)


def _last_reading(source: str) -> Retrieval | None:
    return Retrieval.objects.filter(source__key=source).select_related("source").order_by("-id").first()
