"""What somebody decides about a proposed match, and undoes again: tied and untied, joined and parted."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.analysis.states import NotNowError
from iqf.catalogue.actions.accepted import CannotTie, tie_accepted, untie_accepted
from iqf.catalogue.actions.decisions import REASON_MOST, CannotDecide, one_reason
from iqf.catalogue.actions.joining import join
from iqf.catalogue.actions.parting import unjoin
from iqf.catalogue.joined import code_now, joined_into
from iqf.catalogue.joining import CannotJoin
from iqf.catalogue.models.things import Thing
from iqf.review.actions.matches import BATCH, propose, undecided
from iqf.review.models import ProposedMatch
from iqf.review.queries import rivals
from iqf.review.sides import rows_of, said_by, things_of
from iqf.review.states import ACCEPTED, WAITING, WITHDRAWN, after

UNTIL_JOINED = "Waited until it was joined. "


@transaction.atomic
def accept(*, by: str, match: int, reason: str, keep: str = "") -> int:
    """Accept a match by its number. Returns the number of the decision.

    A thing is tied to its official row, and the other candidates of the row are declined with it. Two things are
    joined: that of the code `keep` stands (else the older), and the other is joined into it. Raises CannotDecide
    where it does not wait, where either side no longer stands, or without a reason.
    """
    held = _waiting(match)
    if not held.register:
        return _accept_as_one(held, by, reason, keep or held.code)
    row = rows_of([(held.register, held.reference, held.code)]).get((held.register, held.reference))
    thing = _thing_now(held.code)
    if row is None or row.retired or thing is None or thing.is_retired:
        raise CannotDecide("One of the two no longer stands; decline the match, or wait for the next import.")
    number = _decide(held, "accept", by, reason)
    try:
        tie_accepted(by=by, thing=thing, row=row, decision=number, reason=held.reason)
    except CannotTie as error:
        raise CannotDecide(str(error)) from None
    for rival in rivals(held).select_for_update():
        _decide(rival, "decline", by, f"Another was accepted: {held.code} {held.matched_title}", number)
    return number


def _thing_now(code: str) -> Thing | None:
    """The thing of a code; what it is now, where it was joined into another."""
    now = code_now(code)
    return things_of([now]).get(now)


def _accept_as_one(held: ProposedMatch, by: str, reason: str, keep: str) -> int:
    sides = {held.code, held.reference}
    if keep not in sides:
        raise CannotDecide(f"{keep} is neither {held.code} nor {held.reference}; say which of the two stands.")
    number = _decide(held, "accept", by, reason)
    try:
        join(by=by, kept=keep, gone=(sides - {keep}).pop(), reason=held.reason)
    except CannotJoin as error:
        raise CannotDecide(str(error)) from None
    _follow_joining(by, keep, (sides - {keep}).pop(), reason)
    return number


def _follow_joining(by: str, kept: str, gone: str, reason: str) -> None:
    """What waits about an entry that was joined waits no more; what waits about the one that stands knows it as it
    is now. So the next import finds what it left.
    """
    waiting = list(ProposedMatch.objects.filter(Q(code=gone) | Q(register="", reference=gone), state=WAITING))
    for match in waiting:
        match.state = after(match.state, "withdraw")
        match.earlier = f"{UNTIL_JOINED}{match.earlier}"[:700]
    ProposedMatch.objects.bulk_update(waiting, ["state", "earlier"], batch_size=BATCH)
    if waiting:
        before, now = {"state": WAITING}, {"state": WITHDRAWN, "matches": len(waiting)}
        audit(by=by, action="withdraw matches", subject=gone, before=before, after=now, reason=reason)
    _say_again(kept)


def _follow_parting(by: str, kept: str, gone: str, reason: str) -> None:
    """What waited about an entry until it was joined waits again."""
    about = Q(code=gone) | Q(register="", reference=gone)
    again = list(ProposedMatch.objects.filter(about, state=WITHDRAWN, earlier__startswith=UNTIL_JOINED))
    for match in again:
        match.state = after(match.state, "propose")
        match.earlier = match.earlier.removeprefix(UNTIL_JOINED)
    ProposedMatch.objects.bulk_update(again, ["state", "earlier"], batch_size=BATCH)
    if again:
        before, now = {"state": WITHDRAWN}, {"state": WAITING, "matches": len(again)}
        audit(by=by, action="propose matches", subject=gone, before=before, after=now, reason=reason)
    _say_again(kept)


def _say_again(code: str) -> None:
    """What both sides of the waiting matches of a thing say of themselves, as it is now."""
    waiting = list(ProposedMatch.objects.filter(Q(code=code) | Q(register="", reference=code), state=WAITING))
    said = said_by([(m.register, m.reference, m.code) for m in waiting])
    for match in waiting:
        match.said = said[match.register, match.reference, match.code]
    ProposedMatch.objects.bulk_update(waiting, ["said"], batch_size=BATCH)


@transaction.atomic
def join_things(*, by: str, keep: str, gone: str, reason: str) -> int:
    """Say that two things are one: `keep` stands, `gone` is joined into it. Returns the number of the decision.

    Remembered as an accepted match: it stands among what was decided, and is undone there. Raises CannotDecide.
    """
    return accept(by=by, match=propose(by=by, a=keep, b=gone).pk, reason=reason, keep=keep)


@transaction.atomic
def keep_apart(*, by: str, a: str, b: str, reason: str, why: str = "", score: float = 1.0) -> int:
    """Say that two things are not one. Remembered with its reason. Returns the number. Raises CannotDecide."""
    return decline(by=by, match=propose(by=by, a=a, b=b, why=why, score=score).pk, reason=reason)


@transaction.atomic
def decline(*, by: str, match: int, reason: str) -> int:
    """Decline a match by its number: it is not proposed again while both sides say what they say. Returns the number
    of the decision. Raises CannotDecide where it does not wait, or without a reason.
    """
    return _decide(_waiting(match), "decline", by, reason)


@transaction.atomic
def decline_all(*, by: str, match: int, reason: str) -> int:
    """Decline a match and every other candidate of its row: the row is none of them. Returns the number.

    Raises CannotDecide as `decline`.
    """
    held = _waiting(match)
    number = _decide(held, "decline", by, reason)
    for rival in rivals(held).select_for_update():
        _decide(rival, "decline", by, reason, number)
    return number


@transaction.atomic
def undo(*, by: str, decision: int, reason: str) -> None:
    """Undo a decision by its number: what it decided waits again; what accepting tied is untied, what it joined is
    parted. Candidates that were declined with it wait again with it.

    Raises CannotDecide where there is no such decision, where two things cannot be parted exactly any more, or
    without a reason.
    """
    reason = one_reason(reason)
    together = list(ProposedMatch.objects.select_for_update().filter(decision=decision).order_by("state", "pk"))
    if not together:
        raise CannotDecide(f"There is no decision {decision} about a match that stands.")
    for held in together:
        _reopen(held, by, reason)


def _reopen(held: ProposedMatch, by: str, reason: str) -> None:
    was = held.state
    held.state = after(held.state, "undo")
    undecided(held)
    held.save()
    before, subject = {"state": was}, f"match:{held.reference}>{held.code}"
    audit(by=by, action="reopen match", subject=subject, before=before, after={"state": held.state}, reason=reason)
    if was == ACCEPTED and held.register:
        untie_accepted(by=by, code=held.code, register=held.register, reference=held.reference, reason=reason)
    elif was == ACCEPTED:
        _part(held, by, reason)


@transaction.atomic
def part(*, by: str, gone: str, reason: str) -> None:
    """Part the entry of a code from the one that it was joined into; what was decided about them waits again.

    Raises CannotDecide where it is not joined, or they cannot be parted exactly any more.
    """
    kept = joined_into([gone]).get(gone)
    accepted = ProposedMatch.objects.filter(register="", state=ACCEPTED, code__in=[gone, kept])
    held = accepted.filter(reference__in=[gone, kept]).first() if kept else None
    if held is not None and held.decision is not None:
        undo(by=by, decision=held.decision, reason=reason)
        return
    _unjoin(by, kept or "", gone, reason)


def _unjoin(by: str, kept: str, gone: str, reason: str) -> None:
    try:
        unjoin(by=by, gone=gone, reason=reason)
    except CannotJoin as error:
        raise CannotDecide(str(error)) from None
    _follow_parting(by, kept, gone, reason)


def _part(held: ProposedMatch, by: str, reason: str) -> None:
    into = joined_into([held.code, held.reference])
    gone = next((a for a, b in into.items() if {a, b} == {held.code, held.reference}), "")
    if not gone:
        raise CannotDecide(f"{held.code} and {held.reference} are not joined any more.")
    _unjoin(by, into[gone], gone, reason)


def _waiting(match: int) -> ProposedMatch:
    held = ProposedMatch.objects.select_for_update().filter(pk=match).first()
    if held is None:
        raise CannotDecide(f"There is no match {match}; see: iqf matches")
    return held


def _decide(held: ProposedMatch, act: str, by: str, reason: str, with_decision: int | None = None) -> int:
    """`with_decision`: the number of the decision that this one follows from."""
    reason = one_reason(reason[:REASON_MOST] if with_decision else reason)
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
    held.decided_by, held.decided_on, held.reason = by, timezone.localdate(), reason
    held.decision = with_decision or event.pk
    held.save()
    return held.decision
