"""What waits, decided: several things at once, all of them or none; tried without deciding; undone together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from iqf.analysis.inclusion import CHOSEN, REFUSED
from iqf.catalogue.actions.admission import ChosenRow
from iqf.catalogue.actions.decisions import CannotDecide, decide, reopen
from iqf.catalogue.decided import Conflicts
from iqf.catalogue.models import FieldConflict, InclusionChoice
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.exchange.sources import admitting
from iqf.exchange.sources.pattern import one_transaction
from iqf.review.actions import accept, decline_all
from iqf.review.actions import undo as undo_match
from iqf.review.actions.lots import keep_lot, take_back_lot
from iqf.review.models import BorderlineRow, Lot, ProposedMatch
from iqf.review.queries import match_numbered, rivals

MOST: Final = 200
"""So many things are decided at once at most: what they would change can still be read."""
MOST_JOINED: Final = 10
ACTS: Final[Mapping[str, Mapping[str, str]]] = {
    "conflict": {"keep": "Go on showing what is shown", "other": "Show what the other source says"},
    "duplicate": {"join": "They are one: the older entry stands", "apart": "They are two"},
    "inclusion": {"choose": "They belong to the framework", "refuse": "They do not belong to it"},
    "match": {"accept": "Each row is what it may be", "decline": "The rows are none of these"},
    "similar": {"apart": "They are two"},
}
"""What can be decided about several things of one kind at once. What is only similar is joined one by one."""


@dataclass(frozen=True)
class Verdict:
    """What is decided about one thing that waits: its kind and key as in the inbox, and one of the kind's `ACTS`."""

    kind: str
    key: str
    act: str


@dataclass(frozen=True)
class Fault:
    """Why one of several things cannot be decided so, in one plain sentence."""

    verdict: Verdict
    sentence: str


