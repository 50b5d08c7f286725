"""The rule of inclusion put to work: rows admitted or let go, then every list tied again to what now stands.

All in one transaction, one writer at a time, as an ingest.
"""

from collections.abc import Callable, Collection, Sequence

from iqf.analysis.inclusion import Rule
from iqf.catalogue.actions import admission
from iqf.catalogue.actions.admission import Admitted, ChosenRow
from iqf.evidence.models import Retrieval
from iqf.exchange.sources.pattern import one_transaction
from iqf.exchange.sources.registry import LISTS


def apply_rule(*, by: str, rule: Rule | None = None, reason: str = "") -> Admitted:
    """Put a rule in force and tie every list to what it admits. Raises CannotDecide; Refused."""
    return _tied(by, lambda: admission.apply_rule(by=by, rule=rule, reason=reason))


def choose(*, by: str, rows: Sequence[ChosenRow], outcome: str, reason: str) -> Admitted:
    """Record a reviewer's choice about rows and do what it says. Raises CannotDecide; Refused."""
    return _tied(by, lambda: admission.choose(by=by, rows=rows, outcome=outcome, reason=reason))


def undo(*, by: str, subjects: Collection[str], reason: str = "") -> Admitted:
    """Take choices back. Raises CannotDecide; Refused."""
    return _tied(by, lambda: admission.undo(by=by, subjects=subjects, reason=reason))


def _tied(by: str, change: Callable[[], Admitted]) -> Admitted:
    with one_transaction(dry_run=False):
        done = change()
        if done.entered or done.left:
            _tie_every_list(by)
    return done


def _tie_every_list(by: str) -> None:
    """Links, recognitions and conflicts as each list's own ingest makes them, from the rows that it holds already."""
    for what in LISTS:
        if read := _last_reading(what.key):
            what.tie(by, read.source, read)


def _last_reading(source: str) -> Retrieval | None:
    return Retrieval.objects.filter(source__key=source).select_related("source").order_by("-id").first()
