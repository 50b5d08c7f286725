"""Recognition of prior learning: a person asks, an assessor assesses, then credits or declines.

What may be done in which state is said by `claim_states` alone; who may do it is said here, by the scope.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from iqf.accounts.models import User
from iqf.accounts.permissions import ASSESS, may
from iqf.people import queries
from iqf.people.actions.writing import needed, own, tell, words
from iqf.people.claim_states import CREDITED, OPEN, after
from iqf.people.models import Claim, ClaimedThing
from iqf.people.scope import Scope
from iqf.people.trouble import CannotHold


@transaction.atomic
def ask(scope: Scope, *, evidence: int, assessor: str, message: str = "") -> Claim:
    """Put a piece of one's own evidence to an assessor, with all that it is said to show.

    The assessor sees this evidence and nothing else of the portfolio. Raises CannotHold, NotFoundError.
    """
    portfolio = own(scope)
    held = queries.one_evidence(scope, evidence)
    if held.claims.filter(state__in=(*OPEN, CREDITED)).exists():
        raise CannotHold("This evidence is with an assessor already, or has been credited.", "assessor")
    shown = list(held.shows.all())
    if not shown:
        raise CannotHold(
            "Say first which units or statements this evidence shows; an assessor credits those.", "assessor"
        )
    made = Claim.objects.create(
        evidence=held,
        assessor=_assessor(scope, assessor),
        message=words(message, "message", "The message", 4000),
    )
    ClaimedThing.objects.bulk_create(
        ClaimedThing(claim=made, unit_id=thing.unit_id, statement_id=thing.statement_id) for thing in shown
    )
    tell(scope, "claim learning", portfolio)
    return made


def _assessor(scope: Scope, name: str) -> User:
    """The assessor of that user name. One sentence for all that will not do, so that nobody learns who is here."""
    name = needed(name, "assessor", "The user name", "Give the user name of your assessor; ask them for it.", 150)
    found = User.objects.filter(username__iexact=name, is_active=True).first()
    if found is not None and found.pk == scope.user:
        raise CannotHold("Nobody assesses their own learning; give the user name of somebody else.", "assessor")
    if found is None or not may(found, ASSESS):
        raise CannotHold(
            f"There is no assessor with the user name “{name}” here; ask yours how they sign in.", "assessor"
        )
    return found


@transaction.atomic
def withdraw(scope: Scope, claim: int) -> None:
    """Take back a claim that is not decided: the assessor sees it no more. Raises NotFoundError, NotNowError."""
    portfolio = own(scope)
    held = Claim.objects.select_for_update().get(pk=queries.claim(scope, claim).pk)
    held.state = after(held.state, "withdraw")
    held.save()
    tell(scope, "withdraw claim", portfolio)


@transaction.atomic
def assess(scope: Scope, claim: int, *, how: str) -> Claim:
    """Say how a claim that was put to one was assessed. Raises CannotHold, NotFoundError, NotNowError."""
    held = _put_to(scope, claim, "assess")
    held.how = needed(how, "how", "How it was assessed", "Say how you assessed it, such as: talked it through.", 4000)
    held.save()
    tell(scope, "assess claim", held.evidence.portfolio)
    return held


@transaction.atomic
def credit(scope: Scope, claim: int, *, things: Collection[int], reason: str, how: str | None = None) -> Claim:
    """Credit some or all of what was claimed: `things` are the numbers of the claimed things.

    `how`: how it was assessed, where that is said in the same breath. Raises CannotHold, NotFoundError, NotNowError.
    """
    if how is not None:
        assess(scope, claim, how=how)
    held = _put_to(scope, claim, "credit")
    claimed = {thing.pk for thing in held.things.all()}
    if not things or not set(things) <= claimed:
        raise CannotHold("Choose what is credited, out of what was claimed; to credit nothing, decline it.", "things")
    _decide(held, reason, credited=set(things))
    tell(scope, "credit claim", held.evidence.portfolio)
    return held


@transaction.atomic
def decline(scope: Scope, claim: int, *, reason: str, how: str | None = None) -> Claim:
    """Credit nothing of a claim, and say why; perhaps also how it was assessed.

    Raises CannotHold, NotFoundError, NotNowError.
    """
    if how is not None:
        assess(scope, claim, how=how)
    held = _put_to(scope, claim, "decline")
    _decide(held, reason, credited=set())
    tell(scope, "decline claim", held.evidence.portfolio)
    return held


@transaction.atomic
def reopen(scope: Scope, claim: int) -> Claim:
    """Take one's own decision back: nothing of the claim is credited until it is decided again.

    Raises NotFoundError, NotNowError; CannotHold where the same evidence has been put to somebody else since.
    """
    held = _put_to(scope, claim, "reopen")
    others = Claim.objects.filter(evidence=held.evidence_id, state__in=(*OPEN, CREDITED)).exclude(pk=held.pk)
    if others.exists():
        raise CannotHold("This evidence has been put to somebody else since; it is theirs to decide.")
    held.decided_at, held.reason = None, ""
    held.save()
    ClaimedThing.objects.filter(claim=held).update(credited=None)
    tell(scope, "reopen claim", held.evidence.portfolio)
    return held


def _put_to(scope: Scope, number: int, act: str) -> Claim:
    """A claim that was put to whoever asks, locked, in the state that follows the act."""
    seen = queries.claim_put_to(scope, number)
    held = Claim.objects.select_for_update(of=("self",)).select_related("evidence__portfolio").get(pk=seen.pk)
    held.state = after(held.state, act)
    return held


def _decide(held: Claim, reason: str, credited: Collection[int]) -> None:
    held.reason = needed(reason, "reason", "The reason", "Say why; the person reads it.", 4000)
    held.decided_at = timezone.now()
    held.save()
    ClaimedThing.objects.filter(claim=held).update(credited=False)
    ClaimedThing.objects.filter(claim=held, pk__in=credited).update(credited=True)
