"""Matches: what a source proposes, and what somebody decides about it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.catalogue.actions.accepted import CannotTie, tie_accepted, untie_accepted
from iqf.catalogue.actions.decisions import CannotDecide, one_reason
from iqf.review.models import ProposedMatch
from iqf.review.sides import Pair, rows_of, said_by, things_of
from iqf.review.states import ACCEPTED, DECLINED, WAITING, NotNowError, after

BATCH = 500


@dataclass(frozen=True)
class FoundMatch:
    """An official row (or, without a register, another thing) that may be the thing of a code: how alike, and why."""

    register: str
    reference: str
    title: str
    code: str
    matched_title: str
    score: float
    why: str

    @property
    def pair(self) -> Pair:
        """What it is a match of."""
        return self.register, self.reference, self.code


@dataclass(frozen=True)
class HeldMatches:
    """The pairs that wait for a decision, and how many rows had to be written."""

    waiting: frozenset[Pair]
    writes: int


@transaction.atomic
def hold_matches(
    *, by: str, collection: str, found: Iterable[FoundMatch], looked_at: Collection[str] | None = None
) -> HeldMatches:
    """Make the waiting matches of one collection be these. Unchanged ones are not written.

    What was decided is remembered and not proposed again: a declined match is, once what either side says of itself
    has changed materially (see sides.said_by). `looked_at`: the references that were looked at, where that is a part
    of the collection; what waits for the others is left as it is.
    """
    wanted = {match.pair: match for match in found}
    mine = ProposedMatch.objects.filter(collection=collection)
    held = {(m.register, m.reference, m.code): m for m in mine}
    said = said_by(wanted)
    fresh = [_fresh(collection, match, said[pair]) for pair, match in wanted.items() if pair not in held]
    changed = [m for pair, m in held.items() if pair in wanted and _bring_in_step(m, wanted[pair], said[pair])]
    gone = [
        m
        for pair, m in held.items()
        if pair not in wanted and m.state == WAITING and (looked_at is None or m.reference in looked_at)
    ]
    for match in gone:
        match.state = after(match.state, "withdraw")
    ProposedMatch.objects.bulk_create(fresh, batch_size=BATCH)
    names = ["title", "matched_title", "score", "why", "said", "state", "earlier"]
    decided = ["decided_by", "decided_on", "reason", "decision"]
    ProposedMatch.objects.bulk_update([*changed, *gone], names + decided, batch_size=BATCH)
    if fresh or changed or gone:
        counts = {"proposed": len(fresh), "changed": len(changed), "withdrawn": len(gone)}
        audit(by=by, action="propose matches", subject=f"matches:{collection}", before={}, after=counts)
    waiting = {pair for pair in wanted if pair not in held or held[pair].state == WAITING}
    return HeldMatches(frozenset(waiting), len(fresh) + len(changed) + len(gone))


def _fresh(collection: str, match: FoundMatch, said: str) -> ProposedMatch:
    return ProposedMatch(collection=collection, said=said, **vars(match))


def _bring_in_step(held: ProposedMatch, match: FoundMatch, said: str) -> bool:
    """Bring a known match in step with what was found; true where it has to be written."""
    if held.state == ACCEPTED or (held.state == DECLINED and held.said == said):
        return False
    before = (held.state, *(getattr(held, name) for name in ("title", "matched_title", "score", "why", "said")))
    if held.state == DECLINED:
        held.earlier = f"Declined on {held.decided_on}: {held.reason}"[:700]
        _undecided(held)
    held.state = held.state if held.state == WAITING else after(held.state, "propose")
    held.title, held.matched_title, held.score, held.why = match.title, match.matched_title, match.score, match.why
    held.said = said
    return before != (held.state, match.title, match.matched_title, match.score, match.why, said)


def _undecided(held: ProposedMatch) -> None:
    held.decided_by = held.reason = ""
    held.decided_on = held.decision = None


@transaction.atomic
def accept(*, by: str, match: int, reason: str) -> int:
    """Accept a match by its number: the thing is tied to the official row. Returns the number of the decision.

    Raises CannotDecide where it does not wait, where either side no longer stands, or without a reason.
    """
    held = _waiting(match)
    row = rows_of([(held.register, held.reference, held.code)]).get((held.register, held.reference))
    thing = things_of([held.code]).get(held.code)
    if row is None or row.retired or thing is None or thing.is_retired:
        raise CannotDecide("One of the two no longer stands; decline the match, or wait for the next import.")
    number = _decide(held, "accept", by, reason)
    try:
        tie_accepted(by=by, thing=thing, row=row, decision=number, reason=held.reason)
    except CannotTie as error:
        raise CannotDecide(str(error)) from None
    return number


@transaction.atomic
def decline(*, by: str, match: int, reason: str) -> int:
    """Decline a match by its number: it is not proposed again while both sides say what they say. Returns the number
    of the decision. Raises CannotDecide where it does not wait, or without a reason.
    """
    return _decide(_waiting(match), "decline", by, reason)


@transaction.atomic
def undo(*, by: str, decision: int, reason: str) -> None:
    """Undo a decision by its number: the match waits again, and what accepting it tied is untied.

    Raises CannotDecide where there is no such decision, or without a reason.
    """
    reason = one_reason(reason)
    held = ProposedMatch.objects.select_for_update().filter(decision=decision).first()
    if held is None:
        raise CannotDecide(f"There is no decision {decision} about a match that stands.")
    was = held.state
    held.state = after(held.state, "undo")
    _undecided(held)
    held.save()
    before, subject = {"state": was}, f"match:{held.reference}>{held.code}"
    audit(by=by, action="reopen match", subject=subject, before=before, after={"state": held.state}, reason=reason)
    if was == ACCEPTED:
        untie_accepted(by=by, code=held.code, register=held.register, reference=held.reference, reason=reason)


def _waiting(match: int) -> ProposedMatch:
    held = ProposedMatch.objects.select_for_update().filter(pk=match).first()
    if held is None:
        raise CannotDecide(f"There is no match {match}; see: iqf matches")
    return held


def _decide(held: ProposedMatch, act: str, by: str, reason: str) -> int:
    reason = one_reason(reason)
    before = held.state
    try:
        held.state = after(held.state, act)
    except NotNowError as error:
        raise CannotDecide(str(error)) from None
    event = audit(
        by=by,
        action=f"{act} match",
        subject=f"match:{held.reference}>{held.code}",
        before={"state": before},
        after={"state": held.state, "title": held.title, "matched_title": held.matched_title, "score": held.score},
        reason=reason,
    )
    held.decided_by, held.decided_on, held.reason, held.decision = by, timezone.localdate(), reason, event.pk
    held.save()
    return event.pk
