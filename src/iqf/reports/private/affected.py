"""What waits as queries of one shape, so that the database orders it by what it affects and counts and pages it."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FloatField,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Substr

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.review.models import BorderlineRow, ProposedMatch
from iqf.review.states import WAITING

CONFLICT, DUPLICATE, INCLUSION, MATCH, SIMILAR = "conflict", "duplicate", "inclusion", "match", "similar"
COLUMNS = ("kind", "key", "roles", "qualifications", "weight")
"""What tells where an item stands in the list."""
TEXT = CharField(max_length=120)
WHOLE = IntegerField()


def conflicts() -> QuerySet[Any, Any]:
    """Every field about which sources disagree and nobody has decided, once."""
    waiting = m.FieldConflict.objects.filter(LIVE, decision=None).order_by().values("subject", "field").distinct()
    return waiting.annotate(
        kind=Value(CONFLICT, TEXT),
        alike=F("field"),
        key=Concat("subject", Value(":"), "field", output_field=TEXT),
        roles=_roles("subject"),
        qualifications=_qualifications("subject"),
        weight=Value(0.0, FloatField()),
    )


def rows() -> QuerySet[Any, Any]:
    """Every official row that may be something held here, once, however many candidates it has."""
    waiting = ProposedMatch.objects.filter(state=WAITING).exclude(register="").order_by()
    each = waiting.annotate(of_roles=_roles("code"), of_qualifications=_qualifications("code"))
    return each.values("register", "reference").annotate(
        kind=Value(MATCH, TEXT),
        alike=F("register"),
        key=Cast(Min("pk"), TEXT),
        roles=Max("of_roles"),
        qualifications=Max("of_qualifications"),
        weight=Max("score"),
    )


def pairs() -> QuerySet[Any, Any]:
    """Every two things that may be one."""
    return (
        ProposedMatch.objects.filter(state=WAITING, register="", only_similar=False)
        .order_by()
        .annotate(
            kind=Value(DUPLICATE, TEXT),
            alike=Substr("code", 5, 1),
            key=Cast("pk", TEXT),
            roles=_roles("code"),
            qualifications=_qualifications("code"),
            weight=F("score"),
        )
    )


def similar() -> QuerySet[Any, Any]:
    """Every two things that are only similar. Nothing is affected until somebody finds that they are one: they stand
    behind what is.
    """
    held = ProposedMatch.objects.filter(state=WAITING, register="", only_similar=True)
    return held.order_by().annotate(
        kind=Value(SIMILAR, TEXT),
        alike=Substr("code", 5, 1),
        key=Cast("pk", TEXT),
        roles=Value(0, WHOLE),
        qualifications=Value(0, WHOLE),
        weight=F("score"),
    )


def borderlines() -> QuerySet[Any, Any]:
    """Every official row that the rule of inclusion puts to a reviewer. No role asks for one, or it would be in; it
    touches no qualification of the framework."""
    return BorderlineRow.objects.order_by().annotate(
        kind=Value(INCLUSION, TEXT),
        alike=F("clause"),
        key=F("subject"),
        roles=Value(0, WHOLE),
        qualifications=Value(0, WHOLE),
        weight=Value(0.0, FloatField()),
    )


def _counted(query: Any, what: str) -> Any:
    """How many different `what` a query finds, as a number of the outer row."""
    one = query.order_by().values(_=Value(1)).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(one, output_field=WHOLE), 0)


def _roles(column: str) -> Any:
    """How many roles ask for the thing of a code: for a qualification, those of an owner, those that hold a unit. A
    role counts as one."""
    asks = m.Requirement.objects.filter(LIVE, role__retired_on=None)
    code = OuterRef(column)
    holds = Q(qualification__groups__members__unit__code=code, qualification__groups__retired_on=None)
    return Case(
        _when(column, "Q", _counted(asks.filter(qualification__code=code), "role")),
        When(
            **{f"{column}__startswith": "IQF-O-"}, then=_counted(asks.filter(qualification__owner__code=code), "role")
        ),
        _when(column, "U", _counted(asks.filter(holds), "role")),
        _when(column, "R", Value(1)),
        default=Value(0),
        output_field=WHOLE,
    )


def _qualifications(column: str) -> Any:
    """How many qualifications the thing of a code touches: itself, those of an owner, those that hold a unit."""
    code, held = OuterRef(column), m.Qualification.objects.filter(LIVE)
    members = m.GroupUnit.objects.filter(LIVE, group__retired_on=None, group__qualification__retired_on=None)
    of_unit = _counted(members.filter(unit__code=code), "group__qualification")
    of_role = _counted(m.Requirement.objects.filter(LIVE, role__code=code), "qualification")
    return Case(
        _when(column, "Q", Value(1)),
        _when(column, "O", _counted(held.filter(owner__code=code), "pk")),
        _when(column, "U", of_unit),
        _when(column, "R", of_role),
        default=Value(0),
        output_field=WHOLE,
    )


def _when(column: str, prefix: str, then: Any) -> When:
    """For codes of one kind of thing."""
    return When(Q((f"{column}__startswith", f"IQF-{prefix}-")), then=then)
