"""Who agrees with what stands here, who disputes it, and why? Views are counted, never averaged."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from iqf.accounts.prepared import Prepared
from iqf.catalogue import models as m
from iqf.catalogue.models.opinions import ABOUT, STANCES
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED
from iqf.codes import NO_LEVEL, level_words
from iqf.reports.things import Ref, Said, ref, said

AGREES, DISPUTES = STANCES
JOINED = (
    "requirement__role",
    "requirement__qualification__owner",
    "place__role",
    "place__cluster__scheme",
    "alignment__unit__owner",
    "alignment__qualification__owner",
    "alignment__role",
    "alignment__statement__framework",
    "qualification__owner",
    "unit__owner",
)
NAMED = (
    "requirement__role",
    "requirement__qualification",
    "place__role",
    "alignment__unit",
    "alignment__qualification",
    "alignment__role",
    "qualification",
    "unit",
)


@dataclass(frozen=True)
class View:
    """An organisation's view: it agrees or disputes, why, and when it said so."""

    organisation: Ref
    stance: str
    reason: str
    on: str
    said: Said


@dataclass(frozen=True)
class Views:
    """All the views of one thing: how many organisations agree, how many dispute, and each of them."""

    agreed: int = 0
    disputed: int = 0
    each: tuple[View, ...] = ()

    @property
    def contested(self) -> bool:
        """True where at least one organisation disputes it, however many agree."""
        return self.disputed > 0

    @property
    def agreeing(self) -> tuple[View, ...]:
        """Those who agree."""
        return tuple(view for view in self.each if view.stance == AGREES)

    @property
    def disputing(self) -> tuple[View, ...]:
        """Those who dispute it."""
        return tuple(view for view in self.each if view.stance == DISPUTES)


NOBODY = Views()


@dataclass(frozen=True)
class Claim:
    """What a view is about, as a sentence: a thing, what is said of it, and what that joins it to, where it does.

    `to_kind` and `to_code` name that as search does: a role by its code, `cluster` as `scheme:key`, `statement` as
    `framework:code`.
    """

    thing: Ref
    says: str
    to_kind: str = ""
    to_code: str = ""
    to_title: str = ""

    @property
    def words(self) -> str:
        """The whole sentence."""
        return " ".join(filter(None, (self.thing.title, self.says, self.to_title)))


@dataclass(frozen=True)
class Held:
    """A view that an organisation holds, and what it is about."""

    claim: Claim
    view: View


def views_on(about: str, ids: Iterable[int]) -> dict[int, Views]:
    """The views of these rows, by the row's id: of requirements, places, alignments, or levels (`qualification`,
    `unit`). Rows of which nobody says anything are left out.
    """
    found: dict[int, list[View]] = defaultdict(list)
    for row in _ON[about](ids):
        found[getattr(row, f"{about}_id")].append(view_of(row))
    return {pk: counted(views) for pk, views in found.items()}


def _on(about: str) -> Prepared[m.Opinion]:
    return Prepared(
        lambda ids: (
            m.Opinion.objects.filter(LIVE, **{f"{about}__in": ids})
            .select_related(*CITED, "organisation")
            .prefetch_related("organisation__aliases")
            .order_by("organisation__title", "pk")
        )
    )


_ON = {about: _on(about) for about in ABOUT}


def views_held(organisation: m.Organisation) -> tuple[Held, ...]:
    """Everything that an organisation agrees with or disputes and that still stands; what it disputes first."""
    rows = (
        organisation.opinions.filter(LIVE)
        .select_related(*CITED, "organisation", *JOINED)
        .prefetch_related("organisation__aliases", *(f"{path}__aliases" for path in NAMED))
    )
    held = [Held(claim_of(subject_of(row)), view_of(row)) for row in rows if not subject_of(row).is_retired]
    return tuple(sorted(held, key=lambda h: (h.view.stance == AGREES, h.claim.words)))


def subject_of(row: m.Opinion) -> Any:
    """The row that a view is about."""
    return next(found for name in ABOUT if (found := getattr(row, name)) is not None)


def claim_of(row: Any) -> Claim:
    """A requirement, a place, an alignment, or a thing with a level, as the sentence that is agreed or disputed."""
    if isinstance(row, m.Requirement):
        return Claim(ref(row.qualification), f"is {row.strength} for the role", "role", row.role.code, row.role.title)
    if isinstance(row, m.RoleCluster):
        at = f"{row.cluster.scheme.key}:{row.cluster.key}"
        title = f"{row.cluster.title} ({row.cluster.scheme.title})"
        return Claim(ref(row.role), "belongs to the cluster", "cluster", at, title)
    if isinstance(row, m.Alignment):
        at = f"{row.statement.framework.key}:{row.statement.code}"
        title = f"{row.statement.code} {row.statement.title}"
        whose = next(thing for thing in (row.unit, row.qualification, row.role) if thing is not None)
        return Claim(ref(whose), f"{row.strength} {row.verb}", "statement", at, title)
    return Claim(ref(row), _level(row.level))


def _level(level: str) -> str:
    if level in ("", NO_LEVEL):
        return "has a level that is not known" if not level else "has no level"
    return f"is at {level_words(level).lower()}"


def view_of(row: m.Opinion) -> View:
    """A stored view as answers show it. Its organisation's aliases should have been prefetched."""
    return View(ref(row.organisation), row.stance, row.reason, row.on, said(row.citation))


def counted(views: Iterable[View]) -> Views:
    """Views with their counts."""
    each = tuple(views)
    return Views(sum(v.stance == AGREES for v in each), sum(v.stance == DISPUTES for v in each), each)


def said_in(views: Iterable[Views]) -> list[Said]:
    """Who said so, for the sources of a page."""
    return [view.said for some in views for view in some.each]