class CannotSettle(CannotDecide):
    """Things that cannot be decided together; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(dict.fromkeys(fault.sentence for fault in faults)))


def settle(*, by: str, verdicts: Sequence[Verdict], reason: str) -> Lot:
    """Decide several things with one reason, in one transaction: all of them, or none. They can be undone together.

    Raises CannotSettle with everything that stands in the way, CannotDecide without a reason or for too many; Refused
    where somebody else is writing.
    """
    _not_too_many(verdicts)
    with one_transaction(dry_run=False):
        numbers, faults = _each(by, verdicts, reason)
        if faults:
            raise CannotSettle(faults)
        return keep_lot(by=by, numbers=numbers, reason=reason)


def tried(*, by: str, verdicts: Sequence[Verdict]) -> tuple[Fault, ...]:
    """What would stand in the way of deciding these together; nothing stays written. Raises as `settle`."""
    _not_too_many(verdicts)
    with one_transaction(dry_run=True):
        _, faults = _each(by, verdicts, "A trial.")
    return tuple(faults)


def _not_too_many(verdicts: Sequence[Verdict]) -> None:
    if not verdicts:
        raise CannotDecide("Tick at least one thing.")
    if sum(verdict.act == "join" for verdict in verdicts) > MOST_JOINED:
        raise CannotDecide(f"Join {MOST_JOINED} pairs or fewer at once; all that would move is shown for each.")
    if len(verdicts) > MOST:
        raise CannotDecide(f"{len(verdicts)} things are too many to decide at once; tick {MOST} or fewer.")


def _each(by: str, verdicts: Sequence[Verdict], reason: str) -> tuple[list[int], list[Fault]]:
    numbers: list[int] = []
    faults: list[Fault] = []
    for verdict in verdicts:
        if verdict.act not in ACTS.get(verdict.kind, {}):
            faults.append(Fault(verdict, "Say what is to be decided about it."))
        elif verdict.kind != "inclusion":
            with _told(faults, verdict):
                numbers.append(_DECIDES[verdict.kind](by, verdict, reason))
    for act, outcome in (("choose", CHOSEN), ("refuse", REFUSED)):
        rows = [v for v in verdicts if (v.kind, v.act) == ("inclusion", act)]
        numbers += _included(by, rows, outcome, reason, faults) if rows else []
    return numbers, faults


@contextmanager
def _told(faults: list[Fault], *verdicts: Verdict) -> Iterator[None]:
    """What cannot be decided is told of each of these; nothing of it is written."""
    try:
        with transaction.atomic():
            yield
    except CannotDecide as error:
        faults.extend(Fault(verdict, str(error)) for verdict in verdicts)


def _conflict(by: str, verdict: Verdict, reason: str) -> int:
    code, _, field = verdict.key.partition(":")
    waiting = Conflicts([code]).waiting(code, field)
    shown = [row.value_shown for row in waiting[:1]]
    others = list(dict.fromkeys(row.value_other for row in waiting))
    if verdict.act == "other" and len(others) > 1:
        raise CannotDecide(f"Sources give {len(others)} other values; decide it alone.")
    values = shown if verdict.act == "keep" else others
    return decide(by=by, code=code, field=field, value=(values or [""])[0], reason=reason, seen=[*shown, *others])


def _match(by: str, verdict: Verdict, reason: str) -> int:
    held = _numbered(verdict)
    if verdict.act == "decline":
        return decline_all(by=by, match=held.pk, reason=reason)
    if several := rivals(held).count():
        raise CannotDecide(f"It may be any of {several + 1} things; decide it alone.")
    return accept(by=by, match=held.pk, reason=reason)


def _duplicate(by: str, verdict: Verdict, reason: str) -> int:
    act = accept if verdict.act == "join" else decline_all
    return act(by=by, match=_numbered(verdict).pk, reason=reason)


def _numbered(verdict: Verdict) -> ProposedMatch:
    try:
        return match_numbered(int(verdict.key))
    except (NotFoundError, ValueError):
        raise CannotDecide(f"There is no match {verdict.key}.") from None


_DECIDES: Final[Mapping[str, Callable[[str, Verdict, str], int]]] = {
    "conflict": _conflict,
    "match": _match,
    "duplicate": _duplicate,
    "similar": _duplicate,
}


def _included(by: str, verdicts: Sequence[Verdict], outcome: str, reason: str, faults: list[Fault]) -> list[int]:
    wanted = [v.key for v in verdicts]
    waiting = dict(BorderlineRow.objects.filter(subject__in=wanted).values_list("subject", "title"))
    gone = [v for v in verdicts if v.key not in waiting]
    faults += [Fault(v, "Nothing waits to be decided about this row any more.") for v in gone]
    with _told(faults, *(v for v in verdicts if v.key in waiting)):
        rows = [ChosenRow(subject, waiting[subject]) for subject in wanted if subject in waiting]
        admitting.choose(by=by, rows=rows, outcome=outcome, reason=reason)
    made = InclusionChoice.objects.filter(LIVE, subject__in=waiting).order_by("pk")
    return list(made.values_list("decision", flat=True))


def undo(*, by: str, decision: int, reason: str) -> None:
    """Undo one decision of any kind by its number.

    Raises CannotDecide where there is none, or a later one rests on it.
    """
    choice = InclusionChoice.objects.filter(LIVE, decision=decision).first()
    if choice is not None:
        admitting.undo(by=by, subjects=[choice.subject], reason=reason)
    elif FieldConflict.objects.filter(decision=decision).exists():
        reopen(by=by, decision=decision, reason=reason)
    else:
        undo_match(by=by, decision=decision, reason=reason)


def undo_lot(*, by: str, number: int, reason: str) -> int:
    """Undo decisions that were made together, all that still stand or none. Returns how many.

    Raises CannotDecide where there is no such lot, or one of them cannot be undone.
    """
    with one_transaction(dry_run=False):
        numbers = take_back_lot(by=by, number=number, reason=reason)
        choices = InclusionChoice.objects.filter(LIVE, decision__in=numbers)
        subjects = list(choices.values_list("subject", flat=True))
        if subjects:
            admitting.undo(by=by, subjects=subjects, reason=reason)
        left = _standing(numbers)
        for decision in left:
            undo(by=by, decision=decision, reason=reason)
    return len(subjects) + len(left)


def _standing(numbers: Sequence[int]) -> list[int]:
    """Those of these decisions about fields and matches that nobody has undone, in this order."""
    standing = set(FieldConflict.objects.filter(decision__in=numbers).values_list("decision", flat=True))
    standing |= set(ProposedMatch.objects.filter(decision__in=numbers).values_list("decision", flat=True))
    return [number for number in numbers if number in standing]
