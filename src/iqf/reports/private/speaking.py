"""What can be agreed or disputed about a thing, who says what of it, and what does one organisation say?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.editable.about import FIELDS, About, about_of
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, find
from iqf.reports.opinions import NOBODY, Claim, Held, View, Views, claim_of, subject_of, view_of, views_on
from iqf.reports.things import Ref, ref

SAID_OF = ("role", "qualification", "unit")


@dataclass(frozen=True)
class Sayable:
    """Something that an organisation can agree with or dispute, and who does so already."""

    about: About
    claim: Claim
    views: Views

    def by(self, body: str) -> View | None:
        """What one organisation says of it, by its code."""
        return next((view for view in self.views.each if view.organisation.code == body), None)


@dataclass(frozen=True)
class SayableAnswer:
    """Everything about a thing that can be agreed or disputed."""

    thing: Ref
    rows: tuple[Sayable, ...]


@dataclass(frozen=True)
class OwnView:
    """A view that an organisation holds, and how what it is about is named."""

    about: About
    held: Held


def sayable(text: str) -> SayableAnswer:
    """What can be agreed or disputed about the thing called `text`. Raises NotFoundError or AmbiguousError."""
    thing = find(text)
    if thing._meta.model_name not in SAID_OF:
        raise NotFoundError(f"{thing} is not a role, a qualification or a unit; nobody agrees or disputes it here.")
    return SayableAnswer(ref(thing), tuple(_sayable(_rows(thing))))


def one_sayable(row: Any) -> Sayable:
    """The requirement, place, alignment or thing with a level as something to be agreed or disputed."""
    return next(iter(_sayable([row])))


def own_views(organisation: m.Organisation) -> tuple[OwnView, ...]:
    """Everything that an organisation agrees with or disputes and that still stands, latest first."""
    rows = organisation.opinions.filter(LIVE).order_by("-on", "-pk")
    found = ((subject_of(row), row) for row in rows)
    return tuple(OwnView(about_of(s), Held(claim_of(s), view_of(row))) for s, row in found if not s.is_retired)


def _rows(thing: Any) -> list[Any]:
    """What can be disputed about it: its level, what asks for it or what it asks for, its places, its alignments."""
    level = [thing] if isinstance(thing, m.Qualification | m.Unit) else []
    alignments = thing.alignments.filter(LIVE).select_related("unit__owner", "qualification__owner", "role")
    rows = [*level, *_requirements(thing), *_places(thing)]
    return [*rows, *alignments.select_related("statement__framework").order_by("statement__position", "pk")]


def _requirements(thing: Any) -> Iterable[m.Requirement]:
    standing = m.Requirement.objects.filter(LIVE, role__retired_on=None, qualification__retired_on=None)
    named = standing.select_related("role", "qualification__owner").prefetch_related("qualification__aliases")
    if isinstance(thing, m.Unit):
        return ()
    asks = named.filter(role=thing) if isinstance(thing, m.Role) else named.filter(qualification=thing)
    return asks.order_by("role__title", "qualification__title")


def _places(thing: Any) -> Iterable[m.RoleCluster]:
    if not isinstance(thing, m.Role):
        return ()
    return thing.places.filter(LIVE).select_related("role", "cluster__scheme").order_by("cluster__scheme__position")


def _sayable(rows: list[Any]) -> Iterable[Sayable]:
    views = {field: views_on(field, [r.pk for r in rows if FIELDS[type(r)] == field]) for field in FIELDS.values()}
    for row in rows:
        yield Sayable(about_of(row), claim_of(row), views[FIELDS[type(row)]].get(row.pk, NOBODY))
