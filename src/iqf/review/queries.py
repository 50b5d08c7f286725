"""Shared reads of review: which matches and proposals wait, and which were decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from iqf.catalogue.queries import NotFoundError
from iqf.review.models import BorderlineRow, Look, Lot, LotDecision, Proposal, ProposedChange, ProposedMatch
from iqf.review.proposal_states import DRAFT, OPEN
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


def lots_of(numbers: Iterable[int]) -> dict[int, int]:
    """The lot in which each of these decisions was made, where it was made with others and they stand."""
    held = LotDecision.objects.filter(number__in=list(numbers), lot__undone_at=None)
    return dict(held.values_list("number", "lot"))


@dataclass(frozen=True)
class LotStanding:
    """Decisions that were made together and were not taken back: how many, by whom, when and why."""

    number: int
    decisions: int
    by: str
    at: datetime
    reason: str


def lot_standing(number: int) -> LotStanding:
    """Decisions made together, by the number of their lot. Raises NotFoundError."""
    held = Lot.objects.filter(pk=number, undone_at=None).first() if number < 2**63 else None
    if held is None:
        raise NotFoundError(f"There is no lot {number} that stands; see what was decided.")
    return LotStanding(held.pk, held.decisions.count(), held.by, held.at, held.reason)


def borderline(subject: str) -> BorderlineRow:
    """A row that waits for a reviewer's choice. Raises NotFoundError."""
    found = BorderlineRow.objects.filter(subject=subject).first()
    if found is None:
        raise NotFoundError(f"Nothing waits to be decided about {subject}; see the inbox.")
    return found


def last_looks() -> dict[str, Look]:
    """When somebody looked last for duplicates, by the kind of thing."""
    return {look.of: look for look in Look.objects.order_by("of")}


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


@dataclass(frozen=True)
class Asked:
    """Which proposals are asked for; blank: all."""

    state: str = ""
    author: str = ""
    entity: str = ""
    words: str = ""
    body: str = ""


def proposals(asked: Asked) -> QuerySet[Proposal]:
    """The proposals that are asked for, those that wait longest first; drafts are their author's alone."""
    found = Proposal.objects.order_by("sent_at", "id") if asked.state in OPEN else Proposal.objects.order_by("-id")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.author:
        found = found.filter(author=asked.author)
    if asked.body:
        found = found.filter(body=asked.body)
    if asked.entity:
        found = found.filter(_any_change(entity=asked.entity))
    if asked.words:
        found = found.filter(Q(title__icontains=asked.words) | _any_change(subject__icontains=asked.words))
    return found


def _any_change(**of: str) -> Exists:
    """Whether any change of a proposal is like this: looked for in those in question, not in all there ever were."""
    return Exists(ProposedChange.objects.filter(proposal=OuterRef("pk"), **of))


def visible_to(found: QuerySet[Proposal], name: str) -> QuerySet[Proposal]:
    """Without the drafts of other people."""
    return found.exclude(~Q(author=name), state=DRAFT)


def with_sizes(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Each with how many changes it has, as `size`; the changes themselves, which may be thousands, are not read."""
    each = ProposedChange.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    return found.annotate(size=Coalesce(Subquery(each.annotate(n=Count("pk")).values("n")), 0))


def proposal_numbered(number: int, name: str) -> Proposal:
    """One proposal by its number, as this person may see it. Raises NotFoundError."""
    found = visible_to(Proposal.objects.filter(pk=number), name).first() if number < 2**63 else None
    if found is None:
        raise NotFoundError(f"There is no proposal {number}; see the list of proposals.")
    return found


def counts_by_state(name: str) -> dict[str, int]:
    """How many proposals there are in each state, without the drafts of other people."""
    rows = visible_to(Proposal.objects.all(), name).values_list("state").annotate(n=Count("pk"))
    return dict(rows.order_by())
