"""Shared reads of people. Each takes the scope in which it is asked first, and finds nothing outside of it.

What is not there and what may not be seen get the same sentence.
"""

from typing import TypeVar

from django.db.models import F, Model, Prefetch, QuerySet

from iqf.catalogue.queries import NotFoundError
from iqf.people.claim_states import CREDITED, WITHDRAWN
from iqf.people.models import (
    Claim,
    ClaimedThing,
    EvidenceOfLearning,
    Grade,
    HeldItem,
    OwnRole,
    Portfolio,
    SelfRating,
    ShareLink,
    ShownThing,
    Team,
)
from iqf.people.scope import Scope

Row = TypeVar("Row", bound=Model)
MOST = 2**63
THINGS = ("unit__owner", "statement__framework")
"""What a shown or claimed thing is read with."""


def portfolios(scope: Scope) -> QuerySet[Portfolio]:
    """The portfolio in scope: one's own, or the one that a link shows. Nothing or one."""
    rows = Portfolio.objects.select_related("user")
    return rows.filter(pk=scope.shown or 0) if scope.user is None else rows.filter(user=scope.user)


def items(scope: Scope) -> QuerySet[HeldItem]:
    """What is held, latest achieved first; what has no date comes last."""
    rows = HeldItem.objects.filter(portfolio__in=portfolios(scope)).select_related("qualification", "unit")
    named = rows.select_related("qualification__owner", "unit__owner").prefetch_related(
        "qualification__aliases", "unit__aliases"
    )
    return named.order_by("-achieved", "pk")


def item(scope: Scope, number: int) -> HeldItem:
    """One thing that is held. Raises NotFoundError."""
    return _one(items(scope), number, "There is nothing of that number in your portfolio.")


def roles(scope: Scope) -> QuerySet[OwnRole]:
    """The roles that the owner works in now, as they were put in."""
    rows = OwnRole.objects.filter(portfolio__in=portfolios(scope)).select_related("role__joined_into")
    return rows.prefetch_related("role__aliases").order_by("pk")


def own_role(scope: Scope, number: int) -> OwnRole:
    """One role of one's own. Raises NotFoundError."""
    return _one(roles(scope), number, "There is no role of that number in your portfolio.")


def evidence(scope: Scope) -> QuerySet[EvidenceOfLearning]:
    """Evidence of learning, latest first, with what it is said to show and what became of it.

    A link shows of claims only what was credited: what waits or was declined is between a person and their assessor.
    """
    claims = Claim.objects.exclude(state=WITHDRAWN) if scope.user else Claim.objects.filter(state=CREDITED)
    rows = EvidenceOfLearning.objects.filter(portfolio__in=portfolios(scope))
    return rows.prefetch_related(
        Prefetch(
            "shows",
            queryset=ShownThing.objects.select_related(*THINGS).prefetch_related("unit__aliases").order_by("pk"),
        ),
        Prefetch("claims", queryset=_with_things(claims)),
    ).order_by("-date", "pk")


def one_evidence(scope: Scope, number: int) -> EvidenceOfLearning:
    """One piece of evidence. Raises NotFoundError."""
    return _one(evidence(scope), number, "There is no evidence of that number in your portfolio.")


def claims(scope: Scope) -> QuerySet[Claim]:
    """The claims made of the evidence in scope, latest first; taken back ones are left out."""
    mine = Claim.objects.filter(evidence__portfolio__in=portfolios(scope)).exclude(state=WITHDRAWN)
    return _with_things(mine if scope.user else mine.filter(state=CREDITED))


def claim(scope: Scope, number: int) -> Claim:
    """One claim made of the evidence in scope. Raises NotFoundError."""
    return _one(claims(scope), number, "There is no claim of that number in your portfolio.")


def credited(scope: Scope) -> QuerySet[ClaimedThing]:
    """The units and statements that assessors credited."""
    rows = ClaimedThing.objects.filter(credited=True, claim__state=CREDITED)
    mine = rows.filter(claim__evidence__portfolio__in=portfolios(scope))
    named = mine.select_related(*THINGS, "claim__evidence", "claim__assessor").prefetch_related("unit__aliases")
    return named.order_by("pk")


def put_to(scope: Scope) -> QuerySet[Claim]:
    """The claims that were put to whoever asks, as an assessor: those that wait first, then the decided."""
    if not scope.assesses or scope.user is None:
        return Claim.objects.none()
    mine = Claim.objects.filter(assessor=scope.user).exclude(state=WITHDRAWN)
    return _with_things(mine).order_by(F("decided_at").desc(nulls_first=True), "asked_at", "pk")


def claim_put_to(scope: Scope, number: int) -> Claim:
    """One claim that was put to whoever asks. Raises NotFoundError."""
    return _one(put_to(scope), number, "No claim of that number was put to you.")


def links(scope: Scope) -> QuerySet[ShareLink]:
    """The share links of one's own portfolio, latest first. A link shows no links."""
    if scope.user is None:
        return ShareLink.objects.none()
    return ShareLink.objects.filter(portfolio__in=portfolios(scope)).order_by("-pk")


def link(scope: Scope, number: int) -> ShareLink:
    """One share link of one's own. Raises NotFoundError."""
    return _one(links(scope), number, "There is no link of that number of yours.")


def teams(scope: Scope) -> QuerySet[Team]:
    """The teams that whoever asks is in. Nobody else sees them, whatever they administer."""
    if scope.user is None:
        return Team.objects.none()
    return Team.objects.filter(members__user=scope.user).prefetch_related("members__user").order_by("name", "pk")


def team(scope: Scope, number: int) -> Team:
    """One team. Raises NotFoundError."""
    return _one(teams(scope), number, "You are in no team of that number.")


def ratings(scope: Scope, *, of_team: int | None = None, framework: str = "") -> QuerySet[SelfRating]:
    """Self-assessments, latest first: one's own, or those of a team that one is in; perhaps of one framework only.

    A link shows none.
    """
    if scope.user is None:
        return SelfRating.objects.none()
    if of_team is None:
        rows = SelfRating.objects.filter(portfolio__in=portfolios(scope))
    else:
        rows = SelfRating.objects.filter(team__in=teams(scope), team=of_team if of_team < MOST else 0)
    if framework:
        rows = rows.filter(framework__code=framework)
    grades = Grade.objects.select_related("statement", "row")
    return (
        rows.select_related("framework", "team")
        .prefetch_related(Prefetch("grades", queryset=grades))
        .order_by("-on", "-pk")
    )


def rating(scope: Scope, number: int) -> SelfRating:
    """One self-assessment, one's own or that of a team that one is in. Raises NotFoundError."""
    missing = "There is no self-assessment of that number of yours."
    if scope.user is None or number >= MOST:
        raise NotFoundError(missing)
    found = SelfRating.objects.filter(pk=number).first()
    return _one(ratings(scope, of_team=found.team_id if found else None), number, missing)


def _with_things(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    things = ClaimedThing.objects.select_related(*THINGS).prefetch_related("unit__aliases").order_by("pk")
    return (
        rows.select_related("assessor", "evidence__portfolio__user")
        .prefetch_related(Prefetch("things", queryset=things))
        .order_by("-asked_at", "-pk")
    )


def _one(rows: QuerySet[Row], number: int, missing: str) -> Row:
    found = rows.filter(pk=number).first() if 0 < number < MOST else None
    if found is None:
        raise NotFoundError(missing)
    return found
