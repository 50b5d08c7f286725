"""Every write to review: what a source proposes, and what somebody decides. Each is audited in its transaction."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.catalogue.actions.accepted import CannotTie, tie_accepted, untie_accepted
from iqf.catalogue.actions.decisions import REASON_MOST, CannotDecide, one_reason
from iqf.catalogue.actions.joining import join
from iqf.catalogue.actions.parting import unjoin
from iqf.catalogue.joined import code_now, joined_into
from iqf.catalogue.joining import CannotJoin, may_join
from iqf.catalogue.models.things import Thing
from iqf.review.models import ProposedMatch
from iqf.review.queries import rivals
from iqf.review.sides import Pair, rows_of, said_by, things_of
from iqf.review.states import ACCEPTED, DECLINED, WAITING, NotNowError, after

BATCH = 500
BY_HAND = "by hand"
ASKED = "Somebody asked whether they are one."


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
    def in_order(self) -> "FoundMatch":
        """The same, two things always in one order, whichever of them was looked for: the older one is the code."""
        if self.register or self.reference >= self.code:
            return self
        turned = replace(self, reference=self.code, code=self.reference)
        return replace(turned, title=self.matched_title, matched_title=self.title)

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
    of the collection; what waits for the others is left as it is. A pair of things that another collection proposed,
    or a person, is theirs.
    """
    wanted = {match.in_order.pair: match.in_order for match in found}
    held = {(m.register, m.reference, m.code): m for m in _held(collection, wanted)}
    said = said_by(wanted)
    fresh = [_fresh(collection, match, said[pair]) for pair, match in wanted.items() if pair not in held]
    changed = [
        m
        for pair, m in held.items()
        if pair in wanted
        and (m.collection == collection or m.state not in (WAITING, ACCEPTED))
        and _bring_in_step(m, wanted[pair], said[pair])
    ]
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


def _held(collection: str, wanted: Collection[Pair]) -> QuerySet[ProposedMatch]:
    things = [reference for register, reference, _ in wanted if not register]
    of_things = Q(register="", reference__in=things) if things else Q(pk__in=())
    return ProposedMatch.objects.filter(Q(collection=collection) | of_things)


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
    return number


@transaction.atomic
def propose(*, by: str, a: str, b: str, why: str = "", score: float = 1.0) -> ProposedMatch:
    """Let two things wait for a decision about whether they are one. A pair that waits already, waits once.

    Raises CannotDecide where the two cannot be one, or where it was decided already.
    """
    found = _found(a, b, why, score)
    held = ProposedMatch.objects.filter(register="", reference=found.reference, code=found.code).first()
    if held is not None and held.state in (ACCEPTED, DECLINED):
        said = "one thing" if held.state == ACCEPTED else "not the same"
        because = f"decision {held.decision}, by {held.decided_by}: {held.reason}"
        raise CannotDecide(f"{a} and {b} were found to be {said} ({because}); undo that first.")
    if held is not None and held.state == WAITING:
        return held
    before = {"state": held.state} if held else {}
    held = held or ProposedMatch(collection=BY_HAND, **vars(found))
    held.said = said_by([found.pair])[found.pair]
    held.state = after(held.state, "propose") if before else WAITING
    held.why, held.score = found.why, score
    held.save()
    subject = f"match:{found.reference}>{found.code}"
    audit(by=by, action="propose match", subject=subject, before=before, after={"state": WAITING, "why": held.why})
    return held


def _found(a: str, b: str, why: str, score: float) -> FoundMatch:
    things = things_of([a, b])
    for code in (a, b):
        if code not in things:
            raise CannotDecide(f"There is no thing {code}.")
    try:
        may_join(things[a], things[b])
    except CannotJoin as error:
        raise CannotDecide(str(error)) from None
    said = (why or ASKED)[:400]
    return FoundMatch("", a, things[a].title, b, things[b].title, score, said).in_order


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
    _undecided(held)
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
    try:
        unjoin(by=by, gone=gone, reason=reason)
    except CannotJoin as error:
        raise CannotDecide(str(error)) from None


def _part(held: ProposedMatch, by: str, reason: str) -> None:
    into = joined_into([held.code, held.reference])
    gone = next((a for a, b in into.items() if {a, b} == {held.code, held.reference}), "")
    if not gone:
        raise CannotDecide(f"{held.code} and {held.reference} are not joined any more.")
    try:
        unjoin(by=by, gone=gone, reason=reason)
    except CannotJoin as error:
        raise CannotDecide(str(error)) from None


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
