"""Shared reads of review: which matches wait, and which were decided."""

from django.db.models import QuerySet

from iqf.catalogue.queries import NotFoundError
from iqf.review.models import ProposedMatch
from iqf.review.sides import said_by
from iqf.review.states import DECIDED, DECLINED, WAITING


def waiting_matches() -> QuerySet[ProposedMatch]:
    """The matches that wait for a decision, most alike first."""
    return ProposedMatch.objects.filter(state=WAITING).order_by("-score", "reference", "code")


def decided_matches() -> QuerySet[ProposedMatch]:
    """The matches that somebody accepted or declined, latest first."""
    return ProposedMatch.objects.filter(state__in=DECIDED).order_by("-decision")


def kept_apart() -> frozenset[frozenset[str]]:
    """The pairs of things, by their codes, that somebody found not to be one and that say what they said then."""
    rows = ProposedMatch.objects.filter(register="", state=DECLINED)
    said = {("", reference, code): said for reference, code, said in rows.values_list("reference", "code", "said")}
    return frozenset(frozenset(pair[1:]) for pair, now in said_by(said).items() if now == said[pair])


def match_numbered(number: int) -> ProposedMatch:
    """One match by its number. Raises NotFoundError."""
    found = ProposedMatch.objects.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotFoundError(f"There is no match {number}; see the list of what waits.")
    return found


def rivals(match: ProposedMatch) -> QuerySet[ProposedMatch]:
    """The other matches that wait for the same official row, most alike first. A thing may be one with several."""
    if not match.register:
        return ProposedMatch.objects.none()
    same = waiting_matches().filter(register=match.register, reference=match.reference)
    return same.exclude(pk=match.pk)
