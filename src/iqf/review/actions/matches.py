"""What a source or a person proposes: official rows and entries that may be one with a thing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Q, QuerySet

from iqf.accounts.actions import audit
from iqf.catalogue.actions.decisions import CannotDecide
from iqf.catalogue.joining import CannotJoin, may_join
from iqf.review.models import ProposedMatch
from iqf.review.sides import Pair, said_by, things_of
from iqf.review.states import ACCEPTED, DECLINED, WAITING, after

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
    only_similar: bool = False

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
    names = ["title", "matched_title", "score", "why", "only_similar", "said", "state", "earlier"]
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
    names = ("title", "matched_title", "score", "why", "only_similar")
    before = (held.state, held.said, *(getattr(held, name) for name in names))
    if held.state == DECLINED:
        held.earlier = f"Declined on {held.decided_on}: {held.reason}"[:700]
        undecided(held)
    held.state = held.state if held.state == WAITING else after(held.state, "propose")
    for name in names:
        setattr(held, name, getattr(match, name))
    held.said = said
    return before != (held.state, said, *(getattr(match, name) for name in names))


def undecided(held: ProposedMatch) -> None:
    """Forget who decided, when and why. The caller stores it."""
    held.decided_by = held.reason = ""
    held.decided_on = held.decision = None


@transaction.atomic
def propose(*, by: str, a: str, b: str, why: str = "", score: float = 1.0) -> ProposedMatch:
    """Let two things wait for a decision about whether they are one. A pair that waits already, waits once.

    One that waits as only similar waits as perhaps one from then on. Raises CannotDecide where the two cannot be one,
    or where it was decided already.
    """
    found = _found(a, b, why, score)
    held = ProposedMatch.objects.filter(register="", reference=found.reference, code=found.code).first()
    if held is not None and held.state in (ACCEPTED, DECLINED):
        said = "one thing" if held.state == ACCEPTED else "not the same"
        because = f"decision {held.decision}, by {held.decided_by}: {held.reason}"
        raise CannotDecide(f"{a} and {b} were found to be {said} ({because}); undo that first.")
    if held is not None and held.state == WAITING and not held.only_similar:
        return held
    before = {"state": held.state} if held else {}
    held = held or ProposedMatch(collection=BY_HAND, **vars(found))
    if held.only_similar:
        held.collection, held.only_similar = BY_HAND, False
    held.said = said_by([found.pair])[found.pair]
    held.state = held.state if held.state == WAITING else after(held.state, "propose")
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
